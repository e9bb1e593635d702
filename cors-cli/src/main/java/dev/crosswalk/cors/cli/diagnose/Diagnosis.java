package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.ExistingGrant;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.remedy.refusal.FollowingFault;
import dev.crosswalk.cors.cli.remedy.refusal.RefusalRemedy;
import dev.crosswalk.cors.cli.remedy.request.UnsafeValue;
import dev.crosswalk.cors.cli.remedy.request.VariationRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.browser.Verdict;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import dev.crosswalk.cors.tck.wire.WireResponse.BodyEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What three browsers make of one request to a server, why, and what to change. Each HTTP request
 * goes out once, whichever browser asks for it: a DELETE that is looked at three times deletes
 * once.
 *
 * @param request what the page asks for
 * @param webSocket the URL of the WebSocket that it opens; empty for any other request
 * @param outcome of the browser that refuses, if one does
 * @param refusal its verdict; empty if all of them share the response, or if nothing was sent
 * @param console what each browser that refuses prints, in one line or more
 * @param remedy empty if all of them share the response
 * @param serverRemedy the same for the server that answered; empty if it is not known
 * @param preflightAge for how many seconds each browser keeps the answer to the preflight; empty if
 *     there was none
 * @param warnings of what works here, and may fail elsewhere or is unsafe
 */
record Diagnosis(
    Request request,
    Optional<String> webSocket,
    Outcome outcome,
    Optional<NotShared> refusal,
    Map<Engine, String> console,
    Optional<Remedy> remedy,
    Optional<ServerRemedy> serverRemedy,
    Map<Engine, Long> preflightAge,
    List<String> warnings) {

  /** The browsers come in their order, whatever map it is. */
  Diagnosis {
    Map<Engine, String> inOrder = new EnumMap<>(Engine.class);
    console.forEach((engine, message) -> inOrder.put(engine, message));
    console = inOrder;
  }

  /** The browsers that are played. The standard itself is nobody's browser. */
  static final List<Engine> BROWSERS = List.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT);

  /** For what the page asks; a server that takes longer may do so with what is asked once more. */
  private static final Duration SLOW = Duration.ofSeconds(2);

  /** With what a browser adds, that is near the smallest limits. */
  private static final int LARGE_BYTES = 2_000;

  /**
   * Plays a request.
   *
   * @param request of a page
   * @param wire sends it
   * @param again sends what is asked once more, and waits for less long; of a slow server it is not
   *     asked
   * @param server whose remedy is wanted; empty for the one that answers, if it is known
   */
  static Diagnosis of(Request request, Transport wire, Transport again, Optional<Server> server) {
    SentOnce transport = new SentOnce(request, wire);
    Map<Engine, Outcome> outcomes = new EnumMap<>(Engine.class);
    Map<Engine, String> console = new EnumMap<>(Engine.class);
    Map<Engine, Long> preflightAge = new EnumMap<>(Engine.class);
    @Nullable Engine refuses = null;
    long start = System.nanoTime();
    for (Engine engine : BROWSERS) {
      Transport asked =
          switch (engine) {
            case CHROMIUM -> transport.ofChrome();
            case FIREFOX -> new LocalhostOfFirefox(transport);
            default -> transport;
          };
      Outcome outcome = new UserAgent(engine).fetch(request, asked);
      outcomes.put(engine, outcome);
      if (outcome.verdict() instanceof NotShared refusal) {
        console.put(engine, String.join("\n", refusal.console(engine)));
        refuses = refuses == null ? engine : refuses;
      }
      boolean refused = outcome.verdict() instanceof NotShared found && found.where().preflight();
      for (Exchange preflight : refused ? List.<Exchange>of() : outcome.preflights()) {
        preflightAge.put(
            engine, engine.maxAge(preflight.response().headers().lines(GrantHeaders.MAX_AGE)));
      }
    }
    boolean slow = System.nanoTime() - start > SLOW.toNanos();
    Outcome outcome = outcomes.getOrDefault(refuses == null ? Engine.CHROMIUM : refuses, none());
    if (transport.insecureUrl().isPresent()) {
      String url = transport.insecureUrl().get();
      Optional<Outcome> chrome =
          Optional.ofNullable(outcomes.get(Engine.CHROMIUM))
              .filter(seen -> BlockedUrl.isLocalNetwork(Url.of(url)));
      return BlockedUrl.mixedContent(request, url, outcome, chrome);
    }
    Optional<NotShared> refusal =
        outcome.verdict() instanceof NotShared found ? Optional.of(found) : Optional.empty();
    Optional<Remedy> remedy =
        refusal
            .map(
                found ->
                    anotherServer(request, found, outcomes, transport)
                        .or(
                            () ->
                                Experiment.of(
                                    request, found, outcome, transport, slow ? wire : again))
                        .orElseGet(
                            () ->
                                RefusalRemedy.of(
                                    found, RequiredGrant.of(request), response(found, outcome))))
            .map(told -> told.andThen(nextFault(refusal, told, request, outcome)))
            .map(told -> keeping(told, request, ofLastServer(outcome)))
            .map(told -> told.withAdvice(largeRequest(refusal, request)))
            .map(told -> asksFirst(refusal) ? told.withAdvice(UnsafeValue.of(request)) : told)
            .map(
                told ->
                    ConsoleMessage.ofKnownServer(
                        told,
                        refusal
                            .filter(found -> found.cause() == Cause.HEADER_NOT_ALLOWED)
                            .map(NotShared::subject)
                            .orElse(""),
                        request.url(),
                        request.origin(),
                        ofResponse(refusal)));
    Optional<ServerRemedy> serverRemedy =
        remedy
            .flatMap(Remedy::byHeaders)
            .flatMap(
                grant ->
                    server
                        .flatMap(named -> ServerRemedy.of(named, grant.permissions()))
                        .or(
                            () ->
                                refusal
                                    .filter(found -> !remedy.orElseThrow().isOfCrosswalk())
                                    .flatMap(found -> response(found, outcome))
                                    .flatMap(seen -> ServerRemedy.of(seen, grant.permissions()))));
    return new Diagnosis(
        request,
        Optional.empty(),
        outcome,
        refusal,
        console,
        remedy,
        serverRemedy,
        preflightAge,
        Warnings.of(request, refusal, outcome, transport));
  }

  /** Where only the address of localhost that Firefox asks makes the difference. */
  private static Optional<Remedy> anotherServer(
      Request request, NotShared refusal, Map<Engine, Outcome> outcomes, Transport transport) {
    boolean firefox =
        outcomes.entrySet().stream()
            .allMatch(
                each ->
                    each.getValue().verdict() instanceof NotShared
                        == (each.getKey() == Engine.FIREFOX));
    return firefox
            && !(new UserAgent(Engine.FIREFOX).fetch(request, transport).verdict()
                instanceof NotShared)
        ? Optional.of(
            VariationRemedy.anotherServer(
                Url.of(request.url()), refusal.where().status(), true, RequiredGrant.of(request)))
        : Optional.empty();
  }

  private static List<String> nextFault(
      Optional<NotShared> refusal, Remedy told, Request request, Outcome outcome) {
    return told.grant().isEmpty()
        ? List.of()
        : refusal
            .flatMap(
                found ->
                    response(found, outcome)
                        .map(
                            answer ->
                                FollowingFault.after(
                                    found, answer, told, RequiredGrant.of(request))))
            .orElse(List.of());
  }

  /** Some servers close the connection where the headers are larger than they take. */
  private static List<String> largeRequest(Optional<NotShared> refusal, Request request) {
    boolean closed =
        refusal.filter(found -> found.failure().equals(Optional.of(Failure.CLOSED))).isPresent();
    int bytes =
        request.headers().fields().stream().mapToInt(field -> field.toString().length()).sum();
    return closed && bytes > LARGE_BYTES
        ? List.of(
            "The request's headers have "
                + bytes
                + " bytes. Some servers close the connection where that is more than they accept:"
                + " buffer-size in uWSGI, for example, is 4096. Try it without the largest header"
                + " or cookie.")
        : List.of();
  }

  /** The status of a refused response; 0 of an answer to a preflight, or if there is none. */
  private static int ofResponse(Optional<NotShared> refusal) {
    return refusal
        .map(NotShared::where)
        .filter(where -> !where.preflight())
        .map(Where::status)
        .orElse(0);
  }

  private static boolean asksFirst(Optional<NotShared> refusal) {
    return refusal.filter(found -> found.where().preflight()).isPresent();
  }

  /** What is pasted in place of what is there takes nothing away. */
  private static Remedy keeping(Remedy told, Request request, List<WireResponse> answers) {
    String own = Url.of(request.url()).origin().serialize();
    Remedy kept = told.keeping(ExistingGrant.of(answers).without(own));
    Optional<String> page = Optional.of(request.origin());
    boolean credentials =
        answers.stream()
            .map(WireResponse::headers)
            .filter(headers -> headers.get(GrantHeaders.ALLOW_ORIGIN).equals(page))
            .anyMatch(
                headers -> headers.get(GrantHeaders.ALLOW_CREDENTIALS).equals(Optional.of("true")));
    return credentials ? kept.keepingCredentials() : kept;
  }

  /** What the server has answered that has the last word, to a preflight and to the request. */
  private static List<WireResponse> ofLastServer(Outcome outcome) {
    List<Exchange> all = outcome.exchanges();
    String url = all.isEmpty() ? "" : all.get(all.size() - 1).request().url();
    return all.stream()
        .filter(exchange -> exchange.request().url().equals(url))
        .map(Exchange::response)
        .toList();
  }

  /** Nothing was sent. */
  static Outcome none() {
    return new Outcome(
        Outcome.Type.ERROR, 0, Headers.none(), new byte[0], new Verdict.Shared(), List.of());
  }

  /** The refused response is the last one. After a network failure there is none. */
  private static Optional<WireResponse> response(NotShared refusal, Outcome outcome) {
    return refusal.where().status() == 0 || outcome.exchanges().isEmpty()
        ? Optional.empty()
        : Optional.of(outcome.exchanges().get(outcome.exchanges().size() - 1).response());
  }

  /**
   * What a browser refuses by itself, without a word of CORS.
   *
   * @param outcome with what was sent before
   * @param console what each browser prints
   * @param remedy what to change
   */
  static Diagnosis ofBlockedUrl(
      Request request, Outcome outcome, Map<Engine, String> console, Remedy remedy) {
    return new Diagnosis(
        request,
        Optional.empty(),
        outcome,
        Optional.empty(),
        console,
        Optional.of(remedy),
        Optional.empty(),
        Map.of(),
        List.of());
  }

  /** The same, and one warning more. */
  Diagnosis withWarning(String more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(warnings);
    return new Diagnosis(
        request, webSocket, outcome, refusal, console, remedy, serverRemedy, preflightAge, all);
  }

  /** The same, with this to do and nothing else. */
  Diagnosis withOnlyAdvice(Advice advice) {
    return new Diagnosis(
        request,
        webSocket,
        outcome,
        refusal,
        console,
        remedy.map(told -> told.withOnlyAdvice(List.of(advice))),
        serverRemedy,
        preflightAge,
        warnings);
  }

  // ------------------------------------------------------------------------ what the script sees

  /** Whether all three browsers let the script read the response. */
  boolean isFine() {
    return remedy.isEmpty();
  }

  /** Whether no browser gets any response, and no CORS header would change that. */
  boolean isUnanswered() {
    return console.size() == BROWSERS.size()
        && outcome.exchanges().isEmpty()
        && refusal.flatMap(NotShared::failure).isPresent()
        && remedy.filter(found -> found.grant().isEmpty()).isPresent();
  }

  /** Why nothing can be said of the server's CORS; empty if something can. */
  Optional<String> unknown() {
    return refusal
        .filter(found -> found.failure().equals(Optional.of(Failure.HTTP_2)))
        .filter(found -> found.where().url().startsWith("https:"))
        .map(NotShared::subject);
  }

  /** The preflight that nobody has answered; empty if each has an answer. */
  Optional<WireRequest> unansweredPreflight() {
    return refusal
        .map(NotShared::where)
        .filter(where -> where.preflight() && where.status() == 0)
        .filter(where -> where.url().equals(where.initialUrl()))
        .map(where -> new UserAgent(Engine.CHROMIUM).preflight(request));
  }

  /** How much of the body came, and whether that is all. */
  String bodyLength() {
    int length = outcome.body().length;
    boolean whole =
        outcome.actuals().isEmpty()
            || outcome.actuals().get(outcome.actuals().size() - 1).response().end()
                == BodyEnd.WHOLE;
    return whole ? length + " bytes" : length + " bytes came; the rest was not read";
  }

  /** Whether the page and the server are of one origin, so that CORS has no part in it. */
  boolean isSameOrigin() {
    return outcome.type() == Outcome.Type.BASIC;
  }

  /** Whether the server redirects, and was not followed. */
  boolean stopsAtRedirect() {
    return outcome.type() == Outcome.Type.OPAQUE_REDIRECT && request.redirect() == Redirect.MANUAL;
  }

  /** Of no use to a script: they are about one connection, and not about the response. */
  private static final Set<String> OF_CONNECTION =
      Set.of("connection", "keep-alive", "transfer-encoding", "trailer", "upgrade");

  /** The names of the headers that came and that the script may not read, each once. */
  List<String> hidden() {
    if (outcome.actuals().isEmpty()) {
      return List.of();
    }
    Headers all = outcome.actuals().get(outcome.actuals().size() - 1).response().headers();
    return all.fields().stream()
        .map(Headers.Field::name)
        .filter(name -> !outcome.headers().has(name))
        .filter(name -> !Bytes.lowerCase(name).startsWith("access-control-"))
        .filter(name -> !OF_CONNECTION.contains(Bytes.lowerCase(name)))
        .distinct()
        .toList();
  }

  /** The header that decided over an exchange; empty if the exchange is not the one refused. */
  Optional<String> decidingHeader(Exchange exchange) {
    boolean last =
        !outcome.exchanges().isEmpty()
            && outcome.exchanges().get(outcome.exchanges().size() - 1) == exchange;
    if (!last || refusal.isEmpty() || refusal.get().where().status() == 0) {
      return Optional.empty();
    }
    return switch (refusal.get().cause()) {
      case ACAO_MISSING, ACAO_MULTIPLE, ACAO_INVALID, ACAO_MISMATCH, ACAO_WILDCARD_CREDENTIALS ->
          Optional.of(GrantHeaders.ALLOW_ORIGIN);
      case ACAC_NOT_TRUE -> Optional.of(GrantHeaders.ALLOW_CREDENTIALS);
      case ACAM_SYNTAX, METHOD_NOT_ALLOWED -> Optional.of(GrantHeaders.ALLOW_METHODS);
      case ACAH_SYNTAX, HEADER_NOT_ALLOWED -> Optional.of(GrantHeaders.ALLOW_HEADERS);
      case PREFLIGHT_REDIRECT,
          REDIRECT_LOCATION,
          REDIRECT_SCHEME,
          REDIRECT_LIMIT,
          REDIRECT_USERINFO,
          REDIRECT_STREAM ->
          Optional.of("Location");
      case RESPONSE_HEAD ->
          Optional.of(refusal.get().subject()).filter(name -> !Bytes.isDigits(name));
      default -> Optional.empty();
    };
  }
}

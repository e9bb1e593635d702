package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.remedy.layer.CoverageRemedy;
import dev.crosswalk.cors.cli.remedy.layer.CrosswalkRemedy;
import dev.crosswalk.cors.cli.remedy.layer.KnownLayer;
import dev.crosswalk.cors.cli.remedy.layer.LayerRemedy;
import dev.crosswalk.cors.cli.remedy.origin.UnlistedOrigin;
import dev.crosswalk.cors.cli.remedy.refusal.RefusalRemedy;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a CORS layer that says nothing to the page: by what the server answers to other
 * origins, to other methods, and at its root.
 */
final class LayerSearch {

  /** For a page in development. */
  private static final String OF_THIS_MACHINE = "http://localhost:3000";

  /** For what is below it, many layers are configured, and for nothing else. */
  private static final String API = "/api/";

  private final Request page;
  private final NotShared refusal;
  private final Exchange last;
  private final RequiredGrant grant;
  private final RepeatedRequest again;
  private final CrosswalkLayer crosswalk;
  private @Nullable Optional<String> listed;

  LayerSearch(
      Request page,
      NotShared refusal,
      Exchange last,
      RepeatedRequest again,
      CrosswalkLayer crosswalk) {
    this.crosswalk = crosswalk;
    this.page = page;
    this.refusal = refusal;
    this.last = last;
    this.grant = RequiredGrant.of(page);
    this.again = again;
  }

  // -------------------------------------------------------------------------------- another origin

  /** An origin that the server allows, as near to the page's as there is. */
  private Optional<String> listed() {
    Optional<String> known = listed;
    if (known == null) {
      known = isToBeAsked() ? near().filter(this::allows).findFirst() : Optional.empty();
      listed = known;
    }
    return known;
  }

  private boolean isToBeAsked() {
    int status = last.response().status();
    return !last.response().headers().has(GrantHeaders.ALLOW_ORIGIN)
        && !last.response().hasRedirectStatus()
        && RepeatedRequest.mayRepeat(status)
        && status < 500;
  }

  private Stream<String> near() {
    return LikelyOrigins.of(page.origin(), Url.of(last.request().url())).stream();
  }

  private boolean allows(String origin) {
    return again
        .withOrigin(origin)
        .filter(answer -> !last.preflight() || answer.hasOkStatus())
        .flatMap(answer -> answer.headers().get(GrantHeaders.ALLOW_ORIGIN))
        .filter(value -> value.equals(origin) || value.equals(page.origin()))
        .isPresent();
  }

  /** For a layer that allows another origin, and says nothing to this one. */
  Optional<Remedy> unlisted() {
    return listed()
        .map(
            other ->
                unlistedOrigin()
                    .beside(other, other.equals(own()), last.response(), last.preflight()));
  }

  /** For a layer that refuses by an error: with the origin that it allows, if one is found. */
  Remedy moreExactly(Remedy refused) {
    return refused.code().startsWith("ORIGIN_")
        ? listed()
            // A request from the server's own pages passes every layer.
            .filter(other -> !other.equals(own()))
            .map(other -> unlistedOrigin().beside(other, refused))
            .orElse(refused)
        : refused;
  }

  private String own() {
    return Url.of(last.request().url()).origin().serialize();
  }

  /** For Micronaut, which lets pages of this machine through, and refuses all others. */
  Optional<Remedy> refusedOnLoopback() {
    WireResponse own = last.response();
    boolean bare = own.status() == 403 && own.body().length == 0 && !own.headers().has("Date");
    boolean loopback = Host.isLoopback(String.valueOf(Url.of(last.request().url()).host()));
    // Where it lists this origin for GET, it refuses something else.
    return !bare
            || !loopback
            || PrivateHost.isLocalOrigin(page.origin())
            || last.preflight() && again.get().filter(again::isShared).isPresent()
        ? Optional.empty()
        : again
            .withOrigin(OF_THIS_MACHINE)
            .filter(
                answer ->
                    answer.status() != 403 && !answer.headers().has(GrantHeaders.ALLOW_ORIGIN))
            .map(answer -> LayerRemedy.refusedOnLoopback(last.preflight(), grant));
  }

  /** For Sinatra, which has a protection of its own that looks at Origin. */
  Optional<Remedy> refusedByRack() {
    return again.isSafe() || !LayerRemedy.isInWordsOfRack(last.response())
        ? Optional.empty()
        : software()
            .filter(known -> known.name().equals("SINATRA"))
            .map(known -> LayerRemedy.refusedByRack(grant));
  }

  private UnlistedOrigin unlistedOrigin() {
    return new UnlistedOrigin(grant, software());
  }

  /** Whose layer it is: by this answer, by one to GET, or by what answers at the root. */
  Optional<KnownLayer> software() {
    if (crosswalk.refusesOrigin()) {
      return Optional.of(CrosswalkRemedy.layer());
    }
    List<WireResponse> answers = Stream.of(again.get(), root()).flatMap(Optional::stream).toList();
    WireResponse own = last.response();
    // A script says nothing of itself where expose_php is off; its file's name does.
    return Url.of(last.request().url()).path().endsWith(".php")
        ? KnownLayer.named("PHP")
        : (last.preflight() ? KnownLayer.byWords(own) : KnownLayer.of(own))
            .or(() -> KnownLayer.of(answers).filter(known -> isNotExcluded(known, own)));
  }

  /** A guess at Django, by its server of development, which others have as well. */
  private static boolean isNotExcluded(KnownLayer guess, WireResponse own) {
    return !guess.name().equals("DJANGO") || !Server.isOfAnotherFramework(own);
  }

  // ---------------------------------------------------------------------------------- another path

  /** A CORS layer that leaves this path out, and not the one above it. */
  Optional<Remedy> onOtherPaths() {
    int status = last.response().status();
    boolean routed = last.response().hasOkStatus() || ResponseSigns.isOfRouting(status);
    return refusal.cause() != Cause.ACAO_MISSING || isShown() || !routed
        ? Optional.empty()
        : above()
            .map(
                elsewhere ->
                    CoverageRemedy.headersOnOtherPaths(
                        last.response(), last.preflight(), elsewhere, software(), grant));
  }

  /** Whether this path is allowed without its query, or what is above it, or else the root. */
  Optional<String> above() {
    Url url = Url.of(last.request().url());
    String folder = url.path().substring(0, url.path().lastIndexOf('/') + 1);
    Set<String> paths = new LinkedHashSet<>();
    if (url.query() != null && last.response().status() >= 400) {
      // The query may be what the server fails for.
      paths.add(url.path());
    }
    if (!folder.equals(url.path())) {
      paths.addAll(List.of(folder, folder.replaceFirst("(.)/$", "$1")));
    }
    paths.addAll(List.of("/", API));
    for (String path : paths) {
      Optional<Url> other = url.resolve(path);
      if (other.isEmpty() || !refusal.where().url().equals(refusal.where().initialUrl())) {
        return Optional.empty();
      }
      Headers headers = Headers.of("Origin", page.origin());
      Optional<WireResponse> answer =
          again.send(new WireRequest("GET", other.get().toString(), headers));
      if (answer
          .filter(found -> found.hasOkStatus() || isUnrouted(path, found.status()))
          .filter(again::allows)
          .isPresent()) {
        return Optional.of("its response to GET " + other.get().path());
      }
    }
    return Optional.empty();
  }

  private static boolean isUnrouted(String path, int status) {
    return !path.equals("/") && ResponseSigns.isOfRouting(status);
  }

  // ------------------------------------------------------------------------------- another answer

  /** For a layer that only another answer shows. */
  Optional<Remedy> elsewhere() {
    if (!isToBeAsked() || isShown()) {
      return Optional.empty();
    }
    Optional<String> shown =
        last.preflight()
            ? again.get().flatMap(answer -> sign(answer, "its response to GET"))
            : preflight().flatMap(answer -> sign(answer, "its answer to a preflight"));
    Optional<String> onlyOnPreflights = shown.isPresent() ? shown : onlyOnPreflights();
    if (shown.isEmpty() && onlyOnPreflights.isPresent() && last.preflight() && isSpringSecurity()) {
      return Optional.of(CoverageRemedy.preflightWithoutConfiguration(last.response(), grant));
    }
    Optional<WireResponse> allowed =
        shown.isPresent() ? Optional.empty() : root().filter(again::allows);
    if (allowed.isPresent() && last.preflight()) {
      return Optional.of(
          CoverageRemedy.headersOnOtherPaths(
              last.response(),
              true,
              "its response to GET / (" + allowed.get().status() + ")",
              software(),
              grant));
    }
    return onlyOnPreflights
        .or(() -> root().flatMap(answer -> sign(answer, "its response to GET /")))
        .map(words -> unlistedOrigin().silent(last.response(), last.preflight(), words))
        .or(this::onHeadAlone);
  }

  private boolean isSpringSecurity() {
    return Server.seen(last.response()).equals(Optional.of(Server.SPRING_SECURITY));
  }

  /** Without any layer, where only other answers tell which software this is. */
  Optional<Remedy> ofSoftware() {
    WireResponse own = last.response();
    if (!isToBeAsked() || isShown() || KnownLayer.of(own).isPresent()) {
      return Optional.empty();
    }
    Optional<KnownLayer> software = software();
    Remedy told = RefusalRemedy.of(refusal, grant, Optional.of(own));
    List<Advice> withoutSign = UnlistedOrigin.withoutSign(own, Optional.empty());
    return software.map(
        known ->
            told.withOnlyAdvice(
                told.advice().stream()
                    .flatMap(
                        each ->
                            each.equals(withoutSign.get(0))
                                ? UnlistedOrigin.withoutSign(own, software).stream()
                                : Stream.of(each).filter(other -> !withoutSign.contains(other)))
                    .toList()));
  }

  /** For a handler of GET that does not set what HEAD has. */
  private Optional<Remedy> onHeadAlone() {
    WireRequest request = last.request();
    return !request.method().equals("GET")
        ? Optional.empty()
        : again
            .send(new WireRequest("HEAD", request.url(), request.headers()))
            .filter(again::isShared)
            .map(
                answer ->
                    CoverageRemedy.headersOnSomeMethods(
                        last.response().status(), "HEAD", "GET", false, software(), grant));
  }

  /** Whether the refused answer itself shows a layer. */
  private boolean isShown() {
    ResponseSigns own = new ResponseSigns(last.response());
    return own.hasHeadersOfCors() || own.variesByOrigin();
  }

  private static Optional<String> sign(WireResponse answer, String which) {
    ResponseSigns signs = new ResponseSigns(answer);
    Optional<String> says = signs.corsLayer();
    if (says.isPresent()) {
      return Optional.of(which + " (" + answer.status() + ") says \"" + says.get() + "\"");
    }
    Optional<String> name =
        answer.headers().fields().stream()
            .map(Headers.Field::name)
            .filter(field -> Bytes.lowerCase(field).startsWith("access-control-"))
            .findFirst();
    return name.map(field -> which + " has the header " + field)
        .or(
            () ->
                signs.variesByOrigin()
                    ? Optional.of(which + " varies by Origin")
                    : Optional.empty());
  }

  /** What answers a preflight, and no other OPTIONS, knows what a preflight is. */
  private Optional<String> onlyOnPreflights() {
    Optional<WireResponse> preflight = preflight();
    Optional<WireResponse> plain =
        again.send(
            new WireRequest("OPTIONS", last.request().url(), Headers.of("Origin", page.origin())));
    return preflight.isPresent()
            && plain.isPresent()
            && preflight.get().hasOkStatus()
            && plain.get().status() >= 400
        ? Optional.of(
            "it answers a preflight with "
                + preflight.get().status()
                + ", and any other OPTIONS with "
                + plain.get().status())
        : Optional.empty();
  }

  private Optional<WireResponse> preflight() {
    return last.preflight() ? Optional.of(last.response()) : again.preflight();
  }

  /** What the server answers at its root. */
  Optional<WireResponse> root() {
    return Url.of(last.request().url())
        .resolve("/")
        .flatMap(
            root ->
                again.send(
                    new WireRequest("GET", root.toString(), Headers.of("Origin", page.origin()))));
  }
}

package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.cli.copied.CopiedRequest;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.error.ResponseRemedy;
import dev.crosswalk.cors.cli.remedy.refusal.FollowingFault;
import dev.crosswalk.cors.cli.remedy.refusal.RefusalRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a browser made of the requests in a HAR file: each request to another origin is played
 * again, with the answers that came then. Nothing is sent.
 */
final class Recording {

  /**
   * What the answer to a preflight is taken for that the browser still knew, and did not record.
   */
  private static final String REMEMBERED = "crosswalk-remembered";

  /**
   * The requests to other origins, and those of them that failed.
   *
   * @param requests how many scripts and elements made, without preflights
   * @param failures in the order of the file
   * @param unsure the URLs of those that failed if they were sent with credentials, where the file
   *     does not tell
   */
  record Findings(int requests, List<ConsoleMessage> failures, List<String> unsure) {}

  private final List<Har.Entry> entries;
  private final Engine engine;
  private final Map<String, List<Har.Entry>> byRequest = new HashMap<>();
  private final Set<Integer> told = new HashSet<>();

  private Recording(Har har) {
    entries = har.entries();
    String creator = Bytes.lowerCase(har.creator());
    engine =
        creator.contains("firefox")
            ? Engine.FIREFOX
            : creator.contains("webkit") || creator.contains("safari")
                ? Engine.WEBKIT
                : Engine.CHROMIUM;
    for (Har.Entry entry : entries) {
      byRequest.computeIfAbsent(key(entry.request()), unused -> new ArrayList<>()).add(entry);
    }
  }

  static Findings findings(Har har) {
    return new Recording(har).findings();
  }

  private Findings findings() {
    int requests = 0;
    List<ConsoleMessage> failures = new ArrayList<>();
    List<String> unsure = new ArrayList<>();
    for (Har.Entry entry : entries) {
      Optional<Request> request = told.contains(entry.number()) ? Optional.empty() : page(entry);
      if (request.isPresent()) {
        requests++;
        Optional<ConsoleMessage> failure = failure(entry, request.get());
        failure.ifPresent(failures::add);
        if (failure.isEmpty() && engine == Engine.FIREFOX && isUnsure(entry, request.get())) {
          unsure.add(request.get().url());
        }
      }
    }
    return new Findings(requests, List.copyOf(failures), List.copyOf(unsure));
  }

  private static String key(WireRequest request) {
    return request.method() + " " + request.url();
  }

  // ------------------------------------------------------------------------- what the page asked

  /** What a page asked another origin for; empty for preflights and for all that is not CORS. */
  private Optional<Request> page(Har.Entry entry) {
    WireRequest recorded = entry.request();
    Optional<String> origin = recorded.headers().get("Origin");
    Optional<Url> url = Url.parse(recorded.url());
    boolean noCors =
        recorded.headers().get("Sec-Fetch-Mode").filter(Recording::isNoCors).isPresent();
    if (origin.isEmpty()
        || noCors
        || url.isEmpty()
        || url.get().host() == null
        || url.get().origin().serialize().equals(origin.get())) {
      return Optional.empty();
    }
    boolean preflight = recorded.headers().has("Access-Control-Request-Method");
    if (preflight && (!recorded.method().equals("OPTIONS") || isFollowed(entry))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          preflight ? asked(recorded, origin.get()) : actual(recorded, origin.get()));
    } catch (IllegalArgumentException e) {
      // What no fetch() sends is not a page's.
      return Optional.empty();
    }
  }

  private static boolean isNoCors(String mode) {
    return !mode.equals("cors");
  }

  private static Request actual(WireRequest recorded, String origin) {
    CopiedRequest copied = new CopiedRequest();
    recorded.headers().forEach(field -> copied.header(field.name(), field.value()));
    Request request = Request.from(origin, recorded.method(), recorded.url());
    for (String header : copied.headers()) {
      int colon = header.indexOf(':');
      request = request.header(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return copied.cookie().isEmpty()
        ? request
        : request.cookie(copied.cookie()).credentials(Credentials.INCLUDE);
  }

  /** Of a preflight after which nothing came: what it asks for. */
  private static Request asked(WireRequest preflight, String origin) {
    Request request =
        Request.from(
            origin,
            preflight.headers().get("Access-Control-Request-Method").orElse("GET"),
            preflight.url());
    for (String name :
        preflight.headers().split("Access-Control-Request-Headers").orElse(List.of())) {
      if (Bytes.isToken(name)) {
        String value = name.equalsIgnoreCase("content-type") ? "application/json" : "x";
        request = request.header(name, value);
      }
    }
    return request;
  }

  /**
   * Chrome records the request that a failed preflight prevented, too, and as it was not sent, its
   * headers may have no Origin.
   */
  private boolean isFollowed(Har.Entry preflight) {
    String method =
        preflight.request().headers().get("Access-Control-Request-Method").orElse("GET");
    return byRequest.getOrDefault(method + " " + preflight.request().url(), List.of()).stream()
        .anyMatch(entry -> entry.request().headers().has("Origin"));
  }

  // --------------------------------------------------------------------- what the browser answered

  private Optional<ConsoleMessage> failure(Har.Entry entry, Request request) {
    Outcome outcome = play(entry, request);
    boolean hidden = entry.response().isEmpty() || !entry.error().isEmpty();
    if (hidden && !(outcome.verdict() instanceof NotShared)) {
      // A file for others has no cookies in it.
      outcome = play(entry, request.credentials(Credentials.INCLUDE));
    }
    if (outcome.verdict() instanceof NotShared refusal && refusal.cause() != Cause.NETWORK) {
      RequiredGrant grant = grant(request, refusal);
      Optional<WireResponse> last = last(outcome, refusal);
      Remedy told =
          last.flatMap(answer -> ResponseRemedy.misspelled(answer, refusal, grant))
              .orElseGet(() -> RefusalRemedy.of(refusal, grant, last));
      List<String> next =
          last.map(answer -> FollowingFault.after(refusal, answer, told, grant)).orElse(List.of());
      return Optional.of(message(entry, request, told.andThen(next)));
    }
    return hidden ? Optional.of(unknown(entry, request)) : Optional.empty();
  }

  /** Firefox records neither what it blocked nor, without a cookie, that credentials were meant. */
  private boolean isUnsure(Har.Entry entry, Request request) {
    return !request.includesCredentials()
        && play(entry, request.credentials(Credentials.INCLUDE)).verdict()
            instanceof NotShared refusal
        && refusal.cause() != Cause.NETWORK;
  }

  private Outcome play(Har.Entry entry, Request request) {
    return new UserAgent(engine).fetch(request, sent -> answer(entry, sent));
  }

  /** The answer that came then; from the cache of preflights if none was recorded. */
  private WireResponse answer(Har.Entry page, WireRequest sent) throws IOException {
    List<Har.Entry> same = byRequest.getOrDefault(key(sent), List.of());
    Har.Entry nearest = null;
    for (Har.Entry entry : same) {
      boolean own = sent.method().equals("OPTIONS") || entry.number() >= page.number();
      if (own && (nearest == null || distance(entry, page) < distance(nearest, page))) {
        nearest = entry;
      }
    }
    boolean preflight = sent.headers().has("Access-Control-Request-Method");
    if (nearest != null && nearest.response().isPresent()) {
      told.add(nearest.number());
      return nearest.response().get();
    }
    if (preflight && nearest == null) {
      return remembered(sent);
    }
    throw new IOException("not in the file: " + sent.url());
  }

  private static int distance(Har.Entry entry, Har.Entry page) {
    return Math.abs(entry.number() - page.number());
  }

  private static WireResponse remembered(WireRequest preflight) {
    Headers asked = preflight.headers();
    return new WireResponse(
        204,
        Headers.of(
            "Access-Control-Allow-Origin", asked.get("Origin").orElse("null"),
            "Access-Control-Allow-Credentials", "true",
            "Access-Control-Allow-Methods", asked.get("Access-Control-Request-Method").orElse(""),
            "Access-Control-Allow-Headers",
                asked.get("Access-Control-Request-Headers").orElse(REMEMBERED)));
  }

  private static Optional<WireResponse> last(Outcome outcome, NotShared refusal) {
    List<Exchange> all = outcome.exchanges();
    return refusal.where().status() == 0 || all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.get(all.size() - 1).response());
  }

  private static RequiredGrant grant(Request request, NotShared refusal) {
    boolean credentials =
        request.includesCredentials()
            || refusal.cause() == Cause.ACAO_WILDCARD_CREDENTIALS
            || refusal.cause() == Cause.ACAC_NOT_TRUE;
    return RequiredGrant.of(
        request.credentials(credentials ? Credentials.INCLUDE : Credentials.OMIT));
  }

  // ---------------------------------------------------------------------------- what is said of it

  private ConsoleMessage message(Har.Entry entry, Request request, Remedy remedy) {
    Remedy told = entry.cached() ? ofTheCache(remedy) : remedy;
    return new ConsoleMessage(
        "request " + entry.number() + " (" + request.method() + ") of the network panel",
        request.url(),
        0,
        request.origin(),
        request.method(),
        told);
  }

  /** The same trouble of several URLs is one. */
  static List<ConsoleMessage> grouped(List<ConsoleMessage> failures) {
    Map<String, List<ConsoleMessage>> groups = new LinkedHashMap<>();
    for (ConsoleMessage failure : failures) {
      String key = failure.remedy().code() + failure.remedy().cause() + failure.origin();
      groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(failure);
    }
    return groups.values().stream()
        .map(
            same -> {
              ConsoleMessage first = same.get(0);
              long urls = same.stream().map(ConsoleMessage::url).distinct().count();
              return new ConsoleMessage(
                  first.whose(),
                  first.url(),
                  (int) urls - 1,
                  first.origin(),
                  first.method(),
                  first.remedy());
            })
        .toList();
  }

  private static Remedy ofTheCache(Remedy remedy) {
    return remedy.withAdvice(
        0,
        Advice.of(
            "This response came from the browser's own cache, where it may have been kept for another"
                + " page. Let the server send Vary: Origin on every response of that URL, and clear the"
                + " cache once."));
  }

  /** No answer is recorded that tells why: the panel's own error may. */
  private ConsoleMessage unknown(Har.Entry entry, Request request) {
    String error = Printable.cut(entry.error(), 200);
    List<ConsoleMessage> read = Console.read(error.isEmpty() ? "net::ERR_FAILED" : error);
    Remedy remedy = read.isEmpty() ? null : read.get(0).remedy();
    if (remedy == null || remedy.code().equals("HIDDEN")) {
      remedy =
          Remedy.of(
              "HIDDEN",
              "The browser recorded no response"
                  + (error.isEmpty() ? "" : " (" + error + ")")
                  + ". Either none came, or it was blocked by CORS and the file leaves it out.",
              List.of(
                  "Look at the browser's console: its line about this URL names the cause. Paste it"
                      + " to crosswalk explain.",
                  "Or test the server with the command below."),
              RequiredGrant.of(request));
    }
    return message(entry, request, remedy);
  }
}

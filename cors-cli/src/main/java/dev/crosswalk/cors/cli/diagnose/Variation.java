package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.request.VariationRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The same request again, or one that means the same. A different answer tells the cause.
 *
 * @param wire sends a request anew that was sent already
 */
record Variation(
    NotShared refusal, RequiredGrant grant, Exchange last, RepeatedRequest again, Transport wire) {

  /** With two or three instances, another one has answered by then. */
  private static final int TIMES = 2;

  private static final List<Cause> OF_HEADERS =
      List.of(Cause.HEADER_NOT_ALLOWED, Cause.ACAO_MISSING, Cause.PREFLIGHT_STATUS);

  private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

  /** Nothing is changed: instances of one server may not be alike. */
  Optional<Remedy> inTurns() {
    int status = last.response().status();
    if (refusal.cause() != Cause.ACAO_MISSING
        || !again.isSafe()
        || !RepeatedRequest.mayRepeat(status)) {
      return Optional.empty();
    }
    for (int time = 0; time < TIMES; time++) {
      try {
        WireResponse answer = wire.send(last.request());
        if (isAllowed(answer)) {
          return Optional.of(
              VariationRemedy.inTurns(
                  last.preflight() ? "the answer to the preflight" : "the response",
                  status,
                  answer.status(),
                  grant));
        }
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Two programs may listen on one port, each at another address of {@code localhost}. */
  Optional<Remedy> atOtherAddress() {
    return !again.isSafe()
        ? Optional.empty()
        : LocalhostOfFirefox.atIPv4(last.request())
            .flatMap(again::send)
            .filter(this::isAllowed)
            .map(
                answer ->
                    VariationRemedy.anotherServer(
                        Url.of(last.request().url()), last.response().status(), false, grant));
  }

  /** Compressed responses may come from elsewhere: a cache, or files that are ready. */
  Optional<Remedy> compressed() {
    Headers headers = last.request().headers();
    boolean coded = Bytes.lowerCase(last.response().head()).contains("\r\ncontent-encoding:");
    if (!coded || last.preflight() || !again.isSafe()) {
      return Optional.empty();
    }
    return again
        .send(
            new WireRequest(
                last.request().method(),
                last.request().url(),
                headers.without("Accept-Encoding").with("Accept-Encoding", "identity")))
        .filter(again::isShared)
        .map(
            answer ->
                VariationRemedy.compressedWithout(
                    last.response().status(), answer.status(), grant));
  }

  /** What browsers tell of the page besides its origin. */
  Optional<Remedy> site() {
    int status = last.response().status();
    if (status < 400
        || last.preflight()
        || !RepeatedRequest.mayRepeat(status)
        || !isSameByGet(status)) {
      return Optional.empty();
    }
    Headers headers = last.request().headers();
    Optional<String> site = headers.get("Sec-Fetch-Site");
    if (site.isPresent()) {
      Optional<WireResponse> answer =
          send(headers.without("Sec-Fetch-Site").with("Sec-Fetch-Site", "same-origin"));
      if (answer.isPresent()) {
        return Optional.of(
            VariationRemedy.siteRefused(site.get(), status, answer.get().status(), grant));
      }
    }
    Url url = Url.of(last.request().url());
    boolean downgrade = grant.origin().startsWith("https:") && url.scheme().equals("http");
    return send(headers.without("Referer").with("Referer", url.origin().serialize() + "/"))
        .map(answer -> VariationRemedy.refererRefused(downgrade, status, answer.status(), grant));
  }

  /** Whether GET, which changes nothing, gets the same error. */
  private boolean isSameByGet(int status) {
    return again.isSafe() || again.get().filter(answer -> answer.status() == status).isPresent();
  }

  /** A request that is no error any more; GET, where the method changes something. */
  private Optional<WireResponse> send(Headers headers) {
    WireRequest request = last.request();
    String method = again.isSafe() ? request.method() : "GET";
    return again
        .send(new WireRequest(method, request.url(), headers))
        .filter(answer -> answer.status() < 400);
  }

  /** A path is another one with a slash at its end, and some servers have a route only for one. */
  Optional<Remedy> slash() {
    Url url = Url.of(last.request().url());
    boolean root = url.path().equals("/");
    if (last.response().status() != 404 || last.preflight() || root) {
      return Optional.empty();
    }
    String path = url.path();
    return path.endsWith("/")
        ? atPath(path.substring(0, path.length() - 1), VariationRemedy.OtherPath.WITHOUT_SLASH)
        : atPath(path + "/", VariationRemedy.OtherPath.WITH_SLASH);
  }

  /** Slashes that stand together and capitals are parts of a path, and seldom meant. */
  Optional<Remedy> spelling() {
    String path = Url.of(last.request().url()).path();
    return atPath(path.replaceAll("/{2,}", "/"), VariationRemedy.OtherPath.WITHOUT_DOUBLED_SLASH)
        .or(() -> atPath(Bytes.lowerCase(path), VariationRemedy.OtherPath.IN_LOWER_CASE));
  }

  private Optional<Remedy> atPath(String path, VariationRemedy.OtherPath other) {
    WireRequest request = last.request();
    Url url = Url.of(request.url());
    if (path.equals(url.path()) || last.response().hasRedirectStatus() || !again.isSafe()) {
      return Optional.empty();
    }
    Url there =
        new Url(
            url.scheme(),
            url.username(),
            url.password(),
            url.host(),
            url.port(),
            path,
            url.query(),
            null);
    return again
        .send(new WireRequest(request.method(), there.toString(), request.headers()))
        .filter(answer -> answer.hasOkStatus() && again.isShared(answer))
        .map(
            answer ->
                VariationRemedy.otherPath(
                    last.response().status(), last.preflight(), other, there.toString(), grant));
  }

  /** Names as a person writes them. */
  Optional<Remedy> requestHeaders() {
    Headers headers = last.request().headers();
    Optional<String> written = headers.get(REQUEST_HEADERS);
    if (!last.preflight() || written.isEmpty() || !OF_HEADERS.contains(refusal.cause())) {
      return Optional.empty();
    }
    List<String> names = List.of(written.get().split(","));
    String spaced = String.join(", ", names);
    if (names.size() > 1 && allows(headers, spaced)) {
      return Optional.of(VariationRemedy.requestHeadersMisread(written.get(), spaced, true, grant));
    }
    String upper = names.stream().map(Variation::capitalized).collect(Collectors.joining(","));
    return allows(headers, upper)
        ? Optional.of(VariationRemedy.requestHeadersMisread(written.get(), upper, false, grant))
        : Optional.empty();
  }

  private boolean allows(Headers headers, String names) {
    WireRequest request = last.request();
    Headers changed = headers.without(REQUEST_HEADERS).with(REQUEST_HEADERS, names);
    return again
        .send(new WireRequest(request.method(), request.url(), changed))
        .filter(answer -> isAllowed(answer) && lists(answer, names))
        .isPresent();
  }

  private static boolean lists(WireResponse answer, String names) {
    List<String> listed =
        answer.headers().split(GrantHeaders.ALLOW_HEADERS).orElse(List.of()).stream()
            .map(Bytes::lowerCase)
            .toList();
    return List.of(names.split(", ?")).stream().map(Bytes::lowerCase).allMatch(listed::contains);
  }

  private boolean isAllowed(WireResponse answer) {
    return again.isShared(answer) && (!last.preflight() || answer.hasOkStatus());
  }

  /** Content-Type of content-type. */
  private static String capitalized(String name) {
    return List.of(name.split("-")).stream()
        .map(
            word ->
                word.isEmpty()
                    ? word
                    : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining("-"));
  }
}

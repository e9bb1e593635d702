package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.layer.CoverageRemedy;
import dev.crosswalk.cors.cli.remedy.layer.LayerRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/**
 * The refused preflight again, for less: a CORS layer may refuse a method or a header by sending no
 * headers at all, whatever the status, and then only what it does allow tells which.
 */
record PreflightProbe(
    NotShared refusal,
    RequiredGrant grant,
    Exchange last,
    RepeatedRequest again,
    LayerSearch layer) {

  private static final String METHOD = "Access-Control-Request-Method";
  private static final String HEADERS = "Access-Control-Request-Headers";

  /** Most lists have these two. */
  private static final List<String> USUAL = List.of("content-type", "authorization");

  /** Of more headers than that, not each one is asked for by itself. */
  private static final int MAX_NAMES = 8;

  /** What the layer refuses; empty if it is neither the method nor a header. */
  Optional<Remedy> refused(String evidence) {
    if (!last.preflight()) {
      return Optional.empty();
    }
    String method = grant.method();
    List<String> names = grant.requestHeaders();
    boolean header = !names.isEmpty() && allowsWithoutThem(method);
    boolean another = !header && (!names.isEmpty() || !method.equals("GET"));
    if (!header && !(another && allowsWithoutThem("GET"))) {
      return Optional.empty();
    }
    boolean both = !header && !names.isEmpty() && !allows("GET", Optional.of(names));
    // Helidon speaks of the origin whatever it refuses.
    String said = evidence.contains("origin is") ? "" : evidence;
    WireResponse answer = last.response();
    if (!header && !both && answer.hasOkStatus() && answer.headers().has("Allow")) {
      return Optional.of(CoverageRemedy.methodNotCovered(answer, grant));
    }
    return Optional.of(
        LayerRemedy.requestRefused(
            answer,
            header ? refusedOf(names, method) : names,
            header,
            both,
            layer.software(),
            said,
            grant));
  }

  /** Flask-CORS sends its list of methods only where the one that is asked for is in it. */
  Optional<Remedy> listed() {
    if (refusal.cause() != Cause.METHOD_NOT_ALLOWED || !refusal.lines().isEmpty()) {
      return Optional.empty();
    }
    return preflight("GET", Optional.of(grant.requestHeaders()).filter(names -> !names.isEmpty()))
        .flatMap(answer -> answer.headers().split(GrantHeaders.ALLOW_METHODS))
        .filter(methods -> !methods.contains(grant.method()) && !methods.contains("*"))
        .map(
            methods ->
                LayerRemedy.methodNotListed(last.response(), methods, layer.software(), grant));
  }

  /**
   * Micronaut refuses a preflight that asks for no header as well, if it has a list of them: where
   * it allows GET, another header is asked for.
   */
  private boolean allowsWithoutThem(String method) {
    boolean hidden =
        last.response().status() == 403
            && !grant.requestHeaders().isEmpty()
            && again.get().filter(again::isShared).isPresent();
    return allows(method, Optional.empty())
        || hidden
            && USUAL.stream()
                .filter(name -> !grant.requestHeaders().contains(name))
                .anyMatch(name -> allows(method, Optional.of(List.of(name))));
  }

  /** Those that are refused also alone; all of them if that does not tell. */
  private List<String> refusedOf(List<String> names, String method) {
    if (names.size() == 1 || names.size() > MAX_NAMES) {
      return names;
    }
    List<String> refused =
        names.stream().filter(name -> !allows(method, Optional.of(List.of(name)))).toList();
    return refused.isEmpty() ? names : refused;
  }

  private boolean allows(String method, Optional<List<String>> names) {
    return preflight(method, names).isPresent();
  }

  /** The answer to another preflight, if it lets the page read. */
  private Optional<WireResponse> preflight(String method, Optional<List<String>> names) {
    Headers headers =
        last.request().headers().without(HEADERS).without(METHOD).with(METHOD, method);
    Headers all = names.map(each -> headers.with(HEADERS, String.join(",", each))).orElse(headers);
    return again
        .send(new WireRequest("OPTIONS", last.request().url(), all))
        .filter(answer -> answer.hasOkStatus() && again.isShared(answer));
  }
}

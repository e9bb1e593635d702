package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.error.ErrorRemedy;
import dev.crosswalk.cors.cli.remedy.error.ResponseRemedy;
import dev.crosswalk.cors.cli.remedy.layer.CacheRemedy;
import dev.crosswalk.cors.cli.remedy.layer.CoverageRemedy;
import dev.crosswalk.cors.cli.remedy.layer.KnownLayer;
import dev.crosswalk.cors.cli.remedy.layer.OptionsRemedy;
import dev.crosswalk.cors.cli.remedy.layer.ProxyRemedy;
import dev.crosswalk.cors.cli.remedy.redirect.FollowedRedirect;
import dev.crosswalk.cors.cli.remedy.redirect.LoginRemedy;
import dev.crosswalk.cors.cli.remedy.redirect.RedirectCircle;
import dev.crosswalk.cors.cli.remedy.refusal.FollowingFault;
import dev.crosswalk.cors.cli.remedy.request.RequestRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tells apart causes that look alike in one response, by asking again with one thing changed: a
 * CORS layer that refuses the origin answers otherwise where there is no {@code Origin}, and
 * authentication does not. Only GET, HEAD and OPTIONS are repeated, which change nothing on a
 * server (RFC 9110, section 9.2.1).
 */
final class Experiment {

  private static final List<Cause> UNCLEAR =
      List.of(Cause.ACAO_MISSING, Cause.ACAO_MISMATCH, Cause.PREFLIGHT_STATUS);

  /** For all that is asked once more, up to twenty requests or so. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What no redirect turns into another method. */
  private static final List<String> READS = List.of("GET", "HEAD");

  /** At most this many are followed from where a browser has stopped. */
  private static final int MAX_REDIRECTS = 5;

  private final Request page;
  private final NotShared refusal;
  private final RequiredGrant grant;
  private final Outcome outcome;
  private final Exchange last;
  private final ResponseSigns signs;
  private final RepeatedRequest again;
  private final Variation variation;
  private final LayerSearch layer;
  private final SpringLayer spring;
  private final CrosswalkLayer crosswalk;
  private final PreflightProbe probe;
  private final OriginRefusal origin;

  private Experiment(
      Request page, NotShared refusal, Outcome outcome, Transport transport, Transport wire) {
    this.page = page;
    this.refusal = refusal;
    this.grant = RequiredGrant.of(page);
    this.outcome = outcome;
    this.last = outcome.exchanges().get(outcome.exchanges().size() - 1);
    this.signs = new ResponseSigns(last.response());
    this.again = new RepeatedRequest(page, last, transport);
    this.variation = new Variation(refusal, grant, last, again, wire);
    this.crosswalk = new CrosswalkLayer(refusal, grant, last, again);
    this.layer = new LayerSearch(page, refusal, last, again, crosswalk);
    this.spring = new SpringLayer(refusal, grant, last, again);
    this.probe = new PreflightProbe(refusal, grant, last, again, layer);
    this.origin = new OriginRefusal(grant, last, again, layer, spring, probe);
  }

  /**
   * The remedy that only a second look tells.
   *
   * @param page its request
   * @param refusal of the last response
   * @param sent what was sent already
   * @param wire sends what is asked once more
   * @return empty if the refusal itself says all that can be found out
   */
  static Optional<Remedy> of(
      Request page, NotShared refusal, Outcome outcome, SentOnce sent, Transport wire) {
    if (refusal.cause() == Cause.NETWORK
        && (refusal.where().preflight() || outcome.exchanges().isEmpty())) {
      return new UnansweredRequest(page, refusal, sent).told();
    }
    if (outcome.exchanges().isEmpty() || page.origin().equals("null")) {
      return Optional.empty();
    }
    List<Exchange> sentAlready = outcome.exchanges();
    String url = sentAlready.get(sentAlready.size() - 1).request().url();
    InTime inTime = new InTime(wire, PATIENCE, url);
    Experiment experiment = new Experiment(page, refusal, outcome, sent.by(inTime), inTime);
    Optional<Remedy> login =
        experiment
            .login()
            .or(
                () ->
                    ResponseRemedy.misspelled(
                        experiment.last.response(), refusal, experiment.grant));
    if (refusal.cause() == Cause.REDIRECT_LIMIT) {
      if (experiment.last.response().headers().get("Location").equals(Optional.of(""))) {
        return Optional.of(RedirectCircle.toNowhere(refusal.where().status()));
      }
      List<String> urls = outcome.actuals().stream().map(e -> e.request().url()).toList();
      return login.or(() -> RedirectCircle.of(urls));
    }
    if (login.isEmpty() && refusal.where().origin().equals("null")) {
      return experiment.askedDirectly();
    }
    if (login.isPresent() || refusal.where().status() == 0) {
      return login;
    }
    if (!UNCLEAR.contains(refusal.cause())) {
      return experiment
          .variation
          .requestHeaders()
          .or(() -> experiment.probe.listed())
          .or(experiment.crosswalk::inPolicy);
    }
    return experiment.unclear().map(experiment::afterRedirect);
  }

  /**
   * Asks one thing after the other, and tells the first that is found. The order has these reasons;
   * within a step, what is more particular comes first.
   *
   * <table>
   * <caption>From what is certain to what only remains</caption>
   * <tr><th>step</th><th>why it comes there</th></tr>
   * <tr><td>another program answers</td><td>all else would be asked of the wrong server</td></tr>
   * <tr><td>it fails by itself, its body says why, a header was lost</td><td>the answer proves it;
   *     no CORS layer has to be looked for</td></tr>
   * <tr><td>a gateway's error</td><td>ends it: what could tell more did not answer</td></tr>
   * <tr><td>interim, query, cache, in turns, compressed, request headers</td><td>the same request gets
   *     different answers: as long as that is not excluded, no comparison below is worth anything
   *     </td></tr>
   * <tr><td>a layer refuses the origin, the site, the spelling of the path</td><td>a layer that
   *     answers otherwise for one changed value is there, and does what it should</td></tr>
   * <tr><td>headers elsewhere, slash, not on the preflight, path, page</td><td>a layer is there, and
   *     does not reach this answer</td></tr>
   * <tr><td>unlisted, refused to all, on other paths, elsewhere, software</td><td>the weakest proof:
   *     only other origins, paths or answers show a layer</td></tr>
   * </table>
   */
  private Optional<Remedy> unclear() {
    Optional<Remedy> told =
        variation
            .atOtherAddress()
            .or(origin::failsByItself)
            .or(() -> ResponseRemedy.of(last, grant).map(this::moreExactly))
            .or(spring::originRemoved)
            .or(this::headersTakenAway)
            .or(() -> last.preflight() ? preflightStripped() : Optional.empty());
    if (ResponseSigns.isGateway(refusal.where().status())) {
      // The server that could tell more has not answered.
      return told;
    }
    return told.or(this::interim)
        .or(this::query)
        .or(this::cache)
        .or(variation::inTurns)
        .or(variation::compressed)
        .or(variation::requestHeaders)
        .or(() -> crosswalk.originRefused().map(layer::moreExactly))
        .or(layer::refusedOnLoopback)
        .or(layer::refusedByRack)
        .or(() -> origin.refused().map(layer::moreExactly))
        .or(variation::site)
        .or(variation::spelling)
        .or(this::headersElsewhere)
        .or(variation::slash)
        .or(this::headersNotOnPreflight)
        .or(spring::pathWithoutConfiguration)
        .or(this::page)
        .or(this::preflightStripped)
        .or(layer::unlisted)
        .or(origin::refusedToAll)
        .or(layer::onOtherPaths)
        .or(layer::elsewhere)
        .or(this::notFoundEither)
        .or(layer::ofSoftware);
  }

  /** After a redirect, says so: the developer knows only the URL in the page's code. */
  private Remedy afterRedirect(Remedy remedy) {
    Where where = refusal.where();
    if (where.url().equals(where.initialUrl())) {
      return remedy;
    }
    return FollowedRedirect.isWithin(where) && READS.contains(page.method())
        ? FollowedRedirect.within(remedy, where)
        : FollowedRedirect.of(remedy, where, page.method());
  }

  private Optional<Remedy> login() {
    for (Exchange exchange : outcome.actuals()) {
      Optional<String> location = exchange.response().headers().get("Location");
      Optional<Url> to =
          location.flatMap(reference -> Url.of(exchange.request().url()).resolve(reference));
      if (exchange.response().hasRedirectStatus()
          && to.isPresent()
          && LoginRemedy.isTo(Url.parse(exchange.request().url()), to.get())) {
        return Optional.of(LoginRemedy.request(to.get(), page.includesCredentials(), grant));
      }
    }
    return Optional.empty();
  }

  /** A body may say that something of the request is not listed, and not what. */
  private Remedy moreExactly(Remedy told) {
    return told.code().equals("ORIGIN_REFUSED") ? probe.refused("").orElse(told) : told;
  }

  /** Tomcat and others refuse characters that browsers leave as they are in a query. */
  private Optional<Remedy> query() {
    String url = last.request().url();
    String encoded = RequestRemedy.withQueryEncoded(url);
    if (last.response().status() != 400 || !again.isSafe() || encoded.equals(url)) {
      return Optional.empty();
    }
    WireRequest request =
        new WireRequest(last.request().method(), encoded, last.request().headers());
    return again
        .send(request)
        .filter(answer -> answer.status() != 400)
        .map(answer -> RequestRemedy.queryRefused(answer.status()));
  }

  /** Browsers look only at the final response. */
  private Optional<Remedy> interim() {
    return last.response().interim().stream()
        .filter(again::allows)
        .findFirst()
        .map(early -> CoverageRemedy.onInterimOnly(last.response(), early.status(), grant));
  }

  /** After a redirect from one foreign origin to another, the request's own origin is null. */
  private Optional<Remedy> askedDirectly() {
    boolean redirected = !refusal.where().url().equals(refusal.where().initialUrl());
    if (!redirected || !again.isSafe() || refusal.where().status() == 0) {
      return Optional.empty();
    }
    Headers headers = last.request().headers().without("Origin").with("Origin", page.origin());
    String url = last.request().url();
    Optional<WireResponse> answer = Optional.empty();
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      answer = again.send(new WireRequest(last.request().method(), url, headers));
      Optional<String> next = answer.flatMap(target(url)).map(Url::toString);
      if (next.isEmpty()) {
        break;
      }
      url = next.get();
    }
    boolean direct =
        answer.filter(seen -> !seen.hasRedirectStatus() && again.isShared(seen)).isPresent();
    return Optional.of(FollowedRedirect.asNull(refusal.where(), url, direct, page.method(), grant));
  }

  private static Function<WireResponse, Optional<Url>> target(String from) {
    return response ->
        Optional.of(response)
            .filter(WireResponse::hasRedirectStatus)
            .flatMap(seen -> seen.headers().get("Location"))
            .flatMap(Url.of(from)::resolve)
            .filter(Url::isHttp);
  }

  /** A query that nobody has asked with before is in no cache. */
  private Optional<Remedy> cache() {
    boolean another =
        refusal.cause() == Cause.ACAO_MISMATCH && Url.parse(refusal.value()).isPresent();
    if (last.preflight() || !again.isSafe() || !(another || signs.cache().isPresent())) {
      return Optional.empty();
    }
    Optional<WireResponse> answer = again.afresh();
    if (answer.isPresent()
        && !again.isShared(answer.get())
        && new ResponseSigns(answer.get()).isCacheHit()) {
      return Optional.of(CacheRemedy.kept(answer.get(), grant));
    }
    if (answer.isEmpty() || !again.isShared(answer.get())) {
      return Optional.empty();
    }
    return Optional.of(CacheRemedy.ofAnotherOrigin(last.response(), grant));
  }

  /** Fastify says so of a preflight that lacks what makes it one. */
  private Optional<Remedy> preflightStripped() {
    boolean unclear = last.preflight() || signs.variesByOrigin() && again.isSafe();
    return !unclear
        ? Optional.empty()
        : (last.preflight() ? Optional.of(last.response()) : again.preflight())
            .filter(answer -> answer.status() == 400)
            .filter(answer -> new ResponseSigns(answer).isStrippedPreflight())
            .map(answer -> ProxyRemedy.preflightStripped(last.response(), grant));
  }

  /** What answers a preflight with the names that it asks for never does so without the origin. */
  private Optional<Remedy> headersTakenAway() {
    if (refusal.cause() != Cause.ACAO_MISSING || signs.hasHeadersOfCors()) {
      return Optional.empty();
    }
    boolean unclear = last.preflight() || signs.variesByOrigin() && last.response().hasOkStatus();
    return (!unclear
            ? Optional.<WireResponse>empty()
            : last.preflight() ? Optional.of(last.response()) : again.preflight())
        .filter(WireResponse::hasOkStatus)
        .filter(answer -> new ResponseSigns(answer).variesByRequestHeaders())
        .filter(answer -> !new ResponseSigns(answer).hasHeadersOfCors())
        .map(answer -> ProxyRemedy.allowHeadersRemoved(last.response(), answer, grant));
  }

  /** Some answers have the headers, and this one does not. */
  private Optional<Remedy> headersElsewhere() {
    boolean redirect = last.response().hasRedirectStatus();
    if (last.preflight() || redirect || refusal.cause() != Cause.ACAO_MISSING) {
      return Optional.empty();
    }
    int status = last.response().status();
    boolean preflight = preflightIsAllowed();
    Optional<WireResponse> get =
        last.request().method().equals("GET")
            ? Optional.empty()
            : again.get().filter(again::isShared);
    Optional<String> allowed =
        preflight
            ? Optional.of("its answer to a preflight")
            : get.isPresent()
                ? Optional.of("its response to GET")
                : status >= 400 ? layer.above() : Optional.empty();
    if (allowed.isEmpty()) {
      return Optional.empty();
    }
    if (status >= 400) {
      return Optional.of(
          ErrorRemedy.errorsWithoutHeaders(
              last.response(), allowed.get(), preflight && isAnsweredBehind(), grant));
    }
    if (again.isSafe()
        && !signs.variesByOrigin()
        && again.afresh().filter(again::isShared).isPresent()) {
      return Optional.of(CacheRemedy.ofAnotherOrigin(last.response(), grant));
    }
    String method = last.request().method();
    if (get.isEmpty()) {
      return Optional.of(OptionsRemedy.headersOnPreflightOnly(status, layer.software(), grant));
    }
    int other = get.get().status();
    return Optional.of(
        last.response().hasOkStatus() && ResponseSigns.isOfRouting(other)
            ? CoverageRemedy.behindRoutes(status, method, other, KnownLayer.of(get.get()), grant)
            : CoverageRemedy.headersOnSomeMethods(
                status, "GET", method, preflight, layer.software(), grant));
  }

  /** Whether an application names itself in its answer to a preflight, and not in this one. */
  private boolean isAnsweredBehind() {
    return !last.response().headers().has("X-Powered-By")
        && again.preflight().filter(answer -> answer.headers().has("X-Powered-By")).isPresent();
  }

  /** GET is looked at, which changes nothing, whatever the method is that the page wants. */
  private Optional<Remedy> headersNotOnPreflight() {
    // A value that is there and wrong says more.
    if (!last.preflight() || refusal.cause() == Cause.ACAO_MISMATCH) {
      return Optional.empty();
    }
    Optional<WireResponse> got = again.get().filter(again::isShared);
    if (got.isEmpty()) {
      return Optional.empty();
    }
    Optional<Remedy> request = probe.refused("");
    if (request.isPresent()) {
      return request;
    }
    boolean allowed = again.allows(last.response());
    if (isPastSpring(got.get())) {
      return Optional.of(CoverageRemedy.preflightPastSpring(last.response().status(), grant));
    }
    Remedy told =
        OptionsRemedy.answeredInFront(last.response(), got.get(), grant)
            .filter(found -> !allowed)
            .orElseGet(() -> OptionsRemedy.headersNotOnPreflight(last.response(), allowed, grant));
    // What adds the headers to GET is to add them to the preflight, with the same lists.
    return Optional.of(told.withAdvice(FollowingFault.lists(got.get(), told, grant)));
  }

  /** Whether a bare answer is beside one of Spring's layer, and nothing shows a proxy in front. */
  private boolean isPastSpring(WireResponse got) {
    WireResponse own = last.response();
    return own.hasOkStatus()
        && own.body().length == 0
        && Stream.of("Server", "Vary", "Allow", "Via").noneMatch(own.headers()::has)
        && new ResponseSigns(got).hasVaryOfSpring();
  }

  private boolean preflightIsAllowed() {
    if (!refusal.where().url().equals(refusal.where().initialUrl())) {
      return false;
    }
    return outcome.preflights().stream()
        .findFirst()
        .map(Exchange::response)
        .or(again::preflight)
        .filter(answer -> answer.hasOkStatus() && again.isShared(answer))
        .isPresent();
  }

  /** Where GET has no route either, and GET is all that the page wants. */
  private Optional<Remedy> notFoundEither() {
    return last.preflight()
            && last.response().status() == 404
            && again.get().filter(answer -> answer.status() == 404).isPresent()
        ? Optional.of(OptionsRemedy.notFoundEither(last.response(), page.method(), grant))
        : Optional.empty();
  }

  private Optional<Remedy> page() {
    if (refusal.cause() != Cause.ACAO_MISSING) {
      return Optional.empty();
    }
    boolean unrouted =
        last.preflight()
            || !last.request().method().equals("GET")
                && ResponseSigns.isOfRouting(last.response().status());
    return unrouted
        ? again
            .get()
            .filter(got -> !signs.hasHeadersOfCors())
            .flatMap(got -> ResponseRemedy.pageOfGet(last, got, page.method()))
        : ResponseRemedy.page(last);
  }
}

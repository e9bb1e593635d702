package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Preflight.Answer;
import dev.crosswalk.cors.tck.browser.Preflight.Wanted;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The CORS-preflight cache. {@code Vary} and {@code Cache-Control} of an answer have no bearing on
 * it.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-cache">Fetch: CORS-preflight
 *     cache</a>
 */
final class PreflightCache {

  private final Engine engine;
  private final InstantSource clock;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Key, WholeAnswer> wholeAnswers = new LinkedHashMap<>();

  PreflightCache(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * Whom an answer is for.
   *
   * @param partition the site that the user visits, which every entry is kept apart by
   * @param url whole, with its query
   */
  record Key(String partition, String origin, String url) {}

  // A cache entry of the standard has either a method or a header name.
  private record Entry(
      Key key, boolean credentials, boolean isMethod, String value, Instant expires) {

    Entry until(Instant later) {
      return new Entry(key, credentials, isMethod, value, later);
    }
  }

  private record WholeAnswer(Answer answer, boolean credentials, Instant expires) {}

  /** {@code https://fetch.spec.whatwg.org/#concept-http-fetch}: whether no preflight is needed. */
  synchronized boolean allows(Key key, Wanted wanted) {
    return engine.cachesWholeAnswers() ? wholeAnswerAllows(key, wanted) : entriesAllow(key, wanted);
  }

  private boolean entriesAllow(Key key, Wanted wanted) {
    String method = wanted.method();
    boolean exempt =
        Methods.isSafelisted(method)
            && !wanted.useCorsPreflight()
            && (engine.exemptsHeadFromCacheLookup() || !method.equals("HEAD"));
    return (exempt || entries.stream().anyMatch(methodMatch(key, wanted.include(), method)))
        && RequestHeaders.unsafeNames(wanted.headers(), engine).stream()
            .allMatch(name -> entries.stream().anyMatch(headerMatch(key, wanted.include(), name)));
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-cache-match-method}. */
  private Predicate<Entry> methodMatch(Key key, boolean include, String method) {
    return match(key, include)
        .and(entry -> entry.isMethod && (entry.value.equals(method) || isWildcard(entry)));
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-cache-match-header}. */
  private Predicate<Entry> headerMatch(Key key, boolean include, String name) {
    boolean coveredByWildcard =
        engine.authorizationCoveredByWildcard() || !Bytes.lowerCase(name).equals("authorization");
    return match(key, include)
        .and(
            entry ->
                !entry.isMethod
                    && (Bytes.equalIgnoringCase(entry.value, name)
                        || (coveredByWildcard && isWildcard(entry))));
  }

  private Predicate<Entry> match(Key key, boolean include) {
    Instant now = clock.instant();
    return entry ->
        entry.key.equals(key)
            && now.isBefore(entry.expires)
            && (engine.keepsCredentialedPreflightsApart()
                ? entry.credentials == include
                : entry.credentials || !include);
  }

  private boolean isWildcard(Entry entry) {
    return entry.value.equals("*") && engine.reusesCachedWildcard();
  }

  // A mismatch erases the answer, as does its expiry.
  private boolean wholeAnswerAllows(Key key, Wanted wanted) {
    WholeAnswer cached = wholeAnswers.get(key);
    if (cached == null) {
      return false;
    }
    Where nowhere = new Where(true, Initiator.FETCH, key.origin(), key.url(), key.url(), 0);
    // Chromium 156 asks again, even where it takes the * of that answer for Authorization.
    boolean isNamed =
        !wanted.headers().has("Authorization")
            || cached.answer().headerNames().stream()
                .anyMatch(name -> Bytes.equalIgnoringCase(name, "authorization"));
    boolean allows =
        clock.instant().isBefore(cached.expires())
            && isNamed
            && (cached.credentials() || !wanted.include())
            && Preflight.allows(
                    wanted,
                    cached.answer().methods(),
                    cached.answer().headerNames(),
                    Headers.none(),
                    engine,
                    nowhere)
                .isShared();
    if (!allows) {
      wholeAnswers.remove(key);
    }
    return allows;
  }

  /** Steps 7.11 to 7.14 of the CORS-preflight fetch. */
  synchronized void store(Key key, Wanted wanted, Answer answer) {
    Instant now = clock.instant();
    Instant expires =
        answer.maxAge() > Instant.MAX.getEpochSecond() - now.getEpochSecond()
            ? Instant.MAX
            : now.plusSeconds(answer.maxAge());
    entries.removeIf(entry -> !now.isBefore(entry.expires));
    wholeAnswers.values().removeIf(cached -> !now.isBefore(cached.expires()));
    if (key.url().length() > engine.maxCachedUrlLength()) {
      return;
    }
    if (engine.cachesWholeAnswers()) {
      wholeAnswers.remove(key);
      wholeAnswers.put(key, new WholeAnswer(answer, wanted.include(), expires));
      while (wholeAnswers.size() > engine.cacheLimit()) {
        wholeAnswers.remove(wholeAnswers.keySet().iterator().next());
      }
      return;
    }
    boolean include = wanted.include();
    for (String method : first(answer.methods())) {
      renewOrAdd(methodMatch(key, include, method), new Entry(key, include, true, method, expires));
    }
    for (String name : first(answer.headerNames())) {
      renewOrAdd(headerMatch(key, include, name), new Entry(key, include, false, name, expires));
    }
    while (entries.size() > engine.cacheLimit()) {
      entries.remove(0);
    }
  }

  /** As many as the cache holds: a list of thousands would only push itself out. */
  private List<String> first(List<String> values) {
    return values.subList(0, Math.min(values.size(), engine.cacheLimit()));
  }

  private void renewOrAdd(Predicate<Entry> match, Entry fresh) {
    if (entries.stream().anyMatch(match)) {
      entries.replaceAll(entry -> match.test(entry) ? entry.until(fresh.expires) : entry);
    } else {
      entries.add(fresh);
    }
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-cache-clear}. */
  synchronized void clear(Key key) {
    entries.removeIf(entry -> entry.key.equals(key));
    wholeAnswers.remove(key);
  }
}

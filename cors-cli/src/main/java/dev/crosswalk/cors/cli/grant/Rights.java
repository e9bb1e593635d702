package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.CorsPolicy;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one policy grants, read from the settings that it prints.
 *
 * @param policy whose rights they are
 * @param origins who may read
 * @param dangerous those of them that are allowed although anybody can be one, as written
 * @param credentials whether they may send cookies
 * @param methods the methods beyond GET, HEAD and POST
 * @param requestHeaders the request headers, in lower case
 * @param exposed the response headers beyond those that scripts may always read, in lower case
 * @param maxAge how long browsers keep the answer to a preflight; empty if the policy does not say
 * @param timing whether scripts see in detail how long a response took
 * @param embedding whether pages of every origin may embed responses
 * @param settings all of it as the policy writes it, by key
 */
public record Rights(
    CorsPolicy policy,
    OriginSet origins,
    List<String> dangerous,
    boolean credentials,
    Names methods,
    Names requestHeaders,
    Names exposed,
    Optional<Duration> maxAge,
    boolean timing,
    boolean embedding,
    Map<String, List<String>> settings) {

  /** How long browsers keep an answer that does not say: the standard's default. */
  static final Duration DEFAULT_MAX_AGE = Duration.ofSeconds(5);

  private static final Set<String> ALWAYS_SENT = Set.of("GET", "HEAD", "POST");

  /** https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
  private static final Set<String> ALWAYS_READ =
      Set.of(
          "cache-control",
          "content-language",
          "content-length",
          "content-type",
          "expires",
          "last-modified",
          "pragma");

  static Rights of(CorsPolicy policy) {
    Map<String, List<String>> settings = PrintedPolicy.of(policy.toString());
    boolean credentials = PrintedPolicy.isTrue(settings, "cors.allow-credentials");
    List<String> dangerous = settings.getOrDefault("cors.dangerously-allowed-origins", List.of());
    List<String> origins = settings.getOrDefault("cors.allowed-origins", List.of());
    Set<String> both = new LinkedHashSet<>(origins);
    both.addAll(dangerous);
    // https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
    Set<String> notAny = credentials ? Set.of() : Set.of("authorization");
    return new Rights(
        policy,
        OriginSet.of(List.copyOf(both)),
        dangerous,
        credentials,
        names(settings, "cors.allowed-methods", false, ALWAYS_SENT, Set.of()),
        names(settings, "cors.allowed-request-headers", true, Set.of(), notAny),
        names(settings, "cors.exposed-response-headers", true, ALWAYS_READ, Set.of()),
        settings.getOrDefault("cors.max-age", List.of()).stream().findFirst().map(Duration::parse),
        PrintedPolicy.isTrue(settings, "cors.expose-timing"),
        PrintedPolicy.isTrue(settings, "cors.allow-embedding"),
        settings);
  }

  private static Names names(
      Map<String, List<String>> settings,
      String key,
      boolean inAnyCase,
      Set<String> without,
      Set<String> except) {
    Set<String> listed = new LinkedHashSet<>();
    for (String name : settings.getOrDefault(key, List.of())) {
      listed.add(inAnyCase ? name.toLowerCase(Locale.ROOT) : name);
    }
    boolean isAny = listed.remove("*");
    listed.removeAll(without);
    return new Names(isAny, listed, except);
  }

  /** Returns the members of a list as the policy writes them; empty if it is not set. */
  List<String> written(String key) {
    return settings.getOrDefault("cors." + key, List.of());
  }
}

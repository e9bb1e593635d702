package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.internal.origin.Origin;
import dev.crosswalk.cors.internal.origin.OriginPattern;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatterns;
import dev.crosswalk.cors.internal.syntax.FieldList;
import dev.crosswalk.cors.internal.syntax.PathTable;
import dev.crosswalk.cors.internal.syntax.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that pages of other origins send in order to change something: cross-site
 * request forgery, and cross-site hijacking of WebSockets. A CORS policy does not do that. It keeps
 * a script from reading a response; the request has arrived by then and had its effect.
 *
 * <pre>{@code
 * Cors guarded =
 *     CrossOriginGuard.around(policy)
 *         .trustOrigins("https://admin.example.com")
 *         .exemptPathsBelow("/webhooks")
 *         .build();
 * }</pre>
 *
 * <p>It needs no tokens, no cookies and no state. In this order:
 *
 * <ol>
 *   <li>GET, HEAD and OPTIONS pass, which must not change anything (RFC 9110 §9.2.1), unless they
 *       open a WebSocket, or have a header {@code X-HTTP-Method-Override}.
 *   <li>With {@code Sec-Fetch-Site} (<a
 *       href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata</a>)
 *       {@code same-origin} and {@code none} pass. Every other value is refused, {@code same-site}
 *       included: sibling domains are often other people's.
 *   <li>Without it a request without {@code Origin} passes. Every browser of today sends one of the
 *       two with requests that change something; an old one that sends neither is not guarded
 *       against.
 *   <li>An {@code Origin} whose host and port are the request's own {@code Host} passes. The scheme
 *       is not compared, because proxies end TLS.
 *   <li>Everything else is refused.
 * </ol>
 *
 * <p>What is refused passes after all if its origin is trusted or its path is exempt. Otherwise the
 * answer is 403, before the application is asked, with the headers that the policy grants, so that
 * a page that may read can read the refusal.
 *
 * <p>Who may read is not who may write: no origin of the policy is trusted because of that.
 *
 * <p>In configuration it is {@code cors.guard.enabled=true}, with the settings that {@link
 * #toString()} shows; see {@link CorsConfiguration}.
 */
public final class CrossOriginGuard extends Combined {

  private final Cors cors;
  private final List<String> trustedOrigins;
  private final Set<String> trusted;
  private final OriginPatterns trustedPatterns;
  private final Set<String> exemptPaths;
  private final List<String> exemptPrefixes;
  private final PathTable<Boolean> exempt;
  private final List<PolicyProblem> warnings;

  private CrossOriginGuard(
      Builder builder, List<OriginPattern> patterns, List<PolicyProblem> warnings) {
    cors = builder.cors;
    trustedOrigins = copy(builder.trustedOrigins);
    trusted = new HashSet<>();
    List<OriginPattern> wild = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).isExact()) {
        trusted.add(trustedOrigins.get(i));
      } else {
        wild.add(patterns.get(i));
      }
    }
    trustedPatterns = new OriginPatterns(wild);
    exemptPaths = Set.copyOf(copy(builder.exemptPaths));
    exemptPrefixes = copy(builder.exemptPrefixes);
    exempt = new PathTable<>(exempt(exemptPaths), exempt(exemptPrefixes));
    this.warnings = List.copyOf(warnings);
  }

  private static Map<String, Boolean> exempt(Collection<String> paths) {
    return paths.stream().distinct().collect(Collectors.toMap(path -> path, path -> true));
  }

  /** Copies what {@link Builder#build()} has found to be without null. */
  private static List<String> copy(List<@Nullable String> values) {
    List<String> copy = new ArrayList<>(values.size());
    for (String value : values) {
      if (value != null) {
        copy.add(value);
      }
    }
    return List.copyOf(copy);
  }

  /**
   * Begins a guard.
   *
   * @param cors what decides about reading: a policy, policies by path, {@link CorsPolicy#none()}
   * @return a builder without any exception
   */
  public static Builder around(Cors cors) {
    return new Builder(cors);
  }

  @Override
  List<Cors> parts() {
    return List.of(cors);
  }

  @Override
  <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
    return cors;
  }

  @Override
  <Q> CorsDecision made(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
    if (decision instanceof Proceed proceed) {
      Outcome refusal = refusal(request, reader);
      if (refusal != null && !isExcepted(request, reader)) {
        return new Respond(proceed, refusal);
      }
    }
    return decision;
  }

  private static <Q> @Nullable Outcome refusal(Q request, RequestReader<? super Q> reader) {
    if (isSafe(request, reader) && !isWebSocketHandshake(request, reader)) {
      return null;
    }
    String site = reader.header(request, "Sec-Fetch-Site");
    if (site != null && !site.isEmpty()) {
      return switch (site) {
        case "same-origin", "none" -> null;
        case "same-site" -> Outcome.WRITE_FROM_SAME_SITE;
        case "cross-site" -> Outcome.WRITE_FROM_CROSS_SITE;
        // A value of the future, or several. To pass it unknown would be to trust it.
        default -> Outcome.WRITE_FROM_UNKNOWN_SITE;
      };
    }
    String origin = reader.header(request, "Origin");
    if (origin == null || origin.isEmpty() || isOwn(origin, Explanation.host(request, reader))) {
      return null;
    }
    return Outcome.WRITE_FROM_OTHER_ORIGIN;
  }

  /** Some frameworks, Javalin among them, route a request by the method that this header names. */
  private static <Q> boolean isSafe(Q request, RequestReader<? super Q> reader) {
    String method = reader.method(request);
    return (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS"))
        && reader.header(request, "X-HTTP-Method-Override") == null;
  }

  /**
   * RFC 6455 §4.1. In HTTP/2 the handshake is a CONNECT (RFC 8441 §4), which is not safe anyway.
   */
  private static <Q> boolean isWebSocketHandshake(Q request, RequestReader<? super Q> reader) {
    String upgrade = reader.header(request, "Upgrade");
    return upgrade != null && FieldList.hasMember(upgrade, "websocket");
  }

  /**
   * Whether an origin's host and port are those that were asked for; a default port may be told. A
   * page at a host that ends in a dot has an origin with this dot, which no policy can name.
   */
  static boolean isOwn(String origin, @Nullable String host) {
    return host != null
        && Origin.isOfHost(origin, host)
        && (Origin.isSerialized(origin) || Origin.isSerialized(withoutLastDot(origin)));
  }

  private static String withoutLastDot(String origin) {
    int colon = origin.lastIndexOf(':');
    int end = colon > origin.indexOf(':') ? colon : origin.length();
    return end > 0 && origin.charAt(end - 1) == '.'
        ? origin.substring(0, end - 1) + origin.substring(end)
        : origin;
  }

  private <Q> boolean isExcepted(Q request, RequestReader<? super Q> reader) {
    String origin = reader.header(request, "Origin");
    if (origin != null
        && origin.length() <= Origin.MAX_LENGTH
        && (trusted.contains(origin) || trustedPatterns.match(origin))) {
      return true;
    }
    // CVE-2025-47910: where two readings of a path disagree, the request is guarded.
    return exempt.get(reader.path(request)) != null;
  }

  @Override
  public List<PolicyProblem> warnings() {
    List<PolicyProblem> all = new ArrayList<>(super.warnings());
    all.addAll(warnings);
    return List.copyOf(all);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CrossOriginGuard guard
        && cors.equals(guard.cors)
        && trustedOrigins.equals(guard.trustedOrigins)
        && exemptPaths.equals(guard.exemptPaths)
        && exemptPrefixes.equals(guard.exemptPrefixes);
  }

  @Override
  public int hashCode() {
    return cors.hashCode() * 31 + trustedOrigins.hashCode();
  }

  /** Returns the settings, one in a line, by the names that they have in a configuration file. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(cors.toString());
    line(text, Builder.ENABLED, List.of("true"));
    line(text, Builder.TRUSTED, trustedOrigins);
    line(text, Builder.EXEMPT, exemptPaths.stream().sorted().toList());
    line(text, Builder.EXEMPT_BELOW, exemptPrefixes);
    return text.toString();
  }

  private static void line(StringBuilder text, String setting, List<String> values) {
    if (!values.isEmpty()) {
      text.append("\ncors.").append(setting).append('=').append(String.join(", ", values));
    }
  }

  /**
   * Collects the exceptions of a guard. Calling a method twice adds to what the first call said.
   * Not safe for use by several threads.
   */
  public static final class Builder {

    static final String ENABLED = "guard.enabled";
    static final String TRUSTED = "guard.trusted-origins";
    static final String EXEMPT = "guard.exempt-paths";
    static final String EXEMPT_BELOW = "guard.exempt-paths-below";

    private final Cors cors;
    final List<@Nullable String> trustedOrigins = new ArrayList<>();
    final List<@Nullable String> exemptPaths = new ArrayList<>();
    final List<@Nullable String> exemptPrefixes = new ArrayList<>();

    // Set for a guard that comes from configuration, so that its problems can say where.
    String prefix = "";
    BiFunction<String, Integer, @Nullable String> sources = (setting, index) -> null;
    boolean production;

    private Builder(Cors cors) {
      this.cors = cors;
    }

    /** A null array is a null value, so that {@link #build()} can say which setting is wrong. */
    private static void addAll(List<@Nullable String> values, @Nullable String @Nullable [] more) {
      if (more == null) {
        values.add(null);
      } else {
        values.addAll(Arrays.asList(more));
      }
    }

    /**
     * Trusts origins to send requests that change something, as if they were the server's own.
     *
     * @param origins origins, or patterns as {@link CorsPolicy.Builder#allowOrigins(String...)}
     *     takes them; neither {@code *} nor {@code null}, nor a wildcard over names that anybody
     *     can get
     * @return this builder
     */
    public Builder trustOrigins(String... origins) {
      addAll(trustedOrigins, origins);
      return this;
    }

    /**
     * Exempts paths that do not rely on what a browser sends along, such as a webhook with a
     * signature.
     *
     * @param paths exactly these paths, as {@link Cors#byPath} takes them
     * @return this builder
     */
    public Builder exemptPaths(String... paths) {
      addAll(exemptPaths, paths);
      return this;
    }

    /**
     * Exempts paths and everything below them, by whole segments: {@code /hooks} covers {@code
     * /hooks/a} and not {@code /hooksa}.
     *
     * @param paths paths, as {@link Cors#byPath} takes them
     * @return this builder
     */
    public Builder exemptPathsBelow(String... paths) {
      addAll(exemptPrefixes, paths);
      return this;
    }

    /**
     * Builds the guard.
     *
     * @return the guard
     * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems with their
     *     remedies
     */
    public CrossOriginGuard build() {
      List<PolicyProblem> errors = new ArrayList<>();
      List<PolicyProblem> warnings = new ArrayList<>();
      if (cors == null) {
        errors.add(problem(ProblemCode.GUARD_WITHOUT_POLICY, "guard", null, -1));
      }
      List<OriginPattern> patterns = new ArrayList<>();
      for (int i = 0; i < trustedOrigins.size(); i++) {
        String origin = trustedOrigins.get(i);
        PolicyProblem anyOrNull = anyOrNull(origin, i);
        OriginPatternParser parser = new OriginPatternParser(origin == null ? "" : origin);
        OriginPattern pattern = anyOrNull == null ? parser.parse() : null;
        if (anyOrNull != null) {
          errors.add(anyOrNull);
        } else if (pattern == null) {
          errors.add(
              problem(
                      ProblemCode.of(parser.flaw()),
                      TRUSTED,
                      origin,
                      i,
                      parser.arguments().toArray())
                  .instead(parser.suggestions()));
        } else {
          patterns.add(pattern);
          twice(trustedOrigins, TRUSTED, i, warnings);
          ofAnybody(origin, pattern, i, errors);
          inProduction(origin, pattern, i, errors);
        }
      }
      Map<String, String> spellings = new HashMap<>();
      paths(exemptPaths, EXEMPT, spellings, errors, warnings);
      paths(exemptPrefixes, EXEMPT_BELOW, spellings, errors, warnings);
      if (exemptPrefixes.contains("/")) {
        int index = exemptPrefixes.indexOf("/");
        warnings.add(problem(ProblemCode.GUARD_EXEMPTS_EVERYTHING, EXEMPT_BELOW, "/", index));
      }
      if (!errors.isEmpty()) {
        throw new InvalidCorsPolicyException(errors);
      }
      // A single one has nobody beside it whom it could be told from.
      boolean several = patterns.size() > 1 || patterns.size() == 1 && !patterns.get(0).isExact();
      if (cors instanceof CorsPolicy policy
          && several
          && new HashSet<>(trustedOrigins)
              .equals(new HashSet<>(policy.values().list(Setting.ALLOWED_ORIGINS)))) {
        warnings.add(problem(ProblemCode.GUARD_TRUSTS_READERS, TRUSTED, null, -1));
      }
      return new CrossOriginGuard(this, patterns, warnings);
    }

    /** As for allowed origins, but without a gate: a forged page would not read, it would write. */
    private void inProduction(
        @Nullable String origin, OriginPattern pattern, int index, List<PolicyProblem> errors) {
      if (production && pattern.isLoopback()) {
        errors.add(problem(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION, TRUSTED, origin, index));
      } else if (production && pattern.isInsecure()) {
        errors.add(
            problem(ProblemCode.GUARD_TRUSTS_INSECURE, TRUSTED, origin, index)
                .instead(List.of(pattern.secured())));
      }
    }

    /** As for allowed origins with credentials, but without a gate. */
    private void ofAnybody(
        @Nullable String origin, OriginPattern pattern, int index, List<PolicyProblem> errors) {
      String suffix =
          pattern.leftmost() == OriginPattern.Leftmost.HOST
              ? pattern.scheme() + "://"
              : pattern.publicSuffix();
      if (suffix != null) {
        errors.add(
            problem(ProblemCode.GUARD_TRUSTS_ANYONE, TRUSTED, origin, index, Text.quote(suffix)));
      }
    }

    private @Nullable PolicyProblem anyOrNull(@Nullable String origin, int index) {
      if (Setting.ANY.equals(origin)) {
        return problem(ProblemCode.GUARD_TRUSTS_ANY_ORIGIN, TRUSTED, origin, index);
      }
      if (origin != null && OriginPatternParser.isNull(origin)) {
        return problem(ProblemCode.GUARD_TRUSTS_NULL, TRUSTED, origin, index);
      }
      return null;
    }

    private void paths(
        List<@Nullable String> paths,
        String setting,
        Map<String, String> spellings,
        List<PolicyProblem> errors,
        List<PolicyProblem> warnings) {
      for (int i = 0; i < paths.size(); i++) {
        PolicyProblem problem =
            Setting.pathProblem(
                paths.get(i), prefix + setting, i, sources.apply(setting, i), spellings);
        if (problem != null) {
          errors.add(problem);
        }
        twice(paths, setting, i, warnings);
      }
    }

    private void twice(
        List<@Nullable String> values, String setting, int index, List<PolicyProblem> warnings) {
      if (values.indexOf(values.get(index)) < index) {
        warnings.add(problem(ProblemCode.GUARD_DUPLICATE, setting, values.get(index), index));
      }
    }

    private PolicyProblem problem(
        ProblemCode code, String setting, @Nullable String value, int index, Object... arguments) {
      return code.at(prefix + setting, value, index, sources.apply(setting, index), arguments);
    }
  }
}

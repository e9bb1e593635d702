package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.internal.config.Profiles.Stage;
import dev.crosswalk.cors.internal.origin.Origin;
import dev.crosswalk.cors.internal.origin.OriginPattern;
import dev.crosswalk.cors.internal.origin.OriginPattern.Leftmost;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatterns;
import dev.crosswalk.cors.internal.origin.SharedHosts;
import dev.crosswalk.cors.internal.syntax.FieldList;
import dev.crosswalk.cors.internal.syntax.PathTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
 *         .exemptPathsBelow("/saml")
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
 * <p>Who may read is not who may write: no origin of the policy is trusted because of that, unless
 * {@link Builder#trustOriginsAllowedWithCredentials()} says so.
 *
 * <p>In configuration it is {@code cors.guard.enabled=true}, with the settings that {@link
 * #toString()} shows; see {@link CorsConfiguration}.
 */
public final class CrossOriginGuard extends Combined {

  private final Cors cors;
  private final Setting.Values values;
  private final OriginPatterns trusted;
  private final boolean trustsReaders;
  private final PathTable<Boolean> exempt;
  private final List<PolicyProblem> warnings;

  private CrossOriginGuard(
      Cors cors,
      Setting.Values values,
      List<OriginPattern> patterns,
      List<PolicyProblem> warnings) {
    this.cors = cors;
    this.values = values;
    trusted = new OriginPatterns(patterns);
    trustsReaders = values.isTrue(Setting.GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS);
    exempt =
        new PathTable<>(
            exempt(values.list(Setting.GUARD_EXEMPT_PATHS)),
            exempt(values.list(Setting.GUARD_EXEMPT_PATHS_BELOW)));
    this.warnings = List.copyOf(warnings);
  }

  /** One entry for all, because it does not matter by which of them a reading is exempt. */
  private static Map<String, Boolean> exempt(List<String> paths) {
    return paths.stream()
        .distinct()
        .collect(Collectors.toMap(Function.identity(), path -> Boolean.TRUE));
  }

  /**
   * Begins a guard.
   *
   * @param cors what decides about reading: a policy, policies by path, {@link CorsPolicy#none()}
   * @return a builder without any exception
   */
  public static Builder around(Cors cors) {
    return around(cors, new Setting.Values());
  }

  /** Begins a guard with what is written already. */
  static Builder around(Cors cors, Setting.Values written) {
    return new Builder(cors, written);
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
  <Q> CorsDecision adapted(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
    if (decision instanceof Proceed proceed) {
      Outcome refusal = refusal(request, reader);
      if (refusal != null && !isExcepted(proceed, request, reader)) {
        return new Respond(proceed, refusal);
      }
    }
    return decision;
  }

  private static <Q> @Nullable Outcome refusal(Q request, RequestReader<? super Q> reader) {
    if (isSafe(request, reader) && !isWebSocketHandshake(request, reader)) {
      return null;
    }
    String site = RequestSite.site(request, reader);
    if (site != null) {
      // Compared, because a switch hashes what it looks up, however long that is.
      if (site.equals("same-origin") || site.equals("none")) {
        return null;
      }
      if (site.equals("same-site")) {
        return Outcome.WRITE_FROM_SAME_SITE;
      }
      // Any other is a value of the future, or several. To pass it unknown would be to trust it.
      return site.equals("cross-site")
          ? Outcome.WRITE_FROM_CROSS_SITE
          : Outcome.WRITE_FROM_UNKNOWN_SITE;
    }
    String origin = reader.header(request, "Origin");
    if (origin == null || origin.isEmpty() || RequestSite.isOfHost(origin, request, reader)) {
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
   * RFC 6455 §4.1. In HTTP/2 the handshake is a CONNECT (RFC 8441 §4), which is not safe anyway. A
   * list that is too long to be read counts as a handshake.
   */
  private static <Q> boolean isWebSocketHandshake(Q request, RequestReader<? super Q> reader) {
    String upgrade = reader.header(request, "Upgrade");
    return upgrade != null
        && (upgrade.length() > CorsAdapter.MAX_UPGRADE_LENGTH
            || FieldList.hasMember(upgrade, "websocket"));
  }

  private <Q> boolean isExcepted(Proceed decision, Q request, RequestReader<? super Q> reader) {
    String origin = reader.header(request, "Origin");
    if (origin != null && origin.length() <= Origin.MAX_LENGTH) {
      if (trusted.match(origin)) {
        return true;
      }
      // The policy that has just decided, so that the trust is as new and as narrow as that.
      Protocol policy = trustsReaders ? decision.protocol() : null;
      if (policy != null && policy.trusts(origin)) {
        return true;
      }
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
        && values.equals(guard.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cors, values);
  }

  /** Returns the settings, one in a line, by the names that they have in a configuration file. */
  @Override
  public String toString() {
    return cors + "\n" + values;
  }

  /**
   * Collects the exceptions of a guard. Calling a method twice adds to what the first call said.
   * Not safe for use by several threads.
   */
  public static final class Builder {

    private final Cors cors;
    private final Setting.Values written;

    private Builder(Cors cors, Setting.Values written) {
      this.cors = cors;
      this.written = written;
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
      written.add(Setting.GUARD_TRUSTED_ORIGINS, origins);
      return this;
    }

    /**
     * Trusts the origins to write that may read with credentials, as if each were named in {@link
     * #trustOrigins}: for a single-page application on an origin of its own, which does both. The
     * policy that decides about the request also decides whom to trust: the policy of a path
     * extends trust only on that path, and a reloaded policy applies at once.
     *
     * <p>It never trusts any origin, nor {@code null}, nor an origin of a policy without
     * credentials, nor one that only {@link CorsPolicy.Builder#dangerouslyAllowOrigins} lets in.
     *
     * @return this builder
     */
    public Builder trustOriginsAllowedWithCredentials() {
      written.set(Setting.GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS, "true");
      return this;
    }

    /**
     * Exempts paths to which browsers send writes from pages of other sites, and which check
     * something else: the callback of OAuth by {@code form_post} or of SAML by POST, the return
     * from a payment, reports of a Content Security Policy. Webhooks need no exemption, because
     * servers send neither {@code Origin} nor {@code Sec-Fetch-Site}.
     *
     * @param paths exactly these paths, as {@link Cors#byPath} takes them
     * @return this builder
     */
    public Builder exemptPaths(String... paths) {
      written.add(Setting.GUARD_EXEMPT_PATHS, paths);
      return this;
    }

    /**
     * Exempts paths and everything below them, by whole segments: {@code /saml} covers {@code
     * /saml/acs} and not {@code /samlx}.
     *
     * @param paths paths, as {@link Cors#byPath} takes them
     * @return this builder
     */
    public Builder exemptPathsBelow(String... paths) {
      written.add(Setting.GUARD_EXEMPT_PATHS_BELOW, paths);
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
      return new Validation(cors, written).guard();
    }
  }

  /** Finds everything that is wrong with the settings of a guard. */
  private static final class Validation {

    private final Cors cors;
    private final Setting.Values written;
    private final Setting.Values right = new Setting.Values();
    private final List<OriginPattern> patterns = new ArrayList<>();
    private final List<PolicyProblem> errors = new ArrayList<>();
    private final List<PolicyProblem> warnings = new ArrayList<>();

    Validation(Cors cors, Setting.Values written) {
      this.cors = cors;
      this.written = written;
      right.set(Setting.GUARD_ENABLED, "true");
      if (cors == null) {
        errors.add(ProblemCode.GUARD_WITHOUT_POLICY.at(written.prefix + "guard", null, -1, null));
      }
      trustedOrigins();
      trustedReaders();
      Map<String, String> spellings = new HashMap<>();
      paths(Setting.GUARD_EXEMPT_PATHS, spellings);
      paths(Setting.GUARD_EXEMPT_PATHS_BELOW, spellings);
    }

    CrossOriginGuard guard() {
      if (!errors.isEmpty()) {
        throw new InvalidCorsPolicyException(errors);
      }
      int everything = written.written(Setting.GUARD_EXEMPT_PATHS_BELOW).indexOf("/");
      if (everything != -1) {
        warn(ProblemCode.GUARD_EXEMPTS_EVERYTHING, Setting.GUARD_EXEMPT_PATHS_BELOW, everything);
      }
      // A single one has no other to be confused with.
      boolean several = patterns.size() > 1 || patterns.size() == 1 && !patterns.get(0).isExact();
      if (cors instanceof CorsPolicy policy
          && several
          && new HashSet<>(right.list(Setting.GUARD_TRUSTED_ORIGINS))
              .equals(new HashSet<>(policy.values().list(Setting.ALLOWED_ORIGINS)))) {
        warn(ProblemCode.GUARD_TRUSTS_READERS, Setting.GUARD_TRUSTED_ORIGINS, -1);
      }
      return new CrossOriginGuard(cors, right, patterns, warnings);
    }

    private void trustedOrigins() {
      List<@Nullable String> origins = written.written(Setting.GUARD_TRUSTED_ORIGINS);
      for (int i = 0; i < origins.size(); i++) {
        String origin = origins.get(i) == null ? "" : origins.get(i);
        OriginPatternParser parser = new OriginPatternParser(origin);
        OriginPattern pattern = parser.parse();
        if (origin.equals(Setting.ANY)) {
          error(ProblemCode.GUARD_TRUSTS_ANY_ORIGIN, i);
        } else if (OriginPatternParser.isNull(origin)) {
          error(ProblemCode.GUARD_TRUSTS_NULL, i);
        } else if (pattern == null) {
          Object[] arguments = parser.arguments().toArray();
          error(ProblemCode.of(parser.flaw()), i, parser.suggestions(), arguments);
        } else {
          trusted(origin, pattern, i);
        }
      }
    }

    /** As for allowed origins with credentials, but without a gate: a forged page would write. */
    private void trusted(String origin, OriginPattern pattern, int index) {
      String shared =
          pattern.leftmost() == Leftmost.HOST ? pattern.scheme() + "://" : pattern.publicSuffix();
      if (shared != null) {
        error(ProblemCode.GUARD_TRUSTS_ANYONE, index, List.of(), SharedHosts.inWords(shared));
      }
      if (written.areOfProduction() && pattern.isLoopback()) {
        error(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION, index);
      } else if (written.areOfProduction() && pattern.isInsecure()) {
        error(ProblemCode.GUARD_TRUSTS_INSECURE, index, List.of(pattern.secured()));
      } else if (written.stage == Stage.UNKNOWN && pattern.isInsecure() && !pattern.isLoopback()) {
        ProblemCode code = ProblemCode.GUARD_TRUSTS_INSECURE_WITHOUT_PROFILE;
        PolicyProblem problem = written.problem(code, Setting.GUARD_TRUSTED_ORIGINS, index);
        warnings.add(problem.instead(List.of(pattern.secured())));
      }
      patterns.add(pattern);
      take(Setting.GUARD_TRUSTED_ORIGINS, index, origin);
    }

    private void trustedReaders() {
      Setting readers = Setting.GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS;
      PolicyProblem problem = written.flagProblem(readers);
      if (problem != null) {
        errors.add(problem);
      } else if (written.isTrue(readers)) {
        right.set(readers, "true");
        if (!mayAllowCredentials(cors)) {
          warn(ProblemCode.GUARD_TRUSTS_NOBODY, readers, -1);
        }
      }
    }

    /** What is chosen by a function, or may be replaced, is not known here. */
    private static boolean mayAllowCredentials(Cors cors) {
      return cors instanceof CorsPolicy policy
          ? policy.values().isTrue(Setting.ALLOW_CREDENTIALS)
          : !(cors instanceof Combined combined)
              || cors instanceof ReloadableCors
              || combined.parts().isEmpty()
              || combined.parts().stream().anyMatch(Validation::mayAllowCredentials);
    }

    private void paths(Setting setting, Map<String, String> spellings) {
      List<@Nullable String> paths = written.written(setting);
      for (int i = 0; i < paths.size(); i++) {
        String name = written.nameOf(setting);
        String place = written.place(setting, i);
        PolicyProblem problem = PolicyProblem.ofPath(paths.get(i), name, i, place, spellings);
        if (problem != null
            && problem.code() == ProblemCode.PATH_WILDCARD
            && setting == Setting.GUARD_EXEMPT_PATHS) {
          String below = written.nameOf(Setting.GUARD_EXEMPT_PATHS_BELOW);
          errors.add(written.problem(ProblemCode.GUARD_EXEMPTS_WILDCARD, setting, i, below));
        } else if (problem != null) {
          errors.add(problem);
        } else {
          take(setting, i, paths.get(i));
        }
      }
    }

    private void take(Setting setting, int index, @Nullable String value) {
      right.add(setting, value);
      if (written.written(setting).indexOf(value) < index) {
        warn(ProblemCode.GUARD_DUPLICATE, setting, index);
      }
    }

    private void error(ProblemCode code, int index) {
      error(code, index, List.of());
    }

    private void error(ProblemCode code, int index, List<String> instead, Object... arguments) {
      PolicyProblem problem =
          written.problem(code, Setting.GUARD_TRUSTED_ORIGINS, index, arguments);
      errors.add(problem.instead(instead));
    }

    private void warn(ProblemCode code, Setting setting, int index) {
      warnings.add(written.problem(code, setting, index));
    }
  }
}

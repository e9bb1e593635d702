package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.internal.origin.Origin;
import dev.crosswalk.cors.internal.origin.OriginPatterns;
import dev.crosswalk.cors.internal.syntax.PathTable;
import java.util.ArrayList;
import java.util.Collection;
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
 *       open a WebSocket, or have a header that names another method, such as {@code
 *       X-HTTP-Method-Override}.
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
  private final GuardExceptions exceptions;
  private final OriginPatterns trusted;
  private final PathTable<Boolean> exempt;
  private final List<PolicyProblem> warnings;

  private CrossOriginGuard(Cors cors, GuardExceptions exceptions, List<PolicyProblem> warnings) {
    this.cors = cors;
    this.exceptions = exceptions;
    trusted = new OriginPatterns(exceptions.trustedOrigins());
    exempt = new PathTable<>(exempt(exceptions.paths()), exempt(exceptions.pathsBelow()));
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
   * @throws NullPointerException if {@code cors} is null
   */
  public static Builder around(Cors cors) {
    return around(
        Objects.requireNonNull(cors, "The policy is null: give one, or CorsPolicy.none()"),
        new Written());
  }

  /** Begins a guard with what is written already. */
  static Builder around(Cors cors, Written written) {
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

  /**
   * Some frameworks, Javalin among them, route a request by the method that a header names. These
   * are the three that Fetch lists (<a
   * href="https://fetch.spec.whatwg.org/#forbidden-request-header">forbidden request-header</a>).
   */
  private static <Q> boolean isSafe(Q request, RequestReader<? super Q> reader) {
    String method = reader.method(request);
    return (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS"))
        && reader.header(request, "X-HTTP-Method-Override") == null
        && reader.header(request, "X-HTTP-Method") == null
        && reader.header(request, "X-Method-Override") == null;
  }

  /**
   * RFC 6455 §4.1. In HTTP/2 the handshake is a CONNECT (RFC 8441 §4), which is not safe anyway. A
   * list that is too long to be read counts as a handshake.
   */
  private static <Q> boolean isWebSocketHandshake(Q request, RequestReader<? super Q> reader) {
    return RequestSite.asksForWebSocket(request, reader, true);
  }

  private <Q> boolean isExcepted(Proceed decision, Q request, RequestReader<? super Q> reader) {
    String origin = reader.header(request, "Origin");
    if (origin != null && origin.length() <= Origin.MAX_LENGTH) {
      if (trusted.match(origin)) {
        return true;
      }
      // The policy that has just decided, so that the trust is as new and as narrow as that.
      Protocol policy = exceptions.trustsReaders() ? decision.protocol : null;
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
        && exceptions.equals(guard.exceptions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cors, exceptions);
  }

  /** Returns the settings, one in a line, by the names that they have in a configuration file. */
  @Override
  public String toString() {
    return cors + "\n" + exceptions;
  }

  /**
   * Collects the exceptions of a guard. Calling a method twice adds to what the first call said.
   * Not safe for use by several threads.
   */
  public static final class Builder {

    private final Cors cors;
    private final Written written;

    private Builder(Cors cors, Written written) {
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
     * Trusts origins, as {@link #trustOrigins(String...)} does.
     *
     * @param origins the origins and patterns, in the order of the collection
     * @return this builder
     */
    public Builder trustOrigins(Collection<String> origins) {
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
     * Exempts paths, as {@link #exemptPaths(String...)} does.
     *
     * @param paths the paths, in the order of the collection
     * @return this builder
     */
    public Builder exemptPaths(Collection<String> paths) {
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
     * Exempts paths and everything below them, as {@link #exemptPathsBelow(String...)} does.
     *
     * @param paths the paths, in the order of the collection
     * @return this builder
     */
    public Builder exemptPathsBelow(Collection<String> paths) {
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
      GuardValidation validation = new GuardValidation(cors, written);
      return new CrossOriginGuard(cors, validation.valid(), validation.warnings());
    }
  }
}

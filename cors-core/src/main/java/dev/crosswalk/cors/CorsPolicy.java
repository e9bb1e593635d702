package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.internal.origin.PublicSuffixes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server lets other origins do. Immutable and validated: build it once, share it with every
 * request.
 *
 * <pre>{@code
 * CorsPolicy policy =
 *     CorsPolicy.builder()
 *         .allowOrigins("https://app.example.com", "https://*.example.org")
 *         .allowMethods("PUT", "DELETE")
 *         .allowRequestHeaders("Authorization", "Content-Type")
 *         .allowCredentials()
 *         .maxAge(Duration.ofHours(1))
 *         .build();
 * }</pre>
 *
 * <p>There is no default policy: what is not allowed is refused. A policy keeps scripts of other
 * origins from <em>reading</em> responses. It does not keep requests from arriving, and it is not
 * access control.
 */
public final class CorsPolicy implements Cors {

  private static final CorsPolicy NONE = new CorsPolicy(Grants.NOTHING, new Written(), List.of());

  private final Grants grants;
  private final List<PolicyProblem> warnings;
  private final Protocol protocol;

  private CorsPolicy(Grants grants, Written written, List<PolicyProblem> warnings) {
    this.grants = grants;
    this.warnings = List.copyOf(warnings);
    protocol = new Protocol(grants, written.prefix());
  }

  @Override
  public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    String origin = Argument.reader(reader).header(request, "Origin");
    if (origin == null) {
      return protocol.notCors();
    }
    String method = Protocol.requestedMethod(request, reader);
    if (method != null) {
      String names = reader.header(request, "Access-Control-Request-Headers");
      return protocol.preflight(origin, method, names);
    }
    Proceed decision = protocol.actual(origin);
    // An own origin whose host ends in a dot is malformed: no policy can name it.
    boolean mayBeOwn =
        decision.outcome() == Outcome.ORIGIN_NOT_ALLOWED
            || decision.outcome() == Outcome.ORIGIN_MALFORMED;
    boolean own = mayBeOwn && RequestSite.isOwn(origin, request, reader);
    return own ? protocol.sameOrigin() : decision;
  }

  /**
   * Makes the policy from the settings as written.
   *
   * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems
   */
  static CorsPolicy of(Written written) {
    PolicyValidation validation = new PolicyValidation(written);
    return new CorsPolicy(validation.valid(), written, validation.warnings());
  }

  Grants grants() {
    return grants;
  }

  PolicyHeaders headers() {
    return protocol.headers();
  }

  /** {@return a policy that explicitly allows no one} Its responses do not vary. */
  public static CorsPolicy none() {
    return NONE;
  }

  /**
   * Returns the date of the <a href="https://publicsuffix.org/list/">Public Suffix List</a> that is
   * used to check the wildcards of policies with credentials, such as {@code 2026-10-07}. The list
   * ships with this library, so later changes to it are not known.
   *
   * @return the date, by ISO 8601
   */
  public static String publicSuffixListVersion() {
    return PublicSuffixes.version();
  }

  /** {@return a builder without any setting} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder with the settings of this policy, to build a similar one} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    grants.written().forEach(builder.written::add);
    return builder;
  }

  /**
   * Returns what is probably a mistake in this policy, but not an error: redundant origins, {@code
   * patch} in lower case, a max-age that no browser honors.
   */
  @Override
  public List<PolicyProblem> warnings() {
    return warnings;
  }

  /**
   * Two policies are equal if they have the same settings, with the same values in the same order.
   * Their spelling does not count: {@code maxAge(Duration.ofHours(1))} is {@code
   * cors.max-age=3600}. Nor does where they are written, although warnings and explanations name
   * that. So a test can compare what a file says with what was meant.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CorsPolicy policy && grants.equals(policy.grants);
  }

  @Override
  public int hashCode() {
    return grants.hashCode();
  }

  /** Returns the settings, one per line, with the names that they have in a configuration file. */
  @Override
  public String toString() {
    return grants.toString();
  }

  /**
   * Collects the settings of a policy. A second call of the same method adds to the first. Not safe
   * for use by several threads.
   */
  public static final class Builder {

    final Written written = new Written();

    private Builder() {}

    /**
     * Allows origins. Each is an origin as browsers send it, or a pattern:
     *
     * <ul>
     *   <li>{@code https://app.example.com}: exactly this origin; {@code
     *       https://app.example.com:8443} is a different one;
     *   <li>{@code https://*.example.com}: all hosts below {@code example.com}, at any depth,
     *       without {@code example.com} itself;
     *   <li>{@code https://app-*-team.example.com}: a wildcard inside the leftmost label, next to
     *       hyphens. It matches at least one character and never a dot;
     *   <li>{@code http://localhost:*}: any port, or none;
     *   <li>{@code capacitor://localhost}, {@code chrome-extension://id}: apps and browser
     *       extensions.
     * </ul>
     *
     * <p>Write origins in lower case and in ASCII, with punycode for other letters, and without
     * path, trailing slash or default port. A single {@code "*"} is the same as {@link
     * #allowAnyOrigin()}. A single {@code "none"} allows no one. There are no regular expressions.
     *
     * @param origins the origins and patterns
     * @return this builder
     */
    public Builder allowOrigins(String... origins) {
      written.add(Setting.ALLOWED_ORIGINS, origins);
      return this;
    }

    /**
     * Allows origins, as {@link #allowOrigins(String...)} does.
     *
     * @param origins the origins and patterns, in the order of the collection
     * @return this builder
     */
    public Builder allowOrigins(Collection<String> origins) {
      written.add(Setting.ALLOWED_ORIGINS, origins);
      return this;
    }

    /**
     * Allows every origin, including {@code null}. That is right for public data. It cannot be
     * combined with credentials, and no setting changes that.
     *
     * @return this builder
     */
    public Builder allowAnyOrigin() {
      written.add(Setting.ALLOWED_ORIGINS, Setting.ANY);
      return this;
    }

    /**
     * Allows origins that {@link #allowOrigins(String...)} refuses, because anyone can send them.
     * Only the origins that you name here are allowed:
     *
     * <ul>
     *   <li>{@code http://legacy.example} with credentials: anyone on the network can forge its
     *       pages. Loopback origins such as {@code http://localhost:3000} do not need this;
     *   <li>{@code https://app-*.vercel.app} with credentials: anyone can get such a name, see the
     *       <a href="https://publicsuffix.org/list/">public suffixes</a>. Without credentials it is
     *       allowed elsewhere, too, with a warning that this method leaves out;
     *   <li>{@code null}, without credentials: every website can send it, from a sandboxed frame.
     * </ul>
     *
     * <p>Credentials are not possible for {@code null}, for any origin, for any extension, or for a
     * wildcard below the name of a registry, such as {@code https://*.com}.
     *
     * @param origins the origins and patterns
     * @return this builder
     */
    public Builder dangerouslyAllowOrigins(String... origins) {
      written.add(Setting.DANGEROUSLY_ALLOWED_ORIGINS, origins);
      return this;
    }

    /**
     * Allows dangerous origins, as {@link #dangerouslyAllowOrigins(String...)} does.
     *
     * @param origins the origins and patterns, in the order of the collection
     * @return this builder
     */
    public Builder dangerouslyAllowOrigins(Collection<String> origins) {
      written.add(Setting.DANGEROUSLY_ALLOWED_ORIGINS, origins);
      return this;
    }

    /**
     * Allows <a href="https://fetch.spec.whatwg.org/#credentials">credentials</a>: scripts of the
     * allowed origins may read what the server shows to the user who is logged in. An {@code
     * Authorization} header that a script sets itself is a request header and does not need this.
     *
     * @return this builder
     */
    public Builder allowCredentials() {
      written.set(Setting.ALLOW_CREDENTIALS, "true");
      return this;
    }

    /**
     * Allows methods. GET, HEAD and POST need no permission and always pass. Methods are
     * case-sensitive: {@code PATCH} is not {@code patch}.
     *
     * @param methods the methods; a single {@code "*"} is {@link #allowAnyMethod()}
     * @return this builder
     */
    public Builder allowMethods(String... methods) {
      written.add(Setting.ALLOWED_METHODS, methods);
      return this;
    }

    /**
     * Allows methods, as {@link #allowMethods(String...)} does.
     *
     * @param methods the methods, in the order of the collection
     * @return this builder
     */
    public Builder allowMethods(Collection<String> methods) {
      written.add(Setting.ALLOWED_METHODS, methods);
      return this;
    }

    /**
     * Allows every method, except those that Fetch <a
     * href="https://fetch.spec.whatwg.org/#forbidden-method">forbids</a>.
     *
     * @return this builder
     */
    public Builder allowAnyMethod() {
      written.add(Setting.ALLOWED_METHODS, Setting.ANY);
      return this;
    }

    /**
     * Allows request headers that scripts set, such as {@code Authorization}, or {@code
     * Content-Type} for JSON.
     *
     * @param names the headers' names, in any case; a single {@code "*"} is {@link
     *     #allowAnyRequestHeader()}
     * @return this builder
     */
    public Builder allowRequestHeaders(String... names) {
      written.add(Setting.ALLOWED_REQUEST_HEADERS, names);
      return this;
    }

    /**
     * Allows request headers, as {@link #allowRequestHeaders(String...)} does.
     *
     * @param names the headers' names, in the order of the collection
     * @return this builder
     */
    public Builder allowRequestHeaders(Collection<String> names) {
      written.add(Setting.ALLOWED_REQUEST_HEADERS, names);
      return this;
    }

    /**
     * Allows every request header. Without credentials the answer is a {@code *}, which by <a
     * href="https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name">Fetch</a> does
     * not include {@code Authorization}. Browsers let it pass under a {@code *} anyway, so a
     * preflight that asks for it is not answered with one. Allow {@code Authorization} by name if
     * pages need it.
     *
     * @return this builder
     */
    public Builder allowAnyRequestHeader() {
      written.add(Setting.ALLOWED_REQUEST_HEADERS, Setting.ANY);
      return this;
    }

    /**
     * Lets scripts read response headers other than the <a
     * href="https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name">few</a> that they
     * may always read.
     *
     * @param names the headers' names, in any case; a single {@code "*"} is {@link
     *     #exposeAnyResponseHeader()}
     * @return this builder
     */
    public Builder exposeResponseHeaders(String... names) {
      written.add(Setting.EXPOSED_RESPONSE_HEADERS, names);
      return this;
    }

    /**
     * Lets scripts read response headers, as {@link #exposeResponseHeaders(String...)} does.
     *
     * @param names the headers' names, in the order of the collection
     * @return this builder
     */
    public Builder exposeResponseHeaders(Collection<String> names) {
      written.add(Setting.EXPOSED_RESPONSE_HEADERS, names);
      return this;
    }

    /**
     * Lets scripts read every response header except {@code Set-Cookie}. Cannot be combined with
     * credentials: with them, browsers do not treat {@code *} as a wildcard.
     *
     * @return this builder
     */
    public Builder exposeAnyResponseHeader() {
      written.add(Setting.EXPOSED_RESPONSE_HEADERS, Setting.ANY);
      return this;
    }

    /**
     * Lets browsers keep the answer to a preflight for a while. Without this setting they keep it
     * for 5 seconds.
     *
     * @param maxAge from 0 (browsers keep nothing) to 24 hours, in whole seconds. Chromium keeps no
     *     answer for longer than 2 hours, Safari for no longer than 10 minutes
     * @return this builder
     */
    public Builder maxAge(Duration maxAge) {
      written.set(Setting.MAX_AGE, maxAge == null ? null : maxAge.toString());
      return this;
    }

    /**
     * Lets scripts that may read a response see in detail how long it took, in <a
     * href="https://www.w3.org/TR/resource-timing/#sec-timing-allow-origin">Resource Timing</a>:
     * {@code Timing-Allow-Origin} gets the value of {@code Access-Control-Allow-Origin}. The policy
     * replaces what the application sets there. How long an answer took can reveal what is in it.
     *
     * @return this builder
     */
    public Builder exposeTiming() {
      written.set(Setting.EXPOSE_TIMING, "true");
      return this;
    }

    /**
     * Lets pages of every origin embed the responses without CORS, as images, scripts, styles and
     * media, including pages that are <a
     * href="https://html.spec.whatwg.org/#coep-require-corp">isolated</a>: every response gets <a
     * href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header">{@code
     * Cross-Origin-Resource-Policy: cross-origin}</a>, unless the application sets another value.
     * It does not depend on the allowed origins, because browsers do not send the origin when they
     * embed.
     *
     * @return this builder
     */
    public Builder allowEmbedding() {
      written.set(Setting.ALLOW_EMBEDDING, "true");
      return this;
    }

    /**
     * Builds the policy.
     *
     * @return the policy
     * @throws InvalidCorsPolicyException if anything is wrong; it lists all problems and how to fix
     *     them
     */
    public CorsPolicy build() {
      return CorsPolicy.of(written);
    }
  }
}

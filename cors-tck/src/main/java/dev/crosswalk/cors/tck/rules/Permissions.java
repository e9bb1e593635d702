package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.RequestHeaders;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.url.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says, and what follows from it for a script: read again from the documentation of
 * the settings, as simply as can be, and without a look at core. It is what core, an adapter and a
 * browser together have to come to.
 *
 * @param origins as they are configured: {@code *} for any, {@code null} for the opaque one; none
 *     for a policy that allows no one
 * @param credentials whether scripts may include credentials
 * @param methods beyond GET, HEAD and POST; {@code *} for any
 * @param requestHeaders {@code *} for any
 * @param exposed response headers that scripts may read; {@code *} for any
 * @param maxAge null if it is left to the browser
 */
public record Permissions(
    List<String> origins,
    boolean credentials,
    List<String> methods,
    List<String> requestHeaders,
    List<String> exposed,
    @Nullable Duration maxAge) {

  private static final String ANY = "*";

  private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]+");
  private static final Pattern LABELS = Pattern.compile("[a-z0-9_-]+([.][a-z0-9_-]+)*");
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

  public Permissions {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    requestHeaders = List.copyOf(requestHeaders);
    exposed = List.copyOf(exposed);
  }

  public static Permissions to(String... origins) {
    return new Permissions(List.of(origins), false, List.of(), List.of(), List.of(), null);
  }

  public Permissions withCredentials() {
    return new Permissions(origins, true, methods, requestHeaders, exposed, maxAge);
  }

  public Permissions methods(String... allowed) {
    return new Permissions(origins, credentials, List.of(allowed), requestHeaders, exposed, maxAge);
  }

  public Permissions requestHeaders(String... allowed) {
    return new Permissions(origins, credentials, methods, List.of(allowed), exposed, maxAge);
  }

  Permissions exposing(String... names) {
    return new Permissions(origins, credentials, methods, requestHeaders, List.of(names), maxAge);
  }

  Permissions keptFor(Duration duration) {
    return new Permissions(origins, credentials, methods, requestHeaders, exposed, duration);
  }

  /** The policy that says so. */
  public CorsPolicy policy() {
    if (origins.isEmpty()) {
      return CorsPolicy.none();
    }
    CorsPolicy.Builder builder = CorsPolicy.builder();
    for (String origin : origins) {
      if (origin.equals("null")) {
        builder.dangerouslyAllowOrigins("null");
      } else {
        builder.allowOrigins(origin);
      }
    }
    if (credentials) {
      builder.allowCredentials();
    }
    builder.allowMethods(methods);
    builder.allowRequestHeaders(requestHeaders);
    builder.exposeResponseHeaders(exposed);
    if (maxAge != null) {
      builder.maxAge(maxAge);
    }
    return builder.build();
  }

  /**
   * Whether a script may read the response to a request that a browser can make, or sees an error.
   *
   * @param engine decides whether the browser asks first
   */
  boolean allow(Request request, Engine engine) {
    if (!allowOrigin(request.origin()) || (request.includesCredentials() && !credentials)) {
      return false;
    }
    if (!new UserAgent(engine).needsPreflight(request)) {
      return true;
    }
    if (!allowMethod(request.method())) {
      return false;
    }
    for (String name : RequestHeaders.unsafeNames(request.headers(), engine)) {
      if (!allowRequestHeader(name)) {
        return false;
      }
    }
    return true;
  }

  public boolean allowOrigin(String origin) {
    return origins.contains(ANY)
        || origins.stream().anyMatch(configured -> matches(configured, origin));
  }

  /**
   * Whether a configured origin covers one. A wildcard in front of a dot is one label or more; one
   * behind a colon is any port, and none; one inside a label is one character or more, and no dot.
   */
  private static boolean matches(String configured, String origin) {
    int star = configured.indexOf('*');
    if (star < 0) {
      return configured.equals(origin);
    }
    String before = configured.substring(0, star);
    String after = configured.substring(star + 1);
    if (before.endsWith(":")) {
      String withoutPort = before.substring(0, before.length() - 1);
      return origin.equals(withoutPort)
          || (origin.startsWith(before)
              && PORT.matcher(origin.substring(before.length())).matches());
    }
    if (origin.length() <= before.length() + after.length()
        || !origin.startsWith(before)
        || !origin.endsWith(after)) {
      return false;
    }
    String wild = origin.substring(before.length(), origin.length() - after.length());
    return (before.endsWith("://") ? LABELS : LABEL).matcher(wild).matches();
  }

  private boolean allowMethod(String method) {
    return List.of("GET", "HEAD", "POST").contains(method)
        || methods.contains(ANY)
        || methods.contains(method);
  }

  /** With credentials any header is every one; without, the standard excepts Authorization. */
  private boolean allowRequestHeader(String name) {
    boolean listed =
        requestHeaders.stream().anyMatch(other -> Bytes.equalIgnoringCase(other, name));
    boolean excepted = !credentials && Bytes.equalIgnoringCase(name, "Authorization");
    return listed || (requestHeaders.contains(ANY) && !excepted);
  }

  /** Whether a script that may read the response may read this header of it. */
  boolean expose(String name) {
    return exposed.contains(ANY)
        || exposed.stream().anyMatch(other -> Bytes.equalIgnoringCase(other, name));
  }

  /** The settings, as in a configuration file. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add("cors.allowed-origins=" + String.join(", ", origins));
    lines.add("cors.allow-credentials=" + credentials);
    lines.add("cors.allowed-methods=" + String.join(", ", methods));
    lines.add("cors.allowed-request-headers=" + String.join(", ", requestHeaders));
    lines.add("cors.exposed-response-headers=" + String.join(", ", exposed));
    return String.join("\n", lines);
  }
}

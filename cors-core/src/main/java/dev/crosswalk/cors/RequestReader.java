package dev.crosswalk.cors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request of some framework.
 *
 * <p>A reader has no state: one constant serves every request and every thread. It never throws.
 *
 * @param <Q> the framework's type of a request
 */
public interface RequestReader<Q> {

  /**
   * Returns the request's method exactly as the client sent it. Methods are case-sensitive (RFC
   * 9110 §9.1); a method that the framework took from a header or a parameter is not the client's.
   *
   * @param request the request to read
   * @return the method, never null
   */
  String method(Q request);

  /**
   * Returns the path of the request's target as the client sent it: with the leading slash, with
   * the path under which the application is mounted, without the query, and neither decoded nor
   * normalized (RFC 9112 §3.2). If the target has no path ({@code OPTIONS *}), the result is the
   * target.
   *
   * @param request the request to read
   * @return the path, never null
   */
  String path(Q request);

  /**
   * Returns the combined field value of a header (RFC 9110 §5.2): the values of all its field
   * lines, in their order, separated by a comma and a space. {@link #combine} does this for
   * frameworks that return a list.
   *
   * <p>In this way two {@code Origin} lines become one value that is not an origin, and a second
   * {@code Access-Control-Request-Headers} line cannot be missed. A line with an empty value
   * counts: the result is then the empty string, not null.
   *
   * @param request the request to read
   * @param name the header's name, in any case: names are case-insensitive
   * @return the combined value, or null if the request has no such field line
   */
  @Nullable String header(Q request, String name);

  /**
   * Returns the authority of the request's target, for a request that has no {@code Host} field:
   * HTTP/2 and HTTP/3 send {@code :authority} instead (RFC 9113 §8.3.1). Core calls this only then.
   * If the framework turns it into a {@code Host} field, do not override this.
   *
   * @param request the request to read
   * @return the host and, unless it is the default one, the port; null if the framework does not
   *     say. Never the value of a header such as {@code X-Forwarded-Host}
   */
  default @Nullable String authority(Q request) {
    return null;
  }

  /**
   * Combines field lines as {@link #header} returns them. Copies nothing if there is only one.
   *
   * @param lines the values of the field lines of one header, in their order; null means none
   * @return the combined value, or null if there is no line
   */
  static @Nullable String combine(@Nullable List<String> lines) {
    if (lines == null || lines.isEmpty()) {
      return null;
    }
    return lines.size() == 1 ? lines.get(0) : String.join(", ", lines);
  }
}

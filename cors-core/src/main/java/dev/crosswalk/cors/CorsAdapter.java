package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.log.Log;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What authors of adapters need besides {@link RequestReader}, {@link ResponseWriter} and {@link
 * Cors#decide}: the names of headers, so that no adapter keeps a list of its own, and the checks
 * that every adapter makes at registration. One that reads its framework's configuration also needs
 * {@link FrameworkSettings}.
 */
public final class CorsAdapter {

  private static final List<String> REQUEST_HEADERS =
      List.of(
          "Origin",
          "Access-Control-Request-Method",
          "Access-Control-Request-Headers",
          "Host",
          "Sec-Fetch-Site",
          "Upgrade",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Version",
          "X-HTTP-Method-Override",
          "X-HTTP-Method",
          "X-Method-Override",
          "Cookie");

  /**
   * What follows {@code Cross-Origin} in the names of headers that have nothing to do with CORS.
   */
  private static final List<String> NOT_FOR_CORS =
      List.of("opener", "embedder", "isolat", "resourcepolicy");

  private CorsAdapter() {}

  /**
   * Checks the policy that an adapter is given. Call this at registration, and there call {@link
   * Cors#logWarnings()} of it once.
   *
   * @param cors what the adapter is given
   * @param adapter what to call the adapter in the message: the simple name of the class that a
   *     user registers, or the artifact if nobody registers a class
   * @return {@code cors}, never null
   * @throws NullPointerException if {@code cors} is null; the message says what to pass instead
   */
  public static Cors requirePolicy(@Nullable Cors cors, String adapter) {
    if (cors == null) {
      throw new NullPointerException(
          adapter
              + " needs a policy, but got null. Pass a policy, or CorsPolicy.none() to allow no"
              + " one.");
    }
    return cors;
  }

  /**
   * Makes the exception for a framework that an adapter does not support.
   *
   * @param adapter what to call the adapter, as in {@link #requirePolicy}
   * @param supported what it supports, such as {@code Vert.x 4.4, 4.5 and 5}
   * @param cause what shows that the version is different; null if nothing was thrown
   * @return the exception, for the caller to throw
   */
  public static IllegalStateException unsupported(
      String adapter, String supported, @Nullable Throwable cause) {
    return new IllegalStateException(
        adapter
            + " supports "
            + supported
            + ". This is a different version: use a release of the adapter that supports it.",
        cause);
  }

  /**
   * Warns if the paths of policies lack the path below which the whole application is. Most
   * frameworks leave it out where a path is written for them, so it is easily forgotten. Says
   * nothing if one of the paths has it: then the others may be those of another application.
   *
   * @param cors what decides
   * @param contextPath what the framework puts in front of all paths, such as {@code /shop}; with a
   *     slash at its end or not, and null, empty or a slash if there is nothing
   */
  public static void warnOfMissingContextPath(Cors cors, @Nullable String contextPath) {
    String context = contextPath == null ? "" : withoutSlashAtEnd(contextPath);
    Set<String> paths = new TreeSet<>();
    addPaths(cors, paths);
    paths.remove("/");
    boolean isRelated =
        paths.stream()
            .anyMatch(
                path ->
                    (path + "/").startsWith(context + "/")
                        || (context + "/").startsWith(path + "/"));
    if (!context.isEmpty() && !paths.isEmpty() && !isRelated) {
      warn(
          "No request to the application at "
              + Text.oneLine(context)
              + " has the policy of "
              + String.join(", ", paths)
              + ", because the whole path is compared, with "
              + Text.oneLine(context)
              + " in front. Write "
              + paths.stream()
                  .map(path -> Text.oneLine(context) + path)
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  /**
   * Warns if the host of a request chooses its policy. For an adapter that knows that the server
   * replaces the host before any filter sees the request. Says nothing of a function that chooses:
   * nobody knows whether it asks for the host.
   *
   * @param cors what decides
   * @param sentence what replaces the host, and what to do about it
   */
  public static void warnOfReplacedHost(Cors cors, String sentence) {
    if (isByHost(cors)) {
      warn(sentence);
    }
  }

  private static boolean isByHost(Cors cors) {
    return cors instanceof Combined.ByHost
        || cors instanceof Combined combined
            && combined.parts().stream().anyMatch(CorsAdapter::isByHost);
  }

  /**
   * Another filter of an application or of its container, as {@link #warnOfOtherFilters} is told of
   * it.
   *
   * @param className the name of its class, with the package
   * @param mayComeFirst whether it may see a request before the adapter's own filter
   */
  public record OtherFilter(String className, boolean mayComeFirst) {

    /**
     * Describes a filter.
     *
     * @param className the name of its class, with the package
     * @param mayComeFirst whether it may see a request before the adapter's own filter
     * @throws NullPointerException if the name is null
     */
    public OtherFilter {
      Objects.requireNonNull(className, "The name of the class is null: pass that of the filter");
    }
  }

  /**
   * Warns of each filter for CORS beside an adapter's own, by its name: containers have one, and
   * applications copy one. Spring's own are not these, because Spring has other places for CORS,
   * nor are those for {@code Cross-Origin-Opener-Policy} and its like.
   *
   * @param cors what decides, as in {@link #warnOfLayer}
   * @param adapter the simple name of the adapter's filter
   * @param filters all filters but the adapter's; of two of one class, either may come first
   * @return those that are warned of, one for each class
   */
  public static List<OtherFilter> warnOfOtherFilters(
      Cors cors, String adapter, Collection<OtherFilter> filters) {
    Map<String, Boolean> named = new TreeMap<>();
    Objects.requireNonNull(filters, "The filters are null: pass them, or List.of()");
    for (OtherFilter filter : filters) {
      Objects.requireNonNull(filter, "A filter is null: leave it out");
      if (!filter.className.startsWith("org.springframework.") && isForCors(filter.className)) {
        named.merge(filter.className, filter.mayComeFirst, Boolean::logicalOr);
      }
    }
    List<OtherFilter> others = new ArrayList<>();
    named.forEach((name, mayComeFirst) -> others.add(new OtherFilter(name, mayComeFirst)));
    for (OtherFilter other : others) {
      warnOfLayer(
          cors,
          "The application has another filter for CORS beside "
              + adapter
              + ", "
              + other.className
              + ". It may refuse origins that the policy allows. "
              + (other.mayComeFirst
                  ? "If it comes first, it may also answer preflights itself, so that the policy is"
                      + " never asked. "
                  : "")
              + "Remove it.");
    }
    return List.copyOf(others);
  }

  private static boolean isForCors(String type) {
    int simple = Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1;
    String name = Token.lower(type.substring(simple)).replace("_", "");
    int from = name.indexOf("crossorigin");
    String what = from < 0 ? "" : name.substring(from + "crossorigin".length());
    return name.contains("cors") || from >= 0 && NOT_FOR_CORS.stream().noneMatch(what::startsWith);
  }

  private static String withoutSlashAtEnd(String path) {
    return path.endsWith("/") ? withoutSlashAtEnd(path.substring(0, path.length() - 1)) : path;
  }

  private static void addPaths(Cors cors, Set<String> paths) {
    if (cors instanceof Combined.ByPath byPath) {
      paths.addAll(byPath.paths());
    }
    if (cors instanceof Combined combined) {
      combined.parts().forEach(part -> addPaths(part, paths));
    }
  }

  /**
   * Warns of a second CORS layer that the adapter can name. The policies then say nothing of one:
   * they would know less about it.
   *
   * @param cors what decides beside that layer
   * @param sentence what the layer is, what it does, and how to remove it
   */
  public static void warnOfLayer(Cors cors, String sentence) {
    keepQuietOfLayers(cors);
    warn(sentence);
  }

  /**
   * Warns that a request comes to a second instance of an adapter, which finds the headers of the
   * first one. Each instance says so once.
   *
   * @param adapter the simple name of the adapter's class
   */
  public static void warnOfSecond(String adapter) {
    warn(
        "A request went through "
            + adapter
            + " twice. The headers of the first one are sent; the second can only refuse. Remove"
            + " one, or give one of them a policy for each path, with Cors.byPath(…). This is"
            + " logged once.");
  }

  private static void keepQuietOfLayers(Cors cors) {
    if (cors instanceof CorsPolicy policy) {
      policy.headers().keepQuietOfLayers();
    } else if (cors instanceof Combined combined) {
      combined.parts().forEach(CorsAdapter::keepQuietOfLayers);
    }
  }

  /**
   * Logs a warning to the system logger named {@code dev.crosswalk.cors}, to which everything of
   * this library goes. A handler of the log that fails breaks nothing.
   *
   * @param sentence what is wrong, and what to do about it
   */
  public static void warn(String sentence) {
    Log.write(System.Logger.Level.WARNING, sentence, null);
  }

  /**
   * Returns whether a request opens a WebSocket over HTTP/1.1 (RFC 6455 §4.1). CORS does not apply
   * to an <a href="https://fetch.spec.whatwg.org/#websocket-opening-handshake">opening
   * handshake</a>: the response that accepts it, a 101, gets no headers. All three fields are
   * required, but anyone can send them to any resource: whatever is not a 101 needs the headers. So
   * an adapter that cannot see the status waits with such a request, and with no other.
   *
   * @param request the request
   * @param reader how to read it
   * @param <Q> the framework's type of a request
   * @return whether it is a handshake
   */
  public static <Q> boolean opensWebSocket(Q request, RequestReader<? super Q> reader) {
    return RequestSite.asksForWebSocket(request, Argument.reader(reader), false)
        && reader.header(request, "Sec-WebSocket-Key") != null
        && reader.header(request, "Sec-WebSocket-Version") != null;
  }

  /** {@return the names of the request headers that core may read, in no particular order} */
  public static List<String> requestHeaders() {
    return REQUEST_HEADERS;
  }

  /** {@return the names of the response headers that core may write, in no particular order} */
  public static List<String> responseHeaders() {
    return PolicyHeaders.NAMES;
  }

  /**
   * Returns values that core often writes, for a framework that can encode them once.
   *
   * @return the values, in no particular order
   */
  public static List<String> frequentValues() {
    return PolicyHeaders.VARY_VALUES;
  }
}

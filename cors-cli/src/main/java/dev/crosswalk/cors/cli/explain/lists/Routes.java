package dev.crosswalk.cors.cli.explain.lists;

import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The routes that the code of a server in a paste names. */
public final class Routes {

  private static final Pattern ROUTE =
      Pattern.compile(
          "(?:\\.(?:get|post|put|patch|delete|route|api_route|handlefunc)|\\b(?:path|url|re_path|route))"
              + "\\(\\s{0,20}[\"'`](/?[a-z0-9/_.-]{1,100})[\"'`]");

  /** Where code of a server has a route, and not a page's call. */
  private static final Pattern OF_SERVER =
      Pattern.compile(
          "(?:mapping|\\b(?:app|router|server|r)\\.(?:get|post|put|patch|delete|all|use|route|handlefunc)|\\broute|\\bpath)"
              + "\\(\\s?(?:value\\s?=\\s?)?[\"'`](/?[a-z0-9/_.-]{1,100})[\"'`]");

  private Routes() {}

  /**
   * The route that differs from the path of a URL by the slash at its end; empty if there is none,
   * or one that is the same.
   *
   * @param text in lower case, as it was pasted
   */
  public static String nearly(String url, String text) {
    Optional<String> path = Url.parse(url).filter(asked -> asked.host() != null).map(Url::path);
    if (path.isEmpty()) {
      return "";
    }
    String asked = path.get().toLowerCase(Locale.ROOT);
    List<String> same =
        ROUTE
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .filter(route -> isSame(route, asked))
            .toList();
    boolean exact = same.stream().anyMatch(route -> route.endsWith("/") == asked.endsWith("/"));
    return exact ? "" : same.stream().findFirst().orElse("");
  }

  /**
   * Whether a route in the code begins so.
   *
   * @param start of a path
   * @param text in lower case, as it was pasted
   */
  public static boolean hasBelow(String start, String text) {
    return OF_SERVER
        .matcher(text)
        .results()
        .map(found -> "/" + trimmed(found.group(1)) + "/")
        .anyMatch(route -> route.startsWith(start.toLowerCase(Locale.ROOT) + "/"));
  }

  /** A router may be mounted below another path. */
  private static boolean isSame(String route, String path) {
    String name = trimmed(route);
    return !name.isEmpty() && ("/" + trimmed(path)).endsWith("/" + name);
  }

  private static String trimmed(String path) {
    return path.replaceFirst("^/", "").replaceFirst("/$", "");
  }
}

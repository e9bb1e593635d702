package dev.crosswalk.cors.cli.explain.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy by which the server of a page asks another one: what a paste shows of the settings of
 * Vite, webpack, Angular, Create React App, Nuxt or Next.
 *
 * @param path under which the page asks; empty if it is any
 * @param target to which the proxy passes requests on, without a slash at its end
 * @param built whether it runs for a built page, too, and not in development alone
 * @param rewrites whether the settings change the path
 */
public record DevelopmentProxy(String path, String target, boolean built, boolean rewrites) {

  private static final String URL = "(https?://[^\\s'\"`<>/]{1,200})[^\\s'\"`<>]{0,200}";

  /** One row of a table of paths. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?i)['\"`]\\^?(/[a-z0-9_/.*-]{0,60})['\"`]\\s?:\\s?(?:['\"`]"
              + URL
              + "['\"`]|\\{([^{}]{0,300}?\\btarget['\"]?\\s?:\\s?['\"`]"
              + URL
              + "['\"`][^{}]{0,300}))");

  private static final Pattern MIDDLEWARE =
      Pattern.compile(
          "(?i)\\(\\s?['\"`](/[a-z0-9_/.*-]{0,60})['\"`]\\s?,\\s{0,20}(?:createproxymiddleware|proxy)\\(\\s{0,9}\\{"
              + "([^{}]{0,300}?\\btarget\\s?:\\s?['\"`]"
              + URL
              + "['\"`][^{}]{0,300})");

  /** Create React App has one for all. */
  private static final Pattern ALONE =
      Pattern.compile("\"proxy\"\\s?:\\s?\"(https?://[^\\s'\"`<>/]{1,200})/?\"");

  /** Next's own, which runs wherever Next does. */
  private static final Pattern REWRITE =
      Pattern.compile(
          "\\bsource['\"]?\\s?:\\s?['\"`](/[^\\s'\"`:(*]{0,60})[^\\s'\"`]{0,60}['\"`]\\s?,\\s{0,40}destination['\"]?\\s?:\\s?['\"`]"
              + URL
              + "['\"`]");

  private static final Pattern OF_PROXY = Pattern.compile("(?i)\\b(?:dev)?proxy|\\btarget\\b");

  private static final int NOT_FOUND = 404;

  private static final Pattern CHANGED = Pattern.compile("(?i)\\b(?:path)?rewrite\\b");

  /**
   * Reads a paste.
   *
   * @param text without what is commented out
   */
  public static List<DevelopmentProxy> in(String text) {
    List<DevelopmentProxy> found = new ArrayList<>();
    Matcher next = REWRITE.matcher(text);
    while (next.find()) {
      found.add(new DevelopmentProxy(path(next.group(1)), next.group(2), true, true));
    }
    Matcher middleware = MIDDLEWARE.matcher(text);
    while (middleware.find()) {
      boolean changed = CHANGED.matcher(middleware.group(2)).find();
      found.add(
          new DevelopmentProxy(path(middleware.group(1)), middleware.group(3), false, changed));
    }
    if (OF_PROXY.matcher(text).find()) {
      boolean changed = CHANGED.matcher(text).find();
      Matcher rows = ROW.matcher(text);
      while (rows.find()) {
        String target = Optional.ofNullable(rows.group(2)).orElse(rows.group(4));
        found.add(new DevelopmentProxy(path(rows.group(1)), target, false, changed));
      }
    }
    Matcher alone = ALONE.matcher(text);
    if (alone.find()) {
      found.add(new DevelopmentProxy("", alone.group(1), false, false));
    }
    return found;
  }

  /**
   * What the proxy means for a request.
   *
   * @param url that the page asks for
   * @param origin of the page; empty if it is not known
   * @param status of the answer; 0 if it is not known
   * @param local whether a page of that origin is on this machine
   */
  public Optional<String> told(String url, String origin, int status, boolean local) {
    String asked = url.replaceFirst("^https?://[^/?#]*", "").replaceFirst("[?#].*", "");
    boolean below = asked.equals(path) || asked.startsWith(path + "/");
    if (url.equals(target) || url.startsWith(target + "/")) {
      if (origin.isEmpty() || local) {
        String alone = below ? asked : rewrites ? path + asked : "";
        return Optional.of(
            "The proxy in the text passes "
                + (path.isEmpty() ? "requests" : path)
                + " on to "
                + target
                + ", but the page asks that server itself. Let the page ask for a path alone"
                + (alone.isEmpty() ? "" : " (" + alone + ")")
                + ": then the browser sees one origin, and no CORS is needed.");
      }
      return built ? Optional.empty() : Optional.of(ofBuilt(origin));
    }
    return status == NOT_FOUND && below && !path.isEmpty() && !rewrites && !built
        ? Optional.of(
            "The proxy in the text asks "
                + target
                + asked
                + ": it passes the path on as it is. If the API has no "
                + path
                + " in its paths, let the proxy take it away: rewrite: (path) => path.replace(/^\\"
                + path
                + "/, \"\") in Vite, pathRewrite in webpack, http-proxy-middleware and Angular. Then restart"
                + " the development server.")
        : Optional.empty();
  }

  private String ofBuilt(String origin) {
    String under = path.isEmpty() ? "/api" : path;
    return "The proxy in the text belongs to the development server, and the built page at "
        + origin
        + " has none. Let the server of the built page pass "
        + under
        + " on to "
        + target
        + " (in nginx: location "
        + under
        + "/ { proxy_pass "
        + target
        + "; proxy_ssl_server_name on; }), and let the page ask for the path alone. Or let "
        + target
        + " allow "
        + origin
        + ".";
  }

  private static String path(String written) {
    return written.replaceFirst("[/*]{1,5}$", "");
  }
}

package dev.crosswalk.cors.cli.explain.page;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.lists.Routes;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
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
 * @param target to which the proxy passes requests on, without a slash at its end; with a path, if
 *     that of the request is put behind it
 * @param built whether it runs for a built page, too, and not in development alone
 * @param rewrites whether the settings change the path
 * @param host whether it asks with the host of the target, and not with that of the page
 */
public record DevelopmentProxy(
    String path, String target, boolean built, boolean rewrites, boolean host) {

  private static final String URL = "(https?://[^\\s'\"`<>/]{1,200})[^\\s'\"`<>]{0,200}";

  /** One row of a table of paths. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?i)['\"`]\\^?(/[a-z0-9_/.*-]{0,60})['\"`]\\s?:\\s?(?:['\"`]"
              + URL
              + "['\"`]|\\{([^{}]{0,300}?\\btarget['\"]?\\s?:\\s?['\"`]"
              + URL
              + "['\"`][^{}]{0,300}))");

  /** A row of Angular and webpack that has its paths in a list. */
  private static final Pattern CONTEXT =
      Pattern.compile(
          "(?i)\\bcontext['\"]?\\s?:\\s?\\[?\\s?['\"`](/[a-z0-9_/.*-]{0,60})['\"`][^{}\\]]{0,200}\\]?\\s?,([^{}]{0,200}?\\btarget['\"]?\\s?:\\s?['\"`]"
              + URL
              + "['\"`][^{}]{0,200})");

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
              + "(https?://[^\\s'\"`<>/:]{1,200}(?::[0-9]{2,5})?(?:/[^\\s'\"`<>:(*]{0,100})?)[^\\s'\"`<>]{0,100}['\"`]");

  private static final Pattern OF_PROXY = Pattern.compile("(?i)\\b(?:dev)?proxy|\\btarget\\b");

  /** What an answer of a host that does not know the page's has. */
  private static final List<Integer> OF_OTHER_HOST = List.of(403, 404, 421);

  private static final Pattern ORIGIN_CHANGED =
      Pattern.compile("(?i)\\bchangeorigin['\"]?\\s?:\\s?true\\b|\\bhost['\"]?\\s?:");

  /** Those that do not read the file in which Create React App has its proxy. */
  private static final Pattern OTHER_SERVER =
      Pattern.compile(
          "(?i)^(?!.*\\breact-scripts\\b).*(?:\\bvite\\b|\\bng serve\\b|\\bvue-cli-service\\b|\\bnext dev\\b)",
          Pattern.DOTALL);

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
      found.add(new DevelopmentProxy(path(next.group(1)), path(next.group(2)), true, true, true));
    }
    for (Pattern rule : List.of(MIDDLEWARE, CONTEXT)) {
      Matcher rules = rule.matcher(text);
      while (rules.find()) {
        found.add(
            new DevelopmentProxy(
                path(rules.group(1)),
                rules.group(3),
                false,
                CHANGED.matcher(rules.group(2)).find(),
                ORIGIN_CHANGED.matcher(text).find()));
      }
    }
    if (OF_PROXY.matcher(text).find()) {
      boolean changed = CHANGED.matcher(text).find();
      boolean host = ORIGIN_CHANGED.matcher(text).find();
      Matcher rows = ROW.matcher(text);
      while (rows.find()) {
        boolean alone = rows.group(2) != null;
        found.add(
            new DevelopmentProxy(
                path(rows.group(1)),
                alone ? rows.group(2) : rows.group(4),
                false,
                changed,
                alone || host));
      }
    }
    Matcher file = ALONE.matcher(text);
    if (file.find() && !OTHER_SERVER.matcher(text).find()) {
      found.add(new DevelopmentProxy("", file.group(1), false, false, true));
    }
    return found;
  }

  /** Whether there are such proxies in a text, and all of them ask other servers than a URL's. */
  public static boolean isElsewhere(String url, String text) {
    List<DevelopmentProxy> all = url.isEmpty() ? List.of() : in(text);
    String asked = AskedUrl.origin(url);
    return !all.isEmpty()
        && all.stream().noneMatch(proxy -> AskedUrl.origin(proxy.target()).equals(asked));
  }

  /**
   * What the proxy means for a request.
   *
   * @param url that the page asks for
   * @param origin of the page; empty if it is not known
   * @param status of the answer; 0 if it is not known
   * @param local whether a page of that origin is on this machine
   * @param text in lower case, as it was pasted
   */
  public Optional<String> told(String url, String origin, int status, boolean local, String text) {
    String asked = url.replaceFirst("^https?://[^/?#]*", "").replaceFirst("[?#].*", "");
    boolean below = asked.equals(path) || asked.startsWith(path + "/");
    if (url.equals(target) || url.startsWith(target + "/")) {
      if (origin.isEmpty() || local) {
        boolean whole = below && !built;
        boolean added = !below && !built && !path.isEmpty() && !rewrites;
        String alone = whole ? asked : rewrites || added ? path + behind(url) : "";
        return Optional.of(
            "The proxy in your paste passes "
                + (path.isEmpty() ? "requests" : path)
                + " on to "
                + target
                + ", but the page calls that server itself. Let the page request only the path"
                + (alone.isEmpty() ? "" : " (" + alone + ")")
                + ": then the browser sees one origin, and no CORS is needed."
                + (whole && rewrites && !path.isEmpty()
                    ? " Make sure that the rewrite of the proxy does not take "
                        + path
                        + " away, as the server's own path has it."
                    : "")
                + (added
                    ? " The proxy accepts only what begins with "
                        + path
                        + ", and the server's own path does not have it: let the proxy remove it"
                        + " again (pathRewrite: { \"^"
                        + path
                        + "\": \"\" }, in Vite rewrite), and restart the development server."
                    : ""));
      }
      return built ? Optional.empty() : Optional.of(ofBuilt(origin));
    }
    if (!below || path.isEmpty() || built) {
      return Optional.empty();
    }
    if (status == 404 && isOneLevel(asked, text)) {
      return Optional.of(
          "The key "
              + path
              + "/* of the proxy in your paste does not match "
              + asked
              + ": for webpack and Angular a * is one part of a path, and for Vite it is no wildcard at all."
              + " Write "
              + path
              + "/** there, in Vite "
              + path
              + ", and restart the development server.");
    }
    String page = AskedUrl.origin(url);
    boolean own = origin.isEmpty() || origin.equals(page);
    if (status == 404 && own && !isLocal(page)) {
      return Optional.of(ofBuilt(page));
    }
    if (OF_OTHER_HOST.contains(status) && own && !host && !isLocal(target)) {
      return Optional.of(
          "The proxy in your paste calls "
              + target
              + " with the host of the page, and a server that has many sites does not know that one:"
              + " write changeOrigin: true beside target, and restart the development server.");
    }
    return status == 404 && !rewrites && !Routes.hasBelow(path, text)
        ? Optional.of(
            "The proxy in your paste calls "
                + target
                + asked
                + ": it passes the path on as it is. If the API has no "
                + path
                + " in its paths, let the proxy remove it: rewrite: (path) => path.replace(/^\\"
                + path
                + "/, \"\") in Vite, pathRewrite in webpack, http-proxy-middleware and Angular. Then restart"
                + " the development server.")
        : Optional.empty();
  }

  /** Whether the key in the text ends with one star, and the path goes on below it. */
  private boolean isOneLevel(String asked, String text) {
    return asked.indexOf('/', path.length() + 1) > 0
        && Pattern.compile("[\"'`]" + Pattern.quote(path) + "/\\*[\"'`]").matcher(text).find();
  }

  /** What follows the target in a URL, without the query. */
  private String behind(String url) {
    return url.substring(target.length()).replaceFirst("[?#].*", "");
  }

  private static boolean isLocal(String origin) {
    return Destination.at(origin).filter(place -> PrivateHost.isLocal(place.host())).isPresent();
  }

  private String ofBuilt(String origin) {
    String under = path.isEmpty() ? "/api" : path;
    return "The proxy in your paste belongs to the development server, and the built page at "
        + origin
        + " has none. Let the server of the built page pass "
        + under
        + " on to "
        + target
        + " (in nginx: location "
        + under
        + "/ { proxy_pass "
        + target
        + "; proxy_ssl_server_name on; }), and let the page request only the path. Or let "
        + target
        + " allow "
        + origin
        + ".";
  }

  private static String path(String written) {
    return written.replaceFirst("[/*]{1,5}$", "");
  }
}

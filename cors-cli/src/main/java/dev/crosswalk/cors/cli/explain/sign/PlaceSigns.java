package dev.crosswalk.cors.cli.explain.sign;

import static java.util.Map.entry;

import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.WorkingAddress;
import dev.crosswalk.cors.cli.explain.lists.CoveredPaths;
import dev.crosswalk.cors.cli.explain.lists.ProxiedPath;
import dev.crosswalk.cors.cli.explain.lists.Routes;
import dev.crosswalk.cors.cli.explain.page.DevelopmentProxy;
import dev.crosswalk.cors.cli.explain.server.AskedFile;
import dev.crosswalk.cors.cli.explain.server.OriginPair;
import dev.crosswalk.cors.cli.explain.settings.Listener;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Signs of where the page and the server are, and of the path that is asked for. */
final class PlaceSigns {

  static final Map<String, Predicate<MessageContext>> SIGNS =
      Map.ofEntries(
          entry("local.page", each -> Destination.isLoopback(each.origin())),
          entry("no.page", each -> each.origin().isEmpty()),
          entry("null.page", PlaceSigns::isNullPage),
          entry("page.away", PlaceSigns::isPageAway),
          entry("page.near", each -> Destination.isOfNetwork(each.origin())),
          entry("page.private", each -> Destination.isPrivate(each.origin())),
          entry("page.tunnel", each -> Destination.isTunnel(each.origin())),
          entry("page.www", each -> each.origin().matches("https?://www\\..*")),
          entry("page.elsewhere-works", each -> !works(each).isEmpty()),
          entry("local.server", each -> Destination.isLoopback(each.url())),
          entry("local.visitor", each -> isPageAway(each) && Destination.isLoopback(each.url())),
          entry("http.url", each -> each.url().startsWith("http")),
          entry("http.server", PlaceSigns::isServerWithoutTls),
          entry("no.url", each -> each.url().isEmpty()),
          entry("no.port", PlaceSigns::hasNoPort),
          entry("elsewhere", PlaceSigns::isElsewhere),
          entry("base.of-page", PlaceSigns::isOfBase),
          entry("setting.http", each -> isServerWithoutTls(each) && !each.value("base").isEmpty()),
          entry("file.of-site", each -> AskedFile.isOfSite(each.url())),
          entry("page.asks-tls", PlaceSigns::isAskedWithTls),
          entry("url.corrected", each -> !corrected(each).isEmpty()),
          entry("url.secured", PlaceSigns::isSecured),
          entry(
              "listener.of-page",
              each -> Listener.isOfPage(each.url(), each.origin(), each.text())),
          entry("proxy.elsewhere", each -> DevelopmentProxy.isElsewhere(each.url(), each.text())),
          entry("path.passed", each -> isOutside(each) && !passed(each).isEmpty()),
          entry("path.outside", each -> isOutside(each) && passed(each).isEmpty()),
          entry("path.slash", each -> !route(each).isEmpty()));

  static final Map<String, Function<MessageContext, String>> WORDS =
      Map.ofEntries(
          entry("origin", each -> each.origin().isEmpty() ? "the page's origin" : each.origin()),
          entry("works", PlaceSigns::works),
          entry("server", MessageContext::server),
          entry("setting", each -> each.value("base")),
          entry("asked", MessageContext::url),
          entry("corrected", PlaceSigns::corrected),
          entry("covered", each -> covered(each).toString()),
          entry("place", each -> covered(each).place()),
          entry("passed", PlaceSigns::passed),
          entry("route", PlaceSigns::route));

  private PlaceSigns() {}

  private static final Pattern BASE =
      Pattern.compile("<base\\s[^<>]{0,200}?\\bhref\\s?=\\s?[\"']?(https?://[a-z0-9.:-]{3,120})");

  /** Whether an element base of the page is what makes the URL one of that server. */
  private static boolean isOfBase(MessageContext beside) {
    return !beside.server().equals(beside.origin())
        && BASE.matcher(beside.text())
            .results()
            .anyMatch(found -> found.group(1).equals(Bytes.lowerCase(beside.server())));
  }

  /** In Electron, a file has the origin file:// instead. */
  private static boolean isNullPage(MessageContext beside) {
    return beside.origin().equals("null") || beside.origin().startsWith("file:");
  }

  private static boolean isPageAway(MessageContext beside) {
    return !beside.origin().isEmpty() && !Destination.isLoopback(beside.origin());
  }

  /** The page's other address, at which it works. */
  private static String works(MessageContext beside) {
    return WorkingAddress.thatWorks(beside.origin(), beside.server(), beside.text()).orElse("");
  }

  private static boolean isServerWithoutTls(MessageContext beside) {
    return beside.url().matches("http://[^/:]+[.][a-z]{2,}(?:/.*)?");
  }

  private static boolean hasNoPort(MessageContext beside) {
    return Destination.isLoopback(beside.url()) && beside.url().matches("https?://[^/:]+(?:/.*)?");
  }

  private static boolean isElsewhere(MessageContext beside) {
    return Url.parse(beside.url())
        .filter(asked -> asked.host() != null && OriginPair.isElsewhere(asked, beside.origin()))
        .isPresent();
  }

  /** The URL with https, or with or without the slash at its end, where the code asks for that. */
  private static String corrected(MessageContext beside) {
    String url = Bytes.lowerCase(beside.url());
    if (!beside.url().startsWith("http") || url.contains("?")) {
      return "";
    }
    String slash = url.endsWith("/") ? url.substring(0, url.length() - 1) : url + "/";
    String secure = url.replaceFirst("^http:", "https:");
    return Stream.of(slash, secure)
        .filter(each -> !each.equals(url))
        .filter(each -> isAskedFor(each, beside.text()))
        .findFirst()
        .orElse("");
  }

  /** Whether a text has the URL with https as well, with or without the slash at its end. */
  private static boolean isSecured(MessageContext beside) {
    String url = Bytes.lowerCase(beside.url()).replaceFirst("/$", "");
    String path = url.replaceFirst("^http://[^/?#]*", "");
    return url.startsWith("http:")
        && !path.isEmpty()
        && Pattern.compile(
                Pattern.quote(url.replaceFirst("^http:", "https:")) + "/?(?![\\w/?#%=&.-]*\\w)")
            .matcher(beside.text())
            .find();
  }

  private static boolean isAskedFor(String url, String text) {
    return Stream.of("'", "\"", "`").anyMatch(mark -> text.contains("(" + mark + url + mark));
  }

  /** The page is at https as well, so what the script asks at its own place has TLS. */
  private static final Pattern OF_PAGE_ITSELF =
      Pattern.compile(
          "\\(\\s?(?:window\\.|document\\.)?location\\.(?:href|origin)\\s?\\+|\\$\\{(?:window\\.)?location\\.(?:href|origin)}");

  private static boolean isAskedWithTls(MessageContext beside) {
    String url = Bytes.lowerCase(beside.url());
    if (!url.startsWith("http:")) {
      return false;
    }
    String bare = url.replaceFirst("^http:", "https:").replaceFirst("[?#].*", "");
    String path = bare.replaceFirst("/$", "");
    boolean asked =
        path.indexOf('/', "https://".length()) > 0
            && Pattern.compile("(?<!page at ['\"‘“]?)" + Pattern.quote(path) + "(?![\\w/.-]*[\\w])")
                .matcher(beside.text())
                .find();
    return asked
        || OF_PAGE_ITSELF.matcher(beside.text()).find()
        || WordSigns.has("remark.asks-tls", beside.paste());
  }

  /** The paths that the CORS layer covers. */
  private static CoveredPaths covered(MessageContext beside) {
    return beside.paste().read(CoveredPaths.class, () -> CoveredPaths.of(beside.text()));
  }

  /** A proxy may change the path, and the CORS layer is behind that. */
  private static boolean isOutside(MessageContext beside) {
    CoveredPaths covered = covered(beside);
    if (covered.patterns().isEmpty()) {
      return false;
    }
    String passed = passed(beside);
    return covered.isOutside(passed.isEmpty() ? beside.url() : beside.server() + passed);
  }

  /** The path that a proxy passes on. */
  private static String passed(MessageContext beside) {
    return ProxiedPath.of(beside.url(), beside.text()).orElse("");
  }

  /** A route of the code that differs from the URL's path by the slash at its end. */
  private static String route(MessageContext beside) {
    return Routes.nearly(beside.url(), beside.text());
  }
}

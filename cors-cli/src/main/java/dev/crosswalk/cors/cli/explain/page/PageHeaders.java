package dev.crosswalk.cors.cli.explain.page;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.paste.Brackets;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CORS headers that a text sets in the configuration of the page's own host, or of its development
 * server: they go with the answers of that host alone, and not with those of another server.
 */
public enum PageHeaders {
  NEXT(
      "headers() in next.config",
      "\\bnext\\.?config\\b|\\basync headers\\(\\)",
      "rewrites() in next.config",
      ".vercel.app"),
  VERCEL("vercel.json", "\\bvercel\\.json\\b", "a rewrite in vercel.json", ".vercel.app"),
  FIREBASE("firebase.json", "\\bfirebase\\.json\\b", "a rewrite in firebase.json", ".web.app"),
  STATIC_WEB_APP(
      "staticwebapp.config.json",
      "\\bstaticwebapp\\.config\\b",
      "an API that is linked to the app",
      ".azurestaticapps.net"),
  NETLIFY(
      "netlify.toml (or _headers)",
      "\\bnetlify\\.toml\\b|\\[\\[headers]]|(?<![a-z])_headers\\b",
      "a redirect with status = 200",
      ".netlify.app"),
  DEVELOPMENT(
      "the configuration of the development server",
      "\\bdevserver\\b|\\bvite\\.?config\\b|\\bdefineconfig\\(|\\bwebpack-dev-(?:server|middleware)\\b",
      "the development server's proxy",
      ":");

  private final String place;
  private final Pattern named;
  private final String way;
  private final String host;

  /**
   * @param named how a text shows it
   * @param way by which the page's own host passes a path on to another server
   * @param host where the platform has its sites
   */
  PageHeaders(String place, String named, String way, String host) {
    this.place = place;
    this.named = Pattern.compile(named);
    this.way = way;
    this.host = host;
  }

  /** A row of Next, Vercel, Firebase or Amplify. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?i)[\"']?key[\"']?\\s{0,3}:\\s{0,3}[\"'`]?access-control-[a-z-]{5,20}[\"'`]?\\s{0,3},?\\s{0,40}[\"']?value[\"']?\\s{0,3}:\\s{0,3}(?:\"[^\"\\n]{0,500}\"|'[^'\\n]{0,500}'|`[^`]{0,500}`)?");

  /** The same in a table of Netlify, or in its other file. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?im)^[ \\t]{1,8}\"?access-control-[a-z-]{5,20}\"?[ \\t]{0,3}[=:][^\\n]{0,500}");

  private static final Pattern BLOCK =
      Pattern.compile("(?i)\\b(?:devserver|(?<![a-z.])server)[\"']?\\s{0,3}[:=]\\s{0,3}\\{");

  private static final Pattern IN_BLOCK =
      Pattern.compile("(?i)access-control-allow-|\\bcors[\"']?\\s{0,3}:");

  /** Beside the name of a development server, without the block that has them. */
  private static final Pattern HEADERS =
      Pattern.compile(
          "(?i)\\bheaders[\"']?\\s?:\\s?\\{[^{}]{0,300}access-control-allow-[^{}]{0,300}}(?=[^#]{0,120}\\bwebpack-dev-)");

  /** A row of Next or Vercel is for such paths, in front of what stands for any name. */
  private static final Pattern SOURCE =
      Pattern.compile("(?i)\\bsource[\"']?\\s?:\\s?[\"'`](/[^\"'`:(*]{1,200})");

  /** Files alone are written, and no server sends headers with them. */
  private static final Pattern FILES_ALONE =
      Pattern.compile("\\boutput[\"']?\\s?:\\s?[\"'`]export\\b");

  private static final Pattern PORT =
      Pattern.compile("\\bport[\"']?\\s{0,3}:\\s{0,3}([0-9]{4,5})\\b");

  private static final int VITE = 5173;

  /** Of Next and Netlify. */
  private static final List<Integer> DEVELOPMENT_PORTS = List.of(3000, 8888);

  /** What a framework, or a platform, answers by its own functions. */
  private static final Pattern OF_FUNCTION = Pattern.compile("/(?:api|\\.netlify)(?:/.*)?");

  /**
   * Which of them a text sets headers in, where the server that is asked is another one.
   *
   * @param url that is asked
   * @param origin of the page; empty if it is not known
   * @param text as it was pasted
   */
  public static Optional<PageHeaders> elsewhere(String url, String origin, String text) {
    Optional<Url> asked = Url.parse(url).filter(each -> each.host() != null);
    String lower = Bytes.lowerCase(text);
    return asked.isEmpty()
            || AskedUrl.origin(url).equals(origin)
            || FILES_ALONE.matcher(lower).find()
        ? Optional.empty()
        : List.of(values()).stream()
            .filter(each -> each.named.matcher(lower).find() && !each.regions(text).isEmpty())
            .findFirst()
            .filter(each -> !each.mayAnswer(asked.get(), origin, lower));
  }

  /** Whether that very host, and no other server, may be the one that is asked. */
  private boolean mayAnswer(Url asked, String origin, String text) {
    String host = String.valueOf(asked.host());
    boolean local =
        Destination.isLoopback(origin) && Destination.isLoopback(asked.origin().serialize());
    int page = Url.parse(origin).map(Url::effectivePort).orElse(0);
    if (local && page == asked.effectivePort()) {
      return true;
    }
    if (this == DEVELOPMENT) {
      Matcher port = PORT.matcher(text);
      // It sends the page, and a deployed one has none.
      return !origin.isEmpty() && !Destination.isOfNetwork(origin)
          || !origin.isEmpty()
              && Destination.isLoopback(asked.origin().serialize())
              && (asked.effectivePort() == VITE
                  || port.find() && Integer.parseInt(port.group(1)) == asked.effectivePort());
    }
    if (SOURCE
        .matcher(text)
        .results()
        .anyMatch(source -> Bytes.lowerCase(asked.path()).startsWith(source.group(1)))) {
      return true;
    }
    boolean there = ("." + host).endsWith(this.host);
    boolean pageThere =
        Destination.at(origin).filter(at -> ("." + at.host()).endsWith(this.host)).isPresent();
    boolean own = local && DEVELOPMENT_PORTS.contains(page);
    return there
        || OF_FUNCTION.matcher(asked.path()).matches()
            && !pageThere
            && !own
            && !host.startsWith("api.");
  }

  /** A text without those lines, so that nobody takes them for those of the server. */
  public String without(String text) {
    StringBuilder rest = new StringBuilder(text);
    List<int[]> regions = regions(text);
    for (int i = regions.size() - 1; i >= 0; i--) {
      rest.replace(regions.get(i)[0], regions.get(i)[1], "");
    }
    return rest.toString();
  }

  private List<int[]> regions(String text) {
    List<int[]> found = new ArrayList<>();
    if (this == DEVELOPMENT) {
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        int end = Brackets.close(text, block.end(), text.length());
        if (IN_BLOCK.matcher(text.substring(block.end(), end)).find()) {
          found.add(new int[] {block.end(), end});
          block.region(end, text.length());
        }
      }
      HEADERS
          .matcher(text)
          .results()
          .filter(each -> found.isEmpty())
          .toList()
          .forEach(each -> found.add(new int[] {each.start(), each.end()}));
      return found;
    }
    (this == NETLIFY ? LINE : ROW)
        .matcher(text)
        .results()
        .forEach(row -> found.add(new int[] {row.start(), row.end()}));
    return found;
  }

  /**
   * What to do about it.
   *
   * @param server that is asked
   * @param lack what that one has to allow
   */
  public String words(String server, String lack) {
    return "What "
        + place
        + " sets applies only to the answers of the page's own host. "
        + server
        + " is another server, and only that server's own headers apply: remove those lines. If it is yours, let it"
        + " allow "
        + lack
        + ". If not, let the page call its own host by a path (/api/items), and let that pass it on: by "
        + way
        + ".";
  }
}

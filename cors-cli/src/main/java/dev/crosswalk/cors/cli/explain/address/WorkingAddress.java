package dev.crosswalk.cors.cli.explain.address;

import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import dev.crosswalk.cors.tck.url.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Another address of the page, at which it works, as somebody says: with www. or without, by http
 * or https, by localhost or by the machine's number, at another port or host.
 */
public final class WorkingAddress {

  private static final Pattern PAGE =
      Pattern.compile("(https?)://([a-z0-9.-]{1,200}|\\[::1])(:[0-9]{1,5})?");

  private static final List<String> LOOPBACK =
      List.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");

  /** It is fine there; what somebody wishes, or denies, is not. */
  private static final String WORKS =
      "(?<!not )(?<!n['’]t )(?<!never )(?<!should )(?<!to )\\b(?:works?|worked|working|fine|ok(?:ay)?"
          + "|no (?:such )?(?:errors?|problems?|issues?)|loads|geht|funktioniert|fonctionne|marche|funciona|работает)\\b";

  private static final String NEAR = "[^\\n]{0,50}?";

  /** Where a person says that the page is, and is served: "from https://… it works". */
  private static final String PLACE =
      "\\b(?:from|at|on|under)[ \t]{1,3}[`'\"]?(https?://[a-z0-9.-]{1,200}(?::[0-9]{2,5})?)/?(?![\\w/:-]|\\.\\w)";

  /** A port, and not that of a store of data. */
  private static final String PORT =
      "\\b(?:with|on|at|from)[ \t]{1,3}(?:the[ \t]{1,3})?(?:port[ \t]{1,3}|localhost:|:)(?!3306|5432|6379|27017|1433|9092)([0-9]{4,5})(?![\\w.:])";

  /** At most this many places are looked at. */
  private static final int MAX_PLACES = 20;

  private WorkingAddress() {}

  /**
   * The address at which the page works.
   *
   * @param origin of the page, where it does not
   * @param asked the URL's origin, which is no address of a page
   * @param text as it was pasted, in lower case
   * @return empty if nobody says that there is one
   */
  public static Optional<String> thatWorks(String origin, String asked, String text) {
    return names(origin).entrySet().stream()
        .filter(each -> !each.getKey().equals(asked))
        .filter(each -> isSaidToWork(each.getValue(), text))
        .map(Map.Entry::getKey)
        .findFirst()
        .or(() -> other(origin, asked, text));
  }

  /** Another page, or another port of this machine. */
  private static Optional<String> other(String origin, String asked, String text) {
    Matcher page = PAGE.matcher(origin);
    if (!page.matches()) {
      return Optional.empty();
    }
    boolean local = LOOPBACK.contains(page.group(2));
    String start = page.group(1) + "://" + page.group(2) + ":";
    Stream<String> places =
        found(PLACE, text).filter(each -> !LOOPBACK.contains(each.replaceFirst("^https?://", "")));
    Stream<String> ports = local ? found(PORT, text).map(start::concat) : Stream.empty();
    return Stream.concat(places, ports)
        .filter(each -> !each.equals(origin) && !sameServer(each, asked))
        .findFirst();
  }

  /** Whether both are one server, also by another name of this machine. */
  private static boolean sameServer(String place, String asked) {
    return onLoopback(place).equals(onLoopback(asked));
  }

  private static String onLoopback(String address) {
    Matcher page = PAGE.matcher(address);
    return page.matches() && LOOPBACK.contains(page.group(2))
        ? page.group(1) + "://localhost" + (page.group(3) == null ? "" : page.group(3))
        : address;
  }

  private static Stream<String> found(String place, String text) {
    return Stream.of(place + NEAR + WORKS, WORKS + NEAR + place)
        .flatMap(each -> found(Pattern.compile(each), text));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    Matcher matcher = BoundedText.matcher(pattern, text);
    Stream.Builder<String> found = Stream.builder();
    for (int i = 0; i < MAX_PLACES && BoundedText.next(matcher); i++) {
      found.add(matcher.group(1));
    }
    return found.build();
  }

  /** Each other address, with how a person writes it. */
  private static Map<String, String> names(String origin) {
    Matcher page = PAGE.matcher(origin);
    if (!page.matches()) {
      return Map.of();
    }
    String scheme = page.group(1);
    String host = page.group(2);
    String port = page.group(3) == null ? "" : page.group(3);
    Map<String, String> names = new LinkedHashMap<>();
    if (LOOPBACK.contains(host) || Host.isAddress(host)) {
      for (String other : LOOPBACK) {
        if (!other.equals(host)) {
          names.put(
              scheme + "://" + other + port,
              "(?<![\\w.-])" + Pattern.quote(other + port) + "(?![\\w.:-])");
        }
      }
      return names;
    }
    boolean www = host.startsWith("www.");
    String bare = www ? host.substring("www.".length()) : host;
    String other = scheme + "://" + (www ? bare : "www." + host) + port;
    names.put(
        other,
        "(?:(?<![\\w-])"
            + (www ? "without" : "with")
            + " (?:the |a )?www\\b|"
            + Pattern.quote(other)
            + "(?![\\w:-]|\\.\\w))");
    String otherScheme = scheme.equals("https") ? "http" : "https";
    names.put(
        otherScheme + "://" + host + port,
        "(?:\\b(?:over|by|via|with|on|using|through) "
            + otherScheme
            + "\\b(?!://)|"
            + Pattern.quote(otherScheme + "://" + host + port)
            + "(?![\\w:-]|\\.\\w))");
    return names;
  }

  private static boolean isSaidToWork(String name, String text) {
    return Stream.of(name + NEAR + WORKS, WORKS + NEAR + name)
        .anyMatch(each -> BoundedText.next(BoundedText.matcher(Pattern.compile(each), text)));
  }
}

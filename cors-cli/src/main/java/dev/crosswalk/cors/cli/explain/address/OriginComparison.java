package dev.crosswalk.cors.cli.explain.address;

import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.remedy.origin.MistypedOrigin;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server got in Origin, Referer or Host, and what it compares that with. Servers write each
 * of them as a URL, as an origin, or as a host with or without its port.
 *
 * @param seen what the request has; empty if the message does not tell
 * @param expected what it was compared with; empty if the message does not tell
 */
public record OriginComparison(String seen, String expected) {

  /** What is not the same in the two. */
  public enum Part {
    UNKNOWN,
    /** Origin is {@code null}. */
    OPAQUE,
    /** Origin is {@code file://}, which apps send that show their page from a file. */
    FILE,
    /** No Origin was sent, and the program writes so in the words of its language. */
    ABSENT,
    /** Origin begins with {@code ws:} or {@code wss:}, and no browser sends that. */
    SOCKET,
    SCHEME,
    PORT,
    /** One of the two names the port that its scheme has by itself, and browsers leave that out. */
    DEFAULT_PORT,
    /** One of the two begins with {@code www.}, and nothing else differs. */
    WWW,
    /** Both are names of the machine itself, such as localhost and 127.0.0.1. */
    LOOPBACK,
    /** A letter or two of a name differ, so that one of them is most likely a mistake. */
    MISSPELLED,
    /** What it was compared with is a name or an address that no visitor uses. */
    INNER_HOST,
    HOST
  }

  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([a-z][a-z0-9+.-]{0,30})://)?(\\[[0-9a-f:.]{2,60}]|[^\\s/:?#]{1,255})(?::([0-9]{1,5}))?(?:[/?#].*)?");

  private static final Pattern PATH =
      Pattern.compile("[a-z]{2,8}://[^/?#]{1,300}(/[^?#\\s]{1,200})");

  /** Words in the names that people give to an origin that must not get in. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?i)(?<![a-z0-9])(?:evil(?:site|page|host|domain|corp)?|attackers?(?:site|page)?|malicious(?:site|page)?|malware"
              + "|hackers?|phish(?:er|ing)?|untrusted|intruder|unauthori[sz]ed|disallowed|not-?allowed|not-?mine"
              + "|bad|exploit|villain|rogue)(?![a-z0-9])");

  private record Address(String scheme, String host, String port) {
    static Optional<Address> of(String text) {
      // People hide a part of a name by any number of stars.
      Matcher parts = PARTS.matcher(Bytes.lowerCase(text).replaceAll("[*]{2,}", "*"));
      return parts.matches()
          ? Optional.of(new Address(or(parts.group(1)), parts.group(2), or(parts.group(3))))
          : Optional.empty();
    }

    private static String or(String group) {
      return group == null ? "" : group;
    }

    /** A scheme that an app has for its own page, and no site. */
    boolean isOfApp() {
      return !scheme.isEmpty() && !List.of("http", "https", "ws", "wss").contains(scheme);
    }

    /** A port that the scheme has by itself is as good as none. */
    String ownPort(String otherScheme) {
      String by = scheme.isEmpty() ? otherScheme : scheme;
      String usual = by.equals("https") || by.equals("wss") ? "443" : "80";
      return port.equals(usual) ? "" : port;
    }

    /** An address, or a name without a dot: what a server behind a proxy is called by the proxy. */
    boolean isBehindProxy() {
      return Host.isAddress(host) || host.startsWith("[") || !host.contains(".");
    }
  }

  public static OriginComparison of(Details details) {
    String origin = details.get("seen", details.origin());
    // Referer has a path, and no list of origins has.
    String sent = origin.startsWith("http") ? AskedUrl.origin(origin) : "";
    String seen =
        origin.isEmpty()
            ? details.url()
            : sent.isEmpty() ? origin.replaceFirst("(?<=[^/:])/$", "") : sent;
    String expected = details.get("protocol") + details.get("expected");
    return new OriginComparison(seen, nearest(seen, expected));
  }

  /** The entry of a list that has the same host; empty if none has. */
  private static String nearest(String seen, String expected) {
    List<String> listed = List.of(expected.split("[,\\s]+"));
    if (listed.size() == 1) {
      return expected;
    }
    String host = Address.of(seen).map(Address::host).orElse("");
    return listed.stream()
        .filter(each -> Address.of(each).filter(at -> at.host().equals(host)).isPresent())
        .findFirst()
        .orElse("");
  }

  /** Whether somebody has given an origin the name of one that must not get in. */
  public static boolean isForeign(String origin) {
    return FOREIGN.matcher(origin).find();
  }

  /** Whether the scheme is that of a WebSocket's URL, which no Origin has. */
  public boolean isOfSocket() {
    return expected.startsWith("ws:") || expected.startsWith("wss:");
  }

  public Part part() {
    if (seen.equals("null")) {
      return Part.OPAQUE;
    }
    if (seen.equals("file://")) {
      return Part.FILE;
    }
    if (seen.equals("undefined") || seen.equals("<nil>")) {
      return Part.ABSENT;
    }
    if (seen.startsWith("ws:") || seen.startsWith("wss:")) {
      return Part.SOCKET;
    }
    Optional<Address> one = Address.of(seen);
    Optional<Address> other = Address.of(expected);
    return one.isEmpty() || other.isEmpty() ? Part.UNKNOWN : part(one.get(), other.get());
  }

  /** What is not the same, as a clause. */
  public String words() {
    return switch (part()) {
      case PORT -> isSameScheme() ? "the port differs" : "the scheme and the port differ";
      case SCHEME -> "the scheme differs";
      case WWW -> "www. makes them two origins";
      case MISSPELLED -> "a letter of the host is wrong in one of them";
      case LOOPBACK -> "both names are of this machine, and they are two origins";
      default -> "that is another origin";
    };
  }

  /** Whether none of the two has a scheme that the other one has not. */
  private boolean isSameScheme() {
    return Address.of(seen)
        .flatMap(one -> Address.of(expected).filter(other -> isSameScheme(one, other)))
        .isPresent();
  }

  private static boolean isSameScheme(Address seen, Address expected) {
    return seen.scheme.isEmpty()
        || expected.scheme.isEmpty()
        || seen.scheme.equals(expected.scheme);
  }

  /**
   * Whether they differ in a port, a scheme, www. or a letter alone, so that most likely one is
   * meant.
   */
  public boolean isNear() {
    return switch (part()) {
      case PORT, SCHEME, WWW, LOOPBACK, DEFAULT_PORT, MISSPELLED -> true;
      default -> false;
    };
  }

  /** Whether both are addresses of one site, at which a page may be opened as well. */
  public boolean isOfOneSite() {
    return switch (part()) {
      case SCHEME, WWW -> true;
      case LOOPBACK -> port(seen).equals(port(expected));
      default -> false;
    };
  }

  private static String port(String origin) {
    return origin.substring(origin.lastIndexOf(':')).replaceFirst("^:(?![0-9]).*", "");
  }

  private static Part part(Address seen, Address expected) {
    // The page of an app and that of a site are two, whatever their names.
    if (seen.isOfApp() != expected.isOfApp()
        && !seen.scheme.isEmpty()
        && !expected.scheme.isEmpty()) {
      return Part.HOST;
    }
    boolean samePort = seen.ownPort(expected.scheme).equals(expected.ownPort(seen.scheme));
    boolean sameScheme = isSameScheme(seen, expected);
    if (!seen.host.equals(expected.host)) {
      boolean www =
          seen.host.equals("www." + expected.host) || expected.host.equals("www." + seen.host);
      boolean loopback = isLoopback(seen) && isLoopback(expected);
      if (loopback && samePort && sameScheme) {
        return Part.LOOPBACK;
      }
      if (samePort && sameScheme && MistypedOrigin.isHost(expected.host, seen.host)) {
        return Part.MISSPELLED;
      }
      return www && samePort
          ? Part.WWW
          : expected.isBehindProxy() && !seen.isBehindProxy() ? Part.INNER_HOST : Part.HOST;
    }
    if (seen.scheme.isEmpty() && expected.scheme.isEmpty() && isDefault(seen.port, expected.port)) {
      return Part.DEFAULT_PORT;
    }
    if (samePort && sameScheme) {
      return seen.port.equals(expected.port) ? Part.UNKNOWN : Part.DEFAULT_PORT;
    }
    return samePort ? Part.SCHEME : Part.PORT;
  }

  /** Whether one names no port, and the other the one of http or https. */
  private static boolean isDefault(String seen, String expected) {
    return List.of("80", "443").contains(seen + expected);
  }

  private static boolean isLoopback(Address address) {
    return PrivateHost.isLocal(address.host());
  }

  /** Whether the request has a name that only machines of a network use among themselves. */
  public boolean isSeenInner() {
    return Address.of(seen)
        .filter(at -> !at.host().contains(".") && !Host.isAddress(at.host()))
        .filter(at -> !at.host().startsWith("[") && !at.host().equals("localhost"))
        .isPresent();
  }

  /** The host, with its port; empty if it is not known. */
  public String seenHost() {
    return Address.of(seen)
        .map(at -> at.host() + (at.port().isEmpty() ? "" : ":" + at.port()))
        .filter(host -> !isNone(host))
        .orElse("");
  }

  /** What it was compared with may have a path, which has to stay; empty if it has none. */
  public String expectedPath() {
    Matcher url = PATH.matcher(expected);
    return url.matches() ? url.group(1) : "";
  }

  /** The host alone; empty if it is not known. */
  public String seenName() {
    return Address.of(seen).map(Address::host).filter(host -> !isNone(host)).orElse("");
  }

  private static boolean isNone(String host) {
    return host.equals("null") || host.equals("undefined");
  }
}

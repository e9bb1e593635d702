package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.tck.browser.Engine;
import java.net.IDN;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An origin that a careless comparison takes for an allowed one.
 *
 * @param origin as the {@code Origin} header says it
 * @param kind in what it differs
 * @param base the allowed origin that it looks like; empty if it looks like none
 * @param tail the end of the allowed host that it plays with; empty if it plays with none
 * @param engines which send it, from a page of somebody else; empty if none does
 */
record LookAlike(String origin, Kind kind, String base, String tail, Set<Engine> engines) {

  /** In what it differs from an allowed origin. */
  enum Kind {
    UNRELATED,
    /** The same without TLS. */
    WITHOUT_TLS,
    /** A page at an address on the web, which has no name. */
    ADDRESS,
    NULL,
    HOSTING,
    /** A name that begins like a local address, and is on the web. */
    LOCAL_NAME,
    LOOPBACK,
    PRIVATE,
    /** A page of a browser extension. */
    EXTENSION,
    /** Browsers write null for a file. */
    FILE,
    INSIDE,
    PREFIX,
    /** What a wildcard inside a label takes that has no end. */
    WILDCARD,
    /** The allowed name without its last label, and another end. */
    ENDING,
    /** The allowed name at another registry. */
    REGISTRY,
    SPECIAL,
    SUFFIX,
    CONTAINED,
    DOT,
    SCHEME,
    PORT,
    /** Browsers write hosts in lower case. */
    CASE,
    /** Browsers do send it, but it is the same server of the same owner. */
    TRAILING_DOT,
    /** No origin has a path. */
    TRAILING_SLASH,
    /** Browsers leave a default port out, and write others as they are. */
    PORT_TEXT,
    SUBDOMAIN,
    /** A name whose first label begins like that of an allowed one, in its domain. */
    BEGINNING,
    /** The allowed name, and a hyphen more. */
    HYPHEN,
    WWW,
    PARENT,
    TWIN;

    private boolean isSent() {
      return this != FILE
          && this != CASE
          && this != TRAILING_DOT
          && this != TRAILING_SLASH
          && this != PORT_TEXT;
    }
  }

  private static final Set<Engine> BROWSERS =
      EnumSet.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT);

  /** More allowed origins are not played with: we are guests. */
  static final int MAX_BASES = 4;

  /** More ends of one host are not played with. */
  private static final int MAX_TAILS = 3;

  /** More dots of one host are not replaced. */
  private static final int MAX_DOTS = 4;

  /** A name that nobody has: RFC 2606 reserves its ending. */
  private static final String OTHER = "crosswalk-check.example";

  private static final String LABEL = "crosswalk-check";

  /** Below these anybody gets a name, usually free of charge. */
  private static final List<String> HOSTING =
      List.of(
          "github.io",
          "gitlab.io",
          "vercel.app",
          "netlify.app",
          "pages.dev",
          "workers.dev",
          "herokuapp.com",
          "web.app",
          "onrender.com",
          "azurewebsites.net",
          "cloudfront.net",
          "s3.amazonaws.com",
          "ngrok.io",
          "ngrok-free.app",
          "csb.app");

  /** Sites that show what anybody writes; scanners ask for them. */
  private static final List<String> SITES =
      List.of(
          "https://codepen.io",
          "https://s.codepen.io",
          "https://cdpn.io",
          "https://jsfiddle.net",
          "http://jsbin.com",
          "http://www.webdevout.net",
          "https://replit.com",
          "https://repl.it",
          "https://github.com",
          "https://gitlab.com",
          "https://pastebin.com");

  /**
   * What ends a host to a careless expression, and the browsers that send it where the name
   * resolves, as measured in Chromium 156, Firefox 153 and WebKitGTK 2.50. Linux resolves none but
   * the first two; other systems do.
   */
  private static final Map<String, Set<Engine>> SPECIAL = new LinkedHashMap<>();

  static {
    special("_ - $ +", BROWSERS);
    special("{ } ` ! & ' ( ) , = ~ \"", EnumSet.of(Engine.CHROMIUM, Engine.WEBKIT));
    special("; %2A %20", EnumSet.of(Engine.CHROMIUM));
    special("*", EnumSet.of(Engine.WEBKIT));
  }

  private static final List<String> REGISTRIES = List.of("net", "org", "com", "co.uk");

  /** What is behind the end of a name in the end of another that anybody can register. */
  private static final Map<String, List<String>> LONGER_ENDS =
      Map.of(
          "com", List.of("munity", "pany"),
          "net", List.of("work"),
          "co", List.of("m"),
          "in", List.of("fo"),
          "me", List.of("dia"),
          "org", List.of("anic"),
          "de", List.of("sign"),
          "pro", List.of("perties"));

  /** Cyrillic letters that look like Latin ones. */
  private static final Map<Character, Character> TWINS =
      Map.of('a', '\u0430', 'e', '\u0435', 'o', '\u043e', 'p', '\u0440', 'c', '\u0441');

  private LookAlike(String origin, Kind kind, String base, String tail) {
    this(origin, kind, base, tail, kind.isSent() ? BROWSERS : Set.of());
  }

  /** Whether every browser sends it. */
  boolean isSentByAll() {
    return engines.equals(BROWSERS);
  }

  private static void special(String characters, Set<Engine> engines) {
    for (String next : characters.split(" ")) {
      SPECIAL.put(next, engines);
    }
  }

  /** Origins that have nothing to do with an allowed one. */
  static List<LookAlike> unrelated() {
    return List.of(
        unrelated("https://" + OTHER), unrelated("https://another." + LABEL + ".test:8443"));
  }

  /** The origin of every sandboxed frame. */
  static LookAlike ofNull() {
    return new LookAlike("null", Kind.NULL, "", "");
  }

  private static LookAlike unrelated(String origin) {
    return new LookAlike(origin, Kind.UNRELATED, "", "");
  }

  /** What an attacker sends who knows the allowed origins: none of them twice. */
  static List<LookAlike> of(List<String> allowed) {
    Map<String, LookAlike> found = new LinkedHashMap<>();
    List<LookAlike> all = new ArrayList<>(everywhere());
    allowed.stream()
        .filter(base -> base.contains("://"))
        .limit(MAX_BASES)
        .forEach(base -> all.addAll(of(base)));
    all.forEach(next -> found.putIfAbsent(next.origin, next));
    return List.copyOf(found.values());
  }

  /**
   * Names beside a pattern such as {@code https://app-*.example.com}, which it does not include.
   */
  static List<LookAlike> ofPattern(String pattern) {
    int star = pattern.indexOf('*');
    int host = pattern.indexOf("://") + 3;
    if (star <= host || pattern.charAt(star - 1) == ':') {
      return List.of();
    }
    String example = pattern.replace("*", "x").replace(":x", "");
    int end = example.indexOf('.', star);
    List<String> origins = new ArrayList<>();
    origins.add(pattern.replace("*", "x.y").replace(":x.y", ""));
    origins.add(example.substring(0, host) + "my" + example.substring(host));
    if (end > 0) {
      origins.add(example.substring(0, end) + "2" + example.substring(end));
    }
    return origins.stream().map(next -> new LookAlike(next, Kind.WILDCARD, "", "")).toList();
  }

  private static List<LookAlike> everywhere() {
    List<LookAlike> all = new ArrayList<>();
    all.add(ofNull());
    all.add(new LookAlike("http://" + OTHER, Kind.WITHOUT_TLS, "", ""));
    all.add(new LookAlike("http://203.0.113.7", Kind.ADDRESS, "", "")); // RFC 5737: nobody has it.
    for (String host : HOSTING) {
      all.add(new LookAlike("https://" + LABEL + "." + host, Kind.HOSTING, "", host));
    }
    for (String site : SITES) {
      all.add(new LookAlike(site, Kind.HOSTING, "", host(site)));
    }
    for (String host :
        List.of(
            "localhost",
            "localhost:3000",
            "localhost:4200",
            "localhost:5173",
            "localhost:8080",
            "localhost:8081",
            "127.0.0.1",
            "127.0.0.1:8081",
            "[::1]:8081",
            "[::]:8081",
            "[::ffff:7f00:1]:8081",
            "0.0.0.0:8081")) {
      all.add(new LookAlike("http://" + host, Kind.LOOPBACK, "", ""));
    }
    all.add(new LookAlike("https://localhost:8444", Kind.LOOPBACK, "", ""));
    for (String host : List.of("192.168.0.1", "10.0.0.1", "172.16.0.1:8080")) {
      all.add(new LookAlike("http://" + host, Kind.PRIVATE, "", ""));
    }
    for (String start : List.of("localhost", "127.0.0.1", "192.168", "10")) {
      all.add(new LookAlike("http://" + start + "." + OTHER, Kind.LOCAL_NAME, "", ""));
    }
    all.add(new LookAlike("https://localhost." + OTHER, Kind.LOCAL_NAME, "", ""));
    all.add(
        new LookAlike(
            "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
            Kind.EXTENSION,
            "",
            "",
            EnumSet.of(Engine.CHROMIUM)));
    all.add(
        new LookAlike(
            "moz-extension://0c0ffee0-1234-4abc-8def-0123456789ab",
            Kind.EXTENSION,
            "",
            "",
            EnumSet.of(Engine.FIREFOX)));
    all.add(new LookAlike("file://", Kind.FILE, "", ""));
    return all;
  }

  private static List<LookAlike> of(String base) {
    String scheme = base.substring(0, base.indexOf("://") + 3);
    String authority = base.substring(scheme.length());
    String host = host(base);
    String port = authority.substring(host.length());
    Allowed allowed = new Allowed(base, new ArrayList<>());
    allowed.add(base + "." + OTHER, Kind.PREFIX, host);
    allowed.add(base + OTHER, Kind.PREFIX, host);
    SPECIAL.forEach(
        (special, engines) -> {
          allowed.add(scheme + host + special + "." + OTHER, host, engines);
          allowed.add(scheme + host + "." + special + "." + OTHER, host, engines);
        });
    LONGER_ENDS
        .getOrDefault(host.substring(host.lastIndexOf('.') + 1), List.of())
        .forEach(end -> allowed.add(base + end, Kind.PREFIX, host));
    allowed.add(base + ".local", Kind.PREFIX, host);
    allowed.add(base + ".localhost", Kind.LOOPBACK, "");
    allowed.add((scheme.equals("https://") ? "http://" : "https://") + authority, Kind.SCHEME, "");
    allowed.add(scheme + host + (port.equals(":8443") ? ":9443" : ":8443"), Kind.PORT, "");
    allowed.add(scheme + host + (port.equals(":81") ? ":82" : ":81"), Kind.PORT, "");
    if (!port.isEmpty()) {
      allowed.add(scheme + host, Kind.PORT, "");
    }
    if (port.isEmpty() && scheme.startsWith("http")) {
      int number = scheme.equals("https://") ? 443 : 80;
      allowed.add(base + ":" + number, Kind.PORT_TEXT, "");
      allowed.add(base + ":" + (0x10000 + number), Kind.PORT_TEXT, "");
    }
    allowed.add(base + "/", Kind.TRAILING_SLASH, "");
    if (isName(host)) {
      name(allowed, scheme, host, port);
    }
    return allowed.looks;
  }

  /** What there is beside a name of labels, and not beside an address. */
  private static void name(Allowed allowed, String scheme, String host, String port) {
    allowed.add(scheme + host + "." + port, Kind.TRAILING_DOT, "");
    allowed.add(scheme + host.toUpperCase(Locale.ROOT) + port, Kind.CASE, "");
    List<String> tails = tails(host);
    for (String tail : tails) {
      allowed.add(scheme + LABEL + tail + "." + OTHER + port, Kind.INSIDE, tail);
      allowed.add(scheme + LABEL + tail + port, Kind.SUFFIX, tail);
      allowed.add(scheme + LABEL + "." + tail + port, Kind.SUBDOMAIN, tail);
      allowed.add(scheme + "a_b." + LABEL + "." + tail + port, Kind.SUBDOMAIN, tail);
    }
    String domain = tails.get(tails.size() - 1);
    if (scheme.equals("https://")) {
      allowed.add("http://" + LABEL + "." + domain, Kind.SCHEME, "");
      allowed.add("http://" + LABEL + domain, Kind.SUFFIX, domain);
    }
    int end = host.lastIndexOf('.');
    if (end > 0) {
      String start = host.substring(0, end + 1);
      allowed.add(scheme + start + OTHER + port, Kind.ENDING, start);
      REGISTRIES.stream()
          .filter(registry -> !host.endsWith("." + registry))
          .forEach(registry -> allowed.add(scheme + start + registry + port, Kind.REGISTRY, start));
    }
    int first = host.indexOf('.');
    if (first > 0 && first < end) {
      String beginning = host.substring(0, first) + "-" + LABEL + host.substring(first);
      allowed.add(scheme + beginning + port, Kind.BEGINNING, host.substring(first));
    }
    int registered = host.lastIndexOf('.', end - 1) + 1;
    if (end > registered + 1) {
      String hyphen = host.substring(0, registered + 1) + "-" + host.substring(registered + 1);
      allowed.add(scheme + hyphen + port, Kind.HYPHEN, hyphen.substring(registered));
    }
    allowed.add(scheme + "www." + host + port, Kind.WWW, host);
    tails.stream().skip(1).forEach(tail -> allowed.add(scheme + tail + port, Kind.PARENT, tail));
    int dots = 0;
    for (int dot = host.indexOf('.');
        dot >= 0 && dots++ < MAX_DOTS;
        dot = host.indexOf('.', dot + 1)) {
      String other = host.substring(0, dot) + "x" + host.substring(dot + 1);
      // Below a last label that there is not, nobody has a name.
      allowed.add(scheme + other + port, Kind.DOT, other);
    }
    if (host.length() > 1 && host.charAt(host.length() - 2) != '.') {
      allowed.add(scheme + host.substring(0, host.length() - 1), Kind.CONTAINED, "");
    }
    if (host.indexOf('.') != host.lastIndexOf('.')) {
      allowed.add(scheme + host.substring(0, host.lastIndexOf('.')), Kind.CONTAINED, "");
    }
    twin(host).ifPresent(twin -> allowed.add(scheme + twin + port, Kind.TWIN, ""));
  }

  private record Allowed(String base, List<LookAlike> looks) {
    void add(String origin, Kind kind, String tail) {
      looks.add(new LookAlike(origin, kind, base, tail));
    }

    void add(String origin, String tail, Set<Engine> engines) {
      looks.add(new LookAlike(origin, Kind.SPECIAL, base, tail, engines));
    }
  }

  /** The host and what is above it, down to two labels: what people compare ends with. */
  static List<String> tails(String host) {
    List<String> tails = new ArrayList<>();
    String tail = host;
    while (tails.size() < MAX_TAILS && (tail.contains(".") || tails.isEmpty())) {
      tails.add(tail);
      tail = tail.substring(tail.indexOf('.') + 1);
    }
    return tails;
  }

  /** The host of a serialized origin. */
  static String host(String origin) {
    String authority = origin.substring(origin.indexOf("://") + 3);
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  /** Whether it is a name of labels, the last of which is not empty, and no address. */
  static boolean isName(String host) {
    return !host.startsWith("[")
        && !host.endsWith(".")
        && !Character.isDigit(host.charAt(host.lastIndexOf('.') + 1));
  }

  /** The same to the eye, and another name: with one letter of another script. */
  private static Optional<String> twin(String host) {
    List<String> tails = tails(host);
    String name = tails.get(tails.size() - 1);
    for (int i = 0; i < name.length() && name.charAt(i) != '.'; i++) {
      Character twin = TWINS.get(name.charAt(i));
      if (twin != null && !name.startsWith("xn--")) {
        String other = name.substring(0, i) + twin + name.substring(i + 1);
        String before = host.substring(0, host.length() - name.length());
        return Optional.of(before + IDN.toASCII(other));
      }
    }
    return Optional.empty();
  }
}

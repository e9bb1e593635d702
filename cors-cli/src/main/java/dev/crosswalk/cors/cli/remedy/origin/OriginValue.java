package dev.crosswalk.cors.cli.remedy.origin;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.cli.terminal.Typo;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is wrong with a value of {@code Access-Control-Allow-Origin}, as somebody has written it.
 */
final class OriginValue {

  private static final String NO_BREAK = "a no-break space";

  /** The no-break space of ISO 8859-1, and not a part of a letter in UTF-8. */
  private static final Pattern LATIN_SPACE = Pattern.compile("(?<![\\x80-\\xFF])\\xA0");

  private static final Map<String, String> INVISIBLE =
      Map.of(
          "\u00C2\u00A0", NO_BREAK,
          "\u00EF\u00BB\u00BF", "a byte order mark",
          "\u00E2\u0080\u008B", "a zero-width space",
          "\u00C2\u00AD", "a soft hyphen");

  /** Who corrects the name writes the new one as the old. */
  private static final String WITHOUT_SLASH =
      " An origin has no slash at its end: location.origin in the page's console shows it.";

  private static final String QUOTED =
      "Remove the quotation marks: they are a part of the value now.";

  /** No host has an underscore; a dot in it is of an object. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "[A-Za-z]{1,40}(?:_[A-Za-z]{1,40}){1,8}"
              + "|(?:process\\.env|req(?:uest)?\\.headers?|headers|env)\\.[A-Za-z_]{1,60}");

  private static final Pattern OF_APP =
      Pattern.compile("(?!https?:|wss?:|ftp:|file:|data:|blob:)[a-z][a-z0-9+.-]{1,40}://[!-~]+");

  private static final Pattern ONE_SLASH = Pattern.compile("https?:/?(?!/).{1,300}");

  static final String ECHOED =
      "If nobody has written it there, the application echoes the Origin that it gets, and a proxy in"
          + " front changes that (proxy_set_header Origin in nginx, a development server's proxy): let"
          + " Origin pass as the browser sends it.";

  static final String OF_INNER_SERVER =
      "That is the address of a server, and not the page's origin. Most often the application echoes the"
          + " Origin that it gets, and a proxy in front sets that to the address of the application"
          + " (header_up Origin in Caddy, proxy_set_header Origin in nginx): let Origin pass as the browser"
          + " sends it.";

  static final String TOO_SHORT =
      "Look for a limit of length where the server keeps the Origin of the request: in HAProxy, len of"
          + " capture request header. It has to be as long as the longest origin. A variable needs no length:"
          + " http-request set-var(txn.origin) req.hdr(origin).";

  static final String SUBDOMAINS =
      "For all subdomains, compare Origin with a regular expression on the server, and send back"
          + " the origin itself: in nginx by map, in Express by origin: [/^https:\\/\\/[a-z0-9-]+"
          + "\\.example\\.com$/], in Spring by allowedOriginPatterns.";

  static final String SENT_BY_A_PROXY =
      "If the server sends back the Origin that it gets, a proxy in front sends it this one instead of"
          + " the page's: look for a header Origin in the proxy's configuration, and remove it.";

  static final String SCHEME = "the scheme differs";

  static final String ANOTHER = "it is another origin";

  static final String CUT = "it is only the beginning of it, as if it was cut off";

  private static final Pattern BREAK = Pattern.compile("\\\\[nrt]$");

  private OriginValue() {}

  static boolean isAnyOrOrigin(String value) {
    return value.equals("*") || isOrigin(value);
  }

  private static boolean isOrigin(String value) {
    return value.contains("://") && defect(value).isEmpty() && Url.parse(value).isPresent();
  }

  /** Why it is not an origin, as far as it tells. */
  static List<String> whyInvalid(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (value.isEmpty()) {
      return List.of(
          "A variable or a setting of the server has no value, or the page's origin is not in its"
              + " list and the code then writes an empty header. Set the value, or add the origin to"
              + " the list.");
    }
    Optional<String> unseen = unseen(value);
    if (unseen.isPresent()) {
      return List.of(
          "There is "
              + unseen.get()
              + " in it, which nobody sees: it comes along when text is copied. Write the value anew,"
              + " by hand.");
    }
    if (lower.equals("false") || lower.equals("true")) {
      return List.of(
          "A framework's yes or no was written as text. Send the origin where it is allowed, and no"
              + " header at all where it is not.");
    }
    if (lower.equals("undefined") || lower.equals("none") || lower.equals("nil")) {
      return List.of("A variable of the server's code has no value: set it to the page's origin.");
    }
    if (lower.equals("null")) {
      return List.of(
          "null is for pages without an origin, and any site can have it. Send the page's origin.");
    }
    if (lower.equals("(null)")) {
      return List.of(
          "Apache writes (null) where the variable in %{NAME}e is not set. Set it by SetEnvIf"
              + " Origin \"^https://app\\.example\\.com$\" NAME=$0, with the page's own origin in"
              + " it, and write env=NAME behind Header set: then other origins get no header at"
              + " all. Apache has no variable HTTP_ORIGIN of its own.");
    }
    if (value.chars().anyMatch(c -> c > 0x7E)) {
      return List.of(
          "It has characters that are not ASCII: typographic quotation marks or dashes, as a text editor"
              + " or a web page makes them. Write the value anew, as location.origin in the page's"
              + " console shows it.");
    }
    if (value.startsWith("/") || value.startsWith("^") || value.endsWith("$")) {
      return List.of(
          "It is a regular expression that was written as text. Write it as one where the server can"
              + " compare by it (in Express without quotation marks: origin:"
              + " [/^https:\\/\\/[a-z0-9-]+\\.example\\.com$/]), and send back the origin that asked.");
    }
    if (value.contains("${") || value.contains("{{") || value.startsWith("$")) {
      return List.of("A placeholder was not filled. Set the variable that it names.");
    }
    if (value.matches("[\"']?\\*[\"',;*]{0,2}")) {
      return List.of(
          "Something is beside the *, such as quotation marks or a semicolon, and is part of the"
              + " value. Remove it: the header must be just *.");
    }
    if (value.matches("b'.*'")) {
      return List.of(
          "It is how Python prints bytes, with a b and quotation marks. Make a text of the bytes:"
              + " origin.decode(\"latin-1\").");
    }
    if (value.matches("<.*>")) {
      return List.of("Remove the < and the >: they are a part of the value now.");
    }
    if (value.matches("[\"'].*[\"']")) {
      return List.of(QUOTED);
    }
    if (ONE_SLASH.matcher(lower).matches()) {
      return List.of("Write two slashes behind the colon of http: or https:.");
    }
    if (VARIABLE.matcher(value).matches()) {
      return List.of(
          "It is the name of a variable or setting, and not its value: in nginx it begins with $"
              + " ($http_origin), in a program it is read ($_SERVER[\"HTTP_ORIGIN\"],"
              + " process.env.CORS_ORIGIN, %{NAME}e in Apache). Compare the origin that is in it with"
              + " a list before it is sent back.");
    }
    if (value.matches("(?!localhost)[A-Za-z][A-Za-z0-9_-]*")) {
      return List.of(
          "It is only a name, such as that of a service or a container. Write the page's whole origin"
              + " there, as the address bar has it: scheme, host, and port if there is one.");
    }
    if (value.startsWith("*.")) {
      return List.of(
          "A pattern is not an origin, and only * on its own means any origin. " + SUBDOMAINS);
    }
    if (!value.contains("://") && Url.parse("https://" + value).isPresent()) {
      return List.of("The scheme is missing: write https:// (or http://) in front.");
    }
    if (value.contains("*")) {
      return List.of("A pattern is not an origin. Only * on its own means any origin.");
    }
    if (value.contains("[")) {
      return List.of("Remove the brackets and what else is around the origin.");
    }
    return value.contains("\"") || value.contains("'") ? List.of(QUOTED) : List.of();
  }

  /** Bytes of UTF-8, one char for each, that no screen shows. */
  static Optional<String> unseen(String value) {
    return INVISIBLE.entrySet().stream()
        .filter(bytes -> value.contains(bytes.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> LATIN_SPACE.matcher(value).find() ? Optional.of(NO_BREAK) : Optional.empty());
  }

  /**
   * For a value that is the server's own.
   *
   * @param value with the server's name
   * @param origin of the page; empty if it is not known
   */
  static Advice ofServer(String value, String origin) {
    return Topic.NAME_OF_SERVER.advice(
        (origin.startsWith("http")
                ? "That is the server's own name. The header has to name the page that sends the"
                    + " request: write "
                    + origin
                    + " there, or * where any page may read."
                : "That is the server's own name. The header has to name the page that sends the"
                    + " request: its origin, or * where any page may read.")
            + (value.endsWith("/") ? WITHOUT_SLASH : ""));
  }

  /** Whether it is the origin but for a letter or two of https, as in htps. */
  static boolean isSchemeMisspelled(String value, String origin) {
    int end = value.indexOf("://");
    int wanted = origin.indexOf("://");
    if (end < 0 || wanted < 0 || !value.substring(end).equals(origin.substring(wanted))) {
      return false;
    }
    String scheme = value.substring(0, end);
    return !List.of("http", "https", "ws", "wss", "ftp", "file").contains(scheme)
        && Typo.distance(scheme, origin.substring(0, wanted)) <= 2;
  }

  /** Whether it is the origin, and its host is not in ASCII; each byte of UTF-8 is one char. */
  static boolean isInOwnLetters(String value, String origin) {
    String text = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return text.chars().anyMatch(c -> c > 0x7E)
        && Url.parse(text).filter(url -> origin.equals(url.origin().serialize())).isPresent();
  }

  /** Whether it names the server that sends it, be it without a scheme. */
  static boolean isServers(String value, String url) {
    Optional<Url> named = Url.parse(value.contains("://") ? value : "https://" + value);
    Optional<Url> asked = Url.parse(url);
    return named.isPresent()
        && asked.isPresent()
        && named.get().host() != null
        && String.valueOf(named.get().host()).equals(String.valueOf(asked.get().host()))
        && (value.equals(named.get().host().toString())
            || named.get().effectivePort() == asked.get().effectivePort());
  }

  /** Whether it is an address with its port, as proxies write those of the servers behind them. */
  static boolean isInnerAddress(String value, String page) {
    Optional<String> host =
        value.matches("[A-Za-z0-9.-]{1,100}:[0-9]{1,5}")
            ? Url.parse("http://" + value).map(url -> String.valueOf(url.host()))
            : Optional.empty();
    return host.filter(
            name ->
                !name.equals("localhost")
                    && !page.contains("://" + name)
                    && PrivateHost.isInner(name))
        .isPresent();
  }

  /** What a backslash of a file or a program leaves in a value; a browser takes it as it is. */
  private static Optional<String> escaped(String value) {
    return value.contains("\\")
        ? Optional.of(
            BREAK.matcher(value).find()
                ? "its end is no line break, but a backslash and a letter, which are a part of the value"
                : "it has a backslash, which is a part of the value")
        : Optional.empty();
  }

  /** A value without the backslashes that were meant for a file or a program. */
  static String unescaped(String value) {
    return value.replaceFirst("(?:\\\\[nrt]){1,4}$", "").replace("\\/", "/");
  }

  /** Whether a value has the form of no host, so that no scheme is missing in front of it. */
  static boolean isWord(String value) {
    return value.matches("(?i)undefined|none|nil|true|false|\\(null\\)");
  }

  /** Why a value is the origin of no page; empty if it may be one. */
  static Optional<String> defect(String value) {
    if (value.contains("*")) {
      return Optional.of("a pattern is not an origin, and only * on its own means any origin");
    }
    Optional<String> escaped = escaped(value);
    if (escaped.isPresent()) {
      return escaped;
    }
    if (value.indexOf("://") != value.lastIndexOf("://")) {
      return Optional.of("it is a list, and only one origin can be sent");
    }
    if (ONE_SLASH.matcher(Bytes.lowerCase(value)).matches()) {
      return Optional.of("two slashes belong behind the colon of http: or https:");
    }
    if (!value.contains("://") && !value.equals("null")) {
      return Optional.of("the scheme (https:// or http://) is missing in front");
    }
    Optional<Url> parsed = Url.parse(value);
    if (parsed.isEmpty() || parsed.get().host() == null) {
      return Optional.empty();
    }
    Url url = parsed.get();
    if (url.path().length() > 1 || url.query() != null) {
      return Optional.of("an origin has no path");
    }
    if (value.endsWith("/")) {
      return Optional.of("the slash at the end is too much");
    }
    // An app or an extension has an origin that only its own browser writes.
    return value.equals(url.origin().serialize()) || OF_APP.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("browsers write it " + url.origin().serialize());
  }

  /** What sets a value apart from the origin that it should be. */
  static String difference(String value, String origin) {
    if (value.equals("null")) {
      return "null is for pages without an origin";
    }
    if (value.equals(origin)) {
      return "the same, as they are printed; after a redirect from one origin to another, the browser"
          + " sends Origin: null, and compares with that";
    }
    if (value.equals(origin + "/")) {
      return "the slash at the end is too much";
    }
    if (Bytes.equalIgnoringCase(value, origin)) {
      return "upper and lower case differ";
    }
    if (value.startsWith(origin) && ";,".indexOf(value.charAt(origin.length())) >= 0) {
      return "the \"" + value.substring(origin.length()) + "\" at the end is too much";
    }
    if (value.contains("*")) {
      return "a pattern is not an origin, and only * on its own means any origin";
    }
    Optional<String> escaped = escaped(value);
    if (escaped.isPresent()) {
      return escaped.get();
    }
    Optional<String> mistyped = MistypedOrigin.difference(value, origin);
    if (mistyped.isPresent()) {
      return mistyped.get();
    }
    if (!value.contains("://")) {
      return "the scheme ("
          + origin.substring(0, origin.indexOf("://") + 3)
          + ") is missing in front";
    }
    if (isInOwnLetters(value, origin)) {
      return "its host is in its own letters, and browsers write it in ASCII";
    }
    Optional<Url> parsed = Url.parse(value);
    Optional<Url> wanted = Url.parse(origin);
    if (parsed.isEmpty() || wanted.isEmpty()) {
      return "they are not equal byte for byte";
    }
    Url got = parsed.get();
    Url want = wanted.get();
    String gotHost = String.valueOf(got.host());
    String wantHost = String.valueOf(want.host());
    if (isSchemeMisspelled(value, origin)) {
      return "the scheme is misspelled";
    }
    if (gotHost.equals(wantHost)) {
      if (!got.scheme().equals(want.scheme())) {
        boolean samePort =
            got.effectivePort() == want.effectivePort() || !hasPort(got) && !hasPort(want);
        return samePort ? SCHEME : "the scheme and the port differ";
      }
      if (got.effectivePort() != want.effectivePort()) {
        return "the port differs";
      }
      if (value.matches(".*:(80|443)/?")) {
        return "browsers leave the default port out";
      }
      return got.path().length() > 1
          ? "an origin has no path"
          : "it is not in the form in which browsers write it";
    }
    if (gotHost.equals("www." + wantHost) || wantHost.equals("www." + gotHost)) {
      return "www. is in one of them";
    }
    if (Host.isLoopback(gotHost) && Host.isLoopback(wantHost)) {
      return gotHost
          + " and "
          + wantHost
          + " are two names of this machine, and two origins: open the page at "
          + value
          + ", or list both";
    }
    if (gotHost.equals(wantHost + ".") || wantHost.equals(gotHost + ".")) {
      return "one host ends in a dot";
    }
    if (gotHost.endsWith("." + wantHost) || wantHost.endsWith("." + gotHost)) {
      return "one is a subdomain of the other";
    }
    return origin.startsWith(value) ? CUT : ANOTHER;
  }

  /** Whether it has another port than the one that its scheme has by itself. */
  private static boolean hasPort(Url url) {
    return url.effectivePort() != (url.scheme().equals("https") ? 443 : 80);
  }
}

package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.origin.OriginPattern.Leftmost;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one origin pattern as somebody wrote it, and says what is wrong with it and how to mend it.
 * Strict, because a pattern that differs from what browsers send matches nothing, silently.
 */
public final class OriginPatternParser {

  private static final Set<String> OPAQUE_SCHEMES =
      Set.of("about", "blob", "data", "file", "filesystem", "javascript");

  /** No page is loaded over these: the first two are for sockets, and no browser speaks ftp. */
  private static final Set<String> SCHEMES_WITHOUT_PAGES = Set.of("ws", "wss", "ftp");

  private static final String QUOTES = "\"'`\u201c\u201d\u2018\u2019";

  /** What is longer is hardly an origin with a flaw, and nobody reads it in a message. */
  private static final int MAX_MENDED = 4_096;

  private final String value;
  private OriginFlaw flaw = OriginFlaw.EMPTY;
  private String reason = "";
  private String remedy = "";

  public OriginPatternParser(String value) {
    this.value = value;
  }

  public OriginFlaw flaw() {
    return flaw;
  }

  public String reason() {
    return reason;
  }

  /** Returns the whole value mended, if that can be done; otherwise what to do about the reason. */
  public String remedy() {
    if (flaw == OriginFlaw.LIST) {
      String list = mendedList();
      return list == null ? remedy : "write " + list;
    }
    String mended = mended();
    return mended == null ? remedy : "write " + Text.quote(mended);
  }

  /** Returns the pattern; or null, and then {@link #code()} and the others say why. */
  public @Nullable OriginPattern parse() {
    if (value.isBlank()) {
      return flaw(
          OriginFlaw.EMPTY, "it is empty", "write an origin such as \"https://app.example.com\"");
    }
    if (isPlaceholder()) {
      return flaw(
          OriginFlaw.PLACEHOLDER,
          "it is a placeholder that nothing has filled",
          "set what it stands for, or write the origin itself");
    }
    if (value.indexOf(',') >= 0 || value.indexOf("://") != value.lastIndexOf("://")) {
      return flaw(
          OriginFlaw.LIST, "it holds several origins", "give each origin as a value of its own");
    }
    if (any(value, c -> QUOTES.indexOf(c) >= 0)) {
      return flaw(OriginFlaw.QUOTED, "it has quotation marks", "drop them");
    }
    if (any(value, c -> c <= ' ' || c == 0x7F)) {
      return flaw(
          OriginFlaw.WHITESPACE,
          "it has white space or a control character",
          "write the origin alone");
    }
    if (value.length() > Origin.MAX_LENGTH) {
      return flaw(
          OriginFlaw.TOO_LONG,
          "it is longer than any origin, which has at most " + Origin.MAX_LENGTH + " characters",
          "write scheme, host and port alone");
    }
    if (isRegularExpression()) {
      return flaw(
          OriginFlaw.REGULAR_EXPRESSION,
          "it looks like a regular expression, which this library does not read",
          "use a wildcard for whole subdomains, as in \"https://*.example.com\"");
    }
    int schemeEnd = value.indexOf("://");
    String scheme = value.substring(0, Math.max(0, schemeEnd));
    String lowerScheme = lower(value.substring(0, Math.max(0, value.indexOf(':'))));
    if (OPAQUE_SCHEMES.contains(lowerScheme)) {
      return flaw(
          OriginFlaw.SCHEME_OPAQUE,
          "documents of the scheme " + lowerScheme + " have the origin null",
          "serve the page over https and write its origin");
    }
    if (schemeEnd <= 0) {
      return flaw(
          OriginFlaw.SCHEME_MISSING,
          isScheme(lowerScheme) ? "no :// follows its scheme" : "it has no scheme",
          "write https:// and the host");
    }
    if (scheme.indexOf('*') >= 0) {
      return flaw(
          OriginFlaw.SCHEME_WILDCARD,
          "a scheme has no wildcard",
          "write https://, and http:// in a second origin if it must be");
    }
    if (SCHEMES_WITHOUT_PAGES.contains(lowerScheme)) {
      return flaw(
          OriginFlaw.SCHEME_WITHOUT_PAGES,
          lowerScheme.equals("ftp")
              ? "no browser loads pages by ftp"
              : "a WebSocket handshake carries the origin of its page, which is never of the scheme "
                  + lowerScheme,
          "write the page's origin");
    }
    if (!lower(scheme).equals(scheme)) {
      return flaw(OriginFlaw.UPPER_CASE, "browsers send origins in lower case", "write it so");
    }
    if (Origin.schemeEnd(value) < 0) {
      return flaw(
          OriginFlaw.SCHEME_INVALID,
          Text.quote(scheme) + " is no scheme",
          "write https:// in front of the host");
    }
    return parseAuthority(scheme, value.substring(schemeEnd + "://".length()));
  }

  /** A stream would do, but not a hundred thousand times: it makes ten objects. */
  private static boolean any(String text, IntPredicate predicate) {
    for (int i = 0; i < text.length(); i++) {
      if (predicate.test(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isPlaceholder() {
    return value.contains("${")
        || value.contains("#{")
        || value.contains("{{")
        || value.indexOf('<') >= 0 && value.indexOf('>') > value.indexOf('<')
        || value.startsWith("%") && value.endsWith("%");
  }

  private boolean isRegularExpression() {
    int backslash = value.indexOf('\\');
    boolean escapes =
        backslash >= 0
            && backslash + 1 < value.length()
            && ".-/dw".indexOf(value.charAt(backslash + 1)) >= 0;
    int bracket = value.indexOf('[');
    boolean isClass = bracket >= 0 && value.indexOf('-', bracket) > 0 && !value.contains("::");
    return escapes
        || isClass
        || any(value, c -> "^$()|{}".indexOf(c) >= 0)
        || value.startsWith(".*")
        || value.contains("/.*");
  }

  private static boolean isScheme(String text) {
    return text.equals("http") || text.equals("https");
  }

  private @Nullable OriginPattern parseAuthority(String scheme, String rest) {
    int end = authorityEnd(rest);
    if (end < rest.length()) {
      char delimiter = rest.charAt(end);
      if (delimiter == '?') {
        return flaw(OriginFlaw.QUERY, "it has a query, which no origin has", "end it before the ?");
      }
      if (delimiter == '#') {
        return flaw(
            OriginFlaw.FRAGMENT, "it has a fragment, which no origin has", "end it before the #");
      }
      return end == rest.length() - 1
          ? flaw(
              OriginFlaw.TRAILING_SLASH,
              "it ends in a slash, and browsers compare byte by byte",
              "drop the slash")
          : flaw(OriginFlaw.PATH, "it has a path, which no origin has", "end it before the path");
    }
    if (rest.indexOf('@') >= 0) {
      return flaw(
          OriginFlaw.USERINFO,
          "it has a user name or password, which no origin has",
          "drop what stands before the @");
    }
    // https://url.spec.whatwg.org/#host-parsing leaves the case of such hosts alone, and Safari
    // gives them in upper case.
    if (!lower(rest).equals(rest) && !scheme.equals("safari-web-extension")) {
      return flaw(OriginFlaw.UPPER_CASE, "browsers send origins in lower case", "write it so");
    }
    if (rest.indexOf(':') != rest.lastIndexOf(':')
        && IpAddress.canonicalV6("[" + rest + "]") != null) {
      return flaw(
          OriginFlaw.IPV6_BRACKETS,
          "an IPv6 address stands in brackets",
          "write them around the address");
    }
    int hostEnd = Origin.hostEnd(rest, 0);
    String host = rest.substring(0, hostEnd);
    String port = rest.substring(hostEnd);
    if (host.isEmpty()) {
      return flaw(
          OriginFlaw.HOST_MISSING,
          "it has no host",
          "write " + scheme + "://, and the host behind it");
    }
    if (host.indexOf('[') >= 0) {
      return isV6(host) ? parsePort(scheme, Leftmost.NOTHING, "", "", host, port) : null;
    }
    return parseHost(scheme, host, port);
  }

  private static int authorityEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }

  private boolean isV6(String host) {
    if (host.indexOf('*') >= 0) {
      flaw(OriginFlaw.WILDCARD_IP, "an IP address has no wildcard", "write the whole address");
      return false;
    }
    if (host.indexOf('%') >= 0) {
      flaw(
          OriginFlaw.IPV6_ZONE,
          "it has a zone identifier, which means nothing to another machine",
          "drop the % and what follows it");
      return false;
    }
    String canonical = IpAddress.canonicalV6(host);
    if (canonical == null) {
      flaw(
          OriginFlaw.IPV6_INVALID,
          "brackets are for an IPv6 address and nothing else",
          "write one, or a host without brackets");
      return false;
    }
    if (!canonical.equals(host)) {
      flaw(
          OriginFlaw.IPV6_NOT_CANONICAL,
          "browsers write this address " + canonical,
          "write it as they do");
      return false;
    }
    return true;
  }

  private @Nullable OriginPattern parseHost(String scheme, String host, String port) {
    int star = host.indexOf('*');
    // What programs of their own call their pages, app://. and app://-, is no name of a network's.
    if ((host.equals(".") || host.equals("-")) && !isScheme(scheme)) {
      return parsePort(scheme, Leftmost.NOTHING, "", "", host, port);
    }
    if (star < 0) {
      return isDomain(host) ? parsePort(scheme, Leftmost.NOTHING, "", "", host, port) : null;
    }
    if (host.equals("*") || host.equals("*.")) {
      return flaw(
          OriginFlaw.WILDCARD_HOST,
          "a wildcard for every host is as good as any origin",
          isScheme(scheme)
              ? "name a domain, as in \"" + scheme + "://*.example.com\", or allow any origin aloud"
              : "name the one you mean");
    }
    if (host.indexOf('*', star + 1) >= 0) {
      return flaw(
          OriginFlaw.WILDCARD_SEVERAL,
          "it has more than one wildcard in its host",
          "keep the leftmost: \"*.\" stands for any number of labels");
    }
    int dot = host.indexOf('.');
    if (dot >= 0 && dot < star) {
      return flaw(
          OriginFlaw.WILDCARD_POSITION,
          "its wildcard is not in the leftmost label",
          "put the wildcard first, as in \"" + scheme + "://*.example.com\"");
    }
    String label = dot < 0 ? host : host.substring(0, dot);
    String prefix = label.substring(0, star);
    String suffix = label.substring(star + 1);
    if (!prefix.isEmpty() && !prefix.endsWith("-")
        || !suffix.isEmpty() && !suffix.startsWith("-")) {
      return flaw(
          OriginFlaw.WILDCARD_TOUCHES,
          "its wildcard touches other characters, so that look-alikes would match",
          "set the wildcard off by a dot or by hyphens");
    }
    if (Punycode.isEncoded(label)) {
      return flaw(
          OriginFlaw.WILDCARD_PUNYCODE,
          "its wildcard stands amid punycode, where it means no letters that anybody reads",
          "write \"*.\" and the domain, or name each host");
    }
    if (dot < 0) {
      return flaw(
          OriginFlaw.WILDCARD_HOST,
          "its wildcard is in a host of one label",
          "name a domain, as in \"" + scheme + "://*.example.com\"");
    }
    String rest = host.substring(dot + 1);
    if (IpAddress.endsInNumber(rest)) {
      return flaw(
          OriginFlaw.WILDCARD_IP, "an IP address has no wildcard", "write the whole address");
    }
    boolean valid =
        isDomain(rest)
            && (label.length() == 1 || isDomain(prefix + "a" + suffix + "." + rest))
            && rest.length() + label.length() + 1 <= Origin.MAX_HOST_LENGTH;
    if (!valid) {
      return null;
    }
    Leftmost leftmost = label.length() == 1 ? Leftmost.SUBDOMAINS : Leftmost.LABEL;
    return parsePort(scheme, leftmost, prefix, suffix, rest, port);
  }

  private boolean isDomain(String host) {
    if (any(host, c -> c >= 128)) {
      flaw(
          OriginFlaw.HOST_NOT_ASCII,
          "browsers send a host beyond ASCII as punycode",
          "write it as location.origin shows it in a browser");
      return false;
    }
    if (host.endsWith(".") && !host.endsWith("..") && host.length() > 1) {
      flaw(
          OriginFlaw.TRAILING_DOT,
          "its host ends in a dot, which makes it another origin",
          "drop the dot");
      return false;
    }
    if (host.length() > Origin.MAX_HOST_LENGTH) {
      flaw(
          OriginFlaw.HOST_TOO_LONG,
          "its host has more than " + Origin.MAX_HOST_LENGTH + " characters",
          "write a host that DNS can name");
      return false;
    }
    int from = 0;
    for (int to = host.indexOf('.'); from <= host.length(); to = host.indexOf('.', from)) {
      int labelEnd = to < 0 ? host.length() : to;
      if (!isLabel(host.substring(from, labelEnd))) {
        return false;
      }
      from = labelEnd + 1;
    }
    if (IpAddress.endsInNumber(host) && !host.equals(IpAddress.canonicalV4(host))) {
      flaw(
          OriginFlaw.IPV4_NOT_CANONICAL,
          "its host ends in a number and is no IPv4 address in the form that browsers send",
          "write four decimal numbers from 0 to 255");
      return false;
    }
    return true;
  }

  private boolean isLabel(String label) {
    if (label.isEmpty()) {
      flaw(OriginFlaw.LABEL_EMPTY, "its host has an empty label", "drop the surplus dot");
    } else if (label.length() > Origin.MAX_LABEL_LENGTH) {
      flaw(
          OriginFlaw.LABEL_TOO_LONG,
          "its host has a label of more than " + Origin.MAX_LABEL_LENGTH + " characters",
          "write a host that DNS can name");
    } else if (any(label, c -> !Origin.isLabelCharacter(Token.lower((char) c)))) {
      flaw(
          OriginFlaw.HOST_INVALID,
          "its host has a character that no host name has",
          "write the host alone");
    } else if (label.startsWith("-") || label.endsWith("-")) {
      flaw(
          OriginFlaw.LABEL_HYPHEN,
          "a label of its host begins or ends with a hyphen",
          "drop the hyphen");
    } else if (Punycode.isEncoded(label) && !Punycode.isValid(label)) {
      flaw(
          OriginFlaw.HOST_PUNYCODE,
          Text.quote(label) + " is no punycode that a browser accepts",
          "write it as location.origin shows it in a browser");
    } else {
      return true;
    }
    return false;
  }

  private @Nullable OriginPattern parsePort(
      String scheme, Leftmost leftmost, String prefix, String suffix, String host, String port) {
    if (port.isEmpty()) {
      return new OriginPattern(scheme, leftmost, prefix, suffix, host, false, "");
    }
    String digits = port.substring(1);
    if (digits.equals("*")) {
      return new OriginPattern(scheme, leftmost, prefix, suffix, host, true, "");
    }
    if (digits.isEmpty()) {
      return flaw(OriginFlaw.PORT_MISSING, "a colon stands there without a port", "drop the colon");
    }
    if (digits.indexOf('*') >= 0) {
      return flaw(
          OriginFlaw.PORT_WILDCARD,
          "its wildcard is for a part of the port",
          "write \":*\" for every port");
    }
    if (any(digits, c -> !Origin.isDigit((char) c))) {
      return flaw(
          OriginFlaw.PORT_INVALID, "its port is no number", "write a number from 1 to 65535");
    }
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      return flaw(OriginFlaw.PORT_LEADING_ZERO, "its port begins with a zero", "drop the zero");
    }
    if (digits.length() > 5 || Integer.parseInt(digits) > 65_535 || digits.equals("0")) {
      return flaw(
          OriginFlaw.PORT_OUT_OF_RANGE,
          "its port is out of range",
          "write a number from 1 to 65535");
    }
    if (Integer.parseInt(digits) == Origin.defaultPort(scheme, scheme.length())) {
      return flaw(
          OriginFlaw.PORT_DEFAULT,
          "browsers leave the default port of " + scheme + " out",
          "drop it");
    }
    return new OriginPattern(scheme, leftmost, prefix, suffix, host, false, port);
  }

  private @Nullable OriginPattern flaw(OriginFlaw found, String flawReason, String flawRemedy) {
    flaw = found;
    reason = flawReason;
    remedy = flawRemedy;
    return null;
  }

  /** Does what the remedies say, all at once; null if the result is still wrong. */
  private @Nullable String mended() {
    if (flaw == OriginFlaw.REGULAR_EXPRESSION || value.length() > MAX_MENDED) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    value
        .strip()
        .chars()
        .filter(c -> QUOTES.indexOf(c) < 0)
        .forEach(c -> text.append(c == '\\' ? '/' : Token.lower((char) c)));
    boolean isArray = text.indexOf("[") == 0 && text.indexOf("://") > 0;
    int end = isArray && text.charAt(text.length() - 1) == ']' ? text.length() - 1 : text.length();
    return mended(text.substring(isArray ? 1 : 0, end));
  }

  private @Nullable String mended(String text) {
    int schemeEnd = text.indexOf("://");
    String scheme = schemeEnd > 0 ? text.substring(0, schemeEnd) : "";
    String rest = text.substring(schemeEnd < 0 ? 0 : schemeEnd + "://".length());
    if (schemeEnd < 0) {
      // https:/host, https//host, https:host
      int end = text.startsWith("https") ? 5 : text.startsWith("http") ? 4 : 0;
      boolean isScheme = end > 0 && end < text.length() && ":/".indexOf(text.charAt(end)) >= 0;
      scheme = isScheme ? text.substring(0, end) : "";
      rest = isScheme ? text.substring(end) : text;
      while (rest.startsWith("/") || isScheme && rest.startsWith(":")) {
        rest = rest.substring(1);
      }
    }
    rest = rest.substring(0, authorityEnd(rest));
    rest = rest.substring(rest.lastIndexOf('@') + 1);
    String address = IpAddress.canonicalV6("[" + rest + "]");
    rest = address == null ? rest : address;
    int hostEnd = Origin.hostEnd(rest, 0);
    String host = mendedHost(rest.substring(0, hostEnd));
    if (host == null || isScheme(host)) {
      return null;
    }
    if (scheme.equals("ws") || scheme.isEmpty() && IpAddress.isLoopback(host)) {
      scheme = "http";
    } else if (scheme.isEmpty() || scheme.indexOf('*') >= 0 || scheme.equals("wss")) {
      scheme = "https";
    }
    String origin = scheme + "://" + host + mendedPort(scheme, rest.substring(hostEnd));
    return origin.equals(value) || new OriginPatternParser(origin).parse() == null ? null : origin;
  }

  /** Returns the origins one by one; null if something else is wrong with them. */
  private @Nullable String mendedList() {
    if (value.length() > MAX_MENDED) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i <= value.length(); i++) {
      if (i < value.length() && value.charAt(i) > ' ' && ",;|".indexOf(value.charAt(i)) < 0) {
        if (QUOTES.indexOf(value.charAt(i)) < 0) {
          part.append(value.charAt(i));
        }
      } else if (!part.isEmpty()) {
        parts.add(Text.quote(part.toString()));
        if (new OriginPatternParser(part.toString()).parse() == null) {
          return null;
        }
        part.setLength(0);
      }
    }
    return parts.size() < 2 ? null : String.join(", ", parts);
  }

  private static @Nullable String mendedHost(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf('%') >= 0 ? host.indexOf('%') : host.lastIndexOf(']');
      String address = host.substring(1, end < 0 ? host.length() : end);
      boolean isV4 = IpAddress.endsInNumber(address) && address.indexOf(':') < 0;
      return isV4 ? IpAddress.canonicalV4(address) : IpAddress.canonicalV6("[" + address + "]");
    }
    String text = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    while (text.startsWith("**")) {
      text = text.substring(1);
    }
    if (text.startsWith("*")
        && text.length() > 2
        && text.charAt(1) != '.'
        && text.charAt(1) != '-'
        && text.indexOf('.') > 0) {
      text = "*." + text.substring(1);
    }
    if (any(text, c -> c >= 128)) {
      text = Punycode.toAscii(text);
    } else if (!text.isEmpty() && IpAddress.endsInNumber(text)) {
      text = IpAddress.canonicalV4(text);
    }
    return text;
  }

  private static String mendedPort(String scheme, String port) {
    String digits = port.isEmpty() ? "" : port.substring(1);
    while (digits.length() > 1 && digits.startsWith("0")) {
      digits = digits.substring(1);
    }
    boolean isDefault = digits.equals(String.valueOf(Origin.defaultPort(scheme, scheme.length())));
    return digits.isEmpty() || isDefault ? "" : ":" + digits;
  }

  /** ASCII only: what lies beyond is for punycode. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      lower.append(Token.lower(text.charAt(i)));
    }
    return lower.toString();
  }

  public static boolean isNull(String value) {
    return value.toLowerCase(Locale.ROOT).equals("null");
  }
}

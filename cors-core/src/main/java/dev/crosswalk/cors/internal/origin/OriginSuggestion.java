package dev.crosswalk.cors.internal.origin;

import static dev.crosswalk.cors.internal.origin.OriginPatternParser.authorityEnd;
import static dev.crosswalk.cors.internal.origin.OriginPatternParser.isScheme;
import static dev.crosswalk.cors.internal.syntax.Text.any;

import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the author of an invalid origin probably meant. A suggestion never allows more than what was
 * written. If that is not certain, there is no suggestion.
 */
final class OriginSuggestion {

  /** A longer text is hardly an origin with a mistake, and nobody would read it in a message. */
  private static final int MAX_LENGTH = 4_096;

  private OriginSuggestion() {}

  /** Returns what to write instead; empty if that is not certain. */
  static List<String> of(String value, OriginFlaw flaw) {
    if (value.length() > MAX_LENGTH) {
      return List.of();
    }
    switch (flaw) {
      case SELF,
          WORD_ALL,
          WORD_TRUE,
          WORD_PLUS,
          WORD_NONE,
          PLACEHOLDER,
          NETWORK,
          LABEL_HYPHEN,
          REGULAR_EXPRESSION_ANY,
          REGULAR_EXPRESSION_LABEL,
          REGULAR_EXPRESSION_PART,
          REGULAR_EXPRESSION_ONLY -> {
        return List.of();
      }
      case REGULAR_EXPRESSION, REGULAR_EXPRESSION_WIDER -> {
        RegularExpression expression = RegularExpression.of(value);
        if (expression == null || expression.isOneLabel() || !expression.beyond().isEmpty()) {
          return List.of();
        }
        return expression.patterns();
      }
      case BRACKETS -> {
        return brackets(value);
      }
      case SCHEME_INHERITED -> {
        String page = value.substring(value.indexOf(':') + 1);
        return page.contains("://") ? of(page, OriginFlaw.PATH) : List.of();
      }
      case IPV6_BRACKETS -> {
        String authority = value.substring(value.indexOf("://") + "://".length());
        String scheme = value.substring(0, value.length() - authority.length());
        String bracketed = IpAddress.inBrackets(authority);
        return bracketed == null ? List.of() : right(scheme + bracketed);
      }
      case PORT_NEVER -> {
        return right(value.substring(0, value.lastIndexOf(':')));
      }
      case LIST -> {
        return list(value);
      }
      case WHITESPACE -> {
        String corrected = corrected(value);
        List<String> members = corrected == null ? list(value) : List.of(corrected);
        return members.size() == 1 ? members : List.of();
      }
      case JSON -> {
        return list(value.replaceAll("^\\s*\\[|]\\s*$", ""));
      }
      default -> {}
    }
    String corrected = corrected(value);
    return corrected == null ? List.of() : List.of(corrected);
  }

  private static List<String> right(String origin) {
    return OriginPatternParser.isRight(origin) ? List.of(origin) : List.of();
  }

  /** {@code https://[*].example.com} and {@code https://app.example.com:[8080,8443]} of Spring. */
  private static List<String> brackets(String value) {
    String text = value.replace("[*]", "*");
    int open = text.indexOf(":[");
    if (open == -1) {
      return right(text);
    }
    List<String> origins = new ArrayList<>();
    for (String port : text.substring(open + 2).replace("]", "").split(",")) {
      List<String> right = right(text.substring(0, open) + ":" + port.strip());
      if (right.isEmpty()) {
        return List.of();
      }
      origins.addAll(right);
    }
    return origins;
  }

  /** Corrects everything at once; null if the result is still invalid. */
  private static @Nullable String corrected(String value) {
    IntPredicate unseen = Text.unseenOf(value);
    StringBuilder text = new StringBuilder();
    Text.seen(value, unseen)
        .chars()
        .filter(c -> OriginPatternParser.QUOTES.indexOf(c) == -1)
        .forEach(c -> text.append(c == '\\' ? '/' : Token.lower((char) c)));
    while (text.length() > 0 && " ,;".indexOf(text.charAt(text.length() - 1)) != -1) {
      text.setLength(text.length() - 1);
    }
    String origin = origin(text.toString().strip());
    return origin == null || origin.equals(value) || !OriginPatternParser.isRight(origin)
        ? null
        : origin;
  }

  /** Puts the parts of an origin together as browsers write them; null if there is no host. */
  private static @Nullable String origin(String text) {
    int schemeEnd = text.indexOf("://");
    String scheme = schemeEnd == -1 ? "" : text.substring(0, schemeEnd);
    String rest = text.substring(schemeEnd == -1 ? 0 : schemeEnd + "://".length());
    if (schemeEnd == -1) {
      // https:/host, https//host, https:host
      int end = text.startsWith("https") ? 5 : text.startsWith("http") ? 4 : 0;
      boolean isScheme = end > 0 && end < text.length() && ":/".indexOf(text.charAt(end)) != -1;
      scheme = isScheme ? text.substring(0, end) : "";
      rest = isScheme ? text.substring(end) : text;
      while (rest.startsWith("/") || isScheme && rest.startsWith(":")) {
        rest = rest.substring(1);
      }
    }
    rest = rest.substring(0, authorityEnd(rest));
    rest = rest.substring(rest.lastIndexOf('@') + 1);
    String address = IpAddress.inBrackets(rest);
    rest = address == null ? rest : address;
    int hostEnd = Origin.hostEnd(rest, 0);
    String host = host(rest.substring(0, hostEnd));
    if (host == null || isScheme(host)) {
      return null;
    }
    if (scheme.equals("ws") || scheme.isEmpty() && IpAddress.isLoopback(host)) {
      scheme = "http";
    } else if (scheme.isEmpty()
        || any(scheme, c -> "*?()[]".indexOf(c) != -1)
        || scheme.equals("wss")) {
      scheme = "https";
    }
    return scheme + "://" + host + port(scheme, rest.substring(hostEnd));
  }

  /** Returns the members of a list; empty if something else is wrong with them. */
  private static List<String> list(String value) {
    List<String> members = new ArrayList<>();
    IntPredicate unseen = Text.unseenOf(value);
    StringBuilder member = new StringBuilder();
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ',';
      if (",;|".indexOf(c) < 0 && !unseen.test(c)) {
        if (OriginPatternParser.QUOTES.indexOf(c) < 0) {
          member.append(c);
        }
      } else if (member.indexOf("-") == 0 && member.length() == 1) {
        member.setLength(0); // YAML writes it in front of each member.
      } else if (!member.isEmpty()) {
        if (!OriginPatternParser.isRight(member.toString())) {
          return List.of();
        }
        members.add(member.toString());
        member.setLength(0);
      }
    }
    return members;
  }

  private static @Nullable String host(String host) {
    if (host.startsWith("[")) {
      int end = host.contains("%") ? host.indexOf('%') : host.lastIndexOf(']');
      String address = host.substring(1, end == -1 ? host.length() : end);
      boolean isV4 = IpAddress.endsInNumber(address) && !address.contains(":");
      return isV4 ? IpAddress.canonicalV4(address) : IpAddress.canonicalV6("[" + address + "]");
    }
    String text = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    while (text.startsWith("**")) {
      text = text.substring(1);
    }
    if (text.startsWith("*") && text.indexOf('.') > 1 && text.charAt(1) != '-') {
      text = "*." + text.substring(1);
    }
    if (any(text, c -> c >= 128)) {
      text = Punycode.toAscii(text);
    } else if (text.length() <= Origin.MAX_PORT_DIGITS && Origin.isDigits(text)) {
      return null; // It lacks its host, more likely than it is an address without dots.
    } else if (IpAddress.endsInNumber(text)) {
      text = IpAddress.canonicalV4(text);
    }
    return text;
  }

  private static String port(String scheme, String port) {
    String digits = port.isEmpty() ? "" : port.substring(1);
    while (digits.length() > 1 && digits.startsWith("0")) {
      digits = digits.substring(1);
    }
    boolean isDefault = digits.equals(String.valueOf(Origin.defaultPort(scheme, scheme.length())));
    return digits.isEmpty() || isDefault ? "" : ":" + digits;
  }
}

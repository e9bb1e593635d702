package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.origin.OriginPatternParser.Flawed;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host that a request is sent to, with its port or without, as {@code Host} has it (RFC 9110
 * §7.2). In any case; a dot at its end is left out, because it leads to the same server.
 *
 * @param name the host without the port
 * @param port the port behind a colon; empty if there is none
 */
public record RequestHost(String name, String port) {

  private static final int MAX_PORT_LENGTH = ":".length() + Origin.MAX_PORT_DIGITS;

  /**
   * The longest host with its last dot and a port. A longer value leads nowhere, and is not read.
   */
  public static final int MAX_LENGTH = Origin.MAX_HOST_LENGTH + ".".length() + MAX_PORT_LENGTH;

  /** Returns the parts of a text; null if it is too long, or has a colon and then no port. */
  public static @Nullable RequestHost of(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    int colon = text.indexOf(':', text.lastIndexOf(']') + 1);
    String port = colon == -1 ? "" : text.substring(colon);
    if (colon != -1
        && (port.length() < 2
            || port.length() > MAX_PORT_LENGTH
            || !Origin.isDigits(port.substring(1)))) {
      return null;
    }
    String name = colon == -1 ? text : text.substring(0, colon);
    int length = name.length();
    return new RequestHost(name.endsWith(".") ? name.substring(0, length - 1) : name, port);
  }

  /**
   * Returns the host of a text, with its port, in lower case and without a dot at its end; null if
   * it has no parts. Makes no object of what is written so.
   */
  public static @Nullable String normalized(String text) {
    if (isNormalized(text)) {
      return text;
    }
    RequestHost host = of(text);
    return host == null ? null : Token.lower(host.name + host.port);
  }

  private static boolean isNormalized(String text) {
    if (text.length() > MAX_LENGTH || text.endsWith(".")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' || c != Token.lower(c)) {
        return false;
      }
    }
    return true;
  }

  /** Whether browsers send a host: one that an origin can have, too, in any case. */
  public static boolean isSent(String text) {
    return parsed(text) instanceof Parsed parsed && parsed.pattern().isExact();
  }

  /** Whether there is a port that browsers leave out: 80 for http, or 443 for https. */
  public static boolean hasDefaultPort(String text) {
    RequestHost host = of(text);
    return host != null
        && (host.port.equals(":80") || host.port.equals(":443"))
        && isSent(host.name);
  }

  /** Returns the hosts that were probably meant, on no more ports; empty if that is not certain. */
  public static List<String> suggestions(String text) {
    int scheme = text.indexOf("://");
    if (scheme != -1) {
      String host = Token.lower(text.substring(scheme + "://".length()));
      boolean isHost = isSent(host) && !hasDefaultPort(host);
      return isHost ? List.of(host) : suggestions(host);
    }
    RequestHost written = of(text);
    String port = written == null ? "" : written.port;
    return parsed(text) instanceof Flawed flawed
        ? flawed.suggestions().stream()
            .map(origin -> origin.replace("http://", ""))
            .filter(host -> isSent(host) && host.endsWith(port))
            .toList()
        : List.of();
  }

  private static OriginPatternParser.Result parsed(String text) {
    return OriginPatternParser.parse("http://" + Token.lower(text));
  }
}

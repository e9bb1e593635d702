package dev.crosswalk.cors.internal.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** IP addresses in the form in which browsers write them. */
public final class IpAddress {

  private IpAddress() {}

  /**
   * Returns an IPv6 address in brackets as the URL standard <a
   * href="https://url.spec.whatwg.org/#concept-ipv6-serializer">serializes</a> it, or null if it is
   * none.
   */
  static @Nullable String canonicalV6(String bracketed) {
    for (int i = 1; i < bracketed.length() - 1; i++) {
      char c = bracketed.charAt(i);
      if (!HexFormat.isHexDigit(c) && c != ':' && c != '.') {
        return null;
      }
    }
    if (bracketed.length() < "[::]".length()
        || !bracketed.contains(":")
        || bracketed.charAt(bracketed.length() - 1) != ']') {
      return null;
    }
    byte[] address;
    try {
      // The JDK never looks up a name in brackets: it parses it or throws.
      address = InetAddress.getByName(bracketed).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
    int[] pieces = new int[8];
    if (address.length == 4) {
      // The JDK makes an IPv4 address of a mapped one (::ffff:0:0/96). Browsers do not.
      pieces[5] = 0xFFFF;
    }
    int offset = pieces.length - address.length / 2;
    for (int i = 0; i < address.length; i += 2) {
      pieces[offset + i / 2] = (address[i] & 0xFF) << 8 | address[i + 1] & 0xFF;
    }
    return serialize(pieces);
  }

  /** Whether a host, with a port or without, is an IPv6 address that lacks its brackets. */
  static boolean isWithoutBrackets(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon != authority.indexOf(':')
        && (canonicalV6("[" + authority + "]") != null || withPort(authority, colon) != null);
  }

  /**
   * Returns an IPv6 address that lacks its brackets with them, and with its port if it has one.
   * Null if it is none, or if the last number can be of the address as well as the port.
   */
  static @Nullable String inBrackets(String authority) {
    int colon = authority.lastIndexOf(':');
    String address = canonicalV6("[" + authority + "]");
    String withPort = withPort(authority, colon);
    // Behind ::1 it is a port: nobody has the addresses from ::1:0 to ::1:ffff.
    if (address == null || withPort != null && withPort.startsWith("[::1]:")) {
      return withPort;
    }
    return withPort == null ? address : null;
  }

  private static @Nullable String withPort(String authority, int colon) {
    if (colon == -1) {
      return null;
    }
    String port = authority.substring(colon + 1);
    String address =
        Origin.isPort(port) ? canonicalV6("[" + authority.substring(0, colon) + "]") : null;
    return address == null ? null : address + ":" + port;
  }

  /**
   * Whether the characters from {@code from} to {@code to} are an IPv6 address in brackets as
   * {@link #canonicalV6} writes it. Makes no object, because anyone can send such values.
   */
  static boolean isCanonicalV6(String value, int from, int to) {
    int end = to - 1;
    if (to - from < "[::]".length() || value.charAt(from) != '[' || value.charAt(end) != ']') {
      return false;
    }
    int pieces = 0;
    int zeros = 0; // In a row, up to here.
    int mostZeros = 0; // In a row, since the :: if there was one.
    int mostZerosBefore = 0;
    int at = from + 1;
    boolean compressed = value.startsWith("::", at);
    boolean behindCompressed = compressed;
    if (compressed) {
      at += 2;
    }
    while (at < end) {
      int piece = at;
      while (isLowerHexDigit(value.charAt(at))) {
        at++;
      }
      boolean zero = value.charAt(piece) == '0';
      if (at == piece || at - piece > (zero ? 1 : 4) || zero && behindCompressed) {
        return false;
      }
      pieces++;
      zeros = zero ? zeros + 1 : 0;
      mostZeros = Math.max(mostZeros, zeros);
      behindCompressed = false;
      if (at == end) {
        break;
      }
      if (value.charAt(at) != ':' || ++at == end) {
        return false;
      }
      if (value.charAt(at) == ':') {
        if (compressed || zeros > 0) {
          return false;
        }
        compressed = true;
        behindCompressed = true;
        mostZerosBefore = mostZeros;
        mostZeros = 0;
        at++;
      }
    }
    // The :: replaces the longest run of zeros, the first if there are several, and never a single
    // one.
    int left = 8 - pieces;
    return compressed
        ? left > 1 && mostZerosBefore < left && mostZeros <= left
        : left == 0 && mostZeros < 2;
  }

  private static boolean isLowerHexDigit(char c) {
    return Origin.isDigit(c) || c >= 'a' && c <= 'f';
  }

  private static String serialize(int[] pieces) {
    int zeros = -1;
    int zerosEnd = -1;
    for (int i = 0; i < pieces.length; i++) {
      int end = i;
      while (end < pieces.length && pieces[end] == 0) {
        end++;
      }
      if (end - i > 1 && end - i > zerosEnd - zeros) {
        zeros = i;
        zerosEnd = end;
      }
      i = Math.max(i, end - 1);
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < pieces.length; i++) {
      if (i == zeros) {
        text.append("::");
        i = zerosEnd - 1;
        continue;
      }
      if (i > 0 && i != zerosEnd) {
        text.append(':');
      }
      text.append(Integer.toHexString(pieces[i]));
    }
    return text.append(']').toString();
  }

  /**
   * Whether a host <a href="https://url.spec.whatwg.org/#ends-in-a-number-checker">ends in a
   * number</a>, so that browsers take it for an IPv4 address or refuse it.
   */
  public static boolean endsInNumber(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return !last.isEmpty() && (Origin.isDigits(last) || last.startsWith("0x") && parse(last) >= 0);
  }

  /**
   * Returns an IPv4 address as browsers serialize it, from any form that the <a
   * href="https://url.spec.whatwg.org/#concept-ipv4-parser">URL standard</a> reads, or null if it
   * is none.
   */
  static @Nullable String canonicalV4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long number = parse(parts[i]);
      boolean last = i == parts.length - 1;
      long limit = last ? 1L << 8 * (5 - parts.length) : 256;
      if (number < 0 || number >= limit) {
        return null;
      }
      address += last ? number : number << 8 * (3 - i);
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static long parse(String part) {
    boolean hex = part.startsWith("0x");
    boolean octal = !hex && part.length() > 1 && part.startsWith("0");
    String digits = hex ? part.substring(2) : part;
    // The JDK takes a plus sign for a part of a number.
    if (part.isEmpty() || digits.length() > 12 || digits.startsWith("+")) {
      return -1;
    }
    try {
      return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, hex ? 16 : octal ? 8 : 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Whether a host is one's own machine: by name (RFC 6761 §6.3) or by address. Servers print
   * {@code 0.0.0.0} as theirs, and some browsers open it.
   */
  public static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.equals("0.0.0.0")
        || host.startsWith("127.") && endsInNumber(host);
  }

  /**
   * Returns what a person calls a network such as {@code 192.168.1.*}, by RFC 1918, 1122 and 4193.
   */
  static String kindOfNetwork(String text) {
    String network = text.substring(text.indexOf("://") == -1 ? 0 : text.indexOf("://") + 3);
    String v6 = network.startsWith("[") ? network.substring(1) : network;
    if (v6.indexOf(':') == 4 && (v6.startsWith("fc") || v6.startsWith("fd"))) {
      return "a private network";
    }
    String[] numbers = network.split("[./]");
    String second = numbers.length > 1 ? numbers[1] : "";
    boolean from16To31 =
        second.length() == 2 && second.compareTo("16") >= 0 && second.compareTo("31") <= 0;
    return switch (numbers[0]) {
      case "10" -> "a private network";
      case "127" -> "the user's own machine";
      case "192" -> second.equals("168") ? "a private network" : "a network";
      case "172" -> from16To31 ? "a private network" : "a network";
      default -> "a network";
    };
  }
}

package dev.crosswalk.cors.tck.url;

import java.math.BigInteger;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host of a URL in its canonical form: what an origin is compared by.
 *
 * <p>{@code java.net.IDN} is not used: it implements IDNA 2003, which turns ß into ss, where
 * browsers follow UTS #46. {@code java.net.InetAddress} is not used either: it would ask the
 * network.
 *
 * @see <a href="https://url.spec.whatwg.org/#host-parsing">URL: host parsing</a>
 */
public final class Host {

  private static final String FORBIDDEN_HOST_CODE_POINTS = "\0\t\n\r #/:<>?@[\\]^|";
  private static final int IPV6_PIECES = 8;

  private Host() {}

  /**
   * Parses the host of a URL.
   *
   * @param input as it is in the URL
   * @param special whether the URL's scheme is special; any other host is opaque
   * @return the canonical host, an IPv6 address in brackets; empty on failure
   */
  static Optional<String> parse(String input, boolean special) {
    if (input.startsWith("[")) {
      return input.endsWith("]")
          ? parseIpv6(input.substring(1, input.length() - 1)).map(pieces -> serialize(pieces))
          : Optional.empty();
    }
    if (!special) {
      return input.chars().anyMatch(c -> FORBIDDEN_HOST_CODE_POINTS.indexOf(c) >= 0)
          ? Optional.empty()
          : Optional.of(PercentEncoding.encode(input, ""));
    }
    return PercentEncoding.decode(input)
        .flatMap(Host::domainToAscii)
        .filter(domain -> domain.chars().noneMatch(Host::isForbiddenInDomain))
        .flatMap(domain -> endsInNumber(domain) ? parseIpv4(domain) : Optional.of(domain));
  }

  /** Whether a canonical host is an address rather than a domain: then it has no subdomains. */
  public static boolean isAddress(String host) {
    return host.startsWith("[") || endsInNumber(host);
  }

  /**
   * Whether a canonical host is {@code localhost} or a name under it, which is this machine's
   * whatever DNS says (RFC 6761, section 6.3). A dot at the end changes nothing.
   */
  public static boolean isLocalhost(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  /** Whether a canonical host is this machine's own, by its name or by its address. */
  public static boolean isLoopback(String host) {
    return isLocalhost(host)
        || host.equals("[::1]")
        || (host.startsWith("127.") && isAddress(host));
  }

  private static boolean isForbiddenInDomain(int c) {
    return c < 0x20 || c == '%' || c == 0x7F || FORBIDDEN_HOST_CODE_POINTS.indexOf(c) >= 0;
  }

  // https://url.spec.whatwg.org/#concept-domain-to-ascii. The mapping of UTS #46 is approximated by
  // NFKC and lower case, which agree with it but for rare code points, and the rule on mixed
  // directions of writing (RFC 5893) is left out; no CORS rule turns on either.
  private static Optional<String> domainToAscii(String domain) {
    // Whatever its Punycode would decode to: sites depend on it.
    if (!domain.isEmpty() && domain.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(Bytes.lowerCase(domain));
    }
    List<String> labels = new ArrayList<>();
    for (String label : map(domain).split("\\.", -1)) {
      boolean ascii = label.chars().allMatch(c -> c < 0x80);
      if (ascii ? isValidAscii(label) : isValidLabel(label) && !label.startsWith("xn--")) {
        labels.add(ascii ? label : "xn--" + Punycode.encode(label));
      } else {
        return Optional.empty();
      }
    }
    String ascii = String.join(".", labels);
    return ascii.isEmpty() ? Optional.empty() : Optional.of(ascii);
  }

  private static String map(String domain) {
    StringBuilder mapped = new StringBuilder();
    domain
        .codePoints()
        .filter(c -> !isIgnored(c))
        .forEach(
            c -> {
              switch (c) {
                case 0x3002, 0xFF0E, 0xFF61 -> mapped.append('.');
                case 0x130 -> mapped.append("i\u0307");
                default -> mapped.appendCodePoint(Character.toLowerCase(c));
              }
            });
    // NFKC may yield capitals once more, as of circled letters.
    StringBuilder lower = new StringBuilder();
    Normalizer.normalize(mapped, Normalizer.Form.NFKC)
        .codePoints()
        .map(Character::toLowerCase)
        .forEach(lower::appendCodePoint);
    return Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  /** A label that claims to be Punycode must be that of a label which needs it. */
  private static boolean isValidAscii(String label) {
    if (!label.startsWith("xn--")) {
      return true;
    }
    return Punycode.decode(label.substring(4))
        .filter(decoded -> decoded.chars().anyMatch(c -> c >= 0x80))
        .filter(decoded -> decoded.equals(map(decoded)) && isValidLabel(decoded))
        .isPresent();
  }

  // UTS #46, section 4: code points that are mapped to nothing.
  private static boolean isIgnored(int c) {
    return c == 0xAD
        || c == 0x34F
        || c == 0x200B
        || c == 0x2060
        || c == 0x2064
        || (c >= 0x206A && c <= 0x206F)
        || c == 0xFEFF
        || (c >= 0x180B && c <= 0x180F)
        || (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF);
  }

  // UTS #46, section 4.1: a label must not begin with a mark, nor hold what is not a character.
  private static boolean isValidLabel(String label) {
    int type = Character.getType(label.codePointAt(0));
    boolean beginsWithMark =
        type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || type == Character.ENCLOSING_MARK;
    return !beginsWithMark
        && label.length() <= Punycode.MAX_LABEL
        && label.codePoints().noneMatch(Host::isDisallowed);
  }

  private static boolean isDisallowed(int c) {
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          true;
      default -> c == 0xFFFD;
    };
  }

  /** {@code https://url.spec.whatwg.org/#ends-in-a-number-checker}. */
  private static boolean endsInNumber(String domain) {
    String[] parts = domain.split("\\.", -1);
    int last = parts.length - 1;
    if (parts[last].isEmpty()) {
      if (last == 0) {
        return false;
      }
      last--;
    }
    return Bytes.isDigits(parts[last]) || parseIpv4Number(parts[last]).isPresent();
  }

  /** {@code https://url.spec.whatwg.org/#concept-ipv4-parser}. */
  private static Optional<String> parseIpv4(String domain) {
    List<String> parts = new ArrayList<>(List.of(domain.split("\\.", -1)));
    if (parts.get(parts.size() - 1).isEmpty() && parts.size() > 1) {
      parts.remove(parts.size() - 1);
    }
    if (parts.size() > 4) {
      return Optional.empty();
    }
    BigInteger address = BigInteger.ZERO;
    for (int i = 0; i < parts.size(); i++) {
      Optional<BigInteger> number = parseIpv4Number(parts.get(i));
      // The last number fills all the bytes that are left.
      int bytes = i < parts.size() - 1 ? 1 : 4 - i;
      if (number.isEmpty() || number.get().bitLength() > 8 * bytes) {
        return Optional.empty();
      }
      address = address.shiftLeft(8 * bytes).or(number.get());
    }
    long bits = address.longValueExact();
    return Optional.of(
        (bits >> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255));
  }

  /** {@code https://url.spec.whatwg.org/#ipv4-number-parser}. */
  private static Optional<BigInteger> parseIpv4Number(String input) {
    if (input.isEmpty()) {
      return Optional.empty();
    }
    int radix = 10;
    String digits = input;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      radix = 16;
      digits = digits.substring(2);
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      radix = 8;
      digits = digits.substring(1);
    }
    if (digits.isEmpty()) {
      return Optional.of(BigInteger.ZERO);
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) >= 0x80 || Character.digit(digits.charAt(i), radix) < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new BigInteger(digits, radix));
  }

  /** {@code https://url.spec.whatwg.org/#concept-ipv6-parser}. */
  private static Optional<int[]> parseIpv6(String input) {
    int[] pieces = new int[IPV6_PIECES];
    int piece = 0;
    int compress = -1;
    int i = 0;
    if (input.startsWith(":")) {
      if (!input.startsWith("::")) {
        return Optional.empty();
      }
      i = 2;
      compress = ++piece;
    }
    while (i < input.length()) {
      if (piece == IPV6_PIECES) {
        return Optional.empty();
      }
      if (input.charAt(i) == ':') {
        if (compress >= 0) {
          return Optional.empty();
        }
        i++;
        compress = ++piece;
        continue;
      }
      int start = i;
      int value = 0;
      while (i < input.length() && i - start < 4 && Bytes.isHexDigit(input.charAt(i))) {
        value = value * 16 + Character.digit(input.charAt(i++), 16);
      }
      if (i < input.length() && input.charAt(i) == '.') {
        if (i == start || piece > IPV6_PIECES - 2) {
          return Optional.empty();
        }
        int[] last = embeddedIpv4(input.substring(start));
        if (last.length == 0) {
          return Optional.empty();
        }
        pieces[piece++] = last[0];
        pieces[piece++] = last[1];
        break;
      }
      if (i < input.length()) {
        if (input.charAt(i) != ':' || i + 1 == input.length()) {
          return Optional.empty();
        }
        i++;
      }
      pieces[piece++] = value;
    }
    if (compress >= 0) {
      int[] expanded = new int[IPV6_PIECES];
      System.arraycopy(pieces, 0, expanded, 0, compress);
      int tail = piece - compress;
      System.arraycopy(pieces, compress, expanded, IPV6_PIECES - tail, tail);
      return Optional.of(expanded);
    }
    return piece == IPV6_PIECES ? Optional.of(pieces) : Optional.empty();
  }

  /** Four decimal numbers of at most 255 without leading zeros, as two pieces; none on failure. */
  private static int[] embeddedIpv4(String input) {
    String[] parts = input.split("\\.", -1);
    if (parts.length != 4) {
      return new int[0];
    }
    int[] numbers = new int[4];
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      if (!Bytes.isDigits(part)
          || part.length() > 3
          || (part.length() > 1 && part.startsWith("0"))
          || Integer.parseInt(part) > 255) {
        return new int[0];
      }
      numbers[i] = Integer.parseInt(part);
    }
    return new int[] {numbers[0] << 8 | numbers[1], numbers[2] << 8 | numbers[3]};
  }

  /**
   * {@code https://url.spec.whatwg.org/#concept-ipv6-serializer}: the longest run of zeros goes.
   */
  private static String serialize(int[] pieces) {
    int longestStart = -1;
    int longestLength = 1;
    for (int i = 0; i < IPV6_PIECES; i++) {
      int end = i;
      while (end < IPV6_PIECES && pieces[end] == 0) {
        end++;
      }
      if (end - i > longestLength) {
        longestStart = i;
        longestLength = end - i;
      }
      i = end;
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < IPV6_PIECES; i++) {
      if (i == longestStart) {
        text.append(i == 0 ? "::" : ":");
        i += longestLength - 1;
        continue;
      }
      text.append(Integer.toHexString(pieces[i]));
      if (i < IPV6_PIECES - 1) {
        text.append(':');
      }
    }
    return text.append(']').toString();
  }
}

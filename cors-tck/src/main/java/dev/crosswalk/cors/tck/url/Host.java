package dev.crosswalk.cors.tck.url;

import com.ibm.icu.text.IDNA;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** No host name is longer than 253 bytes, and Punycode takes the square of its length. */
  private static final int MAX_DOMAIN = 1_024;

  /** What UTS #46 calls CheckHyphens and VerifyDnsLength, which browsers leave out. */
  private static final Set<IDNA.Error> NOT_STRICT =
      EnumSet.of(
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG,
          IDNA.Error.LEADING_HYPHEN,
          IDNA.Error.TRAILING_HYPHEN,
          IDNA.Error.HYPHEN_3_4);

  /** Loaded with the first domain beyond ASCII, since its tables take a tenth of a second. */
  private static final class Mapping {
    private static final IDNA UTS_46 =
        IDNA.getUTS46Instance(
            IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.NONTRANSITIONAL_TO_ASCII);
  }

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

  /** {@code https://url.spec.whatwg.org/#concept-domain-to-ascii}, with beStrict false. */
  private static Optional<String> domainToAscii(String domain) {
    // Whatever its Punycode would decode to: sites depend on it.
    if (!domain.isEmpty() && domain.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(Bytes.lowerCase(domain));
    }
    StringBuilder ascii = new StringBuilder();
    IDNA.Info info = new IDNA.Info();
    if (domain.length() <= MAX_DOMAIN) {
      Mapping.UTS_46.nameToASCII(domain, ascii, info);
    }
    return ascii.isEmpty() || !NOT_STRICT.containsAll(info.getErrors())
        ? Optional.empty()
        : Optional.of(ascii.toString());
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

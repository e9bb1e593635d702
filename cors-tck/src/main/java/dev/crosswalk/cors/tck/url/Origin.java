package dev.crosswalk.cors.tck.url;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An origin: a tuple, or opaque. An opaque origin is same origin with itself and nothing else, and
 * every one of them is serialized as {@code null}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#concept-origin">HTML:
 *     origin</a>
 */
public sealed interface Origin {

  /**
   * Public suffixes of more than one label that are met in tests and in messages. A last label is
   * always taken for one. The whole list is not needed here: same-site decides {@code
   * Sec-Fetch-Site} and {@code Cross-Origin-Resource-Policy}, and no step of the CORS protocol.
   */
  Set<String> SOME_PUBLIC_SUFFIXES =
      Set.of("co.uk", "com.au", "co.jp", "github.io", "herokuapp.com", "pages.dev", "vercel.app");

  /**
   * {@code https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin}
   */
  String serialize();

  /** {@code https://html.spec.whatwg.org/multipage/browsers.html#same-origin}. */
  default boolean isSameOrigin(Origin other) {
    return equals(other);
  }

  /**
   * {@code https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site}.
   *
   * @param publicSuffixes those of several labels; a last label is always one
   */
  boolean isSchemelesslySameSite(Origin other, Set<String> publicSuffixes);

  /** {@code https://html.spec.whatwg.org/multipage/browsers.html#same-site}. */
  boolean isSameSite(Origin other, Set<String> publicSuffixes);

  /**
   * {@code https://html.spec.whatwg.org/multipage/browsers.html#obtain-a-site}, as a text that is
   * equal for origins of the same site.
   *
   * @param publicSuffixes those of several labels; a last label is always one
   */
  String site(Set<String> publicSuffixes);

  /** An origin of its own, as a sandboxed frame has. */
  static Origin opaque() {
    return new Opaque();
  }

  /**
   * Reads what a browser would serialize, also of schemes that the URL standard does not know
   * ({@code chrome-extension://id}); a tuple is taken as it is, without repair.
   *
   * @throws IllegalArgumentException if it is neither {@code null} nor {@code scheme://host[:port]}
   */
  static Origin of(String serialized) {
    if (serialized.equals("null")) {
      return opaque();
    }
    int separator = serialized.indexOf("://");
    String authority = separator < 1 ? "" : serialized.substring(separator + 3);
    if (authority.isEmpty() || authority.chars().anyMatch(c -> "/?#@ ,".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "not an origin, which is null or looks like https://app.example:8443: " + serialized);
    }
    String scheme = serialized.substring(0, separator);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String port = hasPort ? authority.substring(colon + 1) : "";
    if (hasPort
        && (!Bytes.isDigits(port) || port.length() > 5 || Integer.parseInt(port) > 65_535)) {
      throw new IllegalArgumentException(
          "the port of an origin is a number below 65536: " + serialized);
    }
    return new Tuple(
        scheme,
        hasPort ? authority.substring(0, colon) : authority,
        hasPort ? Integer.parseInt(port) : -1);
  }

  /**
   * Says whether a value matches {@code origin-or-null}, the grammar of what a browser generates.
   * Real browsers also send hosts with an underscore or a final dot, which do not match it.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#origin-header">Fetch: Origin header</a>
   */
  static boolean isOriginOrNull(String value) {
    Matcher origin = Grammar.SERIALIZED_ORIGIN.matcher(value);
    if (!origin.matches()) {
      return value.equals("null");
    }
    String address = origin.group("ipv6");
    return address == null
        || !address.contains("::")
        || Stream.of(address.split(":")).filter(group -> !group.isEmpty()).count()
            <= Grammar.GROUPS_BESIDE_GAP;
  }

  /**
   * A tuple origin.
   *
   * @param port -1 if it is the default of the scheme
   */
  record Tuple(String scheme, String host, int port) implements Origin {

    @Override
    public String serialize() {
      return scheme + "://" + host + (port < 0 ? "" : ":" + port);
    }

    @Override
    public boolean isSchemelesslySameSite(Origin other, Set<String> publicSuffixes) {
      return other instanceof Tuple tuple
          && (host.equals(tuple.host)
              || (!Host.isAddress(host)
                  && !Host.isAddress(tuple.host)
                  && !registrableDomain(host, publicSuffixes).isEmpty()
                  && registrableDomain(host, publicSuffixes)
                      .equals(registrableDomain(tuple.host, publicSuffixes))));
    }

    @Override
    public boolean isSameSite(Origin other, Set<String> publicSuffixes) {
      return other instanceof Tuple tuple
          && scheme.equals(tuple.scheme)
          && isSchemelesslySameSite(other, publicSuffixes);
    }

    @Override
    public String site(Set<String> publicSuffixes) {
      String domain = Host.isAddress(host) ? "" : registrableDomain(host, publicSuffixes);
      return scheme + "://" + (domain.isEmpty() ? host : domain);
    }

    /**
     * {@code https://url.spec.whatwg.org/#host-registrable-domain}: the public suffix and one label
     * more; empty if the host is itself a public suffix. A final dot stays: {@code a.example} and
     * {@code a.example.} are different sites.
     */
    private static String registrableDomain(String host, Set<String> publicSuffixes) {
      if (host.endsWith(".")) {
        String domain = registrableDomain(host.substring(0, host.length() - 1), publicSuffixes);
        return domain.isEmpty() ? "" : domain + ".";
      }
      String[] labels = host.split("\\.", -1);
      int suffix = labels.length - 1;
      for (int i = 0; i < labels.length - 1; i++) {
        if (publicSuffixes.contains(tail(labels, i))) {
          suffix = i;
          break;
        }
      }
      return suffix <= 0 ? "" : tail(labels, suffix - 1);
    }

    private static String tail(String[] labels, int from) {
      StringBuilder tail = new StringBuilder(labels[from]);
      for (int i = from + 1; i < labels.length; i++) {
        tail.append('.').append(labels[i]);
      }
      return tail.toString();
    }

    @Override
    public String toString() {
      return serialize();
    }
  }

  /** An opaque origin. Not a record: each is equal to itself alone. */
  final class Opaque implements Origin {

    private Opaque() {}

    @Override
    public String serialize() {
      return "null";
    }

    @Override
    public boolean isSchemelesslySameSite(Origin other, Set<String> publicSuffixes) {
      return isSameSite(other, publicSuffixes);
    }

    @Override
    public boolean isSameSite(Origin other, Set<String> publicSuffixes) {
      return this == other;
    }

    @Override
    public String site(Set<String> publicSuffixes) {
      return "null@" + Integer.toHexString(System.identityHashCode(this));
    }

    @Override
    public String toString() {
      return "null (opaque)";
    }
  }

  /** {@code serialized-origin} and its parts, as Fetch writes them. */
  final class Grammar {

    /** A gap stands for two of the eight groups or more. */
    private static final int GROUPS_BESIDE_GAP = 6;

    private static final String LABEL = "(?!-)[a-z0-9-]++(?<!-)";
    private static final String GROUP = "(?:0|[1-9a-f][0-9a-f]{0,3})";
    private static final String GROUPS = "(?:" + GROUP + "(?::" + GROUP + "){0,5})?";

    // serialized-ipv4 is not asked for: whatever matches it matches serialized-domain.
    private static final Pattern SERIALIZED_ORIGIN =
        Pattern.compile(
            "[a-z][a-z0-9+.-]*+://(?:%1$s(?:\\.%1$s)*+|\\[(?<ipv6>%2$s(?::%2$s){7}|%3$s::%3$s)])(?::[0-9]{1,5})?"
                .formatted(LABEL, GROUP, GROUPS));

    private Grammar() {}
  }
}

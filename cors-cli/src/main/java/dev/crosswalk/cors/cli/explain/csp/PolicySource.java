package dev.crosswalk.cors.cli.explain.csp;

import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source of a Content Security Policy that is a host or a scheme, and which URLs it stands for.
 *
 * @param written as the policy has it
 * @param scheme without its colon; empty if it has none
 * @param host empty if it is a scheme alone
 * @param port empty if it has none
 * @param path empty if it has none
 * @see <a href="https://www.w3.org/TR/CSP3/#match-url-to-source-expression">CSP 3, section
 *     6.7.2.8</a>
 */
public record PolicySource(String written, String scheme, String host, String port, String path) {

  private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]{0,30}):");

  private static final Pattern HOST =
      Pattern.compile(
          "(?:([a-z][a-z0-9+.-]{0,30})://)?(\\*|(?:\\*\\.)?[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63}){0,8})"
              + "(?::([0-9]{1,5}|\\*))?(/[^\\s?#]{0,500})?");

  private static final List<String> WEB = List.of("http", "https", "ws", "wss");

  /** Reads a source; empty if it is a keyword, a nonce or a hash. */
  public static Optional<PolicySource> of(String source) {
    String written = source.toLowerCase(Locale.ROOT);
    Matcher scheme = SCHEME.matcher(written);
    if (scheme.matches()) {
      return Optional.of(new PolicySource(written, scheme.group(1), "", "", ""));
    }
    Matcher host = HOST.matcher(written);
    return host.matches()
        ? Optional.of(
            new PolicySource(
                written,
                host.group(1) == null ? "" : host.group(1),
                host.group(2),
                host.group(3) == null ? "" : host.group(3),
                host.group(4) == null ? "" : host.group(4)))
        : Optional.empty();
  }

  /** Whether a policy with one of these sources lets a page load a URL. */
  static boolean anyAllows(List<String> sources, String asked) {
    return sources.stream().flatMap(each -> of(each).stream()).anyMatch(each -> each.allows(asked));
  }

  /** Whether it stands for a URL of the web. */
  public boolean allows(String asked) {
    Optional<Url> read = Url.parse(asked).filter(url -> WEB.contains(url.scheme()));
    return read.filter(url -> hasScheme(url) && (host.isEmpty() || hasPlace(url))).isPresent();
  }

  private boolean hasPlace(Url url) {
    return hasHost(url) && hasPort(url) && hasPath(url);
  }

  /** A source without a scheme has that of the page, which is usually on https. */
  private boolean hasScheme(Url url) {
    String of = url.scheme();
    return switch (scheme) {
      case "" -> of.equals("https") || of.equals("wss") || host.equals("*") && of.equals("http");
      case "http" -> of.equals("http") || of.equals("https");
      case "ws" -> of.equals("ws") || of.equals("wss");
      default -> of.equals(scheme);
    };
  }

  private boolean hasHost(Url url) {
    String of = String.valueOf(url.host());
    return host.equals("*")
        || host.equals(of)
        || host.startsWith("*.") && of.endsWith(host.substring(1));
  }

  private boolean hasPort(Url url) {
    boolean usual = url.effectivePort() == 443 || url.effectivePort() == 80 && !isSecure();
    return port.equals("*")
        || host.equals("*")
        || (port.isEmpty() ? usual : port.equals(String.valueOf(url.effectivePort())));
  }

  private boolean isSecure() {
    return scheme.equals("https") || scheme.equals("wss");
  }

  private boolean hasPath(Url url) {
    return path.isEmpty()
        || path.equals("/")
        || (path.endsWith("/")
            ? url.path().toLowerCase(Locale.ROOT).startsWith(path)
            : url.path().toLowerCase(Locale.ROOT).equals(path));
  }

  /**
   * The same source for all that is below its path, where a star at the end is meant to say that. A
   * star counts in the host and as the port only.
   *
   * @return empty if that would not stand for the URL either
   */
  Optional<String> withoutStar(String asked) {
    return path.endsWith("/*")
        ? of(written.substring(0, written.length() - 1))
            .filter(each -> each.allows(asked))
            .map(PolicySource::written)
        : Optional.empty();
  }

  /** Why it does not stand for a URL that it seems to; empty if it is about another host. */
  Optional<String> misses(String asked) {
    return Url.parse(asked)
        .filter(url -> !host.isEmpty() && !allows(asked))
        .flatMap(this::difference);
  }

  private Optional<String> difference(Url url) {
    if (host.equals("*." + url.host())) {
      return Optional.of(written + " matches the names in front of that host, and not for itself.");
    }
    if (!hasHost(url) || host.equals("*")) {
      return Optional.empty();
    }
    if (!hasPort(url)) {
      return Optional.of(
          port.isEmpty()
              ? written + " has no port, so it means the usual one alone (443, or 80)."
              : written + " has another port than the URL.");
    }
    if (!hasPath(url) && url.path().toLowerCase(Locale.ROOT).startsWith(path + "/")) {
      return Optional.of(
          written + " matches that one path: with a slash at its end it matches all below it.");
    }
    return Optional.empty();
  }
}

package dev.crosswalk.cors.cli.remedy.redirect;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A redirect, and what its two URLs tell of it.
 *
 * @param from the URL that redirects
 * @param to where it leads
 */
public record Redirect(Url from, Url to) {

  private static final Pattern ERROR_PAGE =
      Pattern.compile(
          "/(?:[45]\\d\\d|errors?|denied|access-?denied|forbidden|unauthori[sz]ed|blocked"
              + "|not-?found|maintenance|unavailable)(?:\\.[a-z]{2,5})?/?$");

  private static final String OTHER_PATH = "The path differs.";

  /** Empty if one of the two is not a URL. */
  static Optional<Redirect> of(String from, String to) {
    return Url.parse(from)
        .flatMap(asked -> Url.parse(to).map(target -> new Redirect(asked, target)));
  }

  boolean isOfSameHost() {
    return String.valueOf(from.host()).equals(String.valueOf(to.host()));
  }

  /** What differs, as a sentence. */
  public String difference() {
    boolean sameHost = isOfSameHost();
    if (sameHost && from.path().equals(to.path()) && !from.scheme().equals(to.scheme())) {
      boolean usual = from.port() < 0 && to.port() < 0;
      return isOfSamePort()
          ? "Only the scheme differs, and not the port: one port seldom speaks both, so correct the"
              + " redirect, or remove it. If the server has a port for TLS, request that."
          : usual ? "Only the scheme differs." : "Only the scheme and the port differ.";
    }
    if (isToOtherPort() && !isPortLost()) {
      return from.path().equals(to.path()) ? "Only the port differs." : "The port differs.";
    }
    if (sameHost && (from.path() + "/").equals(to.path())) {
      return "Only the slash at the end is missing.";
    }
    if (sameHost && (to.path() + "/").equals(from.path())) {
      return "There is an extra slash at the end.";
    }
    if (sameHost && from.path().equals(to.path())) {
      return "Both URLs look alike here. In the network panel, compare the whole Location with the request's"
          + " URL: http and https, a slash at the end, the host.";
    }
    if (sameHost && Bytes.equalIgnoringCase(from.path(), to.path())) {
      return "Upper and lower case differ in the path.";
    }
    return sameHost ? OTHER_PATH : "The host differs.";
  }

  /** Then what the redirect names is usually nothing that answers. */
  public boolean isOfSamePort() {
    return !from.scheme().equals(to.scheme()) && from.effectivePort() == to.effectivePort();
  }

  /** Whether the port of the origin differs, and nothing else of it. */
  boolean isToOtherPort() {
    return isOfSameHost()
        && from.scheme().equals(to.scheme())
        && from.effectivePort() != to.effectivePort();
  }

  /** Whether the port of the first URL is not in the second. */
  boolean isPortLost() {
    return isToOtherPort() && to.effectivePort() == (to.scheme().equals("https") ? 443 : 80);
  }

  /** Whether it leads from https to http of the same host. */
  boolean isDowngrade() {
    return from.scheme().equals("https") && to.scheme().equals("http") && isOfSameHost();
  }

  /** Whether a page of https may ask for the first URL, and not for the second. */
  boolean isToMixedContent() {
    return !isMixedContent(from) && isMixedContent(to);
  }

  private static boolean isMixedContent(Url url) {
    return url.scheme().equals("http") && !Host.isLoopback(String.valueOf(url.host()));
  }

  /** Whether an error of the request is shown somewhere else; what asks for that page is not. */
  public boolean isToError() {
    return !from.path().equals(to.path()) && ERROR_PAGE.matcher(Bytes.lowerCase(to.path())).find();
  }

  /** Whether what changes something is answered by the way to another path. */
  boolean isAfterForm(String method) {
    return isOfSameHost()
        && difference().equals(OTHER_PATH)
        && !List.of("", "GET", "HEAD").contains(method);
  }

  /**
   * Whether it leads from one origin that is not the page's to another, so that the browser sends
   * null from there on (Fetch, "redirect-tainted origin").
   */
  boolean isTainted(String page) {
    String origin = from.origin().serialize();
    return page.startsWith("http")
        && !origin.equals(page)
        && !origin.equals(to.origin().serialize());
  }
}

package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Optional;

/** What looks like one server to its developer, and is two origins to a browser. */
public final class OriginPair {

  /** Names under .localhost are usually of several servers. */
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private OriginPair() {}

  /**
   * A page that is opened at the address where its server listens; empty if it is not, or if the
   * server that is asked is of another machine.
   */
  public static Optional<Advice> ofListening(String url, String origin) {
    Optional<Url> page = Url.parse(origin).filter(parsed -> AskedUrl.isListening(origin));
    if (page.isEmpty() || !Destination.isLoopback(url)) {
      return Optional.empty();
    }
    String opened = origin.replaceFirst("//(?:0\\.0\\.0\\.0|\\[::])", "//localhost");
    boolean same = AskedUrl.origin(url).equals(opened);
    return Optional.of(
        Advice.of(
            "The page is opened at "
                + page.get().host()
                + ", which is where a server listens, and to a browser another origin than localhost: open it at "
                + opened
                + ". "
                + (same
                    ? "Then the page and the URL have one origin, and no CORS is needed."
                    : "That is what the server's list has to have, exactly.")));
  }

  /**
   * The same page at another name: the one that developers use for their machine as well, or with
   * www. or without, where the text speaks of that.
   *
   * @param text as it was pasted, in lower case
   */
  public static Optional<String> otherName(String origin, String text) {
    String host = Destination.at(origin).map(Destination::host).orElse("");
    if (LOOPBACK.contains(host)) {
      return Optional.of(
          origin.replace(host, host.equals("localhost") ? "127.0.0.1" : "localhost"));
    }
    String other = host.startsWith("www.") ? host.substring("www.".length()) : "www." + host;
    return text.contains("//" + other) && text.matches("(?s).*\\bwww\\b.*")
        ? Optional.of(origin.replace(host, other))
        : Optional.empty();
  }

  /**
   * A page, and a server or a command, that name one machine in two ways, where the server's list
   * is not known; empty if they do not.
   *
   * @param named the URL, or the Origin of a command
   * @param command whether it is that
   */
  public static Optional<Advice> ofNames(String named, boolean command, String origin) {
    String from = Destination.at(origin).map(Destination::host).orElse("");
    String host = Destination.at(named).map(Destination::host).orElse("");
    if (from.equals(host) || !LOOPBACK.contains(from) || !LOOPBACK.contains(host)) {
      return Optional.empty();
    }
    String other = origin.replace(from, host);
    return Optional.of(
        Advice.of(
                "The page is at "
                    + from
                    + ", and "
                    + (command
                        ? "the command in your paste sends the Origin " + other
                        : "the URL names the same machine " + host)
                    + ". If the server's list has "
                    + other
                    + ": that is another origin than "
                    + origin
                    + ". Open the page at "
                    + other
                    + ", or add "
                    + origin
                    + " to the list.")
            .with(Trait.PERHAPS));
  }

  /** What tells that they are one server; empty if nothing does. */
  static Optional<Advice> told(Url url, String origin) {
    String host = String.valueOf(url.host());
    Optional<Url> page = Url.parse(origin).filter(parsed -> parsed.host() != null);
    if (page.isEmpty()) {
      return Optional.empty();
    }
    String from = String.valueOf(page.get().host());
    boolean samePort = page.get().effectivePort() == url.effectivePort();
    if (url.origin().serialize().equals(origin)) {
      return Optional.of(
          Advice.of(
                  "In this text the page and the URL have the same origin, and then no CORS is needed. If you"
                      + " have replaced the names, compare the real ones. If not, a redirect leads to another"
                      + " origin: look at the request in the network panel.")
              .with(Trait.PERHAPS));
    }
    if (samePort && PrivateHost.isAddress(from) && LOOPBACK.contains(host)) {
      return Optional.of(
          Advice.of(
              "The page is opened by the address of its machine ("
                  + from
                  + "), and calls "
                  + host
                  + " at the same port: most likely that is the same server, and another origin to"
                  + " a browser. Let it request only the path (/api/items), or location.origin"
                  + " with the path: then no CORS is needed, and it works from other machines as"
                  + " well."));
    }
    if (!from.equals(host) && samePort && LOOPBACK.contains(from) && LOOPBACK.contains(host)) {
      return Optional.of(
          Advice.of(
              from
                  + " and "
                  + host
                  + " are most likely one server, and two origins to a browser. Open the page at"
                  + " the name that is in the URL, or let it request only the path (/api/items):"
                  + " then no CORS is needed."));
    }
    if (samePort && (from.equals("www." + host) || host.equals("www." + from))) {
      return Optional.of(
          Advice.of(
                  "The page and the URL differ only by www., and that makes two origins. Let the page request"
                      + " only the path (/api/items), or redirect visitors to one of the two names.")
              .with(Trait.PERHAPS));
    }
    boolean defaults = isDefaultPort(url) && isDefaultPort(page.get());
    if (from.equals(host) && defaults && !url.scheme().equals(page.get().scheme())) {
      return Optional.of(
          Advice.of(
                  "The page and the URL differ only by http and https, and that makes two origins. Redirect"
                      + " visitors to https, and let the page request only the path (/api/items).")
              .with(Trait.AS_IT_IS)
              .with(Trait.PERHAPS));
    }
    return Optional.empty();
  }

  private static boolean isDefaultPort(Url url) {
    return url.effectivePort() == (url.scheme().equals("https") ? 443 : 80);
  }

  /** Not on this machine or in its network, and of another site than the page. */
  public static boolean isElsewhere(Url url, String origin) {
    String host = String.valueOf(url.host());
    Optional<Url> page = Url.parse(origin).filter(parsed -> parsed.host() != null);
    return !PrivateHost.isLocal(host)
        && !Host.isAddress(host)
        && host.contains(".")
        && page.filter(
                from ->
                    from.origin().isSchemelesslySameSite(url.origin(), Origin.SOME_PUBLIC_SUFFIXES))
            .isEmpty();
  }
}

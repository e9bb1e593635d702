package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a server by its URL: the file {@code known.txt}, which says of its form; and
 * what the URL and the page's origin tell together.
 *
 * @param whose {@code others}, {@code fixed} or {@code yours}
 * @param places hosts, beginnings of paths, and ports
 * @param note what is known, in a sentence or more
 */
record KnownServer(String whose, List<String> places, String note) {

  private static final String ASK_BY_SERVER =
      "You cannot change its headers. Let a server of your own ask it, which keeps the key as well,"
          + " and let the page ask that server: a function, or a route of your backend.";

  private static final String NOT_YOURS =
      "If that server is not yours, you cannot change its headers: look in its documentation for a"
          + " way for web pages, or ask it from a server of your own.";

  /** Of what is there twice, or has a wrong value, the message itself tells the cause. */
  private static final List<String> OF_ITSELF =
      List.of("ACAO_MULTIPLE", "ACAO_MISMATCH", "ACAO_INVALID", "HEADER_TYPO", "FILE");

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  /** Where a note names the program that it is about. */
  private static final Pattern PROGRAM =
      Pattern.compile("^If (?:it is )?([A-Za-z0-9' ]{2,30}?)(?: listens there)?:");

  private static final class Holder {
    private static final List<KnownServer> ALL =
        Sentences.lines("known.txt").stream().map(KnownServer::read).toList();
  }

  private static KnownServer read(String line) {
    String[] cells = line.split(" \\| ", 3);
    return new KnownServer(cells[0], List.of(cells[1].split(" ")), cells[2]);
  }

  static List<KnownServer> all() {
    return Holder.ALL;
  }

  /**
   * A remedy with what is known of the server in front.
   *
   * @param remedy that a CORS header is part of, or else nothing is added
   * @param asked its URL; empty if it is not known
   * @param origin of the page; empty if it is not known
   * @param paste in which a program may be named, made plain; empty if there is none
   */
  static Remedy told(Remedy remedy, String asked, String origin, String paste) {
    Optional<Url> url = Url.parse(asked).filter(parsed -> parsed.host() != null);
    if (remedy.grant().isEmpty() || url.isEmpty() || !url.get().scheme().startsWith("http")) {
      return remedy;
    }
    Place place = at(url.get());
    Optional<KnownServer> placed =
        all().stream().filter(each -> each.places().stream().anyMatch(place::isAt)).findFirst();
    Optional<KnownServer> named =
        placed.filter(each -> !each.isGuess()).isPresent()
            ? Optional.empty()
            : all().stream().filter(each -> each.isNamedIn(paste)).findFirst();
    Optional<KnownServer> known = named.or(() -> placed);
    if (known.isPresent() && !known.get().whose().equals("yours")) {
      List<String> advice = new ArrayList<>(List.of(known.get().note()));
      if (known.get().whose().equals("others")) {
        advice.add(ASK_BY_SERVER);
      }
      return new Remedy(remedy.code(), remedy.cause(), advice, Optional.empty(), List.of());
    }
    List<String> advice = new ArrayList<>();
    sameServer(url.get(), origin).ifPresent(advice::add);
    boolean first =
        (named.isPresent() || known.filter(KnownServer::isGuess).isEmpty())
            && !OF_ITSELF.contains(remedy.code())
            && !origin.equals("null");
    known.filter(each -> first).map(KnownServer::note).ifPresent(advice::add);
    advice.addAll(remedy.advice());
    known.filter(each -> !first).map(KnownServer::note).ifPresent(advice::add);
    if (known.isEmpty() && remedy.code().equals("ACAO_MISSING") && isElsewhere(url.get(), origin)) {
      advice.add(NOT_YOURS);
    }
    return new Remedy(remedy.code(), remedy.cause(), advice, remedy.grant(), remedy.write());
  }

  /** Anything may listen on a port, or be at a path that others have as well. */
  private boolean isGuess() {
    return note.startsWith("If ");
  }

  /** Whether somebody names the program, wherever it listens. */
  private boolean isNamedIn(String plain) {
    Matcher program = PROGRAM.matcher(note);
    return program.find()
        && Pattern.compile(
                "(?<![a-z0-9.])"
                    + Pattern.quote(Bytes.lowerCase(program.group(1)))
                    + "(?![a-z0-9])")
            .matcher(plain)
            .find();
  }

  private record Place(String host, String path, int port) {
    boolean isAt(String place) {
      if (place.startsWith(":")) {
        return isLocal(host) && place.equals(":" + port);
      }
      if (place.startsWith("/")) {
        return path.contains(place);
      }
      int slash = place.indexOf('/');
      String name = slash < 0 ? place : place.substring(0, slash);
      String start = slash < 0 ? "" : place.substring(slash);
      boolean below =
          name.endsWith(".")
              ? ("." + host).contains(name)
              : name.startsWith(".") && host.endsWith(name);
      return (host.equals(name) || below) && path.startsWith(start);
    }
  }

  private static Place at(Url url) {
    String host = Bytes.lowerCase(String.valueOf(url.host()));
    return new Place(host, url.path(), url.effectivePort());
  }

  /** What looks like one server to its developer, and is another origin to a browser. */
  private static Optional<String> sameServer(Url url, String origin) {
    String host = String.valueOf(url.host());
    Optional<Url> page = Url.parse(origin).filter(parsed -> parsed.host() != null);
    if (host.equals("0.0.0.0")) {
      return Optional.of(
          "0.0.0.0 is where a server listens, and not an address to ask for: write localhost, or the"
              + " machine's name.");
    }
    if (page.isEmpty()) {
      return Optional.empty();
    }
    String from = String.valueOf(page.get().host());
    boolean samePort = page.get().effectivePort() == url.effectivePort();
    if (!from.equals(host) && samePort && LOOPBACK.contains(from) && LOOPBACK.contains(host)) {
      return Optional.of(
          from
              + " and "
              + host
              + " are most likely one server, and two origins to a browser. Open the page at the name"
              + " that is in the URL, or let it ask for a path alone (/api/items): then no CORS is"
              + " needed.");
    }
    if (samePort && (from.equals("www." + host) || host.equals("www." + from))) {
      return Optional.of(
          "The page and the URL differ by www. alone, and that makes two origins. Let the page ask for"
              + " a path alone (/api/items), or redirect visitors to one of the two names.");
    }
    boolean defaults = isDefaultPort(url) && isDefaultPort(page.get());
    if (from.equals(host) && defaults && !url.scheme().equals(page.get().scheme())) {
      return Optional.of(
          "The page and the URL differ by http and https alone, and that makes two origins. Redirect"
              + " visitors to https, and let the page ask for a path alone (/api/items).");
    }
    return Optional.empty();
  }

  private static boolean isDefaultPort(Url url) {
    return url.effectivePort() == (url.scheme().equals("https") ? 443 : 80);
  }

  /** Not on this machine or in its network, and of another site than the page. */
  private static boolean isElsewhere(Url url, String origin) {
    String host = String.valueOf(url.host());
    Optional<Url> page = Url.parse(origin).filter(parsed -> parsed.host() != null);
    return !isLocal(host)
        && !Host.isAddress(host)
        && host.contains(".")
        && page.filter(
                from ->
                    from.origin().isSchemelesslySameSite(url.origin(), Origin.SOME_PUBLIC_SUFFIXES))
            .isEmpty();
  }

  private static boolean isLocal(String host) {
    return LOOPBACK.contains(host) || host.equals("0.0.0.0") || host.endsWith(".localhost");
  }
}

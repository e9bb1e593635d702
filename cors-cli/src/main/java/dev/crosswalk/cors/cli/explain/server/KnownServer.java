package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known of a server by its URL: the file {@code known.txt}, which describes its format.
 *
 * @param whose {@code others}, {@code fixed}, {@code yours}, {@code widget} or {@code page}
 * @param codes of the meanings to which it belongs; empty: all that a server can allow
 * @param places hosts, beginnings of paths, ports, and names of programs
 * @param paths that the program has, where only its port is known; empty if that is not known
 * @param guess whether others have such a path or port as well
 * @param note what is known
 * @param header a header of the request with which it lets a page in; empty if it has none
 */
public record KnownServer(
    String whose,
    List<String> codes,
    List<String> places,
    List<String> paths,
    boolean guess,
    Advice note,
    String header) {

  private static final String FILE = "known.txt";

  /** What is known is of a gate that answers instead of the application. */
  private static final String GATE = "gate";

  /** A program that people run on their own machine, also for pages of others. */
  private static final String DESKTOP = "desktop";

  /** A service with a list of its own, and no code beside it in which the value could be wrong. */
  static final String LISTED = "list";

  /** A public proxy, which asks the URL behind its own. */
  private static final String RELAY = "relay";

  /** A guess that tells where a redirect comes from, and not only of a list of origins. */
  private static final String REDIRECTS = "redirects";

  /** None of these is the code of a meaning. */
  private static final List<String> KINDS = List.of(GATE, DESKTOP, LISTED, RELAY, REDIRECTS);

  /** Others have such a path or port as well, so that the note begins with an if. */
  private static final String GUESS = "guess";

  /** Few others listen at that port, so that the note says who may listen there. */
  private static final String PORT = "port";

  private static final Pattern BARE_PORT = Pattern.compile(":[0-9]+");

  /** The browser had the application's own headers when it complained of these. */
  private static final List<String> OF_APPLICATION =
      List.of(
          "HEADER_NOT_ALLOWED",
          "METHOD_NOT_ALLOWED",
          "ACAO_WILDCARD_CREDENTIALS",
          "ACAC_NOT_TRUE",
          "ACAO_INVALID",
          "ACAO_MULTIPLE");

  private static final class Holder {
    private static final List<KnownServer> ALL =
        Facts.blocks(KnownServer.class, FILE).stream().map(KnownServer::read).toList();
  }

  /** Code of somebody's own in the paste tells better who listens there. */
  boolean isGuessedByPort(Destination at) {
    return note.isAbout(Topic.GUESS)
        && places.stream().filter(at::isAt).allMatch(each -> each.startsWith(":"));
  }

  /**
   * Reads a block.
   *
   * @throws IllegalStateException if it is not a where and a note, with or without paths and a
   *     header; or if only a guess is asked what its head says, and it is none
   */
  static KnownServer read(Facts.Block block) {
    String where = block.value("where").orElse("");
    String words = block.value("note").orElse("");
    List<String> paths = block.values("paths");
    List<String> headers = block.values("header");
    if (where.isEmpty()
        || words.isEmpty()
        || paths.size() > 1
        || headers.size() > 1
        || block.lines().size() != 2 + paths.size() + headers.size()) {
      throw new IllegalStateException(FILE + ": not a known server: " + block);
    }
    List<String> head = block.head();
    if (head.contains(REDIRECTS) && !head.contains(GUESS)) {
      throw new IllegalStateException(FILE + ": " + REDIRECTS + " without " + GUESS + ": " + block);
    }
    Advice note = Advice.read(words, FILE);
    return new KnownServer(
        head.get(0),
        head.stream().skip(1).filter(word -> !word.equals(GUESS) && !word.equals(PORT)).toList(),
        List.of(where.split(" ")),
        paths.stream().flatMap(each -> Stream.of(each.split(" "))).toList(),
        head.contains(GUESS),
        note(note, head),
        String.join("", headers));
  }

  private static Advice note(Advice written, List<String> head) {
    if (head.contains(DESKTOP)) {
      return written.about(Topic.DESKTOP).with(Trait.PERHAPS);
    }
    return head.contains(GUESS) || head.contains(PORT)
        ? written.about(Topic.GUESS).with(Trait.PERHAPS)
        : written;
  }

  /** A header with which a page gets past what stands in front of a server; empty if none does. */
  public static String passHeader(String asked) {
    return Destination.at(asked).stream()
        .flatMap(at -> all().stream().filter(row -> row.isAt(at)))
        .map(KnownServer::header)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("");
  }

  public static List<KnownServer> all() {
    return Holder.ALL;
  }

  /** Whether a piece of advice is what is known of a server, and names that setting. */
  public static boolean isNoteOf(Advice advice, String setting) {
    return setting.matches("--?.*|.*[._].*|.*[a-z][A-Z].*")
        && advice.names(setting)
        && isNote(advice);
  }

  public static boolean isNote(Advice advice) {
    return all().stream().anyMatch(each -> each.note().equals(advice));
  }

  /**
   * The rows that may tell something.
   *
   * @param page that asks
   */
  static List<KnownServer> about(Remedy remedy, Optional<Destination> page) {
    return all().stream()
        .filter(row -> !row.isOfPages() && row.isAbout(remedy) && row.isUsedBy(page))
        .toList();
  }

  /** A page that nobody here has written: its provider's own servers are its own affair. */
  static Optional<KnownServer> stranger(
      Remedy remedy, Optional<Destination> page, Optional<Destination> asked) {
    boolean own =
        all().stream()
            .filter(row -> row.isOfPages() || row.whose().equals("widget"))
            .anyMatch(row -> asked.filter(row::isAt).isPresent());
    return all().stream()
        .filter(row -> !own && row.isOfPages() && row.isAbout(remedy))
        .filter(row -> page.filter(row::isAt).isPresent())
        .findFirst();
  }

  /** The first of them that a text names. */
  static Optional<KnownServer> namedIn(String text, List<KnownServer> rows) {
    return rows.stream().filter(each -> each.isNamedIn(text)).findFirst();
  }

  boolean isAt(Destination place) {
    return places.stream().anyMatch(place::isAt);
  }

  /** Whether only the port tells it, which anybody is free to choose. */
  boolean isByPort(Destination place) {
    return places.stream().filter(place::isAt).allMatch(BARE_PORT.asMatchPredicate())
        && isAt(place);
  }

  /** Whether it has no such path, so that another program listens at its port. */
  boolean isOtherAt(Destination place) {
    return isByPort(place)
        && !paths.isEmpty()
        && place.path().length() > 1
        && paths.stream().noneMatch(place.path()::contains);
  }

  /** A list of origins changes no redirect, and whose server it is is not certain. */
  boolean isGuessOfLists() {
    return guess && !codes.contains(REDIRECTS);
  }

  boolean isRelay() {
    return codes.contains(RELAY);
  }

  boolean isYours() {
    return whose.equals("yours");
  }

  private boolean isOfPages() {
    return whose.equals("page");
  }

  /** The note, with the page's own origin, and with credentials if it sends them. */
  Advice noteFor(Remedy remedy) {
    RequiredGrant grant = remedy.grant().orElseThrow();
    String option = "origin: \"" + RequiredGrant.SOME_ORIGIN + "\"";
    return grant.origin().equals("null")
        ? note
        : note.worded(
            words ->
                words.replace(
                    option,
                    "origin: \""
                        + grant.origin()
                        + "\""
                        + (grant.credentials() ? ", credentials: true" : "")));
  }

  private boolean isAbout(Remedy remedy) {
    if (codes.contains(GATE) && OF_APPLICATION.contains(remedy.code())) {
      return false;
    }
    // No server of one's own is to list what only servers send.
    if (codes.contains("HEADER_NOT_ALLOWED")
        && remedy.advice().stream().anyMatch(each -> each.isAbout(Topic.RESPONSE_HEADER))) {
      return false;
    }
    return KINDS.containsAll(codes)
        ? remedy.grant().isPresent() || remedy.code().equals("UNCLEAR")
        : codes.contains(remedy.code());
  }

  /** What its provider puts into pages of others is asked by a page of its provider. */
  private boolean isUsedBy(Optional<Destination> page) {
    return !whose.equals("widget") || page.filter(this::isAt).isPresent();
  }

  /** Whether somebody's own program runs at a place, on a platform that names it. */
  static boolean isDeployment(Optional<Destination> asked) {
    return all().stream()
        .filter(each -> each.isYours() && each.isHosted())
        .anyMatch(each -> asked.filter(each::isAt).isPresent());
  }

  /** Whether its provider alone runs it, so that it is at no address of this machine. */
  boolean isHosted() {
    return places.stream().anyMatch(place -> place.startsWith("."));
  }

  /** Whether it has a host or a path of its own; a port is free to choose. */
  boolean hasAddress() {
    return places.stream().anyMatch(place -> !place.startsWith("~") && !place.startsWith(":"));
  }

  /** Whether somebody names the program, wherever it listens. */
  boolean isNamedIn(String plain) {
    return places.stream()
        .filter(place -> place.startsWith("~"))
        .map(place -> place.substring(1).replace('+', ' '))
        .anyMatch(
            name ->
                plain.contains(name)
                    && Pattern.compile(
                            "(?<![a-z0-9.])%s(?![a-z0-9])|[{<\\[][a-z0-9_ -]{0,30}%s[a-z0-9_ -]{0,30}[}>\\]]"
                                .replace("%s", Pattern.quote(name)))
                        .matcher(plain)
                        .find());
  }
}

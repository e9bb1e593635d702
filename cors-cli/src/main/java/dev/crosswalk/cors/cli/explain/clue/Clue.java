package dev.crosswalk.cors.cli.explain.clue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is beside a message in a paste, and tells more than the message does: it comes first in the
 * advice. The form of a block is in the README of the folder {@code clues}.
 *
 * @param where codes of meanings; {@code *} for all that a server can allow, but {@code !CODE}; or
 *     {@code header}; with {@code alone}, nothing else is told;
 * @param with patterns that all have to be there: of the plain text, or of the name of a header
 * @param without patterns none of which may be there
 * @param since the version of a program with which it begins to count; empty if it always does
 * @param status of errors, as they are written; empty if it counts for any answer
 * @param server places of the service that it is about; empty if any server may be meant
 * @param advice what follows from it
 */
public record Clue(
    Set<String> where,
    List<Pattern> with,
    List<Pattern> without,
    Optional<FirstVersion> since,
    List<String> status,
    List<String> server,
    Advice advice) {

  /** What is in an earlier file is told before what is in a later one. */
  public static final List<String> FILES =
      Stream.of(
              "askers",
              "handlers",
              "clouds",
              "frameworks",
              "gateways",
              "lists",
              "headers",
              "unread",
              "answers",
              "limits",
              "code",
              "mistakes",
              "errors",
              "products",
              "facts",
              "remarks",
              "preflights")
          .map(name -> name + ".txt")
          .toList();

  /** The meaning of a text that is configuration or code, and no message. */
  public static final String MISTAKE = "CONFIGURATION";

  /** What counts for any server comes after what is known of one. */
  private static final String GENERAL = "general";

  /** What is usually told does not count there. */
  private static final String ALONE = "alone";

  /** In place of the codes of these. */
  private static final String ERROR = "error";

  private static final List<String> ERRORS =
      List.of(
          "ACAO_MISSING",
          "PREFLIGHT_STATUS",
          "BACKEND",
          "HTTP_STATUS",
          "ERROR_PAGE",
          "UNAVAILABLE");

  private static final class Holder {
    private static final List<Clue> ALL =
        FILES.stream()
            .flatMap(file -> Facts.blocks(Clue.class, file).stream())
            .map(Clue::read)
            .toList();
  }

  /**
   * Reads a block.
   *
   * @throws IllegalStateException if it has no pattern, no advice, or anything else
   */
  static Clue read(Facts.Block block) {
    List<Pattern> with = patterns(block, "with");
    List<Pattern> without = patterns(block, "without");
    List<String> since = block.values("since");
    List<String> server = block.values("server");
    List<String> status = block.values("status");
    List<String> advice = block.values("advice");
    if (with.isEmpty()
        || since.size() > 1
        || server.size() > 1
        || status.size() > 1
        || advice.size() != 1
        || with.size()
                + without.size()
                + since.size()
                + status.size()
                + server.size()
                + advice.size()
            != block.lines().size()) {
      throw new IllegalStateException("not a clue: " + block);
    }
    return new Clue(
        Set.copyOf(block.head()),
        with,
        without,
        since.stream().map(FirstVersion::read).findFirst(),
        status.stream().flatMap(each -> Stream.of(each.split(" "))).toList(),
        server.stream().flatMap(places -> Stream.of(places.split(" "))).toList(),
        Advice.read(advice.get(0), "clues"));
  }

  private static List<Pattern> patterns(Facts.Block block, String key) {
    return block.values(key).stream().map(each -> Pattern.compile(each, Pattern.DOTALL)).toList();
  }

  public static List<Clue> all() {
    return Holder.ALL;
  }

  /**
   * A remedy with what the rest of the paste tells in front.
   *
   * @param paste empty if there is none
   * @param url that the message names; empty if it names none
   * @param status of the answer; 0 if it is not known
   * @param header name of a request header that is not allowed; empty if that is not the cause
   * @param known how many pieces of its advice are about that very server
   * @param configured whether it is one that somebody can configure; a provider's own is not
   */
  public static Remedy told(
      Remedy remedy,
      PastedText paste,
      String url,
      int status,
      String header,
      int known,
      boolean configured) {
    Optional<Destination> asked = Destination.at(url);
    Set<Advice> advice = new LinkedHashSet<>();
    for (Clue clue : all()) {
      if (!configured && clue.where.contains(MISTAKE)
          || clue.isOfOther(asked)
          || !clue.isOf(status)
          || clue.advice.isAbout(Topic.ANSWERED_BY)
              && advice.stream().anyMatch(each -> each.isAbout(Topic.ANSWERED_BY))) {
        continue;
      }
      if (clue.where.contains(ALONE) && clue.isAbout(remedy) && clue.isIn(paste)) {
        return new Remedy(
            remedy.code(), remedy.cause(), List.of(clue.advice), Optional.empty(), List.of());
      }
      if (clue.where.contains(GENERAL)) {
        advice.addAll(remedy.advice().subList(0, known));
      }
      if (clue.isAbout(remedy) && clue.isIn(paste)
          || clue.where.contains("header")
              && !header.isEmpty()
              && clue.isIn(PastedText.ofWords(header))) {
        advice.add(clue.advice);
      }
    }
    advice.addAll(remedy.advice());
    return remedy.withOnlyAdvice(List.copyOf(advice));
  }

  /**
   * Whether a text that is no message has something in it that is wrong for certain.
   *
   * @param text the whole of it
   * @param code the same as it was pasted
   */
  public static boolean isMistake(PastedText text, String code) {
    return LayerFaults.isMistake(text)
        || SpringAdvice.isMistake(text, code)
        || all().stream().anyMatch(clue -> clue.where.contains(MISTAKE) && clue.isIn(text));
  }

  /** Whether it has something in it that leads to this, and that leaves nothing open. */
  public static boolean isCertain(PastedText paste, Remedy remedy) {
    return all().stream()
        .filter(clue -> clue.status.isEmpty())
        .anyMatch(
            clue -> clue.isAbout(remedy) && !clue.advice.has(Trait.PERHAPS) && clue.isIn(paste));
  }

  /** Whether it is about another server, which the text only names beside the one that is asked. */
  private boolean isOfOther(Optional<Destination> asked) {
    return !server.isEmpty()
        && asked.filter(url -> server.stream().noneMatch(url::isAt)).isPresent();
  }

  private boolean isOf(int answered) {
    return status.isEmpty() || status.contains(String.valueOf(answered));
  }

  public boolean isIn(PastedText text) {
    return text.hasAll(with)
        && without.stream().noneMatch(text::has)
        && since.filter(each -> !each.isIn(text.both())).isEmpty();
  }

  private boolean isAbout(Remedy remedy) {
    return where.contains(remedy.code())
        || where.contains(ERROR) && ERRORS.contains(remedy.code())
        || where.contains("*")
            && !where.contains("!" + remedy.code())
            && remedy.grant().isPresent();
  }
}

package dev.crosswalk.cors.cli.explain.lists;

import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.cli.terminal.Typo;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name of a response header that code or a configuration sets, with a mistake in it: {@code
 * Access-Control-Allow-Orgin}. Browsers pass over a name that they do not know.
 *
 * @param written as the text has it
 * @param meant as browsers know it
 */
public record MisspelledHeader(String written, String meant) {

  private static final String NAME =
      "((?:[a-z]{4,12}-)?(?:control|cross|origin)-[a-z]{2,20}(?:[-_][a-z]{2,20}){0,4})";

  /** A name where something is set, and not where somebody speaks of it. */
  private static final Pattern SET =
      Pattern.compile(
          "(?im)[\"'`]"
              + NAME
              + "[\"'`](?! (?:response )?header\\b)"
              + "|\\b(?:add_header|more_set_headers|set-header|add-header|hdr|header(?: always)? (?:set|add|append|merge)|header(?! (?:always|set|add|append|merge)\\b))\\s{1,4}[\"']?[+>?]?"
              + NAME
              + "(?=[\\s:\"',])"
              + "|^[ \\t]{0,24}-?[ \\t]{0,4}"
              + NAME
              + "[ \\t]{0,3}[:=](?=\\s)"
              + "|[\"'`](?=[a-z-]{1,40}_)"
              + NAME
              + "[ ]?:[ ]");

  private static final List<String> ISOLATION =
      List.of(
          "Cross-Origin-Opener-Policy",
          "Cross-Origin-Embedder-Policy",
          "Cross-Origin-Resource-Policy");

  /** Names that are wrong in whole words, and that many people write. */
  private static final Pattern SWAPPED =
      Pattern.compile(
          "(?i)(?:allow-control-allow|access-allow-control|access-control-allow-control|control-allow|control-access-allow)-(origin|headers|methods|credentials)s?");

  /** The group of a name that begins a line. */
  private static final int LINE = 3;

  private static final int MAX_BEFORE = 400;

  /** Words for a form, and behind them nothing but its lines. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\b(?:plug-?in|add-?on|extension|form|fields?|inputs?|dialog|(?:settings|admin|configuration|options?) (?:page|tab|screen|panel|ui|view)|admin ui|web ui|check ?box(?:es)?|text ?box(?:es)?|drop-?down)\\b"
              + "[^\\n]{0,120}\\n(?:[^\\n]{0,80}[:=][^\\n]{0,300}\\n|\\s{0,20}\\n){0,8}[ \\t]*\\z");

  private static final int MAX_TYPO = 3;

  /** Those of a paste, which is read once. */
  private record All(List<MisspelledHeader> headers) {}

  /**
   * The first one in a paste.
   *
   * @param header the one that is missing, in lower case; empty for any
   */
  public static Optional<MisspelledHeader> in(PastedText paste, String header) {
    return paste.read(All.class, () -> new All(all(paste.pasted()))).headers.stream()
        .filter(each -> header.isEmpty() || Bytes.equalIgnoringCase(each.meant, header))
        .findFirst();
  }

  /** All whose right name is not set as well. */
  private static List<MisspelledHeader> all(String text) {
    List<String> names =
        SET.matcher(text)
            .results()
            .filter(set -> !isOfForm(set, text))
            .map(MisspelledHeader::name)
            .toList();
    Set<String> set = names.stream().map(Bytes::lowerCase).collect(Collectors.toSet());
    return names.stream()
        .flatMap(
            written -> meant(written).map(meant -> new MisspelledHeader(written, meant)).stream())
        .filter(each -> !set.contains(Bytes.lowerCase(each.meant)))
        .toList();
  }

  /** A line with a name alone may be that of a form, where the words above it speak of one. */
  private static boolean isOfForm(MatchResult set, String text) {
    return set.group(LINE) != null
        && FORM.matcher(text.substring(Math.max(0, set.start() - MAX_BEFORE), set.start())).find();
  }

  /** Each form has the name in a group of its own. */
  private static String name(MatchResult set) {
    return Stream.of(set.group(1), set.group(2), set.group(3), set.group(4))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> meant(String written) {
    Matcher swapped = SWAPPED.matcher(written);
    if (swapped.matches()) {
      String last = Bytes.lowerCase(swapped.group(1));
      return Optional.of(
          "Access-Control-Allow-"
              + last.substring(0, 1).toUpperCase(Locale.ROOT)
              + last.substring(1));
    }
    if (ISOLATION.stream().anyMatch(known -> Bytes.equalIgnoringCase(known, written))) {
      return Optional.empty();
    }
    return HeaderName.meant(written)
        .filter(known -> !known.startsWith("Access-Control-Request"))
        .or(
            () ->
                ISOLATION.stream()
                    .filter(
                        known ->
                            Typo.distance(Bytes.lowerCase(known), Bytes.lowerCase(written))
                                <= MAX_TYPO)
                    .findFirst());
  }
}

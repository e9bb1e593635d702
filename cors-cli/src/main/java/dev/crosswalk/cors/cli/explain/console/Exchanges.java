package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.paste.Details;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several requests with their answers, one below the other: a preflight and the request itself, or
 * what two commands got. Each answer is judged by its own headers.
 */
final class Exchanges {

  /** Where an exchange may begin, or its answer does, which has a status. */
  private static final Pattern MARK =
      Pattern.compile(
          "(?m)^(?:[^\\n]{0,80}?\\bcurl [^\\n]{0,20}|(?:> ?)?[A-Z]{3,7} \\S{1,2000} HTTP/[0-9]"
              + "|[ \\t]{0,8}(?i:request url)\\b"
              + "|[ \\t]{0,12}(?:< ?)?HTTP/[0-9.]{1,3} (?!1[0-9]{2}|200 (?i:connection established))(?<line>[1-5][0-9]{2})(?![0-9])"
              + "|[ \\t]{0,12}(?i:status code)[ \\t]*:?[ \\t]*\\r?\\n?[ \\t]*(?<row>[1-5][0-9]{2})(?![0-9]))");

  /** The header that an answer has once. */
  private static final Pattern ALLOWED =
      Pattern.compile("(?im)^[ \\t<>|*]{0,8}access-control-allow-origin:[^\\n]{0,2000}\\n?");

  /** A line between two headers that is none: a command, words, or nothing. */
  private static final Pattern NO_FIELD =
      Pattern.compile(
          "(?m)^(?![ \\t<>|*]{0,8}:?[A-Za-z][A-Za-z0-9-]{1,60}: ?(?!//)[^ ])[^\\n]{0,2000}\\n");

  /** Somebody tells Kong what to do: its answer is not that of the API behind it. */
  private static final Pattern ADMINISTRATION =
      Pattern.compile(
          "(?i)-X ?POST [^\\n]{0,20}:8001/(?:services|routes|plugins|apis|consumers)\\b");

  /** Headers that somebody would like to see, and that no answer has. */
  private static final Pattern WISHED =
      Pattern.compile(
          "(?im)^[^\\n]{0,120}\\b(?:should (?:look|be|have|contain|return)|expect(?:ed|ing)?|would like|want)\\b[^\\n]{0,80}:[ \\t`]*\\r?\\n(?:[ \\t`]{0,12}\\r?\\n){0,2}(?:(?:[ \\t<]*access-control-[^\\n]+|`{3})(?:\\r?\\n|\\z)){1,12}");

  /** A request, such as an example, in front of another one. */
  private static final Pattern UNANSWERED =
      Pattern.compile(
          "(?m)^(?:> ?)?[A-Z]{3,7} \\S{1,2000} HTTP/[0-9.]{1,3}[ \\t]*\\r?\\n(?:.*\\r?\\n){0,40}?(?=(?:> ?)?[A-Z]{3,7} \\S{1,2000} HTTP/[0-9])");

  /** Headers that let the page read that answer. */
  private static final List<String> FINE = List.of("HEADERS_FINE", "HEADERS_WILDCARD");

  private static final int MAX = 12;

  /** The next answer that names no request is usually about the same one. */
  private static final List<String> KEPT = List.of("origin", "url");

  private Exchanges() {}

  /** What is wrong in the first exchange in which something is; empty if there is none at all. */
  static Optional<Fragment> read(String pasted) {
    String text = WISHED.matcher(pasted).replaceAll("");
    if (ADMINISTRATION.matcher(text).find()) {
      return Optional.empty();
    }
    List<String> parts = parts(text);
    Optional<Fragment> pair = ExchangePair.of(parts).map(ExchangePair::fragment);
    if (pair.isPresent()) {
      return pair;
    }
    if (parts.size() < 2) {
      return PanelText.read(hasOneAnswer(text) ? answered(text) : text, Details.NONE);
    }
    Details before = Details.NONE;
    List<Fragment> read = new ArrayList<>();
    for (String part : parts) {
      Optional<Fragment> exchange = PanelText.read(part, before);
      if (exchange.isPresent()) {
        read.add(exchange.get());
        for (String name : KEPT) {
          String kept = exchange.get().details().get(name);
          before = kept.isEmpty() ? before : before.with(name, kept);
        }
      }
    }
    return read.stream()
        .filter(each -> !FINE.contains(each.sentence().code()))
        .findFirst()
        .or(() -> read.stream().findFirst());
  }

  private static boolean hasOneAnswer(String text) {
    return MARK.matcher(text).results().filter(mark -> mark.group(1) != null).count() == 1;
  }

  /** Without the requests of which no answer is there. */
  private static String answered(String text) {
    return UNANSWERED.matcher(text).replaceAll("");
  }

  /** Whether the page may read the answer, so that what somebody says of another one counts. */
  static boolean isFine(Fragment exchange) {
    return FINE.contains(exchange.sentence().code());
  }

  /** Whether a program asked that sends no Origin by itself. */
  static boolean isWithoutOrigin(Fragment exchange) {
    return exchange.sentence().code().equals("NO_ORIGIN_SENT");
  }

  /** A text for each answer; the whole text, if there are not two of them. */
  static List<String> parts(String text) {
    List<Integer> starts = new ArrayList<>();
    boolean answered = false;
    boolean asked = false;
    String status = "";
    boolean row = false;
    int last = 0;
    Matcher mark = MARK.matcher(text);
    while (mark.find()) {
      boolean isRow = mark.group("row") != null;
      String found = isRow ? mark.group("row") : mark.group("line");
      if (found == null) {
        // A request below its answer, as Firefox copies them, has none after it.
        last = answered && !asked ? mark.start() : last;
        asked = true;
        continue;
      }
      boolean again = answered && !asked && row != isRow && found.equals(status);
      if (answered && !again) {
        starts.add(asked ? last : mark.start());
      }
      answered = true;
      asked = false;
      status = found;
      row = isRow;
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int start : starts) {
      addAnswers(text.substring(from, start), parts);
      from = start;
    }
    addAnswers(text.substring(from), parts);
    return parts.size() > MAX ? List.of(text) : parts;
  }

  /** One text for each answer, where somebody shows only a few headers of each. */
  private static void addAnswers(String text, List<String> parts) {
    int from = 0;
    int last = -1;
    Matcher allowed = ALLOWED.matcher(text);
    while (allowed.find()) {
      if (last >= 0) {
        Matcher other = NO_FIELD.matcher(text).region(last, allowed.start());
        if (other.find()) {
          parts.add(text.substring(from, other.start()));
          from = other.start();
        }
      }
      last = allowed.end();
    }
    parts.add(text.substring(from));
  }
}

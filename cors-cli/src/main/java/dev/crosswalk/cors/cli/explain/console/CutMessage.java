package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.paste.Template;
import dev.crosswalk.cors.tck.browser.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left of a message whose beginning, or end, or both, somebody has not copied. Of all known
 * sentences those count of which it is a part. If one cause has them all, it is told; if they have
 * several, the message is one whose reason is missing.
 */
final class CutMessage {

  /** Fewer letters are in many a sentence: behind "CORS policy:", and anywhere. */
  private static final int MIN_REASON = 10;

  private static final int MIN_LENGTH = 20;

  private static final int MIN_WORDS = 3;

  /** What is longer is not a message. */
  private static final int MAX_LENGTH = 1_500;

  /** Nobody pastes more lines, each cut. */
  private static final int MAX_PIECES = 12;

  private static final int MAX_BEFORE = 60;

  /** Where a line ends, or its rest is left out. */
  private static final Pattern END = Pattern.compile("\\.{3}|…| ");

  private static final Pattern ELLIPSIS = Pattern.compile("(?:\\.{2,3}|…)\\s*$");

  /** In front of a reason, or of a sentence. */
  private static final Pattern BEFORE = Pattern.compile("(?:[:(](?![/0-9])|\\. |:[0-9]{1,6} ) ?");

  private static final Pattern REASON =
      Pattern.compile("(?:policy|access control check|\\([^()]{1,40}): ?$");

  /** Behind a sentence; behind other words it is somebody's own that goes on. */
  private static final Pattern SENTENCE_END = Pattern.compile("[)）。]|\\.(?: |$)");

  private static final String MARKS = " .,;:()";

  /** It begins as the most frequent one does, and is hardly ever seen. */
  private static final String RARE = "PNA";

  private static final String CUT = "REASON_MISSING";

  /** What a browser complains of where it does not share an answer. */
  static final Set<String> OF_CORS =
      Stream.concat(
              Stream.of(
                  CUT, "ACAC_MULTIPLE", "ORIGIN_NOT_ADDED", "DISABLED", "AUTHORIZATION_WILDCARD"),
              Arrays.stream(Cause.values()).map(Cause::name))
          .collect(Collectors.toSet());

  /** No server says so in front of its own words. */
  private static final String POLICY = "by cors policy: ";

  /** What sentences of several causes may be about. */
  private static final List<String> NAMES =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "credentials");

  private static final Pattern BROWSER =
      Pattern.compile("(?:Chrome|Firefox|Safari|Edge|WebKit)\\b(?!.*DevTools).*");

  /** What browsers write, and in front of it where their consoles do. */
  private static final class Holder {
    private static final List<Sentence> ALL =
        Stream.of(
                Sentences.all().sentences(),
                Sentences.all().frames().stream()
                    .filter(frame -> frame.code().equals("<"))
                    .map(frame -> frame.as(CUT, Sentences.NO_REASON))
                    .toList(),
                FirefoxLanguages.all().stream()
                    .filter(each -> OF_CORS.contains(each.code()))
                    .toList())
            .flatMap(List::stream)
            .filter(each -> BROWSER.matcher(each.whose()).matches())
            .filter(each -> !each.code().equals(RARE))
            .toList();
  }

  private record Left(Sentence sentence, int from, Template.Part part) {
    /**
     * Whether it has more words than each sentence in it that is whole, and goes on behind it. What
     * is not CORS has many a sentence that begins as a whole one.
     */
    boolean isMoreThan(List<Finding> known) {
      return known.stream()
          .filter(each -> each.start() < part.end() && each.end() > from)
          .allMatch(
              each ->
                  OF_CORS.contains(sentence.code())
                      && each.end() < part.end()
                      && each.sentence().template().weight() < part.words().length());
    }
  }

  private CutMessage() {}

  /**
   * The message that is left.
   *
   * @param known sentences that are whole
   */
  static Optional<Fragment> in(Paste paste, List<Finding> known) {
    List<Finding> visible =
        known.stream().filter(each -> each.strength() > Sentences.HIDDEN).toList();
    int told =
        visible.stream()
            .filter(each -> each.strength() >= Sentences.CONSEQUENCE)
            .mapToInt(Finding::end)
            .max()
            .orElse(0);
    List<List<Left>> all = new ArrayList<>();
    for (int[] piece : pieces(paste)) {
      List<Left> left = piece[1] < told ? List.of() : left(paste, piece[0], piece[1]);
      if (!left.isEmpty() && left.stream().allMatch(each -> each.isMoreThan(visible))) {
        all.add(left);
      }
    }
    List<Left> heaviest =
        all.stream().max(Comparator.comparingInt(CutMessage::weight)).orElse(List.of());
    // On both sides of an ellipsis is a part of the same sentence.
    Set<String> common = codes(heaviest);
    all.forEach(left -> common.retainAll(codes(left)));
    return one(
        paste,
        heaviest.stream()
            .filter(each -> common.isEmpty() || common.contains(each.sentence.code()))
            .toList());
  }

  /** The causes whose reason begins as what is left of one of Firefox's. */
  static Set<String> reason(String left) {
    Paste paste = Paste.of(ELLIPSIS.matcher(left).replaceFirst(""));
    return codes(
        parts(paste, 0, paste.length(), true, 1).stream()
            .filter(each -> each.sentence.whose().startsWith("Firefox"))
            .toList());
  }

  private static Set<String> codes(List<Left> left) {
    return left.stream().map(each -> each.sentence.code()).collect(Collectors.toSet());
  }

  private static int weight(List<Left> left) {
    return left.isEmpty() ? 0 : left.get(0).part.words().length();
  }

  private static Optional<Fragment> one(Paste paste, List<Left> left) {
    Set<String> codes = codes(left);
    if (codes.isEmpty() || codes.size() > 1 && !OF_CORS.containsAll(codes)) {
      return Optional.empty();
    }
    boolean one = codes.size() == 1;
    Left first = left.get(0);
    Sentence sentence = first.sentence;
    Fragment told =
        new Fragment(
            one ? sentence : sentence.as(CUT, Sentences.NO_REASON),
            first.from,
            first.part.end(),
            one ? first.part.details() : Details.NONE.filled("about", about(left)));
    boolean server =
        ServerRefusal.in(paste)
            .filter(each -> each.start() <= told.start() && each.end() >= told.end())
            .isPresent();
    boolean chrome = paste.plain().substring(0, told.start()).endsWith(POLICY);
    return server && !chrome ? Optional.empty() : Optional.of(told);
  }

  /** What all the sentences have in common; empty if they have nothing. */
  private static String about(List<Left> left) {
    return NAMES.stream()
        .filter(
            name ->
                left.stream()
                    .map(each -> String.join(" ", each.sentence.template().words()))
                    .allMatch(words -> words.contains(name.toLowerCase(Locale.ROOT))))
        .findFirst()
        .map(name -> " What is left of it is about " + name + ".")
        .orElse("");
  }

  /** The lines of a paste, and all of them as one, which a window may have broken. */
  private static List<int[]> pieces(Paste paste) {
    List<int[]> pieces = new ArrayList<>();
    int from = 0;
    Matcher end = END.matcher(paste.plain());
    while (end.find() && pieces.size() < MAX_PIECES) {
      if (!end.group().equals(" ") || paste.isLineBreak(end.start())) {
        pieces.add(new int[] {from, end.start()});
        from = end.end();
      }
    }
    pieces.add(new int[] {from, paste.length()});
    if (pieces.size() > 1) {
      pieces.add(new int[] {0, paste.length()});
    }
    return pieces;
  }

  /** What is left in a piece: the last of its sentences that is cut. */
  private static List<Left> left(Paste paste, int start, int end) {
    int from = start;
    int to = end;
    while (to > from && MARKS.indexOf(paste.plain().charAt(to - 1)) >= 0) {
      to--;
    }
    while (from < to && MARKS.indexOf(paste.plain().charAt(from)) >= 0) {
      from++;
    }
    if (to - from > MAX_LENGTH) {
      return List.of();
    }
    List<Left> left = parts(paste, from, to, false, MIN_LENGTH);
    Matcher before = BEFORE.matcher(paste.plain()).region(from, to);
    while (before.find()) {
      int line = Math.max(from, before.end() - MAX_BEFORE);
      boolean reason = REASON.matcher(paste.plain()).region(line, before.end()).find();
      List<Left> behind = parts(paste, before.end(), to, true, reason ? MIN_REASON : MIN_LENGTH);
      left = isMore(behind, left, to) ? behind : left;
    }
    return left;
  }

  /**
   * Whether more is there than the name of a header, and the words that everybody has beside it.
   */
  private static boolean isMessage(Paste paste, Template.Part part, boolean whole) {
    // A bracket that nothing opens: what was in front of it is cut.
    boolean closes = !whole && paste.plain().startsWith(")", part.end());
    return (closes || !Likeness.isCommon(part.words()))
        && (paste.hasOtherLetters() || part.words().split(" ").length >= MIN_WORDS);
  }

  private static boolean endsSentence(Paste paste, int end) {
    return SENTENCE_END.matcher(paste.plain()).region(end, paste.length()).lookingAt();
  }

  private static boolean isMore(List<Left> one, List<Left> other, int to) {
    boolean last = one.stream().anyMatch(each -> each.part.end() == to);
    boolean otherLast = other.stream().anyMatch(each -> each.part.end() == to);
    return last == otherLast ? weight(one) > weight(other) : last;
  }

  /**
   * Of the sentences of which a text is a part, those that have most of its words.
   *
   * @param whole whether the first words are there; then the last are not
   */
  private static List<Left> parts(Paste paste, int from, int to, boolean whole, int least) {
    List<Left> best = new ArrayList<>();
    for (Sentence sentence : to - from < least ? List.<Sentence>of() : Holder.ALL) {
      Optional<Template.Part> part =
          sentence
              .template()
              .left(paste, from, to, whole)
              .filter(each -> each.words().length() >= Math.max(least, weight(best)))
              .filter(each -> whole || each.end() == to || endsSentence(paste, each.end()))
              .filter(each -> least < MIN_LENGTH || isMessage(paste, each, whole));
      if (part.isPresent() && part.get().words().length() > weight(best)) {
        best.clear();
      }
      part.ifPresent(each -> best.add(new Left(sentence, from, each)));
    }
    return best;
  }
}

package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The known sentence of which a paste has the most words, one after the other. People leave out
 * where one begins or ends, and retype the rest. Words that sentences of two meanings have say
 * nothing.
 */
final class Likeness {

  /** From this many words in a row on, it is no accident. */
  private static final int ROW = 5;

  private static final int MIN_LENGTH = 30;

  private static final int MAX_WORDS = 2_000;

  /** Words that everybody needs to speak of a header. */
  private static final Set<String> COMMON =
      Set.of(
          ("the a an of in is was be has not no to for this that"
                  + " and from with on value header headers response request required field cors origin server")
              .split(" "));

  private static final class Holder {
    /** The sentences that have some words in a row: one for each meaning. */
    private static final Map<String, List<Sentence>> ALL = read();
  }

  private Likeness() {}

  private static Map<String, List<Sentence>> read() {
    Map<String, List<Sentence>> rows = new HashMap<>();
    for (Sentence sentence : Sentences.all().sentences()) {
      // What people write into their own programs, others write in their own words, too.
      if (sentence.strength() != Sentences.REASON
          || OriginCheck.isOf(sentence.whose(), sentence.code())) {
        continue;
      }
      for (String words : sentence.template().words()) {
        for (String row : rows(words)) {
          List<Sentence> with = rows.computeIfAbsent(row, each -> new ArrayList<>(1));
          if (with.stream().noneMatch(other -> other.code().equals(sentence.code()))) {
            with.add(sentence);
          }
        }
      }
    }
    return rows;
  }

  private static List<String> rows(String plain) {
    String[] words = plain.split(" ", MAX_WORDS);
    for (int i = 0; i < words.length; i++) {
      words[i] = Paste.withoutPunctuation(words[i]).replaceFirst("^[(\\[{<]+", "");
    }
    List<String> rows = new ArrayList<>();
    for (int i = 0; i + ROW <= words.length; i++) {
      String row = String.join(" ", List.of(words).subList(i, i + ROW));
      if (row.length() >= MIN_LENGTH && !isCommon(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  static boolean isCommon(String row) {
    return Stream.of(row.split(" "))
        .allMatch(word -> COMMON.contains(word) || word.startsWith("access-control-"));
  }

  /**
   * The sentence; empty if there is none, or two that are as alike.
   *
   * @param weaker sentences in it that tell less, and whose words do not count
   */
  static Optional<Fragment> in(Paste paste, List<Finding> weaker) {
    Map<String, Integer> alike = new LinkedHashMap<>();
    Map<String, Sentence> sentences = new HashMap<>();
    StringBuilder rest = new StringBuilder(paste.plain());
    for (Finding known : weaker) {
      for (int i = known.start(); i < Math.min(known.end(), rest.length()); i++) {
        rest.setCharAt(i, rest.charAt(i) == ' ' ? ' ' : '|');
      }
    }
    for (String row : rows(rest.toString())) {
      for (Sentence sentence : Holder.ALL.getOrDefault(row, List.of())) {
        alike.merge(sentence.code(), 1, Integer::sum);
        sentences.putIfAbsent(sentence.code(), sentence);
      }
    }
    int most = alike.values().stream().mapToInt(n -> n).max().orElse(0);
    List<String> best =
        alike.entrySet().stream()
            .filter(each -> each.getValue() == most)
            .map(Map.Entry::getKey)
            .toList();
    String url = paste.firstUrl(0, paste.length());
    return best.size() == 1
        ? Optional.ofNullable(sentences.get(best.get(0)))
            .map(
                sentence ->
                    new Fragment(
                        sentence,
                        0,
                        paste.length(),
                        url.equals(AskedUrl.origin(url))
                            ? Details.NONE
                            : Details.NONE.with("url", url)))
        : Optional.empty();
  }
}

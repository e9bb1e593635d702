package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.remedy.OriginRemedy;
import dev.crosswalk.cors.cli.remedy.Remedy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What several {@linkplain Signs signs} mean together with the cause of a message: the file {@code
 * signs.txt}, which says of its form.
 *
 * @param words the signs that are words, with the patterns of each
 * @param rules in the order in which to look at them
 * @param useless rules for what is then not told; their advice is how it begins
 * @param once what says as much as others
 */
record SignRules(
    Map<String, List<Pattern>> words, List<Rule> rules, List<Rule> useless, List<Once> once) {

  /**
   * What signs mean.
   *
   * @param codes of the causes with which they mean it
   * @param signs that have to be there; after {@code !}, that must not
   */
  record Rule(List<String> codes, List<String> signs, String advice) {
    boolean isFor(Signs beside) {
      return signs.stream().allMatch(sign -> beside.has(named(sign)) != sign.startsWith("!"));
    }

    private static String named(String sign) {
      return sign.replaceFirst("^!", "");
    }
  }

  /**
   * What says as much as others, and more exactly.
   *
   * @param beginning of it; after {@code ...}, a part of it
   * @param general how those begin that are left out beside it
   */
  record Once(String beginning, List<String> general) {
    boolean isIn(String advice) {
      return beginning.startsWith("...")
          ? advice.contains(beginning.substring("...".length()))
          : advice.startsWith(beginning);
    }

    boolean isOver(String advice) {
      return !isIn(advice) && general.stream().anyMatch(advice::startsWith);
    }
  }

  /** What is certain by the text itself comes before what is known of the server. */
  private static final String FIRST = "first";

  /** What is told besides what other signs mean. */
  private static final String ALSO = "also";

  private static final class Holder {
    private static final SignRules ALL = read(Facts.blocks(SignRules.class, "signs.txt"));
  }

  static SignRules all() {
    return Holder.ALL;
  }

  /**
   * Reads blocks.
   *
   * @throws IllegalStateException if a rule names a sign, or an advice a hole, that there is not
   */
  static SignRules read(List<Facts.Block> blocks) {
    Map<String, List<Pattern>> words = new HashMap<>();
    List<Rule> rules = new ArrayList<>();
    List<Rule> useless = new ArrayList<>();
    List<Once> once = new ArrayList<>();
    for (Facts.Block block : blocks) {
      List<String> head = block.head();
      switch (head.get(0)) {
        case "sign" ->
            words.put(
                head.get(1),
                block.lines().stream().map(each -> Pattern.compile(each, Pattern.DOTALL)).toList());
        case "once" ->
            once.add(new Once(String.join(" ", head.subList(1, head.size())), block.lines()));
        default -> (head.get(0).equals("useless") ? useless : rules).add(rule(block));
      }
    }
    SignRules all = new SignRules(words, rules, useless, once);
    Stream.concat(rules.stream(), useless.stream()).forEach(all::check);
    return all;
  }

  private static Rule rule(Facts.Block block) {
    List<String> head = block.head();
    int with = head.indexOf("with");
    return new Rule(
        head.subList(0, with),
        head.subList(with + 1, head.size()),
        String.join(" ", block.lines()));
  }

  private void check(Rule rule) {
    for (String sign : rule.signs) {
      String name = Rule.named(sign);
      if (!words.containsKey(name) && !Signs.isComputed(name)) {
        throw new IllegalStateException("signs.txt: no sign " + name + " for: " + rule.advice);
      }
    }
    Signs.holes(rule.advice)
        .filter(hole -> !Signs.isWord(hole))
        .findFirst()
        .ifPresent(
            hole -> {
              throw new IllegalStateException(
                  "signs.txt: nothing fills {" + hole + "} in: " + rule.advice);
            });
  }

  /**
   * A remedy with what stands beside the message in front, or behind what is known of the server.
   *
   * @param known how many pieces of its advice are about that very server
   */
  Remedy told(Remedy remedy, int known, Signs beside) {
    if (beside.isNothing()) {
      return remedy;
    }
    List<String> advice = new ArrayList<>(remedy.advice());
    int first = 0;
    int behind = known;
    for (Rule rule : rules) {
      if (rule.codes.contains(remedy.code()) && rule.isFor(beside)) {
        String told = beside.filled(rule.advice);
        advice.remove(told);
        boolean leads = rule.codes.contains(FIRST);
        advice.add(leads ? first++ : Math.min(behind, advice.size()), told);
        behind++;
        if (!rule.codes.contains(ALSO)) {
          break;
        }
      }
    }
    return remedy.withOnlyAdvice(advice);
  }

  /** A remedy without what the text answers already; something always stays. */
  Remedy withoutUseless(Remedy remedy, Signs beside) {
    if (beside.isNothing()) {
      return remedy;
    }
    List<String> advice = new ArrayList<>(remedy.advice());
    for (Rule rule : useless) {
      if (advice.size() > 1 && rule.codes.contains(remedy.code()) && rule.isFor(beside)) {
        String start = beside.filled(rule.advice);
        boolean general = OriginRemedy.ADD_ORIGIN.startsWith(start);
        advice.removeIf(
            each ->
                advice.size() > 1
                    && (each.startsWith(start) || general && KnownServer.isAsked(each)));
      }
    }
    return remedy.withOnlyAdvice(advice);
  }

  /** Without what is said more exactly by another advice. */
  List<String> once(List<String> advice) {
    List<Once> told = once.stream().filter(each -> advice.stream().anyMatch(each::isIn)).toList();
    return advice.stream()
        .filter(each -> told.stream().noneMatch(one -> one.isOver(each)))
        .toList();
  }
}

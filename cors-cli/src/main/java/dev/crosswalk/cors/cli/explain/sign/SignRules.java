package dev.crosswalk.cors.cli.explain.sign;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What several {@linkplain Signs signs} mean together with the cause of a message: the file {@code
 * signs.txt}, which describes its format.
 *
 * @param rules in the order in which to look at them
 * @param useless what the text answers already
 * @param once what says as much as others
 */
public record SignRules(List<Rule> rules, List<Useless> useless, List<Once> once) {

  static final String FILE = "signs.txt";

  /** What is certain by the text itself comes before what is known of the server. */
  private static final String FIRST = "first";

  /** What is told besides what other signs mean. */
  private static final String ALSO = "also";

  /** What is told last, besides what other signs mean. */
  private static final String LAST = "last";

  /** So many are shown. */
  private static final int SHOWN = 3;

  /** A list has a fault, and the other lists may have one as well. */
  private static final String LISTS = "lists";

  /** With "alone": what the text itself does, so that no clue counts beside it either. */
  private static final String CERTAIN = "certain";

  /** Nothing else counts beside it, and no header helps. */
  private static final String ALONE = "alone";

  private static final class Holder {
    private static final SignRules ALL = read(Facts.blocks(SignRules.class, FILE), WordSigns.all());
  }

  /**
   * When a rule counts.
   *
   * @param codes of the causes with which it does
   * @param with signs that have to be there
   * @param without signs that must not
   */
  public record Condition(List<String> codes, List<String> with, List<String> without) {
    boolean isMet(Remedy remedy, Signs beside) {
      return codes.contains(remedy.code())
          && with.stream().allMatch(beside::has)
          && without.stream().noneMatch(beside::has);
    }
  }

  /** What signs mean. */
  public record Rule(Condition when, Advice advice) {}

  /** What is then not told. */
  public record Useless(Condition when, List<Topic> topics) {}

  /**
   * What says as much as others, and more exactly.
   *
   * @param topics of it
   * @param general the topics of those that are left out beside it
   */
  public record Once(List<Topic> topics, List<Topic> general) {}

  public static SignRules all() {
    return Holder.ALL;
  }

  /**
   * Reads blocks.
   *
   * @throws IllegalStateException if a rule names a sign, or its advice a hole, that there is not
   */
  static SignRules read(List<Facts.Block> blocks, WordSigns words) {
    List<Rule> rules = new ArrayList<>();
    List<Useless> useless = new ArrayList<>();
    List<Once> once = new ArrayList<>();
    List<Condition> waiting = new ArrayList<>();
    for (Facts.Block block : blocks) {
      List<String> head = block.head();
      switch (head.get(0)) {
        case "once" ->
            once.add(
                new Once(topics(String.join(" ", head.subList(1, head.size()))), topics(block)));
        case "useless" -> useless.add(new Useless(condition(block), topics(block)));
        default -> {
          // Heads without a line share the advice of the next one that has it.
          waiting.add(condition(block));
          if (!block.lines().isEmpty()) {
            Advice advice = Advice.read(String.join(" ", block.lines()), FILE);
            waiting.forEach(when -> rules.add(new Rule(when, advice)));
            waiting.clear();
          }
        }
      }
    }
    rules.forEach(each -> check(each, words));
    useless.forEach(each -> check(each.when, words));
    return new SignRules(rules, useless, once);
  }

  private static List<Topic> topics(Facts.Block block) {
    return topics(String.join(" ", block.lines()));
  }

  private static List<Topic> topics(String line) {
    return Stream.of(line.split(" ")).map(name -> Advice.topic(name, line, FILE)).toList();
  }

  private static Condition condition(Facts.Block block) {
    List<String> head = block.head();
    int with = head.indexOf("with");
    List<String> signs = head.subList(with + 1, head.size());
    return new Condition(
        head.subList(0, with),
        signs.stream().filter(sign -> !sign.startsWith("!")).toList(),
        signs.stream()
            .filter(sign -> sign.startsWith("!"))
            .map(sign -> sign.substring(1))
            .toList());
  }

  private static void check(Condition when, WordSigns words) {
    Stream.concat(when.with.stream(), when.without.stream())
        .filter(name -> !words.isKnown(name) && !Signs.isComputed(name))
        .forEach(
            name -> {
              throw new IllegalStateException(FILE + ": no sign " + name + " for " + when.codes);
            });
  }

  private static void check(Rule rule, WordSigns words) {
    check(rule.when, words);
    Optional<String> unknown = rule.advice.holes().filter(hole -> !Signs.isWord(hole)).findFirst();
    if (unknown.isPresent()) {
      throw new IllegalStateException(
          FILE + ": nothing fills {" + unknown.get() + "} in: " + rule.advice);
    }
  }

  /**
   * A remedy with what stands beside the message in front, or behind what is known of the server.
   *
   * @param known how many pieces of its advice are about that very server
   */
  public Remedy told(Remedy remedy, int known, Signs beside) {
    if (beside.isNothing()) {
      return remedy;
    }
    List<Advice> advice = new ArrayList<>(remedy.advice());
    int first = 0;
    int behind = known;
    boolean lists = false;
    boolean origins = false;
    for (Rule rule : rules) {
      boolean ofOrigins = rule.advice.isAbout(Topic.LISTS_OTHERS);
      if (lists && !rule.when.codes.contains(LISTS) || origins && ofOrigins) {
        continue;
      }
      if (rule.when.isMet(remedy, beside)) {
        Advice told = rule.advice.worded(beside::filled);
        if (rule.when.codes.contains(ALONE)) {
          return new Remedy(
              remedy.code(), remedy.cause(), List.of(told), Optional.empty(), List.of());
        }
        advice.remove(told);
        if (rule.when.codes.contains(LAST)) {
          advice.add(Math.min(SHOWN - 1, advice.size()), told);
          continue;
        }
        boolean leads = rule.when.codes.contains(FIRST);
        advice.add(leads ? first++ : Math.min(behind, advice.size()), told);
        behind++;
        lists |= rule.when.codes.contains(LISTS);
        origins |= ofOrigins;
        if (!lists && !rule.when.codes.contains(ALSO)) {
          break;
        }
      }
    }
    return remedy.withOnlyAdvice(advice);
  }

  /** Whether what the text itself does is all that is to be told, whatever program it is of. */
  public boolean isAlone(Remedy remedy, Signs beside) {
    return !beside.isNothing()
        && rules.stream()
            .filter(rule -> rule.when.codes.contains(CERTAIN))
            .anyMatch(rule -> rule.when.isMet(remedy, beside));
  }

  /** A remedy without what the text answers already; something always stays. */
  public Remedy withoutUseless(Remedy remedy, Signs beside) {
    if (beside.isNothing()) {
      return remedy;
    }
    List<Advice> advice = new ArrayList<>(remedy.advice());
    for (Useless rule : useless) {
      if (advice.size() > 1 && rule.when.isMet(remedy, beside)) {
        advice.removeIf(each -> advice.size() > 1 && rule.topics.contains(each.topic()));
      }
    }
    return remedy.withOnlyAdvice(advice);
  }

  /** Without what is said more exactly by another piece of advice. */
  public List<Advice> once(List<Advice> advice) {
    Set<Topic> told = advice.stream().map(Advice::topic).collect(Collectors.toSet());
    Set<Topic> general =
        once.stream()
            .filter(each -> each.topics.stream().anyMatch(told::contains))
            .flatMap(each -> each.general.stream())
            .collect(Collectors.toSet());
    return advice.stream().filter(each -> !general.contains(each.topic())).toList();
  }
}

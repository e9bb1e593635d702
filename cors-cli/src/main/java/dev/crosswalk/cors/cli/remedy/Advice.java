package dev.crosswalk.cors.cli.remedy;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing to do.
 *
 * @param topic what it is about
 * @param traits what else the program has to know of it
 * @param program for which it is, if its first words name one
 * @param words a sentence or more
 */
public record Advice(Topic topic, Set<Trait> traits, Optional<Program> program, String words) {

  /**
   * The program that the first words name: {@code Kong: set …}, {@code If it is Kong: set …}.
   *
   * @param name of it
   * @param first the words up to what is to be done, or up to the name if a sentence goes on
   */
  public record Program(String name, String first) {

    /** Behind what the advice asks about the program, or behind its name. */
    private static final String COLON = ": ";

    private boolean isAsked() {
      return !first.startsWith(name);
    }

    private boolean isSentence() {
      return !first.endsWith(COLON);
    }
  }

  /** Marks the program in data files. */
  private static final Pattern PROGRAM = Pattern.compile("\\{program ([^{}]+)}");

  /** Behind an example, in data files. */
  private static final String HOLE = "{yours}";

  /** What fills it, as long as the page's origin is not known. */
  private static final String YOURS = ", with your page's";

  private static final Pattern UNFILLED = Pattern.compile("\\{([a-z]+)}");

  private static final Pattern SWITCH =
      Pattern.compile("(?<![\\w.-])([\\w.-]{3,60})[:=]\\s?true\\b");

  /** The name of a setting, by its dots, underscores or capitals; and no file. */
  private static final Pattern SETTING =
      Pattern.compile(
          "\\b(?:[a-z]\\w{1,20}(?:[._-][a-z]\\w{1,20}){1,4}|[a-z]{2,20}(?:[A-Z][a-z]{2,20}){1,4})\\b"
              + "(?<!\\.(?:yaml|yml|conf|config|json|xml|toml|ini|py|js|com|example))(?!/)");

  /** What follows the name of a setting that has a value. */
  private static final String SET = "[\"'`]?\\s?[:=]\\s?(?!false|off\\b|0\\b|no\\b|\\[\\s?\\])\\S";

  private static final Pattern ASSIGNED = Pattern.compile("\\b([A-Z]{2,20}(?:_[A-Z]{2,20})+) =");

  private static final Pattern NAMED = Pattern.compile("@([A-Z_]+) (.*)", Pattern.DOTALL);

  public Advice {
    traits = Set.copyOf(traits);
  }

  /** A piece of advice without a topic. */
  public static Advice of(String words) {
    return Topic.NONE.advice(words);
  }

  /** Several without a topic, in their order. */
  public static List<Advice> all(Collection<String> words) {
    return words.stream().map(Advice::of).toList();
  }

  /**
   * Reads a line.
   *
   * @param line words, or {@code @TOPIC words}, with a {@code @TRAIT} or more in front of the
   *     words; {@code {yours}} behind an example means that it stands for the page's origin, and
   *     {@code {program NAME}} in the first words that the advice is for that program
   * @param file that has it, for the complaint
   * @throws IllegalStateException if there is no such topic or trait, if one comes twice or a topic
   *     behind another name, or if the words say of an example what only the hole may say
   */
  public static Advice read(String line, String file) {
    Topic topic = Topic.NONE;
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    String words = line;
    for (Matcher named = NAMED.matcher(words); named.matches(); named = NAMED.matcher(words)) {
      String name = named.group(1);
      Optional<Trait> trait = trait(name);
      if (trait.isEmpty() && words.equals(line)) {
        topic = topic(name, line, file);
      } else if (trait.isEmpty() || !traits.add(trait.get())) {
        throw new IllegalStateException(file + ": " + name + " cannot be there in: " + line);
      }
      words = named.group(2);
    }
    boolean example = words.contains(RequiredGrant.SOME_ORIGIN);
    boolean yours = words.contains(HOLE);
    if (traits.contains(Trait.NAMES_PAGE)
        || yours && !example
        || example && words.contains(YOURS)) {
      throw new IllegalStateException(
          file + ": " + HOLE + " goes with " + RequiredGrant.SOME_ORIGIN + " in: " + line);
    }
    Advice advice = marked(topic, traits, words.replace(HOLE, YOURS));
    return yours ? advice.with(Trait.NAMES_PAGE) : advice;
  }

  /** A piece of advice without a topic, whose first words mark a program as data files do. */
  public static Advice marked(String words) {
    return marked(Topic.NONE, Set.of(), words);
  }

  private static Advice marked(Topic topic, Set<Trait> traits, String written) {
    Matcher mark = PROGRAM.matcher(written);
    if (!mark.find()) {
      return new Advice(topic, traits, Optional.empty(), written);
    }
    String name = mark.group(1);
    String words = mark.replaceFirst(Matcher.quoteReplacement(name));
    int named = mark.start() + name.length();
    int colon = words.indexOf(Program.COLON, named);
    // A sentence that begins with the name goes on behind it.
    boolean sentence = mark.start() == 0 && colon != named;
    int end = sentence ? named : colon + Program.COLON.length();
    return new Advice(
        topic, traits, Optional.of(new Program(name, words.substring(0, end))), words);
  }

  /** The same where the text names its program, so that nothing has to be asked. */
  public Advice ofNamed() {
    Program known = program.orElseThrow();
    return known.isAsked()
        ? beginning(known.name() + Program.COLON, "").without(Trait.PERHAPS)
        : this;
  }

  /** The same where the URL may be one of its program, and nothing tells that it is. */
  public Advice ofUrl() {
    return program
        .filter(known -> !known.isAsked())
        .map(
            known ->
                beginning(
                    "If the URL is one of " + known.name() + Program.COLON,
                    known.isSentence() ? "it" : ""))
        .orElse(this);
  }

  private Advice beginning(String start, String subject) {
    String first = program.orElseThrow().first();
    return words.startsWith(first)
        ? worded(each -> start + subject + each.substring(first.length()))
        : this;
  }

  /** Whether its first words ask whether it is a program, and which. */
  public Optional<String> asksFor() {
    return program.filter(Program::isAsked).map(Program::name);
  }

  private static Optional<Trait> trait(String name) {
    return Stream.of(Trait.values()).filter(trait -> trait.name().equals(name)).findFirst();
  }

  /**
   * The topic of a name.
   *
   * @param line that has it, in this file
   * @throws IllegalStateException if there is no such topic
   */
  public static Topic topic(String name, String line, String file) {
    return Stream.of(Topic.values())
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(file + ": no topic " + name + " in: " + line));
  }

  /** Whether it is about one of these. */
  public boolean isAbout(Topic... topics) {
    return List.of(topics).contains(topic);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  // What is in the words as code is read off them here, and nowhere else; what they say is a topic
  // or a trait.

  /** Whether a setting, an option or a header of that name is in it. */
  public boolean names(String identifier) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(identifier) + "(?![\\w-])")
        .matcher(words)
        .find();
  }

  /** The settings that it shows with the value true. */
  public List<String> switches() {
    return SWITCH.matcher(words).results().map(each -> each.group(1)).toList();
  }

  /** Whether it shows an origin or another value as it stands in code. */
  public boolean shows(String value) {
    return words.contains(value);
  }

  /** Whether it shows the example of an origin, which the reader has to replace. */
  public boolean showsExample() {
    return shows(RequiredGrant.SOME_ORIGIN);
  }

  /** The settings of Django to which it gives a value. */
  public Set<String> assigned() {
    return ASSIGNED
        .matcher(words)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /**
   * Whether a text has a value, and not {@code false}, for one of the settings that it names.
   *
   * @param text in lower case
   */
  public boolean isSetIn(String text) {
    return SETTING
        .matcher(words)
        .results()
        .map(found -> found.group().toLowerCase(Locale.ROOT))
        .map(name -> name.substring(name.matches("api\\..*") ? 4 : 0))
        .anyMatch(
            name ->
                text.contains(name)
                    && Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + SET)
                        .matcher(text)
                        .find());
  }

  /** The names of the holes that are to be filled. */
  public Stream<String> holes() {
    return UNFILLED.matcher(words).results().map(hole -> hole.group(1));
  }

  /** The same in other words. */
  public Advice worded(UnaryOperator<String> change) {
    return new Advice(topic, traits, program, change.apply(words));
  }

  /** The same with the page's own origin, in place of an example and of words about that. */
  public Advice ofPage(String origin) {
    return worded(
        each ->
            each.replace(YOURS + " origin", "")
                .replace(YOURS, "")
                .replace(RequiredGrant.SOME_ORIGIN, origin));
  }

  /** The same words about another topic. */
  public Advice about(Topic other) {
    return new Advice(other, traits, program, words);
  }

  /** The same, of which the program has to know that. */
  public Advice with(Trait trait) {
    Set<Trait> all = EnumSet.of(trait);
    all.addAll(traits);
    return new Advice(topic, all, program, words);
  }

  /** The same, of which that no longer counts. */
  public Advice without(Trait trait) {
    Set<Trait> left = new HashSet<>(traits);
    left.remove(trait);
    return new Advice(topic, left, program, words);
  }

  /** As it is told. */
  @Override
  public String toString() {
    return words;
  }
}

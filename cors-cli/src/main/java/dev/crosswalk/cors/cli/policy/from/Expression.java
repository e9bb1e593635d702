package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression for origins, as an engine reads it, and the patterns that say the same. Core
 * translates it; whether the translation says more or less is tried out with the expression itself.
 */
final class Expression {

  /** What a browser can put in front of a host and behind it, where nothing anchors. */
  private static final String BEHIND = ".evil.example";

  private static final String IN_FRONT = "evil";

  /** No origin takes as many steps; an expression with nested repetitions takes more. */
  private static final int MAX_STEPS = 200_000;

  private static final int MAX_LENGTH = 2_000;

  /** How often something is repeated at least. */
  private static final Pattern REPETITION = Pattern.compile("\\{([0-9]+)(?:,[0-9]*)?}");

  /** What a server fills in: it is not in the file. */
  private static final Pattern VARIABLE = Pattern.compile("(?<!\\\\)\\$[A-Za-z_{]");

  /** One label, in front: each engine's way to write it. */
  private static final Pattern ONE_LABEL =
      Pattern.compile("://(\\((?:\\?:)?)?(?:\\[[^\\]]+]|\\\\[wd])[+*](\\))?\\\\\\.");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  /** Ends a match that takes too many steps. */
  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super(null, null, false, false);
    }
  }

  /** Where an engine matches. */
  enum Anchoring {
    /** Anywhere, unless the expression says otherwise: nginx, Go, Apache, HAProxy. */
    SEARCH,
    /** The whole value: Envoy, Quarkus, Micronaut. */
    WHOLE
  }

  private final String text;
  private final Anchoring anchoring;
  private final Optional<Pattern> compiled;
  private boolean isLess;
  private Optional<String> nearest = Optional.empty();

  Expression(String text, Anchoring anchoring, boolean inAnyCase) {
    this.text = text.startsWith("(?i)") ? text.substring(4) : text;
    this.anchoring = anchoring;
    compiled = compiled(this.text, inAnyCase || text.startsWith("(?i)"));
  }

  private static Optional<Pattern> compiled(String text, boolean inAnyCase) {
    try {
      return text.length() > MAX_LENGTH || VARIABLE.matcher(text).find() || multiplies(text)
          ? Optional.empty()
          : Optional.of(Pattern.compile(text, inAnyCase ? Pattern.CASE_INSENSITIVE : 0));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether repetitions inside each other would take too many steps. One that repeats nothing reads
   * no character, so that the steps of a match do not count it.
   */
  private static boolean multiplies(String text) {
    long product = 1;
    Matcher repetition = REPETITION.matcher(text);
    while (repetition.find() && product <= MAX_STEPS) {
      String least = repetition.group(1);
      product *= least.length() > 9 ? MAX_STEPS + 1 : Math.max(1, Integer.parseInt(least));
    }
    return product > MAX_STEPS;
  }

  boolean isReadable() {
    return compiled.isPresent();
  }

  /** Whether the engine takes an origin for one that the expression means. */
  boolean matches(String origin) {
    if (compiled.isEmpty()) {
      return false;
    }
    Matcher matcher = compiled.get().matcher(new Counted(origin, new int[1]));
    try {
      return anchoring == Anchoring.WHOLE ? matcher.matches() : matcher.find();
    } catch (TooManySteps e) {
      return false;
    }
  }

  /** Whether it takes origins that have nothing in common. */
  boolean isEverything() {
    return matches("https://evil.example") && matches("https://some.test");
  }

  /** Returns patterns that say the same, or less; empty if there are none. */
  List<String> patterns() {
    String whole =
        withoutAnchors(text).replace("\\/", "/").replace("\\:", ":").replace("[.]", "\\.");
    // Labels that repeat are a wildcard of any depth; core reads them as such.
    whole = whole.replaceAll("\\((?:\\?:)?\\[[^\\]]+][+*]\\\\\\.\\)\\+", ".+\\\\.");
    whole = whole.replaceAll("\\((?:\\?:)?\\[[^\\]]+][+*]\\\\\\.\\)\\*", "(.+\\\\.)?");
    // The same, as it is usually written: http[s]*?:// and http(|s)://
    whole = whole.replace("[s]", "s").replaceAll("s[*?]\\??://", "s?://").replace("(|s)", "s?");
    List<String> patterns = new ArrayList<>();
    isLess = false;
    for (String written : alternatives(whole)) {
      String alternative = withoutAnchors(written);
      String anchored = "^" + withScheme(alternative) + "$";
      List<String> all = translated(anchored);
      List<String> same = confirmed(all);
      if (!same.isEmpty() && same.size() < all.size()) {
        isLess = true;
        nearest = nearest.or(() -> wider(all));
      }
      if (same.isEmpty()) {
        // What may be left out, is left out: that is less, and not nothing.
        isLess = true;
        String oneLabel = ONE_LABEL.matcher(anchored).replaceFirst("://.+\\\\.");
        nearest = nearest.or(() -> wider(translated(oneLabel))).or(() -> beyond(anchored));
        same = confirmed(translated(anchored.replaceAll("\\([^()]*\\)\\?", "")));
      }
      patterns.addAll(same);
    }
    isLess = isLess && !patterns.isEmpty();
    return patterns;
  }

  /** People leave out the scheme, and what is in front of the dot of a domain. */
  private static String withScheme(String alternative) {
    return alternative.contains("://")
        ? alternative
        : "https://" + (alternative.startsWith("\\.") ? ".+" : "") + alternative;
  }

  private static String withoutAnchors(String expression) {
    return expression.replaceAll("^\\^|(?<!\\\\)\\$$", "");
  }

  /** Origins that are written one by one: {@code (?:https://a|https://b)}. */
  private static List<String> alternatives(String whole) {
    if (whole.indexOf("://") == whole.lastIndexOf("://")) {
      return List.of(whole);
    }
    List<String> alternatives = new ArrayList<>();
    String inner = whole;
    if (closing(whole) == whole.length() - 1) {
      inner = whole.substring(whole.startsWith("(?:") ? 3 : 1, whole.length() - 1);
    }
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= inner.length(); i++) {
      char c = i == inner.length() ? '|' : inner.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == '|' && (depth == 0 || i == inner.length())) {
        alternatives.add(inner.substring(from, i));
        from = i + 1;
      }
    }
    return alternatives;
  }

  /** Where the group ends that the expression begins with; -1 if it begins with none. */
  private static int closing(String whole) {
    int depth = 0;
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i == 0 ? -1 : i;
      }
      i += c == '\\' ? 1 : 0;
    }
    return -1;
  }

  private List<String> confirmed(List<String> patterns) {
    return patterns.stream()
        .filter(pattern -> members(pattern).stream().allMatch(this::matches))
        .toList();
  }

  /** A pattern that says more, and an origin that only it allows; empty if there is none. */
  private Optional<String> wider(List<String> patterns) {
    for (String pattern : patterns) {
      List<String> members = members(pattern);
      if (pattern.contains("*")) {
        for (String member : members) {
          if (!matches(member)) {
            return Optional.of(": " + pattern + " also allows " + member);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A pattern that core says allows more, and its origin that the expression does not match. */
  private Optional<String> beyond(String expression) {
    PolicyProblem problem = problem(expression);
    if (problem == null || problem.code() != ProblemCode.ORIGIN_REGULAR_EXPRESSION_PART) {
      return Optional.empty();
    }
    List<String> named = quoted(problem.reason());
    return named.size() == 2 && !matches(named.get(1))
        ? Optional.of(": " + named.get(0) + " also allows " + named.get(1))
        : Optional.empty();
  }

  /** Returns why the nearest pattern does not say the same; empty if there is no such pattern. */
  Optional<String> nearest() {
    return nearest;
  }

  /** Whether the patterns say less than the expression. */
  boolean isLess() {
    return isLess;
  }

  private static List<String> translated(String expression) {
    PolicyProblem problem = problem(expression);
    if (problem == null) {
      return List.of(expression);
    }
    return problem.remedy().startsWith("write \"") ? quoted(problem.remedy()) : List.of();
  }

  private static @Nullable PolicyProblem problem(String expression) {
    try {
      CorsPolicy.builder().allowOrigins(expression).build();
      return null;
    } catch (InvalidCorsPolicyException e) {
      return e.problems().get(0);
    }
  }

  private static List<String> quoted(String sentence) {
    Set<String> quoted = new LinkedHashSet<>();
    Matcher text = QUOTED.matcher(sentence);
    while (text.find()) {
      quoted.add(text.group(1));
    }
    return List.copyOf(quoted);
  }

  /** Origins of a pattern that the expression has to match, if the pattern is not to say more. */
  private static List<String> members(String pattern) {
    List<String> members = new ArrayList<>();
    boolean anyPort = pattern.endsWith(":*");
    String host = anyPort ? pattern.substring(0, pattern.length() - 2) : pattern;
    for (String port : anyPort ? List.of("", ":8443", ":1", ":65535") : List.of("")) {
      List<String> labels =
          host.contains("://*.")
              ? List.of("some", "some-2.other", "2x.some-2.other")
              : List.of("x", "x-2");
      labels.forEach(label -> members.add(host.replace("*", label) + port));
    }
    return members;
  }

  /**
   * Returns an origin that a pattern allows beyond what its members say; empty if there is none.
   */
  Optional<String> more(String pattern) {
    String origin = pattern.replaceAll(":\\*$", "").replace("*", "a_b");
    return origin.contains("a_b") && !matches(origin) ? Optional.of(origin) : Optional.empty();
  }

  /** Returns an origin that the expression means, and no pattern allows; empty if none is known. */
  Optional<String> missing(List<String> patterns) {
    List<String> meant = new ArrayList<>();
    for (String pattern : patterns) {
      String origin = members(pattern).get(0);
      if (origin.startsWith("https://")) {
        meant.add("http://" + origin.substring("https://".length()));
      }
      if (pattern.contains("*") && !pattern.contains("://*.")) {
        meant.add(pattern.replaceAll(":\\*$", "").replace("*", "x.y"));
      }
    }
    return meant.stream()
        .filter(this::matches)
        .filter(origin -> patterns.stream().noneMatch(pattern -> covers(pattern, origin)))
        .findFirst();
  }

  /** Returns origins of strangers that the expression grants, though no pattern says so. */
  List<String> mistakes(List<String> patterns) {
    Set<String> mistakes = new LinkedHashSet<>();
    List<String> meant = patterns.isEmpty() ? guessed() : patterns;
    for (String pattern : meant) {
      String origin = members(pattern).get(0);
      int host = origin.indexOf("://") + 3;
      if (host < 3) {
        continue;
      }
      List<String> strangers = new ArrayList<>();
      strangers.add(origin + BEHIND);
      if (!patterns.isEmpty() || !text.matches(".*(\\[|\\.[*+]|\\\\w).*")) {
        strangers.add(origin.substring(0, host) + IN_FRONT + origin.substring(host));
        strangers.add(origin.substring(0, host) + IN_FRONT + "-" + origin.substring(host));
      }
      for (int dot = origin.indexOf('.', host); dot > 0; dot = origin.indexOf('.', dot + 1)) {
        strangers.add(origin.substring(0, dot) + "x" + origin.substring(dot + 1));
      }
      strangers.stream()
          .filter(this::matches)
          .filter(stranger -> meant.stream().noneMatch(other -> covers(other, stranger)))
          .findFirst()
          .ifPresent(mistakes::add);
    }
    return List.copyOf(mistakes);
  }

  private static boolean covers(String pattern, String origin) {
    try {
      return CorsPolicy.builder()
              .allowOrigins(pattern)
              .build()
              .decide(dev.crosswalk.cors.Cors.Request.of("GET", "/").from(origin))
              .outcome()
          == dev.crosswalk.cors.CorsDecision.Outcome.ALLOWED;
    } catch (InvalidCorsPolicyException e) {
      return false;
    }
  }

  /** The simplest origin that the expression means. */
  private List<String> guessed() {
    Optional<String> sample = Sample.of(text);
    return sample.stream()
        .map(one -> one.contains("://") ? one : "https://" + one)
        .filter(this::matches)
        .toList();
  }

  /** Counts how often its characters are read. */
  private record Counted(CharSequence text, int[] steps) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (steps[0]++ > MAX_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), steps);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}

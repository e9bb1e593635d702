package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the policy of the longest path that covers the request's. See {@link Cors#byPath}.
 *
 * <p>A framework decodes and normalizes a path before it routes. Nobody knows exactly how, so that
 * here is nothing that would have to agree with it: paths of policies consist of unreserved
 * characters, which have one spelling (RFC 3986 §6.2.2.2), and a request's path that could be
 * another in disguise has no policy.
 */
final class ByPath implements Cors {

  static final String PATHS = "paths";

  private static final Proceed NOT_CORS = new Proceed(Kind.NOT_CORS);
  private static final Proceed ACTUAL = new Proceed(Kind.ACTUAL);
  private static final Proceed PREFLIGHT = new Proceed(Kind.PREFLIGHT);

  /** A path and its policy. The root is the empty path here, because every path begins with it. */
  private record Rule(String path, Cors cors) {

    boolean covers(String requested) {
      return ByPath.covers(path, requested);
    }

    boolean coversInAnyCase(String requested) {
      return Token.isSame(requested, 0, path) && endsSegment(path, requested);
    }
  }

  private final Rule[] longestFirst;

  /**
   * @param policies policies by paths that {@link #problem} finds nothing wrong with
   */
  ByPath(Map<String, ? extends Cors> policies) {
    List<Rule> rules = new ArrayList<>();
    policies.forEach((path, cors) -> rules.add(new Rule(path.equals("/") ? "" : path, cors)));
    rules.sort(
        Comparator.comparingInt((Rule rule) -> rule.path().length())
            .reversed()
            .thenComparing(Rule::path));
    longestFirst = rules.toArray(new Rule[0]);
  }

  /** As {@link Cors#byPath} describes it. */
  static ByPath of(@Nullable Map<String, ? extends Cors> policies) {
    List<PolicyProblem> problems = new ArrayList<>();
    if (policies == null || policies.isEmpty()) {
      problems.add(missing(PATHS, null));
      throw new InvalidCorsPolicyException(problems);
    }
    int index = 0;
    for (Map.Entry<String, ? extends Cors> entry : policies.entrySet()) {
      PolicyProblem problem = problem(entry.getKey(), PATHS, index, null);
      if (problem != null) {
        problems.add(problem);
      } else if (entry.getValue() == null) {
        problems.add(ProblemCode.POLICY_MISSING.at(PATHS, entry.getKey(), index, null));
      }
      index++;
    }
    if (!problems.isEmpty()) {
      throw new InvalidCorsPolicyException(problems);
    }
    return new ByPath(policies);
  }

  static PolicyProblem missing(String setting, @Nullable String source) {
    return ProblemCode.PATH_MISSING.at(setting, null, -1, source);
  }

  /** Returns what is wrong with the path of a policy, or null. */
  static @Nullable PolicyProblem problem(
      @Nullable String path, String setting, int index, @Nullable String source) {
    ProblemCode code;
    String meant = "";
    if (path == null || path.isBlank()) {
      code = ProblemCode.PATH_EMPTY;
    } else if (path.contains("://")) {
      code = ProblemCode.PATH_URL;
    } else if (path.endsWith("/*") || path.endsWith("/**")) {
      meant = path.substring(0, path.lastIndexOf('/'));
      code = isWild(meant) ? ProblemCode.PATH_VARIABLE : ProblemCode.PATH_WILDCARD;
    } else if (isWild(path)) {
      code = ProblemCode.PATH_VARIABLE;
    } else if (path.charAt(0) != '/') {
      code = ProblemCode.PATH_RELATIVE;
      meant = "/" + path;
    } else if (path.length() > 1 && path.endsWith("/") && isPrefix(trimmed(path))) {
      code = ProblemCode.PATH_TRAILING_SLASH;
      meant = path;
    } else if (!isNormal(path)) {
      code = ProblemCode.PATH_NOT_NORMAL;
    } else if (!isPrefix(path)) {
      code = ProblemCode.PATH_INVALID;
    } else {
      return null;
    }
    boolean isPath = !meant.isEmpty() && isPrefix(trimmed(meant));
    return code.at(setting, path, index, source)
        .instead(isPath ? List.of(trimmed(meant)) : List.of());
  }

  private static boolean isWild(String path) {
    return path.indexOf('*') >= 0 || path.indexOf('{') >= 0;
  }

  private static String trimmed(String path) {
    String trimmed = path;
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    return trimmed.isEmpty() ? "/" : trimmed;
  }

  private static boolean isPrefix(String path) {
    return isNormal(path)
        && (path.equals("/") || !path.endsWith("/"))
        && path.chars().allMatch(c -> c == '/' || isUnreserved(c));
  }

  List<Cors> policies() {
    return Arrays.stream(longestFirst).map(Rule::cors).toList();
  }

  @Override
  public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    Cors cors = covering(reader.path(request));
    return cors == null ? withoutPolicy(request, reader) : cors.decide(request, reader);
  }

  @Override
  public <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
    Cors cors = covering(reader.path(request));
    return cors == null ? withoutPolicy(request, reader) : cors.decideAgain(request, reader);
  }

  private @Nullable Cors covering(String path) {
    if (!isNormal(path)) {
      return null;
    }
    int longest = -1; // What would cover the path if case did not matter.
    for (Rule rule : longestFirst) {
      if (rule.covers(path)) {
        return rule.path().length() >= longest ? rule.cors() : null;
      }
      if (longest < 0 && rule.coversInAnyCase(path)) {
        longest = rule.path().length();
      }
    }
    return null;
  }

  /** Whether a path without a slash at its end is another's, or that of a parent, by segments. */
  static boolean covers(String path, String requested) {
    return path.equals("/") || requested.startsWith(path) && endsSegment(path, requested);
  }

  /** Whether what a requested path begins with ends where one of its segments does. */
  private static boolean endsSegment(String path, String requested) {
    return requested.length() == path.length() || requested.charAt(path.length()) == '/';
  }

  private static <Q> Proceed withoutPolicy(Q request, RequestReader<? super Q> reader) {
    if (reader.header(request, "Origin") == null) {
      return NOT_CORS;
    }
    String method =
        reader.method(request).equals("OPTIONS")
            ? reader.header(request, "Access-Control-Request-Method")
            : null;
    return method == null || method.isEmpty() ? ACTUAL : PREFLIGHT;
  }

  /**
   * Whether a path means the same to everybody: absolute, without empty, {@code .} and {@code ..}
   * segments, without parameters ({@code ;}, which servlet containers cut off) and backslashes
   * (which some take for slashes), and with nothing encoded that decodes to one of these, to an
   * unreserved character, or to no character at all.
   */
  static boolean isNormal(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return false;
    }
    int segment = 1;
    for (int i = 1; i <= path.length(); i++) {
      char c = i == path.length() ? '/' : path.charAt(i);
      if (c == '/') {
        boolean isLast = i == path.length();
        if (i == segment && !isLast || isDots(path, segment, i)) {
          return false;
        }
        segment = i + 1;
      } else if (c == '%') {
        int octet = octet(path, i);
        if (octet < 0 || mayBeDecoded(octet)) {
          return false;
        }
        i += 2;
      } else if (c <= ' ' || c >= 0x7F || c == ';' || c == '\\' || c == '?' || c == '#') {
        return false;
      }
    }
    return true;
  }

  private static boolean isDots(String path, int from, int to) {
    return to - from == 1 && path.charAt(from) == '.'
        || to - from == 2 && path.charAt(from) == '.' && path.charAt(from + 1) == '.';
  }

  private static int octet(String path, int percent) {
    if (percent + 2 >= path.length()) {
      return -1;
    }
    int high = hex(path.charAt(percent + 1));
    int low = hex(path.charAt(percent + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static boolean mayBeDecoded(int octet) {
    return isUnreserved(octet)
        || octet == '/'
        || octet == '\\'
        || octet < ' '
        || octet == 0x7F
        // Never in UTF-8: the first two begin an overlong form of an ASCII character.
        || octet == 0xC0
        || octet == 0xC1
        || octet >= 0xF5;
  }

  /** RFC 3986 §2.3. */
  private static boolean isUnreserved(int c) {
    return c < 128
        && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '~');
  }

  @Override
  public List<PolicyProblem> warnings() {
    Set<PolicyProblem> warnings = new LinkedHashSet<>();
    for (Rule rule : longestFirst) {
      warnings.addAll(rule.cors().warnings());
    }
    return List.copyOf(warnings);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ByPath byPath
        && List.of(longestFirst).equals(List.of(byPath.longestFirst));
  }

  @Override
  public int hashCode() {
    return List.of(longestFirst).hashCode();
  }

  /** Returns the policies as named ones in a configuration file, the longest path first. */
  @Override
  public String toString() {
    Map<Cors, List<String>> paths = new LinkedHashMap<>();
    for (Rule rule : longestFirst) {
      String path = rule.path().isEmpty() ? "/" : rule.path();
      paths.computeIfAbsent(rule.cors(), cors -> new ArrayList<>()).add(path);
    }
    List<String> lines = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    paths.forEach(
        (cors, covered) -> {
          String prefix = "cors.policies." + name(covered.get(0), names) + ".";
          lines.add(prefix + PATHS + "=" + String.join(", ", covered));
          cors.toString()
              .lines()
              .map(line -> cors instanceof CorsPolicy ? prefix + line.substring(5) : "# " + line)
              .forEach(lines::add);
        });
    return String.join("\n", lines);
  }

  private static String name(String path, Set<String> names) {
    StringBuilder name = new StringBuilder();
    for (char c : path.toLowerCase(Locale.ROOT).substring(1).toCharArray()) {
      name.append(Character.isLetterOrDigit(c) ? c : '-');
    }
    String base = name.isEmpty() ? "root" : name.toString();
    String unique = base;
    for (int i = 2; !names.add(unique); i++) {
      unique = base + "-" + i;
    }
    return unique;
  }
}

package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.cli.document.Node;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One policy in the making: what a reader found, with the lines. What core refuses of it is left
 * out, and said with core's own reason; so the policy never grants more than was found.
 */
final class Draft {

  private static final String ORIGINS = "cors.allowed-origins";
  private static final String CREDENTIALS = "cors.allow-credentials";
  private static final long LONGEST_MAX_AGE = 86_400;

  /** What templates and deployments fill in. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{|\\{\\{|\\$\\(|%\\{|<%|^![A-Z]|^\\[[a-z]+\\(|^\\$[A-Za-z_]");

  private final String file;
  private final List<Finding> findings;
  private final Map<String, List<Node>> lists = new LinkedHashMap<>();
  private final Map<String, Finding> wider = new HashMap<>();
  private boolean any;
  private boolean credentials;
  private int credentialsLine;
  private int lineOfStar;
  private int lineOfPreflights;
  private boolean hasWildcards;

  /** Whose responses have the headers. */
  final MethodLimits limits = new MethodLimits();

  /** Where the policy begins, for findings about the whole. */
  int line;

  /** What is for the same host has the same one. */
  Object site = "";

  /** The paths that the policy is for; an empty one is every path. */
  List<String> paths = List.of("");

  Draft(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
    lists.put(ORIGINS, new ArrayList<>()); // Whoever reads the policy begins there.
  }

  /** Says that a * for methods and request headers is a wildcard with credentials, too. */
  void wildcardsWorkWithCredentials() {
    hasWildcards = true;
  }

  void report(Level level, int line, String sentence) {
    Finding finding = new Finding(level, file, line, sentence);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  boolean isEmpty() {
    return !any && lineOfPreflights == 0 && lists.getOrDefault(ORIGINS, List.of()).isEmpty();
  }

  // ---------------------------------------------------------------------------------- the origins

  /** An origin as it is written: one, {@code *}, or several where one is sent. */
  void origin(String text, int line) {
    String origin = text.strip();
    if (origin.equals("*")) {
      any = true;
    } else if (origin.equals("null")) {
      report(
          Level.DANGER,
          line,
          "it allows the origin null, which every website can send from a sandboxed frame; it is"
              + " left out");
    } else if (!origin.isEmpty()) {
      add(ORIGINS, origin, line);
    }
  }

  /** Any origin is allowed: it is sent back. */
  void everybody(int line, boolean withCredentials) {
    if (withCredentials) {
      report(
          Level.DANGER,
          line,
          "it allows every website, with credentials: each can read what the signed-in user may"
              + " read; no policy says that, so list the origins of your pages");
    } else {
      report(
          Level.DANGER,
          line,
          "it allows every website, because it sends back any origin; that is \"*\"");
      any = true;
    }
  }

  /** A * that every origin gets, on answers to preflights alone. */
  void starForPreflights(int line) {
    lineOfPreflights = line;
  }

  /** A * that is sent to some origins alone. */
  void starForSome(int line) {
    lineOfStar = line;
  }

  void expression(Expression expression, String written, int line, boolean withCredentials) {
    Translation translation = new Translation(expression, written, file, line);
    translation.findings().forEach(f -> report(f.level(), f.line(), f.sentence()));
    if (translation.isEverything()) {
      everybody(line, withCredentials);
    }
    translation.patterns().forEach(pattern -> add(ORIGINS, pattern, line));
    wider.putAll(translation.wider());
  }

  // -------------------------------------------------------------------------------------- the rest

  void credentials(int line) {
    credentials = true;
    credentialsLine = line;
  }

  void methods(List<Node> methods) {
    for (Node method : methods) {
      String name = method.text().strip();
      if (!Set.of("GET", "HEAD", "POST", "OPTIONS", "").contains(name)) {
        add("cors.allowed-methods", name, method.line());
      }
    }
  }

  void requestHeaders(List<Node> names) {
    names.forEach(name -> add("cors.allowed-request-headers", name.text().strip(), name.line()));
  }

  void exposed(List<Node> names) {
    names.forEach(name -> add("cors.exposed-response-headers", name.text().strip(), name.line()));
  }

  /** A response header that a server adds, beside the one about the origin. */
  void field(String name, String value, int line) {
    Node node = Node.scalar(value, line);
    switch (name.toLowerCase(Locale.ROOT)) {
      case "access-control-allow-methods" -> methods(node.values());
      case "access-control-allow-headers" -> requestHeaders(node.values());
      case "access-control-expose-headers" -> exposed(node.values());
      case "access-control-max-age" -> maxAge(node);
      case "access-control-allow-credentials" -> {
        if (value.strip().equals("true")) {
          credentials(line);
        }
      }
      default -> {}
    }
  }

  /** Whether the policy has what a header says. */
  private boolean says(String header) {
    return switch (header) {
      case GrantHeaders.ALLOW_CREDENTIALS -> credentials;
      case GrantHeaders.EXPOSE_HEADERS -> lists.containsKey("cors.exposed-response-headers");
      default -> true;
    };
  }

  /** Seconds, or what a framework writes in their place, such as {@code 1h}. */
  void maxAge(Node value) {
    String text = value.text().strip().toLowerCase(Locale.ROOT);
    if (text.isEmpty()) {
      return;
    }
    String seconds = text.matches("-?[0-9]{1,18}") ? text : "";
    if (!seconds.isEmpty() && Long.parseLong(seconds) > LONGEST_MAX_AGE) {
      report(
          Level.BROKEN,
          value.line(),
          "no browser keeps the answer to a preflight for " + text + " s; the policy says a day");
      text = String.valueOf(LONGEST_MAX_AGE);
    } else if (!seconds.isEmpty() && Long.parseLong(seconds) < 0) {
      text = "0";
    }
    lists.remove("cors.max-age");
    add("cors.max-age", text, value.line());
  }

  private void add(String key, String member, int line) {
    if (PLACEHOLDER.matcher(member).find()) {
      report(
          Level.DROPPED,
          line,
          "\""
              + shown(member)
              + "\" is a placeholder, and its value is not in this file; write the value itself");
    } else if (!member.isEmpty()) {
      lists.computeIfAbsent(key, unseen -> new ArrayList<>()).add(Node.scalar(member, line));
    }
  }

  // ------------------------------------------------------------------------------------ the policy

  /** Returns the settings that core accepts; empty if no origin is left. */
  Map<String, String> settings() {
    boolean isOfSome = !any && !lists.getOrDefault(ORIGINS, List.of()).isEmpty();
    if (lineOfPreflights > 0 && isOfSome) {
      report(
          Level.DANGER,
          lineOfPreflights,
          "preflights of every website are granted, so each can send what needs one, though it"
              + " cannot read the answer; the policy grants those of the allowed origins alone");
    }
    any |= lineOfPreflights > 0 && !isOfSome;
    if (any) {
      lists.put(ORIGINS, new ArrayList<>(List.of(Node.scalar("*", credentialsLine))));
      if (credentials) {
        report(
            Level.BROKEN,
            credentialsLine,
            "browsers refuse credentials where every origin is allowed; they are left out");
        credentials = false;
      }
    }
    if (isEmpty()) {
      return Map.of();
    }
    withoutLiteralWildcards();
    withoutWhatTheWildcardHas();
    for (List<PolicyProblem> problems = problems(); !problems.isEmpty(); problems = problems()) {
      drop(problems);
      if (lists.getOrDefault(ORIGINS, List.of()).isEmpty()) {
        return Map.of();
      }
    }
    for (Node origin : lists.getOrDefault(ORIGINS, List.of())) {
      Finding more = wider.get(origin.text());
      if (more != null) {
        report(more.level(), more.line(), more.sentence());
      }
    }
    if (credentials && lineOfStar > 0) {
      report(
          Level.WIDER,
          lineOfStar,
          "with *, browsers refuse credentials, and the policy allows them for these origins");
    }
    limits.wider(lists.getOrDefault("cors.allowed-methods", List.of())).stream()
        .filter(header -> says(header.name()))
        .filter(header -> any || header.line() != lineOfPreflights)
        .forEach(header -> report(Level.WIDER, header.line(), header.sentence()));
    return printed();
  }

  /** With credentials, a * is the name of nothing, unless the server sends back what is asked. */
  private void withoutLiteralWildcards() {
    if (!credentials) {
      return;
    }
    lists.forEach(
        (key, members) -> {
          boolean isLiteral = !hasWildcards || key.equals("cors.exposed-response-headers");
          if (key.equals(ORIGINS) || !isLiteral) {
            return;
          }
          members.removeIf(
              member -> {
                boolean isWildcard = member.text().equals("*");
                if (isWildcard) {
                  report(
                      Level.BROKEN,
                      member.line(),
                      "with credentials, browsers read * as a name, so it allows nothing; it is left"
                          + " out of "
                          + key
                          + ": list what your pages use");
                }
                return isWildcard;
              });
        });
  }

  private void withoutWhatTheWildcardHas() {
    for (String key : List.of("cors.allowed-methods", "cors.allowed-request-headers")) {
      List<Node> all = lists.getOrDefault(key, List.of());
      if (all.stream().anyMatch(node -> node.text().equals("*"))) {
        List<Node> kept = new ArrayList<>();
        kept.add(Node.scalar("*", all.get(0).line()));
        all.stream()
            .filter(n -> n.text().equalsIgnoreCase("Authorization") && !key.endsWith("methods"))
            .limit(1)
            .forEach(kept::add);
        lists.put(key, kept);
      }
    }
  }

  private Map<String, String> printed() {
    Map<String, String> settings = new LinkedHashMap<>();
    lists.forEach(
        (key, members) -> {
          Set<String> texts = new LinkedHashSet<>();
          members.forEach(member -> texts.add(member.text()));
          if (!texts.isEmpty()) {
            settings.put(key, String.join(", ", texts));
          }
        });
    if (credentials) {
      settings.put(CREDENTIALS, "true");
    }
    return settings;
  }

  private List<PolicyProblem> problems() {
    // The same value twice does not harm the policy.
    lists.replaceAll(
        (key, members) -> {
          Set<String> seen = new HashSet<>();
          boolean inAnyCase = key.endsWith("headers");
          List<Node> once = new ArrayList<>();
          for (Node member : members) {
            String text = member.text();
            if (seen.add(inAnyCase ? text.toLowerCase(Locale.ROOT) : text)) {
              once.add(member);
            }
          }
          return once;
        });
    try {
      CorsConfiguration.of(printed());
      return List.of();
    } catch (InvalidCorsPolicyException e) {
      return e.problems();
    }
  }

  /** Leaves out what is wrong, from the end, so that the places stay right. */
  private void drop(List<PolicyProblem> problems) {
    if (problems.stream().map(PolicyProblem::setting).noneMatch(this::isWritten)) {
      throw new IllegalStateException("problems of settings that are not written: " + problems);
    }
    List<PolicyProblem> last = new ArrayList<>(problems);
    last.sort(Comparator.comparing(PolicyProblem::index).reversed());
    for (PolicyProblem problem : last) {
      List<Node> members = lists.get(problem.setting());
      if (problem.setting().equals(CREDENTIALS)) {
        credentials = false;
      } else if (members != null) {
        int index = problem.index() < 0 ? 0 : problem.index();
        Node dropped = index < members.size() ? members.remove(index) : members.remove(0);
        report(level(problem), dropped.line(), sentence(problem, dropped.text()));
        if (members.isEmpty()) {
          lists.remove(problem.setting());
        }
      }
    }
  }

  private boolean isWritten(String setting) {
    return lists.containsKey(setting) || setting.equals(CREDENTIALS) && credentials;
  }

  private static Level level(PolicyProblem problem) {
    return switch (problem.code()) {
      case ORIGIN_INSECURE,
          ORIGIN_ANY_DOMAIN,
          ORIGIN_PUBLIC_SUFFIX,
          ORIGIN_PUBLIC_SUFFIX_PARENT,
          ORIGIN_ANY_EXTENSION ->
          Level.DANGER;
      default -> Level.BROKEN;
    };
  }

  private static String sentence(PolicyProblem problem, String value) {
    return "\"" + shown(value) + "\" is left out: " + problem.reason() + "; " + problem.remedy();
  }

  private static String shown(String value) {
    String printable = value.replaceAll("[^ -~]", "?");
    return printable.length() > 100 ? printable.substring(0, 100) + "…" : printable;
  }
}

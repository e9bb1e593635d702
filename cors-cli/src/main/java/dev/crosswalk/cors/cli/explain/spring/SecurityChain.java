package dev.crosswalk.cors.cli.explain.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter chain of Spring Security.
 *
 * @param body the code that configures it
 * @param cors what it does about CORS
 * @param paths for which it is; none for all
 * @param rules who may ask for what, in their order
 * @param csrf whether it checks the token against forged requests
 * @param ignored what is left out of every chain
 */
record SecurityChain(
    String body,
    Cors cors,
    List<PathPattern> paths,
    List<Rule> rules,
    boolean csrf,
    List<Rule> ignored) {

  private static final Pattern DECLARED =
      Pattern.compile(
          "\\bSecurity(?:Web)?FilterChain\\s{1,9}\\w{1,60}\\s{0,3}\\(|\\bconfigure\\s{0,3}\\(\\s{0,9}(?:final\\s{1,3})?(?:\\w{1,20}\\s?:\\s?)?HttpSecurity\\b"
              + "|\\bfun\\s{1,3}\\w{1,60}\\s{0,3}\\(\\s{0,9}\\w{1,20}\\s?:\\s?(?:Server)?HttpSecurity\\b");

  private static final Pattern STATEMENT =
      Pattern.compile(
          // Node.js and Go have an http of their own.
          "(?<![\\w.])(?:http|httpSecurity|security)\\s{0,20}"
              + "(?:\\.\\s{0,9}(?!create\\w{0,6}Server\\b|Server\\b|request\\b|get\\b|post\\b|put\\b|patch\\b|delete\\b|ListenAndServe|Handle|Error\\b|New)\\w{2,40}\\s{0,3}[({]|\\{)");

  private static final Pattern CORS =
      Pattern.compile("(?<![\\w.])cors\\s{0,3}[({]|\\.\\s{0,9}cors\\s{0,3}[({]");

  private static final Pattern OFF =
      Pattern.compile(
          "\\bcors\\s{0,3}(?:\\(\\s{0,3}\\)\\s{0,40}\\.\\s{0,3}disable\\(|\\(\\s{0,9}\\(?(\\w{1,20})\\)?\\s{0,3}->\\s{0,9}\\1\\s{0,9}\\.\\s{0,9}disable\\(|\\(\\s{0,9}[\\w.<>]{1,60}::disable|\\{\\s{0,9}(?:it\\.)?disable\\()");

  private static final Pattern SOURCE =
      Pattern.compile(
          "\\bconfigurationSource\\s{0,3}[(=]|\\bcors\\s{0,3}\\(\\s{0,9}\\w{1,20}\\s{0,3}->\\s{0,9}\\{");

  private static final Pattern NO_CSRF =
      Pattern.compile(
          "\\bcsrf\\s{0,3}(?:\\([^;{}]{0,80}\\bdisable\\b|\\(\\s{0,3}\\)\\s{0,40}\\.\\s{0,3}disable\\b|\\{\\s{0,9}(?:it\\.)?disable\\b)|\\bcsrfTokenRepository\\b|[iI]gnoringRequestMatchers|[iI]gnoringAntMatchers|\\brequireCsrfProtectionMatcher");

  private static final Pattern MATCHERS =
      Pattern.compile(
          "\\b(?:requestMatchers|antMatchers|mvcMatchers|pathMatchers|matchers|authorize|anyRequest|anyExchange)\\s{0,3}\\(");

  private static final Pattern OPEN =
      Pattern.compile("\\s{0,40}\\.\\s{0,3}(permitAll|anonymous)\\b");

  /** What follows the paths of a rule; other calls of these names choose for what a chain is. */
  private static final Pattern RULED =
      Pattern.compile(
          "\\s{0,40}\\.\\s{0,3}(?:permitAll|anonymous|authenticated|fullyAuthenticated|denyAll|has\\w{3,20}|access|rememberMe|not)\\b");

  private static final Pattern FOR_PATHS =
      Pattern.compile(
          "\\bsecurityMatchers?\\s{0,3}\\(|\\bantMatcher\\s{0,3}\\(|\\brequestMatcher\\s{0,3}\\(");

  private static final Pattern IGNORED =
      Pattern.compile(
          "\\bignoring\\(\\)[^;]{0,60}?\\.\\s{0,3}(?:requestMatchers|antMatchers|mvcMatchers)\\s{0,3}\\(");

  private static final Pattern PREFLIGHTS = Pattern.compile("isPreFlightRequest");

  /** What a chain does about CORS. */
  enum Cors {
    /** Nothing is said of it. */
    ABSENT,
    /** It is switched off. */
    DISABLED,
    /** The policy is looked for elsewhere. */
    ON,
    /** The policy is given. */
    WITH_SOURCE
  }

  /**
   * Who may ask for what.
   *
   * @param methods of requests; none for all
   * @param paths none for all
   * @param open whether no login is needed
   * @param known whether all of its paths are in the paste
   */
  record Rule(List<String> methods, List<PathPattern> paths, boolean open, boolean known) {
    private boolean isFor(String method, String path) {
      boolean covers =
          paths.isEmpty()
              || paths.stream()
                  .anyMatch(
                      each ->
                          each.covers("/") && each.text().endsWith("**")
                              || !path.isEmpty() && !each.isFarFrom(path));
      return covers && (methods.isEmpty() || methods.contains(method));
    }
  }

  /** Reads the chains of an application. */
  static List<SecurityChain> in(SourceCode code, Configuration configuration) {
    List<Rule> ignored = new ArrayList<>();
    Matcher ignoring = IGNORED.matcher(code.text());
    while (ignoring.find()) {
      ignored.add(rule(arguments(code, ignoring.end() - 1), true, code, configuration));
    }
    List<SecurityChain> chains = new ArrayList<>();
    Matcher declared = DECLARED.matcher(code.text());
    while (declared.find()) {
      int close = code.closing(code.text().indexOf('(', declared.start()));
      bodyOf(code, close).ifPresent(body -> chains.add(of(body, ignored, code, configuration)));
    }
    if (chains.isEmpty()) {
      StringBuilder statements = new StringBuilder();
      Matcher statement = STATEMENT.matcher(code.text());
      for (int from = 0; statement.find(from); ) {
        int open = statement.end() - 1;
        from =
            Math.max(
                open + 1, code.endOfChain(Math.min(code.text().length(), code.closing(open) + 1)));
        statements.append(code.text(), statement.start(), from).append(";\n");
      }
      if (!statements.isEmpty()) {
        chains.add(of(statements.toString(), ignored, code, configuration));
      }
    }
    return chains;
  }

  /** In Kotlin it may stand behind an equals sign. */
  private static Optional<String> bodyOf(SourceCode code, int close) {
    String rest = code.text().substring(Math.min(close, code.text().length()));
    Matcher expression =
        Pattern.compile("\\)\\s{0,9}(?::\\s?\\w{1,40}\\s{0,9})?=\\s{0,20}").matcher(rest);
    if (expression.lookingAt()) {
      int from = close + expression.end();
      return Optional.of(code.text().substring(from, Math.min(code.text().length(), from + 4_000)));
    }
    return code.block(close);
  }

  private static SecurityChain of(
      String body, List<Rule> ignored, SourceCode code, Configuration configuration) {
    SourceCode chain = SourceCode.of(body);
    Cors cors =
        OFF.matcher(body).find()
            ? Cors.DISABLED
            : !CORS.matcher(body).find()
                ? Cors.ABSENT
                : SOURCE.matcher(body).find() ? Cors.WITH_SOURCE : Cors.ON;
    List<Rule> rules = new ArrayList<>(ignored);
    Matcher matchers = MATCHERS.matcher(body);
    while (matchers.find()) {
      String arguments = arguments(chain, matchers.end() - 1);
      int end = Math.min(body.length(), matchers.end() + arguments.length() + 1);
      boolean kotlin = matchers.group().startsWith("authorize");
      if (kotlin || RULED.matcher(body).region(end, body.length()).lookingAt()) {
        boolean open =
            kotlin
                ? arguments.contains("permitAll")
                : OPEN.matcher(body).region(end, body.length()).lookingAt();
        rules.add(
            rule(
                arguments
                    .replace("anyRequest", "")
                    .replaceFirst(",\\s*\\w+(?:\\([^)]{0,60}\\))?\\s*$", kotlin ? "" : "$0"),
                open,
                code,
                configuration));
      }
    }
    Matcher limited = FOR_PATHS.matcher(body);
    List<PathPattern> paths =
        limited.find()
            ? rule(arguments(chain, limited.end() - 1), true, code, configuration).paths
            : List.of();
    return new SecurityChain(
        body, cors, paths, List.copyOf(rules), !NO_CSRF.matcher(body).find(), ignored);
  }

  private static String arguments(SourceCode code, int open) {
    return code.text().substring(open + 1, Math.max(open + 1, code.closing(open)));
  }

  private static Rule rule(
      String arguments, boolean open, SourceCode code, Configuration configuration) {
    if (PREFLIGHTS.matcher(arguments).find()) {
      return new Rule(List.of("OPTIONS"), List.of(), open, true);
    }
    Values values =
        Values.read(
            arguments.replaceAll(
                "\\b(?:new\\s)?(?:Ant|Mvc|Regex)?(?:PathRequestMatcher|PathPatternRequestMatcher|antMatcher)\\b",
                ""),
            code,
            configuration);
    List<String> methods =
        values.items().stream().filter(each -> each.matches("[A-Z]{3,7}")).toList();
    List<PathPattern> paths =
        values.items().stream()
            .filter(each -> !each.matches("[A-Z]{3,7}"))
            .map(PathPattern::new)
            .toList();
    return new Rule(methods, paths, open, values.whole());
  }

  /** Whether it is the one that a path comes to. */
  boolean isFor(String path) {
    return paths.isEmpty()
        || path.isEmpty()
        || paths.stream().anyMatch(each -> !each.isFarFrom(path));
  }

  /** Whether a path is left out of every chain, so that none of its filters is asked. */
  boolean leavesOut(String path) {
    return !path.isEmpty()
        && ignored.stream()
            .flatMap(rule -> rule.paths.stream())
            .anyMatch(each -> each.covers(path));
  }

  /**
   * Whether a request without a login gets through; empty if the paste does not tell. Without any
   * rule nobody is asked for one.
   */
  Optional<Boolean> lets(String method, String path) {
    for (Rule rule : rules) {
      if (rule.isFor(method, path)) {
        return rule.known ? Optional.of(rule.open) : Optional.empty();
      }
      if (!rule.known) {
        return Optional.empty();
      }
    }
    return rules.isEmpty() ? Optional.empty() : Optional.of(true);
  }
}

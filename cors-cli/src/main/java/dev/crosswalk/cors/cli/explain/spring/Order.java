package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which order an application asks its filters. That of Spring Security is -100. */
final class Order {

  private static final int OF_SECURITY = -100;

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:@Order\\s?\\(|\\bsetOrder\\s?\\(|\\border\\s?=|\\bgetOrder\\s?\\(\\)[^;}]{0,60}return|@Priority\\s?\\()\\s{0,9}(?:value\\s?=\\s?)?(?:(?:Ordered\\.)?(HIGHEST_PRECEDENCE|LOWEST_PRECEDENCE)|(?:Integer\\.)?(MIN_VALUE)|(-?\\d{1,10}))");

  /** What counts for the bean that a method returns, unlike {@code @Order} at that method. */
  private static final Pattern ANNOTATED =
      Pattern.compile("@(?:Order|Priority)\\s?\\([^)]{0,80}\\)");

  private Order() {}

  /**
   * Whether the code sets such an order for a servlet filter that is a bean: Spring Boot asks the
   * filter itself or its registration, and neither the method nor the class around it.
   */
  static boolean isFirstBean(String code) {
    return isFirst(ANNOTATED.matcher(code).replaceAll(""));
  }

  /** Whether a piece of code has an order in front of Spring Security. */
  static boolean isFirst(String code) {
    Matcher written = WRITTEN.matcher(code);
    while (written.find()) {
      boolean first = "HIGHEST_PRECEDENCE".equals(written.group(1)) || written.group(2) != null;
      boolean number = written.group(3) != null && Long.parseLong(written.group(3)) < OF_SECURITY;
      if (first || number) {
        return true;
      }
    }
    return false;
  }

  /** A filter that a bean registers: another bean may tell its order. */
  static Position ofRegistration(SourceCode code, String filter) {
    boolean registered =
        code.has(Pattern.compile("\\bFilterRegistrationBean\\b[^@]{0,900}\\b" + filter + "\\b"));
    return registered && isFirstBean(code.text()) ? Position.FIRST : Position.BEHIND;
  }
}

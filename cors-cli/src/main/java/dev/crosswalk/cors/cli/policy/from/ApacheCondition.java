package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When Apache httpd sends a header: by the sections around it, and by its own condition.
 *
 * @param origin the expression about the origin; empty if there is none
 * @param methods the methods of the request
 * @param other an expression about something else; empty if there is none
 */
record ApacheCondition(String origin, Predicate<String> methods, String other) {

  static final ApacheCondition NONE = new ApacheCondition("", method -> true, "");

  /** Nobody writes a longer one, and each part of it is looked for in all of it. */
  static final int MAX_CONDITION = 2_000;

  private static final Pattern METHOD =
      Pattern.compile(
          "(!?)\\s*[(\"']*%\\{REQUEST_METHOD}[\"']?\\s*(==|!=|=~|!~|-?in)\\s*"
              + "(?:m?([/#|])(.*)\\3|\\{([^}]*)}|[\"']?([^\"')]*)[\"']?)",
          Pattern.CASE_INSENSITIVE);

  /** Adds an expression: each part that {@code &&} joins. */
  ApacheCondition and(String expression) {
    if (expression.length() > MAX_CONDITION) {
      return new ApacheCondition(origin, methods, expression);
    }
    if (expression.contains("!(")) {
      // What is not a preflight, as a whole policy has it.
      return expression.contains("OPTIONS")
          ? new ApacheCondition(origin, methods.and(m -> !m.equals("OPTIONS")), other)
          : new ApacheCondition(origin, methods, expression);
    }
    ApacheCondition all = this;
    for (String part : expression.split("&&", -1)) {
      all = all.andOne(part.strip());
    }
    return all;
  }

  private ApacheCondition andOne(String part) {
    Predicate<String> any = method -> false;
    boolean isOfMethods = true;
    for (String alternative : part.split("\\|\\|", -1)) {
      Matcher method = METHOD.matcher(alternative);
      isOfMethods &= method.find();
      any = isOfMethods ? any.or(compared(method)) : any;
    }
    if (isOfMethods) {
      return on(any);
    }
    if (part.contains("Access-Control-Request-Method")) {
      return on("OPTIONS"::equals);
    }
    boolean isOfOrigin = part.toLowerCase(Locale.ROOT).contains("origin") && !part.contains("||");
    return isOfOrigin
        ? new ApacheCondition(part, methods, other)
        : new ApacheCondition(origin, methods, part);
  }

  private static Predicate<String> compared(Matcher parts) {
    String operator = parts.group(2);
    boolean isNegated = operator.startsWith("!") != parts.group(1).equals("!");
    Predicate<String> compared;
    if (operator.endsWith("~")) {
      String regular = parts.group(4) == null ? parts.group(6) : parts.group(4);
      compared = new Expression(regular, Anchoring.SEARCH, false)::matches;
    } else {
      String listed = parts.group(5) == null ? parts.group(6) : parts.group(5);
      List<String> names = List.of(listed.replaceAll("[\"'\\s]", "").split(",", -1));
      compared = names::contains;
    }
    return isNegated ? compared.negate() : compared;
  }

  ApacheCondition on(Predicate<String> some) {
    return new ApacheCondition(origin, methods.and(some), other);
  }

  /** What holds where this does not; it is known of methods alone. */
  ApacheCondition otherwise(ApacheCondition around) {
    return origin.equals(around.origin) && other.equals(around.other)
        ? around.on(methods.negate())
        : new ApacheCondition(
            around.origin, around.methods, "the condition before it does not hold");
  }
}

package dev.crosswalk.cors.cli.explain.spring;

import java.util.regex.Pattern;

/**
 * A pattern of paths as Spring writes it: {@code /api/**}, in which one star is one part of a path.
 *
 * @param text as it is written
 */
record PathPattern(String text) {

  /** Whether it covers a path. */
  boolean covers(String path) {
    String pattern = text.startsWith("/") ? text : "/" + text;
    if (pattern.equals("/**") || pattern.equals("/*") && path.lastIndexOf('/') == 0) {
      return true;
    }
    StringBuilder expression = new StringBuilder();
    for (String part : pattern.substring(1).split("/", -1)) {
      expression.append(
          part.equals("**") || part.startsWith("{*")
              ? "(?:/.*)?"
              : "/"
                  + Pattern.quote(part.replaceAll("\\{[^}]*}", "*"))
                      .replace("*", "\\E[^/]*\\Q")
                      .replace("?", "\\E[^/]\\Q"));
    }
    return path.matches(expression.toString()) || path.matches(expression + "/");
  }

  /**
   * Whether it covers no end of a path: a server may be below a folder that the paste does not
   * tell.
   */
  boolean isFarFrom(String path) {
    int folder = path.indexOf('/', 1);
    if (!text.contains("**")) {
      return !covers(path) && (folder < 0 || !covers(path.substring(folder)));
    }
    for (int at = 0; at >= 0; at = path.indexOf('/', at + 1)) {
      if (covers(path.substring(at))) {
        return false;
      }
    }
    return true;
  }
}

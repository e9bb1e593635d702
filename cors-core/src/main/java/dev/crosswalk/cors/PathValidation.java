package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.config.Sources.Entry;
import dev.crosswalk.cors.internal.syntax.RequestPath;
import dev.crosswalk.cors.internal.syntax.Text;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with paths, each by itself and beside those before it. */
final class PathValidation {

  /** Segments that some servers drop, or read differently. */
  private static final Pattern DROPPED = Pattern.compile("//|\\.(/|$)|/\\.\\.");

  /** Of the paths so far, as {@link RequestPath#inAnotherCase} takes them. */
  private final Map<String, String> spellings = new HashMap<>();

  /** The policy of each path so far, in words. */
  private final Map<String, String> owners = new HashMap<>();

  /** Takes the one path of the policy that has no name. */
  List<String> ofUnnamed(String path) {
    owners.put(path, "the policy without a name");
    return List.of(path);
  }

  /**
   * Returns the paths of a policy that are right, and not of an earlier policy.
   *
   * @param problems takes what is wrong with the others
   */
  List<String> ofPolicy(String name, Entry setting, Consumer<PolicyProblem> problems) {
    List<String> paths = setting.members();
    Set<String> right = new LinkedHashSet<>();
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      String source = setting.place().apply(i);
      String owner = owners.get(path);
      PolicyProblem problem = problem(path, setting.key(), i, source);
      if (problem == null && owner != null) {
        problem = ProblemCode.PATH_SHARED.at(setting.key(), path, i, source, owner);
      } else if (problem == null && !right.add(path)) {
        problem = ProblemCode.PATH_DUPLICATE.at(setting.key(), path, i, source);
      }
      if (problem != null) {
        problems.accept(problem);
      }
    }
    right.forEach(path -> owners.put(path, "the policy " + name));
    return List.copyOf(right);
  }

  /**
   * Returns what is wrong with a path, or null.
   *
   * @param path what is written
   * @param setting the name of its setting
   * @param index its place among the values of the setting; -1 if it has none
   * @param source where it is written; null if that is in code
   */
  @Nullable PolicyProblem problem(
      @Nullable String path, String setting, int index, @Nullable String source) {
    PolicyProblem misread =
        setting.startsWith("cors.") ? Written.misread(path, false, setting, index, source) : null;
    if (misread != null) {
      return misread;
    }
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
    } else if (path.length() > 1 && path.endsWith("/") && RequestPath.isPrefix(trimmed(path))) {
      code = ProblemCode.PATH_TRAILING_SLASH;
      meant = path;
    } else if (DROPPED.matcher(path).find()) {
      code = ProblemCode.PATH_NOT_NORMAL;
    } else if (!RequestPath.isPrefix(path)) {
      code = ProblemCode.PATH_INVALID;
    } else {
      String other = RequestPath.inAnotherCase(path, spellings);
      return other == null
          ? null
          : ProblemCode.PATH_CASE.at(setting, path, index, source, Text.quote(other));
    }
    boolean isPath = trimmed(meant).length() > 1 && RequestPath.isPrefix(trimmed(meant));
    return code.at(setting, path, index, source)
        .instead(isPath ? List.of(trimmed(meant)) : List.of());
  }

  private static boolean isWild(String path) {
    return path.contains("*") || path.contains("{") || path.contains("/:");
  }

  private static String trimmed(String path) {
    String trimmed = path;
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    return trimmed.isEmpty() ? "/" : trimmed;
  }
}

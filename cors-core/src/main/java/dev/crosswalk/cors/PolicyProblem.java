package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.config.Keys;
import dev.crosswalk.cors.internal.config.PropertyFile;
import dev.crosswalk.cors.internal.syntax.RequestPath;
import dev.crosswalk.cors.internal.syntax.Text;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a policy, and how to fix it.
 *
 * @param code what is wrong, for programs; stable
 * @param setting the setting that is wrong, by its name in configuration files; what is wrong only
 *     in code has the name of an argument, such as {@code hosts}, {@code headers} or {@code
 *     policy}; empty if a whole file is wrong, or a line that cannot be read
 * @param value the offending value as written, perhaps with a password; null if the setting is
 *     missing or no value is to blame
 * @param index the place of the value among those of its setting, from 0; -1 if it has none
 * @param reason what is wrong, for a person; a clause without a full stop
 * @param remedy how to fix it, in words that can be pasted back; a clause without a full stop
 * @param source where the setting is written: a file and line, or the name of an environment
 *     variable or a system property; null if it does not come from configuration
 */
public record PolicyProblem(
    ProblemCode code,
    String setting,
    @Nullable String value,
    int index,
    String reason,
    String remedy,
    @Nullable String source) {

  /** The setting where none is to blame: of a whole file, or of a line that cannot be read. */
  static final String NO_SETTING = "";

  /** Segments that some servers drop, or read differently. */
  private static final Pattern DROPPED = Pattern.compile("//|\\.(/|$)|/\\.\\.");

  /** How bad a problem is. */
  public enum Severity {
    /** The policy is refused. */
    ERROR,
    /** The policy does what it says, but that is probably not what was meant. */
    WARNING
  }

  /** {@return how bad this is: {@code code().severity()}} */
  public Severity severity() {
    return code.severity();
  }

  /** Whether the guard is to blame, and not the policy. */
  boolean isOfGuard() {
    return setting.equals("guard")
        || setting.startsWith("guard.")
        || setting.startsWith("cors.guard.");
  }

  /**
   * Returns this problem with another remedy, which is to write these values. Without values,
   * returns it unchanged.
   */
  PolicyProblem instead(List<String> values) {
    boolean isMisread =
        code == ProblemCode.CONFIGURATION_PLACEHOLDER || code == ProblemCode.CONFIGURATION_COMMENT;
    return values.isEmpty() || isMisread ? this : writing(values);
  }

  private PolicyProblem writing(List<String> values) {
    String write = values.stream().map(Text::quote).collect(Collectors.joining(", ", "write ", ""));
    return new PolicyProblem(code, setting, value, index, reason, write, source);
  }

  /**
   * Returns what is wrong with a value of a configuration that its author believes to be read in
   * another way: with its placeholder filled in, or without its comment. Null if it is neither.
   */
  static @Nullable PolicyProblem ofMisreadValue(
      @Nullable String value,
      boolean isPlaceholder,
      String setting,
      int index,
      @Nullable String source) {
    if (value != null && PropertyFile.comment(value) >= 0) {
      String meant = value.substring(0, PropertyFile.comment(value)).strip();
      PolicyProblem problem = ProblemCode.CONFIGURATION_COMMENT.at(setting, value, index, source);
      return meant.isEmpty() ? problem : problem.writing(List.of(meant));
    }
    return isPlaceholder || value != null && value.contains("${")
        ? ProblemCode.CONFIGURATION_PLACEHOLDER.at(
            setting, value, index, source, Keys.toVariable(setting))
        : null;
  }

  /**
   * Returns what is wrong with the path of a policy, or null.
   *
   * @param spellings of the paths so far, as {@link RequestPath#inAnotherCase} takes them
   */
  static @Nullable PolicyProblem ofPath(
      @Nullable String path,
      String setting,
      int index,
      @Nullable String source,
      Map<String, String> spellings) {
    PolicyProblem misread =
        setting.startsWith("cors.") ? ofMisreadValue(path, false, setting, index, source) : null;
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

  /**
   * {@return the setting and the index, such as {@code allowed-origins[0]}, on one line whatever
   * was written; empty if no setting is to blame}
   */
  public String name() {
    return Text.oneLine(index < 0 ? setting : setting + "[" + index + "]");
  }

  /**
   * {@return the name and the value, such as {@code allowed-origins[0] "https://a.example/"}: the
   * value is quoted, escaped and cut to a length that is safe to log, without user names and
   * passwords}
   */
  public String subject() {
    String quoted = value == null ? "" : Text.quote(Text.withoutUserInfo(value));
    return name().isEmpty() || quoted.isEmpty() ? name() + quoted : name() + " " + quoted;
  }

  /** Returns the problem in one line, as {@link InvalidCorsPolicyException} prints it. */
  @Override
  public String toString() {
    String subject = subject().isEmpty() ? "" : subject() + ": ";
    String place = source == null ? "" : source + ": ";
    if (place.endsWith(" " + setting + ": ")) {
      // A property has no place but its key, which the subject begins with.
      place = place.substring(0, place.length() - (setting + ": ").length());
    }
    return Text.oneLine(place + subject + reason + "; " + remedy) + ".";
  }
}

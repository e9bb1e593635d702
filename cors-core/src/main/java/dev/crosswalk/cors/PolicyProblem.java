package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.syntax.Text;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One thing that is wrong with a policy, and how to fix it. */
public final class PolicyProblem {

  /** The setting where none is to blame: of a whole file, or of a line that cannot be read. */
  static final String NO_SETTING = "";

  private final ProblemCode code;
  private final String setting;
  private final @Nullable String value;
  private final int index;
  private final String reason;
  private final String remedy;
  private final @Nullable String source;

  PolicyProblem(
      ProblemCode code,
      String setting,
      @Nullable String value,
      int index,
      String reason,
      String remedy,
      @Nullable String source) {
    this.code = code;
    this.setting = setting;
    this.value = value;
    this.index = index;
    this.reason = reason;
    this.remedy = remedy;
    this.source = source;
  }

  /** How bad a problem is. */
  public enum Severity {
    /** The policy is refused. */
    ERROR,
    /** The policy does what it says, but that is probably not what was meant. */
    WARNING
  }

  /** {@return what is wrong, for programs; stable} */
  public ProblemCode code() {
    return code;
  }

  /**
   * {@return the setting that is wrong, by its name in configuration files} What is wrong only in
   * code has the name of an argument, such as {@code hosts}, {@code headers} or {@code policy}. It
   * is empty if a whole file is wrong, or a line that cannot be read.
   */
  public String setting() {
    return setting;
  }

  /**
   * {@return the offending value as written, perhaps with a password; null if the setting is
   * missing or no value is to blame}
   */
  public @Nullable String value() {
    return value;
  }

  /** {@return the place of the value among those of its setting, from 0; -1 if it has none} */
  public int index() {
    return index;
  }

  /** {@return what is wrong, for a person; a clause without a full stop} */
  public String reason() {
    return reason;
  }

  /** {@return how to fix it, in words that can be pasted back; a clause without a full stop} */
  public String remedy() {
    return remedy;
  }

  /**
   * {@return where the setting is written: a file and line, or the name of an environment variable
   * or a system property; null if it does not come from configuration}
   */
  public @Nullable String source() {
    return source;
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

  /** Returns this problem with another remedy, which is to write these values. */
  PolicyProblem writing(List<String> values) {
    String write = values.stream().map(Text::quote).collect(Collectors.joining(", ", "write ", ""));
    return new PolicyProblem(code, setting, value, index, reason, write, source);
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyProblem that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<@Nullable Object> parts() {
    return Arrays.asList(code, setting, value, index, reason, remedy, source);
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

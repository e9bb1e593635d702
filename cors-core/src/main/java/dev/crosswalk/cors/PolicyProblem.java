package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.syntax.Text;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a policy, and how to fix it.
 *
 * @param code what is wrong, for programs; stable
 * @param setting the setting that is wrong, by its name in configuration files
 * @param value the offending value as written; null if the setting is missing or no value is to
 *     blame
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

  /**
   * Returns this problem with another remedy: to write these values; as it is, if there are none.
   */
  PolicyProblem instead(List<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    String write = values.stream().map(Text::quote).collect(Collectors.joining(", ", "write ", ""));
    return new PolicyProblem(code, setting, value, index, reason, write, source);
  }

  /** Returns the problem in one line, as {@link InvalidCorsPolicyException} prints it. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(source == null ? "" : source + ": ").append(setting);
    if (index >= 0) {
      line.append('[').append(index).append(']');
    }
    if (value != null) {
      line.append(' ').append(Text.quote(value));
    }
    line.append(": ").append(reason).append("; ").append(remedy).append('.');
    return Text.oneLine(line.toString());
  }
}

package dev.crosswalk.cors;

import dev.crosswalk.cors.FrameworkSettings.SettingKind;
import dev.crosswalk.cors.internal.config.Keys;
import dev.crosswalk.cors.internal.config.Profiles.Stage;
import dev.crosswalk.cors.internal.config.PropertyFile;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Flawed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote for settings, as text, with the place of each value. Nothing is known of it:
 * validation makes {@link Grants} or {@link GuardExceptions} of it, or says what is wrong.
 */
final class Written {

  private final Map<Setting, List<@Nullable String>> values = new EnumMap<>(Setting.class);
  private final Map<Setting, IntFunction<@Nullable String>> places = new EnumMap<>(Setting.class);

  /** What the keys begin with where the values were written; empty if that is in code. */
  private final String prefix;

  /** Where the program runs that they are for. Code knows that best. */
  private final Stage stage;

  /** Values that code states. */
  Written() {
    this("", Stage.OTHER);
  }

  /** Values that configuration states. */
  Written(String prefix, Stage stage) {
    this.prefix = prefix;
    this.stage = stage;
  }

  /** Returns what the keys begin with; empty if code states the values. */
  String prefix() {
    return prefix;
  }

  boolean isInCode() {
    return prefix.isEmpty();
  }

  boolean isOfProduction() {
    return stage == Stage.PRODUCTION;
  }

  /** Whether nobody said where the program runs, so that it may be production. */
  boolean mayBeOfProduction() {
    return stage == Stage.UNKNOWN;
  }

  /** Adds to what is set. A null array is a null value, so that validation can say where. */
  void add(Setting setting, @Nullable String @Nullable ... more) {
    List<@Nullable String> list = values.computeIfAbsent(setting, key -> new ArrayList<>());
    if (more == null) {
      list.add(null);
    } else {
      list.addAll(Arrays.asList(more));
    }
  }

  /** Adds the members of a collection. Null is a null value, too. */
  void add(Setting setting, @Nullable Collection<String> more) {
    add(setting, more == null ? null : more.toArray(new String[0]));
  }

  /** Replaces what is set. */
  void set(Setting setting, @Nullable String value) {
    values.put(setting, new ArrayList<>(Arrays.asList(value)));
  }

  /**
   * Sets what configuration states.
   *
   * @param place where a member of the value is written, by its index; -1 is the whole
   */
  void set(Setting setting, List<String> members, IntFunction<@Nullable String> place) {
    values.put(setting, new ArrayList<>(members));
    places.put(setting, place);
  }

  boolean isSet(Setting setting) {
    return values.containsKey(setting);
  }

  /** Returns the members of a list as written; empty if it is not set. */
  List<@Nullable String> members(Setting setting) {
    return values.getOrDefault(setting, List.of());
  }

  /** Returns the one value as written; null if it is not set, or is null. */
  @Nullable String text(Setting setting) {
    List<@Nullable String> members = members(setting);
    return members.isEmpty() ? null : members.get(0);
  }

  /** Returns whether a flag is set and true, in whatever spelling. */
  boolean isTrue(Setting setting) {
    String text = text(setting);
    return text != null && Boolean.TRUE.equals(Setting.flag(text));
  }

  /** Returns a duration; null if it is not set, or is none. */
  @Nullable Duration duration(Setting setting) {
    String text = text(setting);
    return text == null ? null : Setting.duration(text.strip());
  }

  /** Returns where a member is written, or the whole if the index is -1; null if it is in code. */
  @Nullable String place(Setting setting, int index) {
    IntFunction<@Nullable String> place = places.get(setting);
    return place == null ? null : place.apply(index);
  }

  /** Returns how to write a setting where these are written: in configuration, or in code. */
  String nameOf(Setting setting) {
    return setting.nameBehind(prefix);
  }

  /** States a problem of a member, or of the whole setting if the index is -1. */
  PolicyProblem problem(ProblemCode code, Setting setting, int index, Object... arguments) {
    boolean isList = setting.kind() == SettingKind.LIST;
    String member = isList && index >= 0 ? members(setting).get(index) : null;
    String value = isList ? member : text(setting);
    String shown = value == null || isList ? value : value.strip();
    String place = place(setting, index);
    boolean isPlaceholder = code == ProblemCode.ORIGIN_PLACEHOLDER;
    PolicyProblem misread =
        isInCode() ? null : misread(shown, isPlaceholder, nameOf(setting), index, place);
    return misread == null ? code.at(nameOf(setting), shown, index, place, arguments) : misread;
  }

  /** States what is wrong with the text of an origin. */
  PolicyProblem problem(Flawed flawed, Setting setting, int index) {
    Object[] arguments = flawed.arguments().toArray();
    return problem(ProblemCode.of(flawed.flaw()), setting, index, arguments)
        .instead(flawed.suggestions());
  }

  /**
   * Returns what is wrong with a value of a configuration that its author believes to be read in
   * another way: with its placeholder filled in, or without its comment. Null if it is neither.
   */
  static @Nullable PolicyProblem misread(
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

  /** Returns what is wrong with a flag; null if it is true, false or not set. */
  @Nullable PolicyProblem flagProblem(Setting setting) {
    String text = text(setting);
    if (text == null || text.strip().equals("true") || text.strip().equals("false")) {
      return null;
    }
    Boolean meant = Setting.flag(text);
    String instead = meant == null ? "true or false" : meant.toString();
    return problem(ProblemCode.CONFIGURATION_BOOLEAN, setting, -1, instead);
  }
}

package dev.crosswalk.cors.cli.explain.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that an error names, beside a text that shows others of its kind and not that one: then
 * it is set in a place that the text does not show, and what is shown is not at fault.
 */
public final class OtherSetting {

  /** Where a program tells which setting is wrong. */
  private static final String IN_ERROR = "(?: is missing| setting\\b| should not have)";

  /** A list of origins, as a file of settings writes it. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(?<![\\w.])((?:cors|csrf)_[a-z_]{0,40}(?:origins?|whitelist|regexes)[a-z_]{0,20}) ?= ?[\\[({]");

  private OtherSetting() {}

  /**
   * What to do about it.
   *
   * @param named the setting that the error names; empty if it names none
   * @param text in lower case, as it was pasted
   * @return empty if the text shows that setting, or no other
   */
  public static Optional<String> told(String named, String text) {
    String name = named.strip();
    if (!name.matches("[A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{1,20}){1,6}")) {
      return Optional.empty();
    }
    boolean there =
        Pattern.compile("\\b" + name.toLowerCase(Locale.ROOT) + "\\b(?!" + IN_ERROR + ")")
            .matcher(text)
            .find();
    List<String> shown =
        SHOWN
            .matcher(text)
            .results()
            .map(found -> found.group(1).toUpperCase(Locale.ROOT))
            .distinct()
            .toList();
    return there || shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The error is about "
                + name
                + ", which your paste does not show: "
                + String.join(" and ", shown)
                + (shown.size() == 1 ? " is another setting." : " are other settings.")
                + " Search all settings files that are loaded (a base file, a local one, a variable of the"
                + " environment) for "
                + name
                + ". Write the scheme there, or delete it if nothing needs it.");
  }
}

package dev.crosswalk.cors.cli.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting that a paste names. Where nobody knows the program, its own text most often says where
 * an origin or a host is to be listed.
 *
 * @param name as it is written there
 * @param value beside it; empty if there is none
 */
record Setting(String name, String value) {

  /** A word as environments, command lines and configurations write it, and what is beside it. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?<![A-Za-z0-9_./:@$-])(?:(?:process\\.env|import\\.meta\\.env|env)\\.)?"
              + "(--[a-z][a-z0-9.-]{2,50}+|[A-Za-z][A-Za-z0-9]{1,40}+(?:[._-][A-Za-z0-9]{1,40}+){0,7}+)"
              + "(?!/)(?:[\"'`]?[ \\t]{0,3}[=:]([\\s\"'`\\[({-]{0,24}[^\\s\"'`\\])}]{1,300}"
              + "(?:[\"'`]?(?:[,;]\\s?| )[\"'`]?[a-z]{2,20}://[^\\s\"'`\\])},]{1,200}){0,9}))?");

  /** Lists of origins, of hosts, and the program's own address: the first that is there counts. */
  private static final List<Pattern> OF_ORIGINS =
      List.of(
          Pattern.compile(
              "(?i).{2,}origins?(?:[_-]?(?:list|urls?|regex(?:es)?|patterns?))?|origins"
                  + "|.*origins?[._-]?allowed.*|.*(?:cors|origins?)[._-]?(?:white|allow)-?_?list|cors"),
          Pattern.compile(
              "(?i).*(?:allow|trust|cors|white|accept|permit)[a-z0-9._-]*(?:domain|host|url|site)s?"),
          Pattern.compile(
              "(?i).*(?:public|base|app|site|root|external|frontend|client)[._-]?ur[li]"));

  private static final List<Pattern> OF_HOSTS =
      List.of(
          Pattern.compile(
              "(?i).*(?:allow|trust|white|accept|permit|valid|virtual|known)[a-z0-9._-]*"
                  + "(?:host|domain)(?:name)?s?"),
          Pattern.compile("(?i).*[._-]hosts"),
          OF_ORIGINS.get(2));

  /** Codes of errors, headers, variables of CGI and properties of requests are no settings. */
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)access-control|forwarded|http[_.-](?:host|origin)|header|invalid|forbidden|denied|mismatch"
              + "|reject|disallow|block|untrusted|fail|error|exception|(?:^|[._-])not[._-]|^(?:cross|same)[._-]?origin"
              + "|^(?:io|org|com|net|java|node|at|app|server|upgrader)\\.|^(?:req|request|res|response|window|location|document|self|this|the)[._]|^no-|-not-");

  private static final int MAX_BEFORE = 60;

  /** What stands before a setting in its line, where it is one. */
  private static final Pattern STARTS =
      Pattern.compile(
          "(?:^[^\\p{L}\\p{N}]{0,40}(?:export |set |env |-e |--env )?|[{(\\[,;|] ?[\"'`]?)$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern METHOD =
      Pattern.compile("\\.(?:includes|indexOf|some|has|split|contains|map|filter|push|join|test)$");

  /**
   * What a paste names.
   *
   * @param text as it was pasted
   */
  static List<Setting> all(String text) {
    List<Setting> all = new ArrayList<>();
    Matcher written = WRITTEN.matcher(text);
    // What looks like a value may be the next setting.
    for (int from = 0; written.find(from); from = written.end(1)) {
      String name = METHOD.matcher(written.group(1)).replaceFirst("");
      String value = written.group(2) == null ? "" : written.group(2);
      if (!STARTS.matcher(before(text, written.start())).find()) {
        // A sentence tells what to write, and not what is there.
        value = "";
      }
      if (!OTHER.matcher(name).find() && isName(name, value)) {
        all.add(
            new Setting(name, value.replaceAll("[\"'`\\[({]", "").replaceFirst("^[\\s-]+", "")));
      }
    }
    return all;
  }

  /**
   * Of all, the one where an origin or a host is listed.
   *
   * @param code of the refusal
   */
  static Optional<Setting> of(List<Setting> all, String code) {
    return (code.equals("HOST_CHECK") ? OF_HOSTS : OF_ORIGINS)
        .stream()
            .flatMap(
                kind -> all.stream().filter(each -> kind.matcher(each.name).matches()).limit(1))
            .findFirst();
  }

  /** The line before a position; of a long one only its end, after a letter. */
  private static String before(String text, int position) {
    String near = text.substring(Math.max(0, position - MAX_BEFORE), position);
    int line = near.lastIndexOf('\n');
    return line >= 0 || position <= MAX_BEFORE ? near.substring(line + 1) : "x" + near;
  }

  /** What follows where the paste shows that the value is there, or one that is nearly the same. */
  static Optional<String> compared(Map<String, String> values, Compared compared) {
    String name = values.getOrDefault("setting", "");
    String configured = values.getOrDefault("configured", "");
    if (name.isEmpty() || compared.seen().isEmpty()) {
      return Optional.empty();
    }
    for (String item : configured.split("[,;\\s]+")) {
      Optional<String> told = item.isEmpty() ? Optional.empty() : told(name, item, compared);
      if (told.isPresent()) {
        return told;
      }
      if (isThere(item, compared)) {
        boolean commas = !configured.strip().matches("(?s)[^,]*(?:;|\\s).*");
        return Optional.of(
            name
                + " in the paste has "
                + item
                + (commas
                    ? " already, so the program has most likely not read it: restart it, and see that the"
                        + " value reaches that very process (in Docker under environment of that service, then"
                        + " docker compose up -d), by the name that this version reads."
                    : ", in a list without commas. Most programs want a comma between the items, and take"
                        + " the rest for one long value: see the program's documentation, and restart it."));
      }
    }
    return Optional.empty();
  }

  private static boolean isThere(String item, Compared compared) {
    boolean host = !item.contains("://") && compared.seen().contains("://");
    return !host
        && !item.isEmpty()
        && List.of(compared.seen(), compared.seenHost(), compared.seenName()).contains(item);
  }

  /** What is wrong with a value that looks right; empty if nothing is. */
  private static Optional<String> told(String name, String item, Compared compared) {
    String seen = compared.seen();
    String differ = name + " in the paste has " + item + ", and the request has " + seen + ": ";
    boolean origins = seen.contains("://");
    boolean ofOrigins = name.matches("(?i).*(?:origin|cors).*");
    if (item.equals(seen + "/")) {
      return Optional.of(
          differ
              + "the two have to be the same, letter by letter, so remove the slash at the end.");
    }
    if (origins && ofOrigins && item.startsWith(seen + "/")) {
      return Optional.of(differ + "an origin has no path, so remove it.");
    }
    if (origins && ofOrigins && List.of(compared.seenHost(), compared.seenName()).contains(item)) {
      return Optional.of(differ + "most programs want the scheme, too: write " + seen + ".");
    }
    if (!origins && item.replaceFirst("^https?://", "").equals(seen) && item.contains("://")) {
      return Optional.of(differ + "a host has no scheme, so write " + seen + ".");
    }
    if (!item.equals(seen) && item.equalsIgnoreCase(seen)) {
      return Optional.of(differ + "browsers send it in lower case, so write it that way.");
    }
    if (origins && item.length() > 1 && covers(item, seen) && item.contains("*")) {
      return Optional.of(
          differ
              + "not every program takes a * within an origin. Write the origin itself, or look in the"
              + " program's documentation for how it writes a pattern.");
    }
    return origins && new Compared(seen, item).isNearly()
        ? Optional.of(differ + "the two have to be the same, letter by letter.")
        : Optional.empty();
  }

  /** Of a pattern with one {@code *}, which no hostile text makes slow. */
  private static boolean covers(String pattern, String seen) {
    return pattern.indexOf('*') == pattern.lastIndexOf('*')
        && seen.matches(Pattern.quote(pattern).replace("*", "\\E[^/]{1,100}\\Q"));
  }

  /** A word of a sentence is a setting only where a URL is beside it. */
  private static boolean isName(String name, String value) {
    return name.matches("--.*|.*[._].*|[a-z]{1,30}[A-Z].*") || value.contains("://");
  }
}

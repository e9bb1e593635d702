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
              + "(?:[\"'`]?,\\s?[\"'`]?[a-z]{2,20}://[^\\s\"'`\\])},]{1,200}){0,9}))?");

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
              + "|^(?:io|org|com|net|java|node|at|app|server)\\.|^(?:req|request|res|response|window|location|document|self|this|the)[._]|^no-|-not-");

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
   * @param code of the refusal
   */
  static Optional<Setting> in(String text, String code) {
    List<Setting> all = new ArrayList<>();
    Matcher written = WRITTEN.matcher(text);
    while (written.find()) {
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
    for (String item : values.getOrDefault("configured", "").split("[,;\\s]+")) {
      if (name.isEmpty() || item.isEmpty() || compared.seen().isEmpty()) {
        continue;
      }
      boolean host = !item.contains("://") && compared.seen().contains("://");
      if (!host
          && List.of(compared.seen(), compared.seenHost(), compared.seenName()).contains(item)) {
        return Optional.of(
            name
                + " in the paste has "
                + item
                + " already, so the program has most likely not read it: restart it, and see that the"
                + " value reaches that very process (in Docker under environment of that service, then"
                + " docker compose up -d), by the name that this version reads.");
      }
      boolean slash = item.equals(compared.seen() + "/");
      if (slash || new Compared(compared.seen(), item).isNearly()) {
        return Optional.of(
            name
                + " in the paste has "
                + item
                + ", and the request has "
                + compared.seen()
                + ": the two have to be the same, letter by letter"
                + (slash ? ", so remove the slash at the end." : "."));
      }
    }
    return Optional.empty();
  }

  /** A word of a sentence is a setting only where a URL is beside it. */
  private static boolean isName(String name, String value) {
    return name.matches("--.*|.*[._].*|[a-z]{1,30}[A-Z].*") || value.contains("://");
  }
}

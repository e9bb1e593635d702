package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the values of a setting: an origin, a host, or what somebody takes for one.
 *
 * @param text as it is written there, without what encloses it
 * @param quoted whether quotation marks stand where they are a part of the value
 */
record SettingValue(String text, boolean quoted) {

  private static final Pattern ADDRESS =
      Pattern.compile(
          "[a-zA-Z][a-zA-Z0-9+.-]{1,30}://(?!\\S{0,200}\\[[a-z0-9]-)[^\\s(|^]{1,300}|localhost(?::[0-9*]{1,5})?/?"
              + "|\\[?[0-9a-fA-F:]{2,45}]?(?::[0-9]{1,5})?"
              + "|[a-zA-Z0-9*_.-]{1,253}\\.[a-zA-Z0-9*_-]{1,63}\\.?(?::[0-9*]{1,5})?/?\\S{0,100}|\\*|null");

  /** What an example has, and nobody has replaced. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?i)<[a-z][a-z0-9 _.-]{1,40}>|\\{\\{?[a-z][a-z0-9 _.-]{1,40}}}?|(?:[a-z]{2,8}://)?(?:[a-z0-9-]{1,20}\\.)?your[-_.]?"
              + "(?:own[-_.]?)?(?:domain|app|site|server|host|frontend|front-end|url|website|ip)[a-z0-9-]{0,20}(?:\\.[a-z]{2,10})?.{0,20}"
              + "|change[-_]?me");

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{?[A-Za-z_][A-Za-z0-9_]{1,60}}?|%[A-Za-z_]{2,60}%");

  /** On one's own machine many programs listen, each at another port. */
  private static final Pattern LOCAL =
      Pattern.compile("://(?:localhost|127\\.|\\[::1]|0\\.0\\.0\\.0)");

  private static final Pattern WITH_PATH =
      Pattern.compile("https?://[a-z0-9.\\[\\]:-]{1,200}/\\S{0,200}");

  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9-]{1,63}\\.){1,6}(?!cors\\b)[a-z]{2,20}(?::[0-9]{1,5})?");

  private static final String PATTERN =
      "not every program accepts a * within an origin, and some accept it only for one level of"
          + " names. Write the origin itself, or look in the program's documentation for how it"
          + " writes a pattern.";

  /** Where a setting has no value at all. Origin: null is another thing. */
  private static final String NO_VALUE = "null";

  boolean isAddress() {
    return ADDRESS.matcher(text).matches();
  }

  /** Whether a * stands for a part of it, and not for all. */
  boolean isPattern() {
    return text.indexOf('*') >= 0 && !text.equals("*");
  }

  boolean isPlaceholder() {
    return PLACEHOLDER.matcher(text).matches();
  }

  boolean isVariable() {
    return VARIABLE.matcher(text).matches();
  }

  /** Whether it is what was sent; a host may be written without its port. */
  boolean is(OriginComparison compared) {
    boolean host = !text.contains("://") && compared.seen().contains("://");
    return !host
        && !text.isEmpty()
        && !text.equals(NO_VALUE)
        && (text.equals(compared.seen()) || text.equals(compared.seenHost()));
  }

  /**
   * What is wrong with it, if it is meant to be what was sent.
   *
   * @param origins whether origins are listed there, and not hosts
   * @return the end of a sentence; empty if it is not meant to be that
   */
  Optional<Advice> fault(OriginComparison compared, boolean origins) {
    String seen = compared.seen();
    boolean origin = seen.contains("://");
    if (quoted && is(compared)) {
      return Optional.of(
          Topic.SETTING_QUOTED.advice(
              "in a list of YAML, NAME=\"value\" makes the quotation marks a part of the value. Write it"
                  + " without them."));
    }
    if (text.isEmpty() || text.equals(seen) || text.equals("*")) {
      return Optional.empty();
    }
    if (text.equals(seen + "/")) {
      return Optional.of(
          Topic.SETTING_WITH_SLASH.advice(
              "the two have to be exactly the same, so remove the slash at the end."));
    }
    if (origin && text.startsWith(seen + "/")) {
      return Optional.of(Topic.SETTING_NEAR.advice("an origin has no path, so remove it."));
    }
    if (origin
        && origins
        && (text.equals(compared.seenHost()) || text.equals(compared.seenName()))) {
      return Optional.of(
          Topic.SETTING_WITHOUT_SCHEME.advice(
              "most programs want the scheme, too: write " + seen + "."));
    }
    if (!origin && text.contains("://") && withoutScheme().equals(seen)) {
      return Optional.of(Topic.SETTING_NEAR.advice("a host has no scheme, so write " + seen + "."));
    }
    if (!origin && !compared.seenHost().equals(seen)) {
      return Optional.empty();
    }
    if (!origin && text.equals(compared.seenName())) {
      return Optional.of(
          Topic.SETTING_NEAR.advice(
              "the request has a port, too, and some programs compare that: write "
                  + seen
                  + " as well, and restart the program."));
    }
    if (text.equalsIgnoreCase(seen)) {
      return Optional.of(
          Topic.SETTING_NEAR.advice("browsers send it in lower case, so write it that way."));
    }
    if (text.indexOf('*') >= 0) {
      return text.length() > 1 && covers(seen)
          ? Optional.of(Topic.SETTING_NEAR.advice(PATTERN))
          : Optional.empty();
    }
    return origin && text.contains("://") ? part(compared) : Optional.empty();
  }

  /**
   * What is wrong with it, if it is the program's own address.
   *
   * @return the end of a sentence; empty if it is another program's
   */
  Optional<Advice> faultOfAddress(OriginComparison compared) {
    String seen = compared.seen();
    boolean local = LOCAL.matcher(text).find();
    boolean inner =
        seen.contains("://")
            && !LOCAL.matcher(seen).find()
            && (local
                || new OriginComparison(seen, text).part() == OriginComparison.Part.INNER_HOST);
    if (inner) {
      return Optional.of(
          Topic.SETTING_NEAR.advice(
              "it has to be what is in the address bar, so write "
                  + seen
                  + " there, and restart."));
    }
    return local || !text.contains("://") ? Optional.empty() : fault(compared, false);
  }

  /** What is wrong with it as an origin, whatever was sent; the end of a sentence, or empty. */
  Optional<Advice> form() {
    if (WITH_PATH.matcher(text).matches()) {
      return Optional.of(
          Topic.SETTING.advice(
              "an origin has no path, and no slash at its end, as browsers send none: write "
                  + AskedUrl.origin(text)
                  + "."));
    }
    return NAME.matcher(text).matches()
        ? Optional.of(
            Topic.SETTING_WITHOUT_SCHEME.advice(
                "most programs want the scheme, too: write https://" + text + "."))
        : Optional.empty();
  }

  private Optional<Advice> part(OriginComparison compared) {
    String seen = compared.seen();
    return switch (new OriginComparison(seen, text).part()) {
      case PORT ->
          Optional.of(
              (hasPort(text) && hasPort(seen) ? Topic.SETTING_OTHER_PORT : Topic.SETTING_NEAR)
                  .advice(
                      (hasPort(text)
                              ? hasPort(seen) ? "the port differs" : "browsers send no port here"
                              : "the port is missing")
                          + ", and the two have to be exactly the same: write "
                          + seen
                          + "."));
      case SCHEME ->
          Optional.of(
              Topic.SETTING_DIFFERS.advice(
                  "the scheme differs, and the two have to be exactly the same: write "
                      + seen
                      + "."));
      case DEFAULT_PORT ->
          Optional.of(
              Topic.SETTING_NEAR.advice(
                  "browsers leave out the default port of the scheme: write " + seen + "."));
      case WWW ->
          Optional.of(
              Topic.SETTING_NEAR.advice(
                  "www. makes it another origin: write " + seen + ", or redirect visitors."));
      case MISSPELLED ->
          Optional.of(
              Topic.SETTING_NEAR.advice(
                  "a letter of the host is wrong in one of them: write " + seen + "."));
      case LOOPBACK ->
          Optional.of(
              Topic.SETTING_NEAR.advice(
                  "both names are of this machine, and they are two origins: write "
                      + seen
                      + " as well, or open the page at the other name."));
      default -> Optional.empty();
    };
  }

  private static boolean hasPort(String url) {
    return url.matches("[^/]{1,40}//[^/]{1,255}:[0-9]{1,5}(?:/.*)?");
  }

  private String withoutScheme() {
    return text.replaceFirst("^[a-z]{2,8}://", "").replaceFirst("/$", "");
  }

  /** As a pattern with one {@code *} or two, which no hostile text makes slow. */
  private boolean covers(String seen) {
    return text.chars().filter(c -> c == '*').count() <= 2
        && seen.matches(
            Pattern.quote(text.replaceFirst("[,;]$", "")).replace("*", "\\E[^/]{1,100}\\Q"));
  }
}

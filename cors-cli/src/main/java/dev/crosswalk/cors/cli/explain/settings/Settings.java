package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.settings.PastedSetting.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings that a paste shows, as environments, command lines, configurations and code of all
 * kinds write them.
 */
public final class Settings {

  private static final Pattern PUBLISHED =
      Pattern.compile(
          "\\bports:\\s{0,40}-\\s{0,4}[\"']?(?:[0-9.]{7,15}:)?([0-9]{2,5}):[0-9]{2,5}\\b");

  private static final Pattern ORIGIN =
      Pattern.compile(
          "https?://[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,8}(?::[0-9]{1,5})?(?![a-z0-9:.-])");

  /** The first addresses in a paste are enough. */
  private static final int MAX_NAMED = 500;

  private static final int MAX_ADDRESSES = 20;

  /** Settings of programs that take a * within an origin, and how a text shows the program. */
  private static final Map<String, Pattern> TAKE_PATTERNS =
      Map.of(
          "AllowedOrigins",
          Pattern.compile("\\bcors\\.Options\\s?\\{"),
          "AllowOrigins",
          Pattern.compile("\\bAllowWildcard\\b|\\bfiber\\b|\\bmiddleware\\.CORSConfig\\b"),
          "allowOrigins",
          Pattern.compile("\\bkind:\\s?SecurityPolicy\\b|\\btype:\\s?CORS\\b"),
          "allow_origins",
          Pattern.compile("\\bsecurity/cors\\b|\\bkrakend-cors\\b"),
          "CORS",
          Pattern.compile("\\ballowed_origins\\b"),
          "allowed_origins",
          Pattern.compile("\\boptions_passthrough\\b|(?i:\\btyk\\b)"),
          "allowed-origins",
          Pattern.compile("\\b(?:akka|pekko)-http-cors\\b"));

  private final List<PastedSetting> active;
  private final List<PastedSetting> commented;
  private final Optional<String> published;

  /**
   * The settings of a paste.
   *
   * @param active those that count
   * @param commented those that are commented out
   * @param published at which port of the machine Docker publishes a program; empty if the paste
   *     does not tell, or tells several
   */
  private Settings(
      List<PastedSetting> active, List<PastedSetting> commented, Optional<String> published) {
    this.active = active;
    this.commented = commented;
    this.published = published;
  }

  /**
   * Reads a paste.
   *
   * @param text as it was pasted
   * @param active the same without what is commented out
   */
  public static Settings in(String text, String active) {
    List<PastedSetting> all =
        Assignments.in(active).stream().filter(each -> !takesPatterns(each, active)).toList();
    List<PastedSetting> commented =
        text.equals(active)
            ? List.of()
            : Assignments.in(text).stream().filter(each -> !all.contains(each)).toList();
    List<String> ports = PUBLISHED.matcher(active).results().map(each -> each.group(1)).toList();
    return new Settings(
        all, commented, ports.size() == 1 ? ports.stream().findFirst() : Optional.empty());
  }

  /** Whether a * within an origin means there what people mean by it. */
  private static boolean takesPatterns(PastedSetting setting, String text) {
    return Optional.ofNullable(TAKE_PATTERNS.get(setting.name()))
        .filter(program -> program.matcher(text).find())
        .filter(program -> setting.entries().stream().anyMatch(SettingValue::isPattern))
        .isPresent();
  }

  /** The name of the one where an origin or a host is listed; empty if there is none. */
  public Optional<String> name(String code) {
    return SettingsReview.kinds(code).stream()
        .filter(kind -> kind != Kind.CALLED)
        .flatMap(kind -> PastedSetting.first(active, kind).stream())
        .map(PastedSetting::name)
        .findFirst();
  }

  /** The names of those that have a value, with spaces between them. */
  public String names() {
    return active.stream()
        .filter(each -> !each.entries().isEmpty())
        .map(PastedSetting::name)
        .distinct()
        .limit(MAX_ADDRESSES)
        .collect(Collectors.joining(" "));
  }

  /**
   * What follows where the paste shows that the value is there, or one that is nearly the same.
   *
   * @param code of the complaint
   * @param compared what was sent
   */
  public Optional<SettingFinding> told(String code, OriginComparison compared) {
    return new SettingsReview(active, commented, published).told(code, compared);
  }

  /** The name of a setting that has a value, and not the page's origin; empty if there is none. */
  public Optional<String> withOnly(String value, String origin) {
    return active.stream()
        .filter(each -> each.entries().stream().anyMatch(entry -> entry.text().startsWith(value)))
        .map(PastedSetting::name)
        .filter(name -> active.stream().noneMatch(each -> each.isSetTo(name, origin)))
        .findFirst();
  }

  /** The name of a setting whose value begins so, whatever it is for; empty if there is none. */
  public Optional<String> with(String value) {
    return active.stream()
        .filter(each -> each.entries().stream().anyMatch(entry -> entry.text().startsWith(value)))
        .map(PastedSetting::name)
        .findFirst();
  }

  /**
   * What the same text has for an address of the same host elsewhere, with another port or scheme;
   * empty if there is nothing of that kind.
   */
  public Optional<String> elsewhere(String text) {
    List<String> named =
        ORIGIN.matcher(text).results().limit(MAX_NAMED).map(MatchResult::group).toList();
    return active.stream()
        .filter(
            each -> List.of(Kind.ADDRESS, Kind.CALLED, Kind.ORIGINS).stream().anyMatch(each::isOf))
        .flatMap(each -> each.entries().stream())
        .map(entry -> AskedUrl.origin(entry.text()))
        .filter(origin -> ORIGIN.matcher(origin).matches())
        .limit(MAX_ADDRESSES)
        .flatMap(
            origin ->
                named.stream()
                    .filter(each -> host(each).equals(host(origin)) && !each.equals(origin)))
        .findFirst();
  }

  private static String host(String origin) {
    return origin.replaceFirst("^https?://", "").replaceFirst(":[0-9]+$", "");
  }
}

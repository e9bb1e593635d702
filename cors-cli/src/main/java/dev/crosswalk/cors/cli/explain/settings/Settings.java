package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.settings.PastedSetting.Kind;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
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

  /** Complaints of a browser: what the program takes for its own address has no part in them. */
  private static final List<String> OF_BROWSER =
      List.of(
          "ACAO_MISSING",
          "ACAO_MISMATCH",
          "ACAO_INVALID",
          "PREFLIGHT_STATUS",
          "REASON_MISSING",
          "FRAME");

  private static final Pattern NO_PORT =
      Pattern.compile("https?://(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|localhost)/?");

  private static final Pattern ORIGIN =
      Pattern.compile(
          "https?://[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,8}(?::[0-9]{1,5})?(?![a-z0-9:.-])");

  /** Of the addresses in a paste, the first ones tell enough. */
  private static final int MAX_NAMED = 500;

  private static final int MAX_ADDRESSES = 20;

  /** Of these the text tells the program, and that takes a * within an origin. */
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

  /** Django's protection against forged requests has a list of its own. */
  private static final List<String> OF_CORS_ALONE =
      List.of("CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_WHITELIST");

  /** The name of an option in a program's code, and not of a setting that it reads. */
  private static final Pattern IN_CODE =
      Pattern.compile("origins?|(?:[a-z]{1,20}\\.)?[Aa]llow(?:ed)?Origins?|allow_origins?");

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

  /** The kinds of setting that a complaint is about, the nearest first. */
  private static List<Kind> kinds(String code) {
    return switch (code) {
      case "HOST_CHECK" -> List.of(Kind.HOSTS, Kind.ADDRESS);
      case "FRAME" -> List.of(Kind.FRAMES);
      default ->
          OF_BROWSER.contains(code)
              ? List.of(Kind.ORIGINS, Kind.PAGE)
              : List.of(Kind.ORIGINS, Kind.PAGE, Kind.ADDRESS, Kind.CALLED);
    };
  }

  /** The name of the one where an origin or a host is listed; empty if there is none. */
  public Optional<String> name(String code) {
    return kinds(code).stream()
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
  public Optional<ToldSetting> told(String code, OriginComparison compared) {
    boolean forged = code.startsWith("CSRF");
    if (forged && active.stream().anyMatch(each -> OF_CORS_ALONE.contains(each.name()))) {
      return new Settings(without(active), without(commented), published).told(code, compared);
    }
    if (compared.seen().isEmpty() && code.equals("FRAME")) {
      return of(Kind.FRAMES, active).stream()
          .filter(PastedSetting::hasAddress)
          .findFirst()
          .map(
              each ->
                  new ToldSetting(
                      each,
                      Topic.SETTING,
                      each.with(each.shown())
                          + ": write the address of the page that shows the frame there, with its scheme"
                          + " (https://app.example.com), and restart the program."));
    }
    if (compared.seen().isEmpty()) {
      return kinds(code).contains(Kind.ORIGINS) ? malformed() : Optional.empty();
    }
    return kinds(code).stream()
        .flatMap(kind -> told(kind, compared).stream())
        .findFirst()
        .or(() -> missing(code, compared));
  }

  private static List<PastedSetting> without(List<PastedSetting> settings) {
    return settings.stream().filter(each -> !OF_CORS_ALONE.contains(each.name())).toList();
  }

  /** What no origin can be equal to, whatever was sent. */
  private Optional<ToldSetting> malformed() {
    List<PastedSetting> lists =
        of(Kind.ORIGINS, active).stream().filter(PastedSetting::hasAddress).toList();
    for (PastedSetting setting : of(Kind.ORIGINS, active)) {
      for (SettingValue entry : setting.entries()) {
        Optional<Advice> form = entry.form();
        if (form.isPresent()) {
          return form.map(
              fault ->
                  new ToldSetting(
                      fault.worded(words -> setting.with(entry.text()) + ": " + words),
                      setting.name(),
                      "",
                      false));
        }
      }
    }
    for (PastedSetting one : lists) {
      Optional<PastedSetting> other =
          lists.stream()
              .filter(each -> each.name().equals(one.name()) && each.name().contains("_"))
              // Somebody who removes one shows the list before and after.
              .filter(each -> !each.entries().containsAll(one.entries()))
              .filter(each -> !one.entries().containsAll(each.entries()))
              .findFirst();
      if (other.isPresent()) {
        return Optional.of(
            new ToldSetting(
                Topic.SETTING.advice(
                    twice(one, other.get())
                        + " Keep one, with exactly what is in the address bar. Then recreate the container"
                        + " (docker compose up -d, because restart does not read it)."),
                one.name(),
                "",
                true));
      }
    }
    return published.flatMap(this::withoutPort);
  }

  /** Docker publishes another port than the one that an address has by itself. */
  private Optional<ToldSetting> withoutPort(String port) {
    return List.of(Kind.ORIGINS, Kind.PAGE, Kind.ADDRESS, Kind.CALLED).stream()
        .flatMap(kind -> of(kind, active).stream())
        .filter(each -> each.entries().size() == 1)
        .filter(each -> NO_PORT.matcher(each.entries().get(0).text()).matches())
        .filter(each -> !List.of("80", "443").contains(port))
        .findFirst()
        .map(
            each ->
                new ToldSetting(
                    each,
                    Topic.SETTING,
                    each.with(each.shown())
                        + ", without a port, and Docker publishes the program at port "
                        + port
                        + ". If that is in the address bar, write "
                        + AskedUrl.origin(each.entries().get(0).text())
                        + ":"
                        + port
                        + " there, and recreate the container (docker compose up -d)."));
  }

  /** A browser does not tell what the server lists; the paste does. */
  private Optional<ToldSetting> missing(String code, OriginComparison compared) {
    if (code.equals("HOST_CHECK")) {
      return kinds(code).stream()
          .flatMap(kind -> of(kind, active).stream())
          .filter(PastedSetting::hasAddress)
          .filter(each -> each.entries().stream().noneMatch(entry -> entry.text().equals("*")))
          .findFirst()
          .map(
              each ->
                  new ToldSetting(
                      Topic.SETTING_NEAR.advice(
                          each.with(each.shown())
                              + ", and the request has "
                              + compared.seen()
                              + ": if that is the name in the address bar, write it there, without a scheme,"
                              + " and restart the program."),
                      each.name(),
                      each.shown(),
                      false));
    }
    boolean browser = OF_BROWSER.contains(code);
    return of(code.equals("FRAME") ? Kind.FRAMES : Kind.ORIGINS, active).stream()
        .filter(each -> browser || code.equals("SERVER_REFUSES"))
        .filter(each -> compared.seen().contains("://"))
        .filter(each -> !OriginComparison.isForeign(compared.seen()))
        .filter(each -> !each.has(compared) && !each.hasWithin(compared))
        .filter(each -> each.isWhole() || code.equals("FRAME") && each.hasAddress())
        .findFirst()
        .map(
            each ->
                new ToldSetting(
                    (browser ? Topic.SETTING : Topic.SETTING_NEAR)
                        .advice(
                            each.with(each.shown())
                                + (browser
                                    ? ", and the page's origin is "
                                    : ", and the request has ")
                                + compared.seen()
                                + (browser ? ": add that" : ": if that is a page of yours, add it")
                                + ", letter by letter, and restart the program."),
                    each.name(),
                    browser ? "" : each.shown(),
                    false));
  }

  private Optional<ToldSetting> told(Kind kind, OriginComparison compared) {
    List<PastedSetting> listed = of(kind, active);
    // That a list has file: or null does not make an origin of it.
    Optional<PastedSetting> there =
        listed.stream()
            .filter(each -> each.has(compared) && !each.isCall())
            .filter(each -> !compared.seen().startsWith("file:"))
            .findFirst();
    if (there.isPresent()) {
      boolean read = there.get().form() == PastedSetting.Form.USUAL;
      return Optional.of(
          new ToldSetting(there(there.get(), listed, compared), there.get().name(), "", read));
    }
    // Of several the one that is nearest: another port is another server as well.
    for (boolean far : new boolean[] {false, true}) {
      for (PastedSetting setting : listed) {
        for (SettingValue entry : setting.entries()) {
          // What one item of a list lacks, another one of it has.
          if (setting.isRuleOfBucket() && entry.text().contains("*")
              || setting.isCall() && setting.has(compared)) {
            continue;
          }
          Optional<Advice> fault =
              kind == Kind.ADDRESS || kind == Kind.CALLED
                  ? entry.faultOfAddress(compared)
                  : entry.fault(compared, kind == Kind.ORIGINS && setting.isOfOrigins());
          if (fault.filter(each -> far || !each.isAbout(Topic.SETTING_OTHER_PORT)).isPresent()) {
            return Optional.of(
                new ToldSetting(
                    fault
                        .get()
                        .worded(
                            words ->
                                setting.with(entry.text())
                                    + ", and the request has "
                                    + compared.seen()
                                    + ": "
                                    + words),
                    setting.name(),
                    entry.text(),
                    false));
          }
        }
      }
    }
    return of(kind, commented).stream()
        .filter(each -> each.has(compared))
        .findFirst()
        .map(
            each ->
                new ToldSetting(
                    each,
                    Topic.SETTING_COMMENTED,
                    each.name()
                        + " is commented out in the paste, so it does not count: remove the mark in front"
                        + " of that line, and restart the program."))
        .or(() -> unreplaced(listed, compared));
  }

  private static List<PastedSetting> of(Kind kind, List<PastedSetting> settings) {
    return settings.stream().filter(each -> each.isOf(kind)).toList();
  }

  /** What remains where the value is there already. */
  private static Advice there(
      PastedSetting there, List<PastedSetting> listed, OriginComparison compared) {
    Optional<PastedSetting> other =
        listed.stream()
            .filter(each -> each.name().equals(there.name()) && each.hasAddress())
            // Of a variable, not of code, which people show before and after a change.
            .filter(each -> each.name().contains("_"))
            .filter(each -> !each.has(compared))
            .findFirst();
    if (other.isPresent()) {
      return Topic.SETTING.advice(
          twice(there, other.get())
              + " Keep only the first one. Then recreate the container (docker compose up -d, because"
              + " restart does not read it).");
    }
    Advice told =
        switch (there.form()) {
          case SPACED ->
              Topic.SETTING.advice(
                  ", in a list without commas. Most programs want a comma between the items, and read this"
                      + " as one long value. See the program's documentation, and restart it.");
          case JSON ->
              Topic.SETTING_IN_JSON.advice(
                  ", in a list of JSON ([\"...\"]). Many programs want commas between the items, and take"
                      + " the brackets and quotation marks for a part of the values: see which of the two"
                      + " the program's documentation shows. Then restart it.");
          case USUAL ->
              IN_CODE.matcher(there.name()).matches()
                  ? Topic.SETTING_NOT_READ.advice(
                      " already, so this answer is most likely not from it. See that the server runs this"
                          + " version (restarted, deployed), that nothing in front answers first (a proxy,"
                          + " a login, an error), and that the CORS layer comes before the routes.")
                  : Topic.SETTING_NOT_READ.advice(
                      " already, so the program has most likely not read it. Restart it, if you have not, and check that"
                          + " the value reaches the process, under the name that this version reads. In Docker, set"
                          + " it under environment of that service, and run docker compose up -d.");
        };
    return told.worded(words -> there.with(compared.seen()) + words);
  }

  private static String twice(PastedSetting one, PastedSetting other) {
    return one.name()
        + " is twice in the paste, with "
        + one.shown()
        + " and with "
        + other.shown()
        + ". Only one of the two counts. In Docker Compose, environment: wins over env_file:.";
  }

  private static Optional<ToldSetting> unreplaced(
      List<PastedSetting> listed, OriginComparison compared) {
    for (PastedSetting setting : listed) {
      for (SettingValue entry : setting.entries()) {
        if (entry.isPlaceholder()) {
          return Optional.of(
              new ToldSetting(
                  setting,
                  Topic.SETTING,
                  setting.name()
                      + " in the paste still has "
                      + entry.text()
                      + ", which is an example: write "
                      + compared.seen()
                      + " instead, and restart the program."));
        }
        if (entry.isVariable() && setting.entries().size() == 1) {
          return Optional.of(
              new ToldSetting(
                  setting,
                  Topic.SETTING,
                  setting.name()
                      + " in the paste takes its value from "
                      + entry.text()
                      + ": see that this variable is set where the program runs, and has "
                      + compared.seen()
                      + "."));
        }
      }
    }
    return Optional.empty();
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

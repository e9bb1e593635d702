package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.settings.PastedSetting.Kind;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the settings of a paste tell of a complaint: a value is there already, or one that is nearly
 * the same, or none.
 *
 * @param active those that count
 * @param commented those that are commented out
 * @param published at which port of the machine Docker publishes a program; empty if the paste does
 *     not tell, or tells several
 */
record SettingsReview(
    List<PastedSetting> active, List<PastedSetting> commented, Optional<String> published) {

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

  /** Django's protection against forged requests has a list of its own. */
  private static final List<String> OF_CORS_ALONE =
      List.of("CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_WHITELIST");

  /** The name of an option in a program's code, and not of a setting that it reads. */
  private static final Pattern IN_CODE =
      Pattern.compile("origins?|(?:[a-z]{1,20}\\.)?[Aa]llow(?:ed)?Origins?|allow_origins?");

  /** The kinds of setting that a complaint is about, the nearest first. */
  static List<Kind> kinds(String code) {
    return switch (code) {
      case "HOST_CHECK" -> List.of(Kind.HOSTS, Kind.ADDRESS);
      case "FRAME" -> List.of(Kind.FRAMES);
      default ->
          OF_BROWSER.contains(code)
              ? List.of(Kind.ORIGINS, Kind.PAGE)
              : List.of(Kind.ORIGINS, Kind.PAGE, Kind.ADDRESS, Kind.CALLED);
    };
  }

  /**
   * What follows where the paste shows that the value is there, or one that is nearly the same.
   *
   * @param code of the complaint
   * @param compared what was sent
   */
  Optional<SettingFinding> told(String code, OriginComparison compared) {
    boolean forged = code.startsWith("CSRF");
    if (forged && active.stream().anyMatch(each -> OF_CORS_ALONE.contains(each.name()))) {
      return new SettingsReview(without(active), without(commented), published)
          .told(code, compared);
    }
    if (compared.seen().isEmpty() && code.equals("FRAME")) {
      return of(Kind.FRAMES, active).stream()
          .filter(PastedSetting::hasAddress)
          .findFirst()
          .map(
              each ->
                  new SettingFinding(
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
  private Optional<SettingFinding> malformed() {
    List<PastedSetting> lists =
        of(Kind.ORIGINS, active).stream().filter(PastedSetting::hasAddress).toList();
    for (PastedSetting setting : of(Kind.ORIGINS, active)) {
      for (SettingValue entry : setting.entries()) {
        Optional<Advice> form = entry.form();
        if (form.isPresent()) {
          return form.map(
              fault ->
                  new SettingFinding(
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
            new SettingFinding(
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
  private Optional<SettingFinding> withoutPort(String port) {
    return List.of(Kind.ORIGINS, Kind.PAGE, Kind.ADDRESS, Kind.CALLED).stream()
        .flatMap(kind -> of(kind, active).stream())
        .filter(each -> each.entries().size() == 1)
        .filter(each -> NO_PORT.matcher(each.entries().get(0).text()).matches())
        .filter(each -> !List.of("80", "443").contains(port))
        .findFirst()
        .map(
            each ->
                new SettingFinding(
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
  private Optional<SettingFinding> missing(String code, OriginComparison compared) {
    if (code.equals("HOST_CHECK")) {
      return kinds(code).stream()
          .flatMap(kind -> of(kind, active).stream())
          .filter(PastedSetting::hasAddress)
          .filter(each -> each.entries().stream().noneMatch(entry -> entry.text().equals("*")))
          .findFirst()
          .map(
              each ->
                  new SettingFinding(
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
                new SettingFinding(
                    (browser ? Topic.SETTING : Topic.SETTING_NEAR)
                        .advice(
                            each.with(each.shown())
                                + (browser
                                    ? ", and the page's origin is "
                                    : ", and the request has ")
                                + compared.seen()
                                + (browser ? ": add that" : ": if that is a page of yours, add it")
                                + ", exactly like that, and restart the program."),
                    each.name(),
                    browser ? "" : each.shown(),
                    false));
  }

  private Optional<SettingFinding> told(Kind kind, OriginComparison compared) {
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
          new SettingFinding(there(there.get(), listed, compared), there.get().name(), "", read));
    }
    // The nearest of several: another port is another server as well.
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
                new SettingFinding(
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
                new SettingFinding(
                    each,
                    Topic.SETTING_COMMENTED,
                    each.name()
                        + " is commented out in your paste, so it has no effect: remove the mark"
                        + " in front of that line, and restart the program."))
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
            // Only a variable: people show code before and after a change.
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
                  ", in a list of JSON ([\"...\"]). Many programs want commas between the items,"
                      + " and treat the brackets and quotation marks as a part of the values: see"
                      + " which of the two the program's documentation shows. Then restart it.");
          case USUAL ->
              IN_CODE.matcher(there.name()).matches()
                  ? Topic.SETTING_NOT_READ.advice(
                      " already, so this answer is most likely not from it. Make sure that the"
                          + " server runs this version (restarted, deployed), that nothing in"
                          + " front answers first (a proxy, authentication, an error), and that"
                          + " the CORS layer comes before the routes.")
                  : Topic.SETTING_NOT_READ.advice(
                      " already, so the program has most likely not read it. Restart it, if you have not, and check that"
                          + " the value reaches the process, under the name that this version reads. In Docker, set"
                          + " it under environment of that service, and run docker compose up -d.");
        };
    return told.worded(words -> there.with(compared.seen()) + words);
  }

  private static String twice(PastedSetting one, PastedSetting other) {
    return one.name()
        + " is twice in your paste, with "
        + one.shown()
        + " and with "
        + other.shown()
        + ". Only one of the two applies. In Docker Compose, environment: wins over env_file:.";
  }

  private static Optional<SettingFinding> unreplaced(
      List<PastedSetting> listed, OriginComparison compared) {
    for (PastedSetting setting : listed) {
      for (SettingValue entry : setting.entries()) {
        if (entry.isPlaceholder()) {
          return Optional.of(
              new SettingFinding(
                  setting,
                  Topic.SETTING,
                  setting.name()
                      + " in your paste still has "
                      + entry.text()
                      + ", which is an example: write "
                      + compared.seen()
                      + " instead, and restart the program."));
        }
        if (entry.isVariable() && setting.entries().size() == 1) {
          return Optional.of(
              new SettingFinding(
                  setting,
                  Topic.SETTING,
                  setting.name()
                      + " in your paste gets its value from "
                      + entry.text()
                      + ": make sure that this variable is set where the program runs, and has "
                      + compared.seen()
                      + "."));
        }
      }
    }
    return Optional.empty();
  }
}

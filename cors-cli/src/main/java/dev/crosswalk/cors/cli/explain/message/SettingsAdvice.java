package dev.crosswalk.cors.cli.explain.message;

import dev.crosswalk.cors.cli.explain.meaning.NoMessage;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.server.KnownServer;
import dev.crosswalk.cors.cli.explain.settings.SettingFinding;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the settings in a paste tell, and what need not be told beside it. */
public final class SettingsAdvice {

  /** What the settings tell is told as well where a server is only guessed by its port. */
  public static final String AS_WELL = "settings as well";

  /** A list of the server is the cause of these. */
  private static final List<String> OF_SETTINGS =
      List.of(
          "ACAO_MISSING",
          "ACAO_MISMATCH",
          "ACAO_INVALID",
          "FRAME",
          "REASON_MISSING",
          "HIDDEN",
          "NETWORK",
          "SERVER_ORIGIN_SYNTAX",
          "SERVER_REFUSES",
          "CSRF_REFUSED");

  /** The code lists something, as the settings do. */
  private static final Topic[] LISTS = {
    Topic.LISTS_PAGE, Topic.LISTS_ORIGINS, Topic.LISTS_OTHERS, Topic.LISTS_NAMES, Topic.NAME_LISTED
  };

  /** Behind the name of a setting: every page, and nothing else. */
  private static final String STAR = "[\"']?\\s?[:=]\\s?[\\[\"']{0,3}\\*[\"'\\]]{0,3}(?=\\s|,|\\z)";

  private static final String ON = "[\"']?\\s?[:=]\\s?[\"']?true\\b";

  private final Details details;
  private final Optional<SettingFinding> settings;

  /** Of the details of a message. */
  SettingsAdvice(Details details) {
    this.details = details;
    this.settings = SettingFinding.in(details);
  }

  /**
   * With what the settings in the paste tell. That a value is there already is no news where
   * something else is known, and what is wrong with one comes after that.
   *
   * @param general what is told without anything that is known
   */
  Remedy with(Remedy all, Remedy general) {
    Remedy set = withoutGeneral(withOpen(withoutSet(all, general)));
    Remedy told = set.withOnlyAdvice(withoutAssigned(set.advice()));
    List<Advice> advice = new ArrayList<>(told.advice());
    // Do not ask the reader about a server that is not theirs.
    boolean others = advice.stream().anyMatch(each -> each.isAbout(Topic.NOT_YOURS));
    if (others && advice.removeIf(each -> each.isAbout(Topic.WHOSE_SERVER))) {
      return new Remedy(told.code(), told.cause(), advice, Optional.empty(), List.of());
    }
    if (settings.isEmpty() || !OF_SETTINGS.contains(told.code())) {
      return told;
    }
    SettingFinding setting = settings.get();
    boolean known =
        !advice.isEmpty()
            && !general.advice().isEmpty()
            && !advice.get(0).equals(general.advice().get(0))
            && !advice.get(0).isAbout(Topic.WHOSE_SERVER);
    boolean ofSame = known && KnownServer.isNoteOf(advice.get(0), setting.name());
    boolean elsewhere = details.has(AS_WELL);
    boolean guess =
        known
            && elsewhere
            && (advice.get(0).isAbout(Topic.GUESS, Topic.DESKTOP, Topic.SOCKET_IO)
                || advice.get(0).isAbout(LISTS));
    // An error's answer lacks the header whatever is listed.
    boolean unread = setting.advice().isAbout(Topic.SETTING_NOT_READ);
    boolean error = unread && details.status() >= 400;
    // The header has the page's origin and more, so the program has read the value.
    String page = details.get("origin");
    boolean read = unread && !page.isEmpty() && details.get("value").contains(page);
    if (error
        || read
        || known && setting.there() && !guess && !ofSame
        || !elsewhere && advice.stream().anyMatch(each -> isAsMuch(each, setting))) {
      return told;
    }
    boolean nearer = ofSame || known && advice.get(0).isAbout(LISTS) && setting.isNear();
    if (nearer) {
      // The list has more than the one that was taken for the nearest, and the paste tells more
      // than a note does of the same setting.
      advice.remove(0);
    }
    // Then nothing else has to be looked for.
    boolean differs =
        (setting.advice().isAbout(Topic.SETTING_DIFFERS, Topic.SETTING_OTHER_PORT)
                || known
                    && KnownServer.isNote(advice.get(0))
                    && setting
                        .advice()
                        .isAbout(Topic.SETTING_WITHOUT_SCHEME, Topic.SETTING_WITH_SLASH))
            && told.code().equals("ACAO_MISSING");
    // A platform may fail, and what the settings have is there to read.
    boolean gate = known && advice.get(0).isAbout(Topic.GATE);
    boolean fails = details.status() >= 500 && !advice.isEmpty();
    boolean second =
        fails
            || known
                && !nearer
                && !differs
                && !gate
                && (!guess || advice.get(0).isAbout(Topic.DESKTOP));
    advice.add(second ? 1 : 0, setting.advice());
    return told.withOnlyAdvice(advice);
  }

  /** Without what would set once more what the paste, or advice above, sets. */
  private List<Advice> withoutAssigned(List<Advice> advice) {
    String paste = details.paste().both();
    Set<String> set = new HashSet<>();
    List<Advice> left = new ArrayList<>();
    for (Advice each : advice) {
      Set<String> names = each.assigned();
      boolean again =
          !left.isEmpty()
              && !names.isEmpty()
              // What corrects a list in the paste says so.
              && !each.isAbout(LISTS)
              && names.stream()
                  .allMatch(
                      name -> set.contains(name) || paste.contains(Bytes.lowerCase(name) + " ="));
      set.addAll(names);
      if (!again) {
        left.add(each);
      }
    }
    return left;
  }

  /** What the paste has is not to be set once more, where something else is known. */
  private Remedy withoutSet(Remedy told, Remedy general) {
    if (told.advice().stream().limit(1).allMatch(general.advice()::contains)) {
      return told;
    }
    Advice first = told.advice().get(0);
    List<Advice> advice = new ArrayList<>(told.advice());
    advice.removeIf(each -> !each.equals(first) && isSet(each));
    if (NoMessage.isOf(told)
        && (isSet(first) || KnownServer.isNote(first) && first.isSetIn(details.paste().both()))) {
      // Whether it is in effect is the first thing to see; the note may have a setting more.
      advice.removeAll(general.advice());
      advice.addAll(0, NoMessage.ofSet(details));
    }
    return told.withOnlyAdvice(advice);
  }

  /** A program that is set to allow every page, and answers without the header, has not read it. */
  private Remedy withOpen(Remedy told) {
    if (!told.code().equals("ACAO_MISSING") || details.status() >= 400 || told.advice().isEmpty()) {
      return told;
    }
    Advice first = told.advice().get(0);
    String active = details.get("code");
    boolean note =
        KnownServer.isNote(first)
            || KnownServer.all().stream()
                .anyMatch(each -> each.note().ofPage(details.origin()).equals(first));
    boolean on =
        first.switches().stream()
            .allMatch(name -> Pattern.compile(Pattern.quote(name) + ON).matcher(active).find());
    Optional<String> open =
        Stream.of(details.get("settings").split(" "))
            .filter(name -> !name.isEmpty() && note && on && first.names(name))
            .filter(name -> Pattern.compile(Pattern.quote(name) + STAR).matcher(active).find())
            .findFirst();
    return open.map(
            name -> {
              List<Advice> advice = new ArrayList<>(told.advice());
              advice.set(
                  0,
                  Topic.SETTING_NOT_READ.advice(
                      name
                          + " in your paste allows every page already, so this program has most"
                          + " likely not read it. See which file, path or environment the program"
                          + " (in a container, its image) reads, and that the setting is there. Then"
                          + " restart it, or rebuild and recreate the container, and test: curl -i"
                          + " -H \"Origin: https://app.example.com\" URL. If the header is there, the"
                          + " browser had an old copy."));
              return told.withOnlyAdvice(advice);
            })
        .orElse(told);
  }

  /** Whether it is a note on a program of which the paste has a setting. */
  private boolean isSet(Advice advice) {
    return Stream.of(details.get("settings").split(" "))
        .anyMatch(name -> KnownServer.isNoteOf(advice, name));
  }

  /** Without what is told in general of the form of a value. */
  private Remedy withoutGeneral(Remedy told) {
    if (settings.isEmpty()
        || !OF_SETTINGS.contains(told.code()) && !told.advice().contains(settings.get().advice())) {
      return told;
    }
    Advice setting = settings.get().advice();
    List<Advice> advice = new ArrayList<>(told.advice());
    advice.removeIf(
        each ->
            setting.isAbout(Topic.SETTING_WITHOUT_SCHEME) && each.isAbout(Topic.NO_SCHEME)
                || setting.isAbout(Topic.SETTING_IN_JSON)
                    && each.isAbout(Topic.JSON_VARIABLE, Topic.LISTS_PAGE));
    return told.withOnlyAdvice(advice);
  }

  /** Whether a piece of advice tells the same of the same value, or what is known better. */
  private static boolean isAsMuch(Advice advice, SettingFinding setting) {
    Advice told = setting.advice();
    if (advice.equals(told)
        || told.isAbout(Topic.SETTING_WITH_SLASH) && advice.isAbout(Topic.SLASH)
        || told.isAbout(Topic.SETTING_QUOTED, Topic.SETTING_IN_JSON)
            && advice.isAbout(Topic.QUOTED)) {
      return true;
    }
    return (advice.isAbout(LISTS) || advice.isAbout(Topic.SETTINGS_LIST))
        && (!setting.isNear() || advice.shows(setting.entry()));
  }
}

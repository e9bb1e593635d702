package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import dev.crosswalk.cors.cli.terminal.Typo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of Django, with django-cors-headers: it needs its application, its middleware in
 * front of what answers, and an origin that it allows.
 */
final class DjangoSettings {

  private static final Pattern OF_DJANGO =
      Pattern.compile(
          "\\bcorsheaders\\b|\\bcors_origin_(?:whitelist|allow_all)\\b|\\bdjango\\b|\\binstalled_apps\\b");

  private static final String LAYER = "corsheaders.middleware.corsmiddleware";

  private static final Pattern APPS = list("installed_apps");
  private static final Pattern MIDDLEWARE = list("middleware");
  private static final Pattern OLD_MIDDLEWARE = list("middleware_classes");

  /** These answer or redirect by themselves. */
  private static final List<String> ANSWERS =
      List.of("commonmiddleware", "whitenoisemiddleware", "localemiddleware", "csrfviewmiddleware");

  private static final List<String> SETTINGS =
      List.of(
          "cors_allowed_origins",
          "cors_allowed_origin_regexes",
          "cors_allow_all_origins",
          "cors_allow_methods",
          "cors_allow_headers",
          "cors_expose_headers",
          "cors_allow_credentials",
          "cors_allow_private_network",
          "cors_preflight_max_age",
          "cors_urls_regex",
          "cors_origin_whitelist",
          "cors_origin_regex_whitelist",
          "cors_origin_allow_all",
          "cors_replace_https_referer",
          "cors_model");

  /** Since version 2 Django reads only the list with the new name. */
  private static final Pattern NEW =
      Pattern.compile(
          "\\bdjango ?(?:==|version:?|v)? ?[2-6]\\b|\\bcors_allow(?:ed_origins|_all_origins)\\b");

  /** Only these allow an origin, and each by itself is enough. */
  private static final Pattern ALLOWS =
      Pattern.compile(
          "(?m)^[ \\t]{0,12}cors_(?:allowed_origins|allowed_origin_regexes|origin_whitelist|origin_regex_whitelist)\\b"
              + "|^[ \\t]{0,12}cors_(?:allow_all_origins|origin_allow_all)\\s?=\\s?(?!false)|\\bcors_model\\b");

  private static final Pattern SETTING =
      Pattern.compile("(?m)^[ \\t]{0,8}(cors_[a-z_]{3,40})\\s{0,3}\\+?=");

  /** Brackets without a comma are no tuple. */
  private static final Pattern NO_TUPLE =
      Pattern.compile(
          "\\b(cors_(?:allowed_origins|origin_whitelist))\\s?=\\s?\\(\\s{0,40}[\"']https?:[^\"'\\n]{1,200}(?<!/)[\"']\\s{0,40}\\)");

  private final Code code;

  private DjangoSettings(Code code) {
    this.code = code;
  }

  private static Pattern list(String name) {
    return Pattern.compile("(?<![a-z_])" + name + "\\s{0,3}\\+?=\\s{0,3}[\\[(]");
  }

  static List<Fault> faults(String text, AskedRequest asked) {
    return OF_DJANGO.matcher(text).find()
        ? new DjangoSettings(Code.withHash(text)).faults()
        : List.of();
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    Optional<Bracketed> apps = code.first(APPS);
    List<Bracketed> middleware = code.all(MIDDLEWARE);
    List<Bracketed> old = code.all(OLD_MIDDLEWARE);
    boolean whole = middleware.stream().noneMatch(Bracketed::isCut);
    boolean added = code.has(Pattern.compile("\\bmiddleware\\.(?:insert|append)\\("));
    if (middleware.isEmpty() && code.has(NEW) && old.stream().anyMatch(each -> each.has(LAYER))) {
      faults.add(Fault.of(What.DJANGO_OLD_LIST));
    }
    boolean missing = apps.isPresent() && !apps.get().has("corsheaders") && !apps.get().isCut();
    if (missing) {
      faults.add(Fault.of(What.DJANGO_NO_APP));
    }
    if (!missing
        && !middleware.isEmpty()
        && !added
        && middleware.stream().noneMatch(each -> each.has(LAYER))) {
      if (whole) {
        faults.add(Fault.of(What.DJANGO_NO_MIDDLEWARE));
      } else {
        middleware.stream()
            .flatMap(each -> first(each).stream())
            .findFirst()
            .ifPresent(place -> faults.add(Fault.at(What.DJANGO_LATE, place)));
      }
    } else {
      middleware.stream()
          .flatMap(each -> before(each).stream())
          .findFirst()
          .ifPresent(place -> faults.add(Fault.at(What.DJANGO_ORDER, place)));
    }
    unknown().ifPresent(name -> faults.add(Fault.at(What.DJANGO_UNKNOWN_SETTING, name)));
    Matcher tuple = NO_TUPLE.matcher(code.text());
    if (tuple.find()) {
      faults.add(Fault.at(What.DJANGO_NO_TUPLE, upper(tuple.group(1))));
    }
    if (middleware.stream().anyMatch(each -> each.has(LAYER))
        && code.has(SETTING)
        && unknown().isEmpty()
        && !code.has(ALLOWS)) {
      faults.add(Fault.of(What.DJANGO_NO_ORIGIN));
    }
    return faults;
  }

  /** What answers, and stands in front of the layer. */
  private static Optional<String> before(Bracketed list) {
    List<String> names = list.items().stream().map(Code::unquoted).toList();
    return answering(names.subList(0, Math.max(0, names.indexOf(LAYER))));
  }

  /** What answers, and stands in front of all that was left out. */
  private static Optional<String> first(Bracketed list) {
    return answering(
        list.items().stream().map(Code::unquoted).takeWhile(name -> !name.isEmpty()).toList());
  }

  private static Optional<String> answering(List<String> names) {
    return names.stream()
        .filter(name -> ANSWERS.stream().anyMatch(name::endsWith))
        .findFirst()
        .map(name -> name.replaceFirst(".*\\.", ""))
        .map(DjangoSettings::cased);
  }

  private static String cased(String name) {
    return switch (name) {
      case "commonmiddleware" -> "CommonMiddleware";
      case "whitenoisemiddleware" -> "WhiteNoiseMiddleware";
      case "localemiddleware" -> "LocaleMiddleware";
      case "csrfviewmiddleware" -> "CsrfViewMiddleware";
      default -> name;
    };
  }

  /** A name that nothing reads, with the one that was meant. */
  private Optional<String> unknown() {
    return SETTING
        .matcher(code.text())
        .results()
        .map(found -> found.group(1))
        .filter(name -> !SETTINGS.contains(name))
        .flatMap(
            name ->
                Typo.nearest(name, SETTINGS).stream()
                    .map(meant -> upper(name) + " (most likely " + upper(meant) + ")"))
        .findFirst();
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}

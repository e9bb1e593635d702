package dev.crosswalk.cors.cli.explain.lists;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the code or the configuration of a server in a paste lists, in whatever language it is
 * written.
 *
 * @param values of all lists of that kind, in lower case
 * @param whole whether the values are all: no list takes some from elsewhere, and none has {@code
 *     *}, a pattern or a function
 * @param open whether one of them takes whatever is asked for
 */
public record AllowList(Set<String> values, boolean whole, boolean open) {

  /** What is listed. */
  public enum Kind {
    ORIGINS(
        "(?:(?<![a-z_.-])(?<!<access )(?<!\\bvary: ?)origins?|(?<=\\.add)origin|allowhost(?=\\(\\s{0,60}\"https?:)|(?<=cors\\.)origins|(?<![a-z_.-])cors(?=[\"']?\\s?:\\s?\\[?\\s?[\"']https?:)|(?<![a-z_])(?:web|[a-z]{2,20}_)origins|(?:set|with|cors[_-]?)?(?:allowed|allow|with|valid|permitted|trusted|cors)[._-]?(?:cors[_-]?)?origins?(?:[_-]?(?:whitelist|list|patterns?|string_match))?"
            + "|(?:origins?|cors)?[_-]?white_?list)",
        "(?:https?|capacitor|ionic|tauri|app)://[^\\s\"'`,;)\\]}<>|]{1,200}"),
    METHODS(
        "(?:(?<![a-z_.-])methods|cors[._]methods|(?<![a-z_])(?:cors\\.)?supported[_-]?methods|(?<![a-z_.-])method(?=\"\\s?:\\s?\\[)|(?:set|with)?(?:allowed|allow|with)[._-]?(?:http)?methods?)",
        "(?<![a-z])(?:get|head|post|put|patch|delete|options)(?![a-z])"),
    HEADERS(
        "(?:(?:set|with)?(?:allowed|allow|with)[._-]?(?:http)?headers?|cors\\.headers|(?<![a-z_])(?:cors\\.)?supported[_-]?headers|(?<![a-z])responseheader(?=\"\\s?:\\s?\\[)"
            + "|(?<![a-z_.-])headers(?=[\"']?\\s?[:=]\\s?\\[\\s{0,20}[\"'][a-z0-9=-]{2,40}[\"']\\s?[,\\]]|:\\s\\[\\s?[a-z0-9-]{2,40}[,\\]]|:[ \\t]{0,4}\\r?\\n[ \\t]{0,40}-[ \\t]{1,3}[a-z0-9-]{2,40}\\s))",
        ListedName.PATTERN),
    EXPOSED(
        "(?:(?:set|with)?expose[ds]?[_-]?headers?|(?<![a-z_.-])expose(?=[\"']?\\s?(?:=>|[:=])))",
        ListedName.PATTERN);

    private final Pattern list;
    private final Pattern value;

    /** What a program has in place of a list with a star. */
    private final Pattern any;

    /** The name of a setting, what joins it with its value, and the value. */
    Kind(String name, String value) {
      this.list =
          Pattern.compile(
              "(?:(?<!</)"
                  + name
                  // The constants of Jetty's filter; the attributes of IIS; web.xml.
                  + "(?:_param|\\.[0-9]{1,2})?(?:[\"'`]?\\s{0,3}(?:=>|[:=(,>])|\"\\s{1,3}value="
                  + "|</param-name>\\s{0,60}<param-value>)"
                  // rack-cors.
                  + (name().equals("ORIGINS") ? "|(?<![a-z_.-])origins\\s{1,3}(?=[\"'])" : "")
                  // Options of commands.
                  + (name().equals("ORIGINS")
                      ? "|(?<=\\s)--cors(?:-allow(?:ed)?)?(?:-origins?)?[ =](?=[\"']?https?:)"
                      : "")
                  // Lines of nginx and Apache.
                  + "|(?<=access-control-)"
                  + name
                  + "[\"']?[ \\t]{1,3}(?=[\"']|https?:))"
                  // The items of YAML are in lines of their own.
                  + "[ \\t]{0,4}(?:((?:\\r?\\n[ \\t]{0,40}-[ \\t]{1,3}[^\\n]{1,200}){1,40})"
                  + "|[\"'`]?\\s{0,4}((?:new\\s+)?[a-z.\\[\\]<>]{0,30}[({\\[]{1,2}[^)}\\]]{0,900}"
                  // The arguments of a call may be in several lines.
                  + "|(?<=\\([\\s\"'`]{0,9})[^;)>]{0,900}|[^\\n;)>]{0,300}))");
      this.value = Pattern.compile(value);
      String one = name().toLowerCase(Locale.ROOT).replaceFirst("s$", "");
      this.any =
          Pattern.compile(
              "\\b(?:allow_?)?any_?"
                  + one
                  + "s?\\b\\s?(?:\\(\\)|=\\s?true)|\\b"
                  + one
                  + "s\\s?(?::|=>)\\s?:any\\b|\\ballow_?"
                  + one
                  + "s?\\((?:tower_http::cors::)?any\\b");
    }
  }

  /** What makes a list take more than what is written in it. */
  private static final Pattern OPEN =
      Pattern.compile(
          // Of IPv6, brackets stand in an address.
          "://[^\\s\"',\\[]{0,100}[(|+^]|://[^\\s\"',]{0,100}\\[[a-z0-9]-|\\*|\\benv\\b|getenv|environ|process\\.|config|\\$\\{|\\$_|@value|regex|=>|->|function|callback"
              + "|\\btrue\\b|\\breq\\b|(?<!-)request(?!method)|default_(?:headers|methods)|split\\(|/\\^|\\\\\\.");

  /** A header of a request is not a setting of a server, and neither are a route's methods. */
  private static final Pattern OF_REQUEST =
      Pattern.compile(
          "(?:\\bheaders[\"']?\\s?[:=](?!>?\\s?:any)|\\broute\\((?!\\))|-h |setrequestheader\\()[^;\\n\\]}]{0,60}\\z");

  /** A list that has only a star, or the word of a program for it. */
  private static final Pattern STAR =
      Pattern.compile(
          "\\W{0,9}(?:(?:new )?[a-z.<>]{2,30}[\\[\\](){}\"']{1,6})?(?:\\*|:any\\b)(?!\\.|:[0-9]|/).*",
          Pattern.DOTALL);

  /** A name with nothing behind it, and the next one in the line below. */
  private static final Pattern NEXT_SETTING =
      Pattern.compile(
          "\\A[^\\n]{0,60}[:=][ \\t]*\\r?\\n\\s*[\"'`]?[a-z][\\w.-]{1,60}[\"'`]?[ \\t]?[:=](?!//)");

  /** The name of another list, which is read by itself. */
  private static final Pattern NAME_OF_LIST =
      Pattern.compile("[a-z_.]{0,40}(?:origins?|whitelist|list|domains?|urls?)[\\s,]*|\\[");

  /** A line of a header dump: no quotation mark, no bracket. */
  private static final Pattern OF_DUMP = Pattern.compile("(?s)(?:https?://|null).*");

  /** What is in front of a header's name where an answer is shown, and not what sends it. */
  private static final Pattern OF_ANSWER =
      Pattern.compile("(?:(?:^|\\n)[<>\\t ]{0,4}|(?:->|→)[^\\n\"']{0,40})access-control-\\z");

  /** The rest of a request's line in quotation marks, and the line of a preflight below it. */
  private static final Pattern OF_PREFLIGHT =
      Pattern.compile("['\"\\s]{0,8}\\n[ \\t>]{0,8}access-control-request-");

  private static final int MAX_BEFORE = 80;

  /** A function that looks a request's origin up in a list. */
  private static final Pattern LOOKS_UP =
      Pattern.compile(
          "\\b([a-z_$][a-z0-9_$]{1,40})\\.(?:indexof|includes|has|contains|include\\?)\\(\\s?(?:(?:[\\w$]{1,20}\\.){0,3}_?(?:request|req)?_?origin|o)\\b"
              + "|\\bin_array\\(\\s?\\$[\\w\\[\"']{0,30}origin[\"'\\]]{0,2}\\s?,\\s?\\$([a-z_]\\w{0,40})"
              + "|\\borigin\\s(?:not\\s)?in\\s([a-z_]\\w{1,40})\\b");

  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:allow(?:ed)?_?)?origins?\\s?[:=(]\\s?([a-z_][a-z0-9_]{2,40})\\s?[,;)}\\n]");

  private static final int MAX_NAMES = 8;

  /** Each call adds one to the same list. */
  private static final Pattern ADDED =
      Pattern.compile("\\.(?:add(?:allowed)?origin(?:pattern)?|addrule|allowhost)\\(");

  /** Django's list of origins that may send forms. */
  private static final Pattern OF_CSRF =
      Pattern.compile("\\bcsrf_trusted_origins\\s?=\\s?[\\[(][^\\])]{0,900}");

  /** Ktor lists hosts, and the schemes and the subdomains of each beside it. */
  private static final Pattern HOST =
      Pattern.compile(
          "\\ballowhost\\(\\s{0,9}\"([a-z0-9.:-]{1,200})\"((?:,[^(),]{0,60}(?:\\([^()]{0,200}\\))?){0,3})");

  private static final Pattern SCHEMES =
      Pattern.compile("(?:^,\\s{0,9}|\\bschemes\\s?=\\s?)listof\\(([^)]{0,60})\\)");

  private static final Pattern SUBDOMAINS =
      Pattern.compile("\\bsubdomains\\s?=\\s?listof\\(([^)]{0,200})\\)");

  private static final Pattern NAME = Pattern.compile("\"([a-z0-9.-]{1,60})\"");

  /** Javalin does the same, and takes a host without a scheme for one with https. */
  private static final Pattern OF_JAVALIN = Pattern.compile("\\bjavalin\\b|\\bbundledplugins\\b");

  /** Since version 3, Ktor takes both schemes where none is told. */
  private static final Pattern OF_KTOR_3 = Pattern.compile("\\bktor\\b[^.\\n]{0,20}\\b3\\.[0-9]");

  /**
   * The list in which a function looks the page's origin up, where that is in the paste as well.
   *
   * @param text in lower case, as it was pasted
   */
  public static Optional<AllowList> lookedUp(String text) {
    Matcher function = LOOKS_UP.matcher(text);
    if (!function.find()) {
      return Optional.empty();
    }
    String name =
        IntStream.rangeClosed(1, function.groupCount())
            .mapToObj(function::group)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    Matcher list =
        Pattern.compile(
                "(?<![\\w.])\\$?"
                    + Pattern.quote(name)
                    + "\\b(?:\\s?:[^=\\n]{1,30})?\\s{0,3}=\\s{0,3}(?:new set\\()?\\[([^\\]]{0,900})]")
            .matcher(text);
    if (!list.find() || OPEN.matcher(list.group(1)).find()) {
      return Optional.empty();
    }
    Set<String> values = new LinkedHashSet<>();
    Matcher value = Kind.ORIGINS.value.matcher(list.group(1));
    while (value.find()) {
      values.add(value.group());
    }
    return Optional.of(new AllowList(values, true, false)).filter(found -> !values.isEmpty());
  }

  /**
   * Whether the lists of origins in a setting are variables, and the paste has these as well.
   *
   * @param text in lower case, as it was pasted
   */
  public static boolean isNamed(String text) {
    List<String> names =
        REFERENCE
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .filter(name -> !name.equals("true") && !name.equals("false"))
            .distinct()
            .limit(MAX_NAMES)
            .toList();
    return !names.isEmpty()
        && names.stream()
            .allMatch(
                name ->
                    Pattern.compile(
                            "\\b"
                                + name
                                + "(?:\\s?:[^=\\n]{1,30})?\\s{0,3}=\\s{0,3}\\[[^\\]*]{0,900}https?:")
                        .matcher(text)
                        .find());
  }

  /**
   * The host of an origin as a list has it, without a scheme; empty if none has.
   *
   * @param text in lower case, as it was pasted
   */
  public static Optional<String> withoutScheme(String origin, String text) {
    int host = origin.indexOf("://") + 3;
    // rack-cors takes hosts of any scheme.
    if (host < 3 || host == origin.length() || text.contains("rack::cors")) {
      return Optional.empty();
    }
    Pattern bare =
        Pattern.compile(
            "(?<![\\w./@:-])" + Pattern.quote(origin.substring(host)) + "(?![\\w./:-])");
    return Kind.ORIGINS
        .list
        .matcher(text)
        .results()
        .map(list -> list.group(list.group(1) == null ? 2 : 1))
        .filter(list -> !list.contains(origin) && bare.matcher(list).find())
        .map(list -> origin.substring(host))
        .findFirst();
  }

  /**
   * Reads the lists of a paste.
   *
   * @param text in lower case, as it was pasted
   */
  public static AllowList of(Kind kind, String text) {
    Set<String> values = new LinkedHashSet<>();
    boolean whole = true;
    boolean open = kind.any.matcher(text).find();
    for (AllowList list : each(kind, text)) {
      values.addAll(list.values);
      whole &= list.whole;
      open |= list.open;
    }
    if (kind == Kind.ORIGINS) {
      values.addAll(hosts(text));
    }
    return new AllowList(values, whole && !values.isEmpty(), open);
  }

  /**
   * The nearest origin in a list that is whole and has not the page's, beside one that has it;
   * empty if there is none.
   *
   * @param text in lower case, as it was pasted
   */
  public static Optional<String> apart(String origin, String text) {
    if (ADDED.matcher(text).results().count() > 1) {
      return Optional.empty();
    }
    List<AllowList> lists = each(Kind.ORIGINS, OF_CSRF.matcher(text).replaceAll(""));
    return lists.stream().noneMatch(list -> list.has(origin))
        ? Optional.empty()
        : lists.stream()
            .filter(list -> list.whole && !list.values.isEmpty() && !list.has(origin))
            .map(list -> list.nearest(origin))
            .findFirst();
  }

  /** Each of the lists by itself. */
  private static List<AllowList> each(Kind kind, String text) {
    List<AllowList> all = new ArrayList<>();
    Matcher lists = kind.list.matcher(text);
    while (lists.find()) {
      String list =
          lists
              .group(lists.group(1) == null ? 2 : 1)
              .replaceFirst("(?s)</.*", "")
              // The next attribute of the same element.
              .replaceFirst("(?s)[\"']\\s{1,40}[a-z][a-z-]{2,40}=[\"'].*", "")
              // The next argument of the same call.
              .replaceFirst(
                  "(?s)(?<=[\"'`*])\\s{0,3},\\s{0,40}[a-z][a-z_]{2,40}[\"']?\\s?(?:=>|=(?!=)|:(?!//)).*",
                  "")
              // What somebody says behind a quoted value.
              .replaceFirst(
                  "(?s)^([^\"'`\\s]{3,200}[\"'`])(?=[.!?]? {1,3}[a-z]{1,12} [a-z]).*", "$1")
              // Where a login may send the visitor, in the same line.
              .replaceFirst(
                  "(?s)(?<=[\\s,;])(?:valid )?(?:post-?logout )?redirect[ _-]?ur[il].*", "")
              // The next header of a text, and what somebody says behind a star.
              .replaceFirst("(?s)(?<=\\W)access-control-[a-z-]{5,20}[\"'`]?\\s?:.*", "")
              .replaceFirst("(?s)^\\s{0,9}\\*[\"'`]{0,2}[.:;]? {1,3}(?=[a-z]{2,20} ).*", "*");
      if (NEXT_SETTING.matcher(lists.group()).find()) {
        continue; // It is set to nothing.
      }
      String before = text.substring(Math.max(0, lists.start() - MAX_BEFORE), lists.start());
      boolean dumped =
          lists.group().startsWith("origin:") && OF_DUMP.matcher(list).matches()
              || lists.group().startsWith("allow-origin:") && OF_ANSWER.matcher(before).find();
      if (dumped
              && (!lists.group().matches("(?s)[a-z-]{0,6}origin:\\s?[\"'`].*")
                  || OF_PREFLIGHT.matcher(text).region(lists.end(), text.length()).lookingAt())
          || OF_REQUEST.matcher(before).find() && !lists.group().startsWith("allow")
          // Scala and Java set the headers of an answer by the same name.
          || lists.group().startsWith("withheaders(") && list.contains("access-control-")) {
        continue;
      }
      Set<String> found = new LinkedHashSet<>();
      kind.value
          .matcher(ListedName.written(list))
          .results()
          .filter(value -> !AskedUrl.isReference(value.group()))
          .forEach(value -> found.add(value.group()));
      // What an answer has is not what its server is told to allow.
      boolean answered =
          lists.group().matches("(?s)allow-(?:methods|headers):.*")
              && OF_ANSWER.matcher(before).find();
      boolean whole =
          !answered
              && !OPEN.matcher(list).find()
              && (!found.isEmpty() || NAME_OF_LIST.matcher(list.strip()).matches());
      all.add(new AllowList(found, whole, !answered && STAR.matcher(list).matches()));
    }
    return all;
  }

  private static List<String> hosts(String text) {
    List<String> origins = new ArrayList<>();
    Matcher host = HOST.matcher(text);
    String usual =
        OF_JAVALIN.matcher(text).find()
            ? "\"https\""
            : OF_KTOR_3.matcher(text).find() ? "\"http\" \"https\"" : "\"http\"";
    while (host.find()) {
      Matcher told = SCHEMES.matcher(host.group(2));
      String schemes = told.find() ? told.group(1) : usual;
      List<String> below = new ArrayList<>(List.of(""));
      Matcher more = SUBDOMAINS.matcher(host.group(2));
      while (more.find()) {
        NAME.matcher(more.group(1)).results().forEach(name -> below.add(name.group(1) + "."));
      }
      for (String scheme : List.of("http", "https")) {
        if (schemes.contains('"' + scheme + '"')) {
          below.forEach(name -> origins.add(scheme + "://" + name + host.group(1)));
        }
      }
    }
    return origins;
  }

  /**
   * The name of a header that is listed with a mistake, and the one that was meant; empty if there
   * is none.
   *
   * @param asked the names of headers that a request has
   */
  public Optional<Map.Entry<String, String>> typo(Collection<String> asked) {
    return values.stream()
        .flatMap(
            name ->
                ListedName.meant(name, asked).stream()
                    .filter(meant -> !values.contains(meant))
                    .map(meant -> Map.entry(name, meant)))
        .findFirst();
  }

  public boolean has(String value) {
    return values.contains(value);
  }

  /** One that has a slash or a path at its end; that of the page, if there is one; or empty. */
  public String broken(String origin) {
    List<String> broken =
        values.stream().filter(each -> !AskedUrl.origin(each).equals(each)).toList();
    return broken.stream()
        .filter(each -> origin.isEmpty() || AskedUrl.origin(each).equals(origin))
        .findFirst()
        .orElse("");
  }

  /**
   * The one that differs least: in a port or a scheme, then in a part of the host's name; otherwise
   * the first; empty if there is none.
   */
  public String nearest(String origin) {
    return values.stream()
        .filter(each -> new OriginComparison(origin, each).isNear())
        .findFirst()
        .or(() -> values.stream().filter(each -> domain(each).equals(domain(origin))).findFirst())
        .or(() -> values.stream().findFirst())
        .orElse("");
  }

  /** The last two names of a host. */
  private static String domain(String origin) {
    String host = origin.replaceFirst("^https?://", "").replaceFirst("[:/].*$", "");
    return host.replaceFirst("^.*\\.(?=[^.]{1,63}\\.[^.]{1,63}$)", "");
  }
}

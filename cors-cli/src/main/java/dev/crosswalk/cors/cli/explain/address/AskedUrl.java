package dev.crosswalk.cors.cli.explain.address;

import dev.crosswalk.cors.tck.url.Url;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL that a script has asked for, and what looks wrong in how it was put together. */
public final class AskedUrl {

  /** What a variable without a value, or an object, becomes in a text. */
  private static final Pattern UNSET =
      Pattern.compile(
          "(?:://|[/:=.])(undefined|null|nan|\\[object(?: |%20)object]|\\$(?:\\{|%7b)[^/]*"
              + "|(?:\\{|%7b){1,2}[a-z_][^/]*)(?=$|[/:?&#.])");

  /** No browser asks for a host with braces in it: a person has hidden the name. */
  private static final Pattern HIDDEN_HOST = Pattern.compile("^(https?://)[^/]*[{}][^/]*");

  /** Browsers write these as %7B and %7D in a path: a person has hidden what was there. */
  private static final Pattern HIDDEN_NAME =
      Pattern.compile("(?<=/)\\{(?:my|your|our|some|tenant)[a-z0-9_ -]{0,40}}(?=[/?#]|$)");

  private static final Pattern LISTENING =
      Pattern.compile("^https?://(?:0\\.0\\.0\\.0|\\[::])(?=[:/]|$)");

  /** A script has put the scheme of a page on the disk where the host belongs. */
  private static final Pattern FILE_AS_HOST = Pattern.compile("^https?://file(?=[:/]|$)");

  private static final Pattern TWO_SCHEMES = Pattern.compile("^https?://(?:https?(?::|/|$)|/)");

  private static final Pattern TWO_SLASHES = Pattern.compile("^(?i:https?)://[^/?#]+//");

  /** And not a row of one letter, with which people hide a key. */
  private static final Pattern WORD_TWICE =
      Pattern.compile("/(?!([a-z])\\1{11,80}/?(?:[?#]|$))([a-z]{6,40})\\2/?(?:[?#]|$)");

  private static final Pattern FILE_OF_SERVER = Pattern.compile("^file:/*https?:");

  /** A parameter whose value lets in whoever has it, for longer than a signature does. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)[?&#]((?:[a-z0-9]{1,20}[_.-]?)?(?:secret(?:[_-]?(?:access)?[_-]?key)?|passw(?:or)?d|pwd|api[_-]?key"
              + "|(?:access|refresh|auth|bearer|id|api|user|private|personal)[_-]?token|jwt|private[_-]?key))=([^&#\\s\"'`<>)]{3,4000})");

  /** What no page may have, whatever its value is. */
  private static final Pattern OF_SERVERS = Pattern.compile("(?i)secret|passw|pwd|private");

  /** What people write in place of one. */
  private static final Pattern HIDDEN_VALUE =
      Pattern.compile(
          "(?i)^.{1,7}$|^(?:x{3,}|\\*{2,}|\\.{3}|\\(|\\[|\\{|%7b|\\$|<|…|undefined|null|test|demo)|(?:^|[_-])(?:my|your|some|the|token|key|hidden|removed|redacted)(?:$|[_-])|^(?:my|your)[a-z]|\\.{3}$|x{4,}|(?:token|key)(?:here)?$");

  private static final Pattern ON_THIS_MACHINE =
      Pattern.compile("^[a-z]{2,5}://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?=[:/?]|$)");

  /** Where people look something up, or show a picture; no page asks there. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?i)https?://(?:www\\.|gist\\.|user-images\\.|docs?\\.)?(?:github(?:usercontent)?\\.com|gitlab\\.com"
              + "|stackoverflow\\.com|[a-z]{1,20}\\.stackexchange\\.com|developer\\.mozilla\\.org|medium\\.com"
              + "|youtube\\.com|youtu\\.be|(?:i\\.)?imgur\\.com|w3\\.org|[a-z]{2,12}\\.spec\\.whatwg\\.org|developer\\.chrome\\.com|web\\.dev|enable-cors\\.org|npmjs\\.com|chromestatus\\.com|firebase\\.google\\.com/docs|docs?\\.)\\S*"
              + "|https?://docs?\\.\\S*"
              + "|https?://(?:support|help|kb|community|forums?|discuss)\\.[^\\s/]{3,100}/(?:\\S{0,200}/)?(?:articles?|hc|kb|docs|t|topics?|questions)/\\S*");

  /** A host where a path begins: one of this machine, or one whose beginning or ending tells it. */
  private static final Pattern HOST_IN_PATH =
      Pattern.compile(
          "^https?://[^/]+/((?!(?:socket|engine)\\.io/|[a-z0-9-]{1,60}\\.onmicrosoft\\.com/)(?:(?:localhost|127\\.0\\.0\\.1)(?::[0-9]{2,5})?"
              + "|(?:[a-z0-9-]{1,63}\\.){1,5}(?:com|org|net|io|dev|app|cloud)"
              + "|(?:www|api)\\.(?:[a-z0-9-]{1,63}\\.){1,4}"
              // And no file.
              + "(?!json|xml|html?|php|jsp|aspx?|js|css|ya?ml|txt|csv|png|svg|wasm)[a-z]{2,18})(?::[0-9]{2,5})?)(?=/)");

  /** There a bucket or a tenant is in the path, and either may have the name of a host. */
  private static final Pattern NAMES_IN_PATH =
      Pattern.compile(
          "https?://(?:s3(?:[.-][a-z0-9-]{1,40}){0,3}\\.amazonaws\\.com|storage\\.googleapis\\.com"
              + "|[a-z0-9.-]{1,60}\\.digitaloceanspaces\\.com|[a-z0-9-]{1,60}\\.r2\\.cloudflarestorage\\.com|s3\\.[a-z0-9.-]{1,60}"
              + "|login\\.microsoftonline\\.[a-z]{2,3}|login\\.windows\\.net|[a-z0-9-]{1,60}\\.(?:b2clogin|ciamlogin)\\.com)(?=[:/])");

  /** What passes on a request to the server that is named in the path. */
  private static final Pattern RELAY =
      Pattern.compile("cors|proxy|archive|cdn|img|image|relay|fetch");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{2,60}$");

  /** Names of arguments, and what is no setting of a page. */
  private static final Pattern NO_SETTING =
      Pattern.compile(
          "(?i)ur[il]|path|href|src|origins?|target|server|proxy|host|destination|referer|location|content|value|to|at");

  private static final int MAX_NAME = 62;

  private AskedUrl() {}

  /** Between a host of this machine and its port is a slash. */
  private static final Pattern SLASH_BEFORE_PORT =
      Pattern.compile("^(https?://(?:localhost|127\\.0\\.0\\.1|\\[::1]))/([0-9]{4,5})(?=[/?]|$)");

  /** What looks wrong, in a sentence; empty if nothing does. */
  public static Optional<String> defect(String url) {
    return defect(url, false);
  }

  /**
   * The same, where more is known of the server.
   *
   * @param relay whether it passes a request on to the server that is named in the path
   */
  public static Optional<String> defect(String url, boolean relay) {
    String lower = url.toLowerCase(Locale.ROOT);
    if (FILE_OF_SERVER.matcher(lower).find()) {
      return Optional.of(
          "Look at the URL first: file: is in front of the URL of a server. Remove it.");
    }
    if (!lower.startsWith("http")) {
      return Optional.empty();
    }
    if (LISTENING.matcher(lower).find()) {
      return Optional.of(
          "Look at the URL first: "
              + (lower.contains("[") ? "[::]" : "0.0.0.0")
              + " is where a server listens, and not an address to call. Write localhost, or the"
              + " machine's name. If a development server wrote that URL into the page, give it the"
              + " name there (in Vite server.origin, with server.hmr.host; in a container server.host"
              + " stays 0.0.0.0).");
    }
    Matcher slash = SLASH_BEFORE_PORT.matcher(lower);
    if (slash.find()) {
      return Optional.of(
          "Look at the URL first: a slash is in front of the port, where a colon has to be. Write "
              + slash.group(1)
              + ":"
              + slash.group(2)
              + ".");
    }
    if (FILE_AS_HOST.matcher(lower).find()) {
      return Optional.of(
          "Look at the URL first: its host is \"file\", as a script makes it of a page that was opened"
              + " from the disk (file:). Open the page from the web server, or write the server's whole"
              + " URL into the script.");
    }
    if (TWO_SCHEMES.matcher(lower).find()) {
      return Optional.of("Look at the URL first: http:// or https:// is in it twice.");
    }
    if (UNSET
        .matcher(
            HIDDEN_NAME
                .matcher(
                    HIDDEN_HOST.matcher(lower.replaceAll("[?#].*", "")).replaceFirst("$1hidden"))
                .replaceAll("hidden"))
        .find()) {
      return Optional.of(
          "Look at the URL first: a variable in it has no value (undefined, null or a placeholder"
              + (lower.contains("{") ? " that you have not put there to hide a name" : "")
              + "), so it is not the URL that you mean."
              + (lower.matches("[^?#]*(?:[/:.]|//)undefined(?:[/:?&#.].*)?")
                  ? " If it is a variable of the environment: it has to be there when the page is built, a"
                      + " development server reads it when it starts, and bundlers pass on only names with"
                      + " their prefix (import.meta.env.VITE_..., process.env.REACT_APP_...,"
                      + " process.env.NEXT_PUBLIC_...)."
                  : ""));
    }
    Matcher hostInPath = HOST_IN_PATH.matcher(lower);
    if (hostInPath.find()
        && !relay
        && !RELAY.matcher(lower).find()
        && !NAMES_IN_PATH.matcher(lower).lookingAt()) {
      String host = hostInPath.group(1);
      return Optional.of(
          "Look at the URL first: its path begins with "
              + host
              + ", so the code, or a setting, has that address without a scheme, and the browser"
              + " treats it as a path. Write "
              + (host.startsWith("localhost") || host.startsWith("127.") ? "http://" : "https://")
              + host
              + " there.");
    }
    String path = lower.replaceFirst("^https?://[^/]*", "");
    if (WORD_TWICE.matcher(path).find()) {
      return Optional.of(
          "Look at the URL first: its path repeats its last word. A setting that should hold only the"
              + " base URL may hold the whole URL.");
    }
    String site = lower.substring(0, lower.length() - path.length());
    return path.startsWith("/" + site) || path.startsWith("/" + site.replaceFirst("^https?://", ""))
        ? Optional.of("Look at the URL first: the server's address is in it twice.")
        : Optional.empty();
  }

  /**
   * What may be meant, and often is not, in a sentence; empty if nothing looks odd.
   *
   * @param setting that has the beginning of the URL; empty if it is not known
   */
  public static Optional<String> oddity(String url, String setting) {
    return TWO_SLASHES.matcher(url).find()
        ? Optional.of(
            "Look at the URL: its path starts with two slashes. Many servers redirect that, or do not"
                + " know it: remove one"
                + (setting.isEmpty() ? "." : ", such as the one at the end of " + setting + "."))
        : Optional.empty();
  }

  /**
   * The name of the setting from which a page has taken the beginning of a URL, as a text writes
   * it; empty if there is none.
   */
  public static String setting(String url, String text) {
    String origin = origin(url);
    if (origin.isEmpty()) {
      return "";
    }
    return Pattern.compile(
            "[\"'`]?]?\\s?(?:=>|[:=])\\s?[\"'`]?" + Pattern.quote(origin) + "(?![a-z0-9.:-])")
        .matcher(text)
        .results()
        .map(found -> text.substring(Math.max(0, found.start() - MAX_NAME), found.start()))
        .map(
            before -> NAME.matcher(before).results().map(MatchResult::group).findFirst().orElse(""))
        .filter(name -> name.length() > 2 && !NO_SETTING.matcher(name).matches())
        .findFirst()
        .orElse("");
  }

  /** Its origin, as it is written; empty if it has no host. */
  public static String origin(String url) {
    return Url.parse(url)
        .filter(parsed -> parsed.host() != null)
        .map(parsed -> url.substring(0, url.indexOf("://") + 3) + authority(url))
        .orElse("");
  }

  /** Whether a URL is of a page where people look something up. */
  public static boolean isReference(String url) {
    return REFERENCE.matcher(url).matches();
  }

  /** Whether the host is an address at which servers listen, such as 0.0.0.0. */
  public static boolean isListening(String url) {
    return LISTENING.matcher(url.toLowerCase(Locale.ROOT)).find();
  }

  private static String authority(String url) {
    String rest = url.substring(url.indexOf("://") + 3);
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(rest.lastIndexOf('@', end) + 1, end);
  }

  /**
   * The parameter of a URL that carries a secret; empty if it has none, or only to this machine.
   *
   * @param url as it was pasted; a value that somebody has hidden counts only of what a page must
   *     not have in any case
   */
  public static Optional<String> secret(String url) {
    return ON_THIS_MACHINE.matcher(url).find()
        ? Optional.empty()
        : SECRET
            .matcher(url)
            .results()
            .filter(
                found ->
                    OF_SERVERS.matcher(found.group(1)).find()
                        || !HIDDEN_VALUE.matcher(found.group(2)).find())
            .map(found -> found.group(1))
            .findFirst();
  }

  /** A URL of a host that is in the public DNS. */
  public static Optional<Url> ofSite(String url) {
    return Url.parse(url)
        .filter(parsed -> parsed.host() != null)
        .filter(parsed -> !Destination.isPrivate(parsed.origin().serialize()));
  }
}

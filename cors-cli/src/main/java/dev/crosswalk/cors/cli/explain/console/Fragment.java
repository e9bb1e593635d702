package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.clue.Clue;
import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.paste.Template;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is left of a message that somebody has cut, shortened, or translated.
 *
 * @param sentence that it was, or that says as much
 * @param start in the plain text
 * @param end after it
 * @param details that it tells
 */
record Fragment(Sentence sentence, int start, int end, Details details) {

  /** A request that the network panel has copied, with a header that a person seldom writes. */
  private static final Pattern COPIED =
      Pattern.compile(
          "(?is)\\A\\s{0,20}(?:curl(?:\\.exe)? [\\^]?['\"]https?://.{0,8000}-H [\\^\"']{1,2}accept(?:-language)?:"
              + "|(?:await )?fetch\\(\"https?://.{0,8000}\"(?:referrer|mode)\":"
              + "|(?:\\$session.{0,8000})?Invoke-WebRequest -UseBasicParsing)");

  /** What is longer is not a message. */
  private static final int MAX_GUESSED = 600;

  private static final Pattern QUOTED_HEADER =
      Pattern.compile("[‘'\"“„«「`]\\s?Access-Control-Allow-", Pattern.CASE_INSENSITIVE);

  /** A browser says that it blocks something; a configuration speaks of CORS, and does not. */
  private static final Pattern BLOCKS =
      Pattern.compile(
          "(?i)bl[ou]c|bloq|blok|engell|refus|denied|deny|prevent|not allowed|disallow|forbid"
              + "|reject|cors[ -](?:error|issue|problem|policy|fail|request|missing|preflight|fehler)"
              + "|(?:error|fehler|erreur|errore|erro) (?:de )?cors|阻|拦|攔|封鎖|跨域|ブロック|차단|блок"
              + "|запр|ошибк|错误|錯誤|问题|エラー|오류|błąd");

  /** What a few words make of a text, such as "options" of a configuration. */
  private static final List<String> IN_WORDS =
      List.of("PREFLIGHT_STATUS", "PREFLIGHT_REDIRECT", "SCHEME");

  /** A preflight is spoken of, and OPTIONS is not only in a list of methods. */
  private static final Pattern TELLS_PREFLIGHT =
      Pattern.compile(
          "pre-?flight|\\boptions[ -](?:requests?|calls?|methods?|verb)\\b|(?:\\b(?:an?|the|its|send(?:s|ing)?|sent|with|to|on|for|of|get(?:s|ting)?|http|request)|-x) options\\b(?!,)");

  /** A browser does not write that it makes an error about an origin; the code of a server does. */
  private static final Pattern MAKES_ERROR =
      Pattern.compile(
          "\\b(?:new|throw|raise|callback|cb|next|reject|abort)\\b[^{};]{0,20}error\\([^{};]{0,120}\\b(?:cors|origin|allowed|permitted|forbidden)");

  /** What is refused is a request that is not one of HTTP at all. */
  private static final Pattern OF_SCHEME =
      Pattern.compile(
          "(?i)scheme|protocol|\\b(?:not|isn't|non|no es|n'est pas|kein|nicht)[ -](?:an? )?http|file:|\\bfiles?\\b");

  /** In front of an origin in a list, or in a header. */
  private static final Pattern OF_LIST =
      Pattern.compile(
          "(?i)(?:origins?|white_?list|allow_?list|cors_[a-z_]{2,30})[\\w-]{0,20}[^\\n\\w]{0,12}(?:\\w{2,12}\\()?[\"'`]?\\z"
              + "|(?:origins?|white_?list|allow_?list|cors_[a-z_]{2,30})[^\\n]{0,80}[,\\[(]\\s?[\"'`]?\\z"
              + "|\\borigin header \\z");

  /** Somebody pastes a program, and the name of a module in it is no reason. */
  private static final Pattern CODE = Pattern.compile("\\brequire\\(|\\bexports\\.|\\bimport \\{");

  /** A line of a configuration sends the header, so that its name is no complaint. */
  private static final Pattern SENDS_CREDENTIALS =
      Pattern.compile(
          "(?im)(?:\\b(?:add_header|header (?:always )?(?:set|add))\\s|\\bkey['\"]?\\s?:\\s?|\\bname=)['\"]?access-control-allow-credentials\\b"
              + "|['\"]access-control-allow-credentials['\"]\\s?[:,]\\s?['\"]?true\\b"
              + "|(?:\\.|^[ \\t]{4,40})access-control-allow-credentials\\s?[=:]");

  /** What only a browser says, or a person who has seen it. */
  private static final Pattern OF_A_BROWSER =
      Pattern.compile(
          "\\b(?:browsers?|chrome|firefox|safari|edge|console|devtools|access to [a-z]{3,14} at|from origin|cross-origin request|same[- ]origin policy|preflight|cors (?:policy|request)|fehler|kopfzeile)\\b");

  /** How servers begin a line of their logs. */
  private static final Pattern LOG =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:info|warn|dbug|fail|trce): |\\b(?:INFO|DEBUG|WARN|WARNING|TRACE)\\b");

  /** What is in the log or the settings of a server, and in no line of a console. */
  private static final Pattern OF_SERVER =
      Pattern.compile(
          "(?im)^[ \\t]*+\\[cors\\]|\\w(?:Exception|Error)\\)?: (?!network|failed)|undefined method|\\((?:\\w{1,40}Error)\\)$"
              + "|^[ \\t]*+at [a-z0-9_.$]+\\([A-Z]\\w+\\.java|allow(?:ed)?_?(?:cors)?_?(?:origins?|credentials)\\b");

  /** The page is a file, and a person says so. */
  private static final Pattern ORIGIN_OF_FILE =
      Pattern.compile("origins?[ :=(\\[]{1,5}(?:is )?file://(?![/a-z])");

  /** A browser is refused where another program is answered. */
  private static final Pattern IN_BROWSER_ALONE =
      Pattern.compile(
          "^(?=.*\\b(?:curl|postman|insomnia|wget)\\b)"
              + ".*(?:\\b(?:browsers?|chrome|firefox|safari|edge|page)\\b[^.?]{0,60}\\b(?:403|forbidden)\\b"
              + "|\\b(?:403|forbidden)\\b[^.?]{0,60}\\b(?:in|from|by|with) (?:the |my |a )?(?:browser|chrome|firefox|safari|edge)\\b)");

  /** A check against forged requests fails, in somebody's own words. */
  private static final Pattern ABOUT_CSRF =
      Pattern.compile(
          "\\bcsrf[- _]?(?:token |protection |check )?(?:errors?|fail(?:s|ed|ure)?|invalid|missing|mismatch|issues?|problems?)\\b"
              + "|\\b(?:invalid|missing|bad|wrong|expired) csrf[- _]?token\\b");

  /** The page of an app has an origin of its own, and something is refused. */
  private static final Pattern OF_WEBVIEW =
      Pattern.compile(
          "^(?=.*(?:\\b(?:capacitor|ionic|tauri|wails)://|\\borigin\\b[^/]{0,30}\\bapp://|//tauri\\.localhost\\b|//ionic\\.local\\b|\\borigin\\b[^/]{0,30}https?://localhost(?![:\\w/.-])))"
              + ".*(?:\\bcors\\b|\\borigin|\\b403\\b|refus|reject|block|den(?:y|ied)|not allowed|fail|跨域|fehler)");

  /** Requests of a native app fail, and somebody says so without the words of a program. */
  private static final Pattern OF_PHONE =
      Pattern.compile(
          "^(?=.*\\breact[- ]native\\b(?!-web))(?=.*\\b(?:android|ios|emulator|simulator|device|phone)\\b)"
              + "(?=.*\\b(?:axios|fetch|requests?|api|backend)\\b)"
              + "(?=.*\\b(?:not (?:work|send|reach|connect|get|respond)[a-z]*|fail(?:s|ed|ing)?|network error|no requests?|(?:ca|do|does|wo)n ?t (?:work|send|reach|connect|get))\\b)");

  /** A request of a server, in which no browser has a part. */
  static final Pattern BETWEEN_SERVERS =
      Pattern.compile(
          "(?i)non-browser|server[- ]to[- ]server|client_credentials|service accounts?\\b");

  private static final Template ANY = Template.of("cors");

  /** Whether a URL is no more than an origin, which the text names as that of a page. */
  private static boolean isListed(String url, String text) {
    int at = url.isEmpty() ? -1 : text.indexOf(url);
    String line = at < 0 ? "" : text.substring(0, at);
    return at >= 0
        && (url.contains("*") || url.replaceFirst("/$", "").equals(AskedUrl.origin(url)))
        && OF_LIST.matcher(line).find();
  }

  /** Whether anything in it may be a browser's words, also in a language that is not known. */
  private static boolean isOfBrowser(Paste paste) {
    return paste.hasOtherLetters() || OF_A_BROWSER.matcher(paste.plain()).find();
  }

  /** The next colon, of ASCII or as wide as a Chinese character, that belongs to no URL; or -1. */
  private static int separator(String plain, int from) {
    for (int i = from; i < plain.length(); i++) {
      char next = i + 1 < plain.length() ? plain.charAt(i + 1) : ' ';
      if (plain.charAt(i) == '\uFF1A'
          || plain.charAt(i) == ':' && next != '/' && !Character.isDigit(next)) {
        return i;
      }
    }
    return -1;
  }

  /** All of a paste, which means that. */
  static Fragment whole(Paste paste, String whose, String code) {
    Sentence sentence = new Sentence(whose, code, Sentences.REASON, ANY);
    return new Fragment(sentence, 0, paste.length(), Details.NONE);
  }

  /**
   * No sentence is known, and yet it is about CORS: a browser's words that somebody has shortened,
   * or an older translation of them.
   */
  static Optional<Fragment> guess(Paste paste) {
    if (Clue.isMistake(paste.whole(), paste.active().cut(0, paste.active().length()))) {
      return Optional.of(whole(paste, Speaker.PERSON, Clue.MISTAKE));
    }
    if (COPIED.matcher(paste.cut(0, paste.length())).find()) {
      return Optional.of(whole(paste, Speaker.PERSON, "COPIED_REQUEST"));
    }
    if (OF_PHONE.matcher(paste.plain()).find()) {
      return Optional.of(whole(paste, Speaker.PERSON, "NATIVE"));
    }
    if (ORIGIN_OF_FILE.matcher(paste.plain()).find()) {
      return Optional.of(whole(paste, Speaker.PERSON, "FILE_ORIGIN"));
    }
    if (IN_BROWSER_ALONE.matcher(paste.plain()).find() && Question.says("works", paste.plain())) {
      return Optional.of(whole(paste, Speaker.PERSON, "ORIGIN_REFUSED"));
    }
    if (ABOUT_CSRF.matcher(paste.plain()).find()) {
      return Optional.of(whole(paste, Speaker.PERSON, "CSRF_REFUSED"));
    }
    if (OF_WEBVIEW.matcher(paste.plain()).find() && !OF_SERVER.matcher(paste.plain()).find()) {
      return Optional.of(whole(paste, Speaker.PERSON, "REASON_MISSING"));
    }
    if (!Question.says("cors", paste.plain())) {
      return Optional.empty();
    }
    if (paste.length() > MAX_GUESSED || !paste.plain().contains("cors")) {
      return Optional.of(whole(paste, Speaker.UNKNOWN, "UNCLEAR"));
    }
    String text = paste.cut(0, paste.length());
    // A header's name that is not quoted is as good as in a list of headers, which are no
    // complaint.
    String first = paste.firstUrl(0, paste.length());
    String url = AskedUrl.isReference(first) ? "" : first;
    int afterUrl =
        url.isEmpty() ? 0 : paste.plain().indexOf(url.toLowerCase(Locale.ROOT)) + url.length();
    int cors = paste.plain().indexOf("cors", Math.max(0, afterUrl));
    // Firefox's reason follows the URL, Chrome's follows "CORS policy:"; and where a language has
    // that in front of the URLs, the next colon that is in none of them.
    int next = separator(paste.plain(), Math.max(0, afterUrl));
    int colon =
        cors < 0 || !url.isEmpty() && next >= 0 && next < cors
            ? next
            : paste.plain().indexOf(':', cors);
    // With the colon that is in front of "cors": it shows that there is a reason.
    int from = colon < 0 ? Math.max(0, afterUrl) : colon < cors ? colon : colon + 1;
    String reason = paste.cut(from, paste.length());
    FirefoxLanguages.Guess guess =
        colon >= 0 || !url.isEmpty() || QUOTED_HEADER.matcher(text).find()
            ? FirefoxLanguages.read(reason.isBlank() ? text : reason, url)
            : new FirefoxLanguages.Guess("REASON_MISSING", "", Optional.empty());
    boolean unclear =
        guess.code().equals("REASON_MISSING") && url.isEmpty() && !BLOCKS.matcher(text).find()
            || guess.code().equals("REASON_MISSING") && OF_SERVER.matcher(text).find()
            || LOG.matcher(text).find()
            || BETWEEN_SERVERS.matcher(text).find()
            || guess.code().equals("NETWORK") && !paste.hasOtherLetters()
            || guess.code().equals("ACAC_NOT_TRUE") && SENDS_CREDENTIALS.matcher(text).find()
            || guess.code().equals("PREFLIGHT_STATUS")
                && !paste.hasOtherLetters()
                && !TELLS_PREFLIGHT.matcher(paste.plain()).find()
            || IN_WORDS.contains(guess.code())
                && !paste.hasOtherLetters()
                && (!BLOCKS.matcher(text).find() || url.isEmpty() && CODE.matcher(text).find())
            || guess.code().equals("SCHEME")
                && !paste.hasOtherLetters()
                && url.isEmpty()
                && !OF_SCHEME.matcher(text).find();
    boolean server = url.isEmpty() && MAKES_ERROR.matcher(paste.plain()).find();
    Sentence sentence =
        new Sentence(
            server
                ? Speaker.SERVER
                : unclear
                    ? Speaker.UNKNOWN
                    : guess.code().equals("REASON_MISSING") && !isOfBrowser(paste)
                        ? Speaker.PERSON
                        : Speaker.BROWSER,
            server ? "SERVER_REFUSES" : unclear ? "UNCLEAR" : guess.code(),
            Sentences.REASON,
            ANY);
    boolean ofHeader = !PastedUrl.withoutHeaders(text).contains(url);
    String asked = isListed(url, text) || ofHeader ? "" : url;
    Details details = Details.NONE.with("subject", guess.subject()).with("url", asked);
    boolean preflight = paste.hasOtherLetters() && FirefoxLanguages.isOfPreflight(reason);
    return Optional.of(
        new Fragment(
            sentence, 0, paste.length(), preflight ? details.with("preflight", "true") : details));
  }
}

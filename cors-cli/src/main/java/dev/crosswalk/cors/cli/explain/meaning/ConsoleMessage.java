package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.remedy.Grant;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.SchemeRemedy;
import dev.crosswalk.cors.cli.remedy.Server;
import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message that somebody has copied from a console, and what it means.
 *
 * @param whose browser's or program's it is
 * @param url that was asked for; empty if the message does not tell
 * @param otherUrls how many others have the same trouble
 * @param origin of the page; empty if the message does not tell
 * @param method of the request, as it was sent; {@code GET} if the message does not tell
 * @param remedy of what it complains of
 * @param configuration the remedy in the words of the server; empty if nothing tells which it is
 */
public record ConsoleMessage(
    String whose,
    String url,
    int otherUrls,
    String origin,
    String method,
    Remedy remedy,
    Optional<ServerRemedy> configuration) {

  /** Of any server. */
  public ConsoleMessage(
      String whose, String url, int otherUrls, String origin, String method, Remedy remedy) {
    this(whose, url, otherUrls, origin, method, remedy, Optional.empty());
  }

  /** The same, with the configuration or the code of that server, if headers alone help. */
  public ConsoleMessage writtenFor(Server server) {
    Optional<ServerRemedy> written =
        remedy
            .byHeaders()
            .flatMap(grant -> ServerRemedy.of(server, grant.withPreflight().permissions()));
    return new ConsoleMessage(whose, url, otherUrls, origin, method, remedy, written);
  }

  /** The host that was asked; empty if the message does not tell. */
  public String host() {
    return Destination.at(url).map(Destination::host).orElse("");
  }

  /** What it is a message of; of a HAR file, which request it is. */
  public String title() {
    if (whose.startsWith("a description")) {
      return "A description, not a browser message";
    }
    if (whose.startsWith("no browser")) {
      return "Not a known browser message";
    }
    if (whose.equals("the network panel")) {
      return "An answer of a server";
    }
    return whose.startsWith("request ") ? "R" + whose.substring(1) : "A message of " + whose;
  }

  /** Apps have origins that no website can have, such as app://. in Electron. */
  private static final Pattern OF_APP =
      Pattern.compile("(?!https?:|wss?:|file:|data:)[a-z][a-z0-9+.-]{1,40}://[!-~]{0,200}");

  /** The right remedy and two more: a longer list is not read. */
  private static final int MAX_ADVICE = 3;

  /** Of these, the list of a server is the cause. */
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

  /** What is told in general as well. */
  private static final List<String> OF_FORM = List.of("slash at the end", "quotation marks");

  private static final Pattern LISTS =
      Pattern.compile("^(?:The (?:code|settings) lists?|[A-Za-z_.-]{2,60} in the paste)");

  /** Without a URL and a page, a policy does not help. */
  private static final List<String> HIDDEN = List.of("HIDDEN", "SERVICE_WORKER");

  /**
   * What a sentence means.
   *
   * @param code of its meaning
   * @param holes of the sentence and of what surrounds it, by their names
   */
  public static ConsoleMessage of(
      String whose, String code, Map<String, String> holes, int otherUrls) {
    Map<String, String> values = new HashMap<>(holes);
    values.put("origin", origin(holes.getOrDefault("origin", holes.getOrDefault("seen", ""))));
    if (holes.getOrDefault("origin", "").equals("undefined")) {
      values.put("seen", "undefined");
    }
    String url = url(holes.getOrDefault("url", ""));
    values.put("url", url);
    String subject = holes.getOrDefault("subject", "");
    if (code.equals("SCHEME") && url.isEmpty() && subject.isEmpty()) {
      String asked = holes.getOrDefault("url", "");
      values.put("subject", asked.contains(":") ? asked.substring(0, asked.indexOf(':')) : "");
    }
    boolean method = code.equals("METHOD_NOT_ALLOWED") && Bytes.isToken(subject);
    return new ConsoleMessage(
        OriginCheck.called(whose, code, values),
        url,
        Math.max(0, otherUrls),
        values.getOrDefault("origin", ""),
        method ? subject : values.getOrDefault("method", "GET"),
        shortened(whose, Meaning.forProgram(whose, remedy(whose, code, values)), values, url));
  }

  /** A remedy, and what is known of that server by its URL. */
  public static Remedy ofKnownServer(Remedy remedy, String url, String origin) {
    return KnownServer.told(remedy, url, origin, "", 0);
  }

  private static Remedy shortened(
      String whose, Remedy remedy, Map<String, String> values, String url) {
    PastedPolicy policy =
        PastedPolicy.of(values.getOrDefault("paste", ""), values.containsKey("includes"));
    Remedy server = ofServer(whose, remedy, values);
    Signs beside = new Signs(server, policy, values);
    Remedy asked =
        withAdvice(known(server, remedy, beside, values), AskedServer.told(remedy.code(), values));
    Remedy all = InnerHost.told(asked, values);
    Remedy told = policy.keepingExisting(SignRules.all().withoutUseless(all, beside), url);
    int most = Math.max(MAX_ADVICE, remedy.advice().size());
    boolean granted = told.grant().isPresent();
    String origin = values.getOrDefault("origin", "");
    List<String> advice =
        SignRules.all().once(told.advice()).stream()
            .map(each -> named(each, origin, granted))
            .toList();
    boolean nobody = HIDDEN.contains(remedy.code()) && url.isEmpty() && origin.isEmpty();
    return new Remedy(
        told.code(),
        told.cause(),
        advice.subList(0, Math.min(most, advice.size())),
        told.grant().filter(grant -> !nobody),
        told.write());
  }

  private static final String WITH_YOURS = ", with your page's";

  /** An advice with the page's own origin, where it leaves that to the reader. */
  private static String named(String advice, String origin, boolean granted) {
    boolean left = advice.contains(Grant.SOME_ORIGIN) && (granted || advice.contains(WITH_YOURS));
    return left && origin.startsWith("http")
        ? advice
            .replace(WITH_YOURS + " origin", "")
            .replace(WITH_YOURS, "")
            .replace(Grant.SOME_ORIGIN, origin)
        : advice;
  }

  /**
   * What is known of the server, and of who asks it, is looked at first; but not where its own
   * message has told which program it is.
   */
  private static Remedy ofServer(String whose, Remedy remedy, Map<String, String> values) {
    return OriginCheck.isKnown(whose, remedy.code(), values) || remedy.code().startsWith("SRI")
        ? remedy
        : KnownServer.told(
            remedy,
            values.getOrDefault("url", ""),
            values.getOrDefault("origin", ""),
            values.getOrDefault("paste", ""),
            CorsCause.status(values));
  }

  /**
   * A remedy with what is known besides.
   *
   * @param told the same remedy with what is known of the server
   */
  private static Remedy known(
      Remedy told, Remedy remedy, Signs beside, Map<String, String> values) {
    String header =
        remedy.code().equals("HEADER_NOT_ALLOWED") ? values.getOrDefault("subject", "") : "";
    // A server has to have answered before the form of its path counts.
    Optional<String> oddity =
        AskedUrl.oddity(values.getOrDefault("url", ""), values.getOrDefault("base", ""))
            .filter(each -> told.grant().isPresent());
    int ofServer =
        remedy.advice().isEmpty()
            ? told.advice().size()
            : Math.max(0, told.advice().indexOf(remedy.advice().get(0)));
    Remedy signed = SignRules.all().told(told, ofServer, beside);
    int known = Math.max(0, signed.advice().size() - remedy.advice().size());
    boolean configured = told.grant().isPresent() || remedy.grant().isEmpty();
    Remedy clued =
        Clue.told(
            withAdvice(signed, oddity),
            values.getOrDefault("paste", ""),
            header,
            known,
            configured);
    return withSettings(clued, remedy, values);
  }

  /**
   * With what the settings in the paste tell. That a value is there already is no news where
   * something else is known, and what is wrong with one comes after that.
   */
  private static Remedy withSettings(Remedy all, Remedy general, Map<String, String> values) {
    String words = values.getOrDefault("configured", "");
    Remedy told = withoutGeneral(withoutSet(all, general, values), words);
    List<String> advice = new ArrayList<>(told.advice());
    // Do not ask the reader about a server that is not theirs.
    boolean others = advice.stream().anyMatch(each -> each.startsWith(NOT_YOURS));
    if (others && advice.removeIf(KnownServer::isAsked)) {
      return new Remedy(told.code(), told.cause(), advice, Optional.empty(), List.of());
    }
    boolean known =
        !advice.isEmpty()
            && !general.advice().isEmpty()
            && !advice.get(0).equals(general.advice().get(0))
            && !KnownServer.isAsked(advice.get(0));
    String setting = words.substring(0, Math.max(0, words.indexOf(' ')));
    boolean listed = values.containsKey("listed");
    // An error's answer lacks the header whatever is listed.
    boolean error = words.contains(NOT_READ) && CorsCause.status(values) >= 400;
    if (words.isEmpty()
        || error
        || !OF_SETTINGS.contains(told.code())
        || known
            && listed
            && !isGuess(advice.get(0), values)
            && !KnownServer.isNoteOf(advice.get(0), setting)
        || advice.stream().anyMatch(each -> isAsMuch(each, words))) {
      return told;
    }
    boolean nearer =
        known
            && (advice.get(0).startsWith("The code lists") && words.contains(NEAR)
                || KnownServer.isNoteOf(advice.get(0), setting));
    if (nearer) {
      // The list has more than the one that was taken for the nearest, and the paste tells more
      // than a note does of the same setting.
      advice.remove(0);
    }
    boolean second =
        known
            && !nearer
            && !(told.code().equals("ACAO_MISSING") && words.contains(DIFFERS))
            && (!isGuess(advice.get(0), values) || KnownServer.isOfDesktop(advice.get(0)));
    advice.add(second ? 1 : 0, words);
    return told.withOnlyAdvice(advice);
  }

  /** What the settings tell is told as well where a server is only guessed by its port. */
  public static final String SETTINGS_AS_WELL = "settings as well";

  private static boolean isGuess(String advice, Map<String, String> values) {
    return advice.startsWith("If ") && values.containsKey(SETTINGS_AS_WELL);
  }

  private static final String NOT_READ = "the program has most likely not read it";

  private static final String NOT_YOURS = "As the server is not yours";

  /** How something is told of one value, and how in general. */
  private static final Map<String, List<String>> GENERAL =
      Map.of(
          "want the scheme, too",
          List.of("In the configuration an origin has no scheme"),
          "in a list of JSON",
          List.of("A variable with [\"...\"]", "The code lists the page's origin already"));

  /** What the paste has is not to be set once more, where something else is known. */
  private static Remedy withoutSet(Remedy told, Remedy general, Map<String, String> values) {
    if (told.advice().stream().limit(1).allMatch(general.advice()::contains)) {
      return told;
    }
    List<String> names = List.of(values.getOrDefault("settings", "").split(" "));
    List<String> advice = new ArrayList<>(told.advice());
    advice.removeIf(
        each ->
            !each.equals(told.advice().get(0))
                && names.stream().anyMatch(name -> KnownServer.isNoteOf(each, name)));
    return told.withOnlyAdvice(advice);
  }

  private static Remedy withoutGeneral(Remedy told, String words) {
    if (!OF_SETTINGS.contains(told.code()) && !told.advice().contains(words)) {
      return told;
    }
    List<String> general =
        GENERAL.entrySet().stream()
            .filter(each -> words.contains(each.getKey()))
            .flatMap(each -> each.getValue().stream())
            .toList();
    List<String> advice =
        told.advice().stream()
            .filter(each -> general.stream().noneMatch(each::startsWith))
            .toList();
    return told.withOnlyAdvice(advice);
  }

  /** Then nothing else has to be looked for. */
  private static final String DIFFERS = " differs, and the two have to be the same";

  private static final String NEAR = ", and the request has ";

  /** Whether an advice tells the same of the same value, or what is known better. */
  private static boolean isAsMuch(String advice, String words) {
    if (OF_FORM.stream().anyMatch(form -> words.contains(form) && advice.contains(form))) {
      return true;
    }
    int near = words.indexOf(NEAR);
    String entry = near < 0 ? "" : words.substring(words.indexOf(" has ") + 5, near);
    return LISTS.matcher(advice).find() && (entry.isEmpty() || advice.contains(entry));
  }

  private static Remedy withAdvice(Remedy remedy, Optional<String> first) {
    return first.map(more -> remedy.withAdvice(0, more)).orElse(remedy);
  }

  /** People write the origin as they write a URL, and leave a mark beside it. */
  public static String origin(String pasted) {
    if (pasted.startsWith("file:")) {
      // Electron has such origins with a name.
      return pasted.matches("file://[a-z][a-z0-9-]{1,60}") ? pasted : "file://";
    }
    String marked =
        pasted
            .replaceFirst("^[<(\\[]+", "")
            .replaceFirst("['\"’]+/*$", "")
            .replaceFirst("[\\\\%|*~_]+$", "");
    if (OF_APP.matcher(marked).matches() && marked.matches(".*://[.]?")) {
      return marked;
    }
    String plain = Paste.withoutPunctuation(marked).replaceFirst("/+$", "");
    // Browsers never write one in upper case. People do when they hide a name.
    String origin = plain.startsWith("http") ? Bytes.lowerCase(plain) : plain;
    return Origin.isOriginOrNull(origin) || OF_APP.matcher(origin).matches() ? origin : "";
  }

  /** It starts where white space does, so that many spaces are read once. */
  private static final Pattern WRAPPED = Pattern.compile("(?<!\\s)[^\\S\\r\\n]*+[\\r\\n]\\s*+");

  /** Firefox writes the page and the line right behind the URL of a font. */
  private static final String LINE_OF_FONT =
      "(?<=\\.(?:woff2|woff|ttf|otf|eot))[a-zA-Z0-9._-]{1,100}(?::[0-9]{1,6}){2}$";

  /** Without the line breaks of a narrow window, and without what a forum puts around it. */
  private static String url(String pasted) {
    String url =
        WRAPPED
            .matcher(pasted)
            .replaceAll("")
            .replaceFirst("^[<(\\[]", "")
            .replaceFirst(LINE_OF_FONT, "");
    return url.contains("://")
        ? withHost(Paste.withoutPunctuation(url))
        : CorsCause.NO_SERVER.matcher(url).find() ? url.replaceFirst("['\")\\].,;]+$", "") : "";
  }

  /** People who hide a URL often leave its scheme: {@code http://......}. */
  private static String withHost(String url) {
    return url.endsWith("://") ? "" : url;
  }

  private static final String LOG = "a server's log";

  /** A browser has blocked something, for whatever reason. */
  private static final List<String> BLOCKED =
      List.of("ACAO_MISSING", "REASON_MISSING", "SCHEME", "NETWORK", "HIDDEN", "PREFLIGHT_STATUS");

  /** These are not only about CORS, or are also said of requests to the page's own origin. */
  private static final List<String> ANY_REFUSAL = List.of("HIDDEN", "SERVER_REFUSES");

  private static Remedy remedy(String whose, String code, Map<String, String> values) {
    String url = values.getOrDefault("url", "");
    String origin = values.getOrDefault("origin", "");
    if (code.equals("SCHEME")
        && url.isEmpty()
        && origin.equals("null")
        && values.getOrDefault("subject", "").isEmpty()) {
      return Meaning.of("FILE", values);
    }
    if (code.equals("FILE") && SchemeRemedy.isOfApp(url)) {
      return SchemeRemedy.fileOfApp();
    }
    if (code.equals("WORKER") && (url.startsWith("file:") || origin.equals("null"))) {
      return SchemeRemedy.isOfApp(url) ? SchemeRemedy.fileOfApp() : Meaning.of("FILE", values);
    }
    if (ANY_REFUSAL.contains(code)
        && !url.isEmpty()
        && AskedUrl.origin(url).equalsIgnoreCase(origin)) {
      return Meaning.of(code.equals("HIDDEN") ? "SAME_ORIGIN" : "SAME_ORIGIN_REFUSED", values);
    }
    Optional<Remedy> check = OriginCheck.told(whose, code, values);
    if (check.isPresent()) {
      return check.get();
    }
    Optional<String> variant = MeaningVariant.of(whose, code, values);
    if (variant.isPresent()) {
      return Meaning.of(variant.get(), values);
    }
    if (BLOCKED.contains(code)) {
      if (url.startsWith("data:") || url.startsWith("about:")) {
        return SchemeRemedy.replaced("a " + url.substring(0, url.indexOf(':') + 1) + " URL");
      }
      if (SchemeRemedy.isSchemeOfApp(url)) {
        return CorsCause.remedy(whose, Cause.SCHEME, values);
      }
      boolean file = origin.startsWith("file:") || url.startsWith("file:");
      if (file && !code.equals("SCHEME")) {
        return SchemeRemedy.isOfApp(url) ? SchemeRemedy.fileOfApp() : Meaning.of("FILE", values);
      }
    }
    if (whose.equals(LOG) && CorsCause.status(values) / 100 == 2) {
      return Meaning.of("PREFLIGHT_ANSWERED", values);
    }
    return CorsCause.told(whose, code, values).orElseGet(() -> Meaning.of(code, values));
  }

  /** A page with TLS asks for a URL without it. */
  public static Remedy mixedContent(String url) {
    return Meaning.of("MIXED_CONTENT", Map.of("url", url));
  }
}

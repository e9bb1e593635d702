package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.address.OriginComparison.Part;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.settings.SettingFinding;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that compares Origin, or Host, with what it expects, and answers others with an error:
 * the file {@code origin-checks.txt}, which describes its format.
 *
 * @param code of what is said where the program is not known
 * @param program its name; of one that is built on another, the name of that one
 * @param called the name of the program itself
 * @param named how the paste tells that it is this one; empty if the message itself does
 * @param says how it complains
 * @param like how programs complain that nobody knows
 * @param ofOthers the names of lists that another layer of the same server reads
 * @param about what else is known, by its key; those of advice in the order that is usual
 */
public record OriginCheck(
    String code,
    String program,
    String called,
    Optional<Pattern> named,
    List<String> says,
    List<Pattern> like,
    Optional<Pattern> ofOthers,
    Map<String, List<String>> about,
    List<String> usual) {

  /** A program that nobody knows. */
  private static final List<String> SOMEBODY = List.of("a server", "any server");

  private static final String PROXY = "proxy";

  /** The same, and Host alone may be enough. */
  private static final String HOST = "host";

  private static final String SCHEME = "scheme";
  private static final String LIST = "list";

  private static final String OPAQUE =
      "The browser sent Origin: null, as it does for a page with Referrer-Policy: no-referrer (most"
          + " often set by a proxy), for a frame in a sandbox, a file, and after a redirect from another"
          + " site. Change that: send same-origin or strict-origin-when-cross-origin. Do not trust"
          + " null: any site can send it.";

  private static final String OPAQUE_PREFLIGHT =
      "The browser sent Origin: null. With GET and with a preflight it does that for a page that is a"
          + " file, in a sandboxed frame, in an app's WebView, or behind a redirect from another site."
          + " Serve the page from an http or https origin (http://localhost with a port), and list"
          + " that. Do not trust null: any site can send it.";

  private static final String OF_FILE =
      "The page is a file, so its Origin is file://. Open it from a server instead"
          + " (http://localhost with a port), and list that. An app that shows its page from a file"
          + " (Cordova, Electron) gets an origin of its own by a setting. Do not list file://: every"
          + " file that a user opens would get in.";

  /** These have the page's origin, whatever its Referrer-Policy is. */
  private static final Pattern PREFLIGHT =
      Pattern.compile("\\bmethod ?[=:] ?(?:options|get|head)\\b");

  private static final String WWW =
      "The two differ only by www.: redirect visitors to one of the two names.";

  private static final String NO_ORIGIN =
      "The request has no Origin. So no page of another origin sent it, but curl, Postman, a"
          + " server, a health check, or an address that was opened. Let the program's check pass"
          + " such requests: in the function of Express' cors, if (!origin ||"
          + " list.includes(origin)).";

  private static final String SOCKET =
      "The client sends the URL of the WebSocket as its Origin. It is not a browser, which sends the"
          + " page's origin, with http:// or https://: let the client send that, or a value of the"
          + " program's list.";

  private static final String NO_HOST =
      "The nginx configuration in your paste has proxy_pass and no proxy_set_header Host, so the"
          + " program gets the name in proxy_pass as its Host: add proxy_set_header Host"
          + " $http_host; there.";

  /** Where somebody says that a proxy is in between, or that page and server are one. */
  private static final Pattern PROXIED =
      Pattern.compile(
          "\\b(?:nginx|haproxy|traefik|caddy|cloudflare|ingress|(?:reverse|behind (?:a|the|my|an?)[a-z ]{0,20}) ?proxy"
              + "|load ?balancer|proxy_?pass|(?:a|the|my|an) (?:reverse )?proxy (?:by|with|in|through|for)|apache ?2(?:\\.4)?|httpd"
              + "|same[ -](?:domain|origin|host))\\b"
              // Jupyter's own pages.
              + "|\\breferer=https?://[^/\\s]{1,200}/(?:[^\\s]{0,60}/)?(?:tree|lab|notebooks)\\b");

  private static final String SOCKET_SCHEME =
      "The proxy in front sends X-Forwarded-Proto: wss (or ws) with WebSockets, as Traefik does,"
          + " and an Origin always has https (or http). Let it send https: in Traefik a middleware"
          + " with headers.customRequestHeaders, X-Forwarded-Proto: https. Newer versions of a"
          + " program often treat the two as one: update it.";

  private static final Pattern SOCKET_REFUSED =
      Pattern.compile(
          "\\bweb ?socket\\b.{0,60}\\b(?:upgrade|handshake|origin|refused|rejected)\\b|\\bupgrader\\b");

  private static final Pattern PASSES =
      Pattern.compile("(?:[{;]|\\n|^)\\s{0,40}proxy_pass https?://");

  private static final String FIXED_PORT =
      "The proxy sends $host:$server_port, so its own port is in the name, and browsers leave out"
          + " 443 and 80: write $http_host instead, which is what the browser sent.";

  private static final Pattern SENDS_PORT =
      Pattern.compile(
          "\\bproxy_set_header (?:x-forwarded-)?host (?:\\$host|\\$http_host):\\$server_port");

  private static final String NOT_SECURE =
      "The proxy sends X-Forwarded-Proto: http, and the page is on https. Let the proxy that ends TLS send"
          + " https; where another one is in front of it (such as Cloudflare), let each pass on what it got,"
          + " and trust the one before (trusted_proxies in Caddy).";

  private static final Pattern SENDS_HTTP =
      Pattern.compile("\\bx-forwarded-proto[\"']?[:=]? ?\\[?[\"']?http(?![a-z:_])");

  private static final Pattern PASSES_HOST =
      Pattern.compile("\\bproxy_set_header (?:x-forwarded-)?host\\b");

  private static final class Holder {
    private static final List<OriginCheck> ALL =
        Facts.blocks(OriginCheck.class, "origin-checks.txt").stream()
            .map(OriginCheck::read)
            .toList();
  }

  private static OriginCheck read(Facts.Block block) {
    Map<String, List<String>> about = new HashMap<>();
    for (String key : List.of("cause", "compares", PROXY, HOST, SCHEME, LIST, "note", "null")) {
      about.put(key, block.values(key));
    }
    about.computeIfPresent(PROXY, (key, words) -> words.isEmpty() ? about.get(HOST) : words);
    List<String> usual =
        block.lines().stream()
            .map(line -> line.substring(0, Math.max(0, line.indexOf(": "))))
            .map(key -> key.equals(HOST) ? PROXY : key)
            .filter(List.of(PROXY, LIST, "note")::contains)
            .distinct()
            .toList();
    return new OriginCheck(
        block.code(),
        block.value("program").orElseThrow(),
        block.value("called").orElse(block.value("program").orElseThrow()),
        block.value("named").map(Pattern::compile),
        block.values("says"),
        block.values("like").stream().map(RefusalPattern::of).toList(),
        block.value("others").map(Pattern::compile),
        about,
        usual);
  }

  public static List<OriginCheck> all() {
    return Holder.ALL;
  }

  /** Whether it is known of a program what it compares. */
  public static boolean isOf(String whose, String code) {
    return all().stream().anyMatch(row -> row.program.equals(whose) && row.code.equals(code));
  }

  /** Whether it is known which program complains. */
  public static boolean isKnown(String whose, String code, Details details) {
    return row(whose, code, details)
        .filter(row -> !SOMEBODY.contains(row.program) || row.named.isPresent())
        .isPresent();
  }

  /**
   * What to change, for the program that complains.
   *
   * @param whose program's message it is
   * @param code of the message
   * @param details of the message, and the paste
   * @return empty if nothing is known of that program
   */
  static Optional<Remedy> told(String whose, String code, Details details) {
    return row(whose, code, details)
        .map(row -> row.remedy(code, OriginComparison.of(details), details));
  }

  /** The name of the program that complains, where the paste tells more than the message. */
  public static String called(String whose, String code, Details details) {
    return row(whose, code, details).map(OriginCheck::called).orElse(whose);
  }

  /** The details of a message, without a list that the program which complains does not read. */
  public static Details read(String whose, String code, Details details) {
    Optional<String> name =
        SettingFinding.in(details).map(setting -> setting.name().toLowerCase(Locale.ROOT));
    boolean ofOthers =
        row(whose, code, details)
            .flatMap(OriginCheck::ofOthers)
            .filter(names -> name.filter(each -> names.matcher(each).matches()).isPresent())
            .isPresent();
    return ofOthers ? SettingFinding.without(details) : details;
  }

  private static Optional<OriginCheck> row(String whose, String code, Details details) {
    List<OriginCheck> rows =
        all().stream()
            .filter(row -> row.program.equals(whose) && row.isAbout(code))
            .filter(row -> row.named.map(name -> details.paste().has(name)).orElse(true))
            .toList();
    return rows.stream()
        .filter(row -> row.named.isPresent())
        .findFirst()
        .or(() -> rows.stream().findFirst());
  }

  /** A line that does not tell what is refused may be about this, too. */
  private boolean isAbout(String asked) {
    return code.equals(asked)
        || asked.equals("CSRF_REFUSED")
            && code.equals("CSRF_ORIGIN")
            && !SOMEBODY.contains(program);
  }

  private Remedy remedy(String asked, OriginComparison compared, Details details) {
    boolean trusted =
        !OriginComparison.isForeign(compared.seen())
            && !List.of(Part.OPAQUE, Part.FILE, Part.ABSENT).contains(compared.part());
    String origin = trusted ? details.origin() : "";
    Details told =
        details
            .with("origin", origin)
            .with("address", origin.isEmpty() ? "" : origin + compared.expectedPath())
            .with("host", trusted ? compared.seenHost() : "")
            .with("name", trusted ? compared.seenName() : "");
    Remedy general = Meaning.of(asked, details);
    boolean listed = details.has("listed");
    List<Advice> advice =
        new ArrayList<>(
            advice(besideHost(compared, details.paste().both()), details.paste().both()).stream()
                // What is there already is not to be added.
                .filter(words -> !listed || !words(LIST).contains(words))
                .map(words -> Advice.marked(Meaning.filled(words, told)))
                .toList());
    SettingFinding.in(details).ifPresent(setting -> advice.add(0, setting.advice()));
    if (compared.part() == Part.SCHEME && compared.isOfSocket()) {
      advice.add(0, Advice.of(SOCKET_SCHEME));
    }
    boolean ofLayer = words("compares").isEmpty();
    if (ofLayer && words(PROXY).isEmpty()) {
      advice.addAll(general.advice().subList(1, general.advice().size()));
    }
    if (!asked.equals(code)) {
      int known = words(PROXY).isEmpty() ? 0 : 1;
      advice.addAll(general.advice().subList(known, general.advice().size()));
      return new Remedy(asked, general.cause(), advice, general.grant(), general.write());
    }
    String cause =
        words("compares").stream()
            .findFirst()
            .map(what -> cause(what, compared))
            .or(() -> words("cause").stream().findFirst())
            .orElse(general.cause());
    // Headers have no part in a WebSocket.
    boolean socket = SOCKET_REFUSED.matcher(details.paste().both()).find();
    return new Remedy(
        code, cause, advice, general.grant().filter(grant -> !socket), general.write());
  }

  /**
   * With the scheme as what differs, where the text shows the same host in Host: then a proxy that
   * ends TLS asks the program by http.
   */
  private OriginComparison besideHost(OriginComparison compared, String paste) {
    boolean same =
        compared.part() == Part.UNKNOWN
            && words("compares").toString().contains("own address")
            && compared.seen().startsWith("https://")
            && Pattern.compile(
                    "\\bhost(?: header)?(?: is| was)?[:=]? ?"
                        + Pattern.quote(compared.seenHost())
                        + "(?![\\w.:-])")
                .matcher(paste)
                .find();
    return same ? new OriginComparison(compared.seen(), "http://" + compared.seenHost()) : compared;
  }

  private String cause(String what, OriginComparison compared) {
    String two = compared.seen() + " and " + compared.expected();
    return "This is not a browser's CORS check: "
        + called
        + " compares "
        + what
        + switch (compared.part()) {
          case OPAQUE -> ", and Origin is null.";
          case FILE -> ", and Origin is file://: the page is a file.";
          case ABSENT -> ", and the request has no Origin.";
          case SOCKET -> ", and Origin is " + compared.seen() + ".";
          case SCHEME -> ", and only the scheme differs: " + two + ".";
          case PORT -> ", and only the port differs: " + two + ".";
          case DEFAULT_PORT ->
              ", and only the port differs: "
                  + two
                  + ". It is the default port of the scheme, which browsers leave out.";
          case MISSPELLED -> ", and a letter is wrong in one of them: " + two + ".";
          case WWW, LOOPBACK, HOST, INNER_HOST -> ", and they differ: " + two + ".";
          case UNKNOWN ->
              compared.seen().isEmpty()
                  ? ", and they differ."
                  : ", and " + compared.seen() + " does not match.";
        };
  }

  private static String opaque(String paste) {
    return PREFLIGHT.matcher(paste).find() ? OPAQUE_PREFLIGHT : OPAQUE;
  }

  private List<String> advice(OriginComparison compared, String paste) {
    Part part = compared.part();
    boolean inner = code.equals("HOST_CHECK") && compared.isSeenInner() && !words(PROXY).isEmpty();
    List<String> order =
        switch (part) {
          case OPAQUE, FILE, ABSENT, SOCKET -> List.of();
          case SCHEME -> List.of(words(SCHEME).isEmpty() ? PROXY : SCHEME, LIST);
          case PORT, INNER_HOST -> List.of(PROXY, LIST, "note");
          case WWW, DEFAULT_PORT, MISSPELLED -> List.of(LIST, PROXY);
          case LOOPBACK, HOST ->
              isOfProxy(paste) ? List.of(PROXY, LIST, "note") : List.of(LIST, PROXY, "note");
          case UNKNOWN ->
              inner ? List.of(PROXY) : isOfProxy(paste) ? List.of(PROXY, LIST, "note") : usual;
        };
    List<String> advice = new ArrayList<>();
    boolean drops =
        order.contains(PROXY)
            && !words(HOST).isEmpty()
            && PASSES.matcher(paste).find()
            && !PASSES_HOST.matcher(paste).find();
    if (drops) {
      advice.add(NO_HOST);
    }
    if (!compared.seen().matches(".*:[0-9]{2,5}") && SENDS_PORT.matcher(paste).find()) {
      advice.add(FIXED_PORT);
    }
    if (compared.seen().startsWith("https:") && SENDS_HTTP.matcher(paste).find()) {
      advice.add(NOT_SECURE);
    }
    if (part == Part.OPAQUE) {
      advice.addAll(words("null").isEmpty() ? List.of(opaque(paste)) : words("null"));
    }
    if (part == Part.FILE) {
      advice.add(OF_FILE);
    }
    if (part == Part.WWW) {
      advice.add(WWW);
    }
    if (part == Part.SOCKET) {
      advice.add(SOCKET);
    }
    if (part == Part.ABSENT) {
      advice.add(NO_ORIGIN);
    }
    order.stream()
        .filter(key -> !drops || !key.equals(PROXY))
        .forEach(key -> advice.addAll(words(key)));
    if (advice.isEmpty()) {
      usual.forEach(key -> advice.addAll(words(key)));
    }
    return advice;
  }

  /** The list of somebody's own program is as good as a proxy's header; here it is not. */
  private boolean isOfProxy(String paste) {
    return List.of("SERVER_REFUSES", "WEBSOCKET_ORIGIN", "HOST_COMPARED").contains(code)
        && named.isEmpty()
        && usual.contains(PROXY)
        && PROXIED.matcher(paste).find();
  }

  private List<String> words(String key) {
    return about.getOrDefault(key, List.of());
  }
}

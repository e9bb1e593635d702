package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a response reveals about who wrote it. A sign is looked for, and no text of a server is
 * shown.
 */
public final class ResponseSigns {

  /** Signs are at the beginning. */
  private static final int MAX_BODY_BYTES = 32 * 1024;

  /**
   * What CORS layers say where they refuse: Spring; the packages that Express' own example shows;
   * Vert.x and Quarkus; Starlette and FastAPI; actix-web; warp, Salvo and Viz; Helidon, in its
   * reason phrase.
   */
  private static final List<String> REFUSALS =
      List.of(
          "Invalid CORS request",
          "Not allowed by CORS",
          "CORS Rejected",
          "Disallowed CORS origin",
          "Disallowed CORS method",
          "Disallowed CORS headers",
          "Origin is not allowed to make this request",
          "Requested method is not allowed",
          "request headers are not allowed",
          "CORS request forbidden",
          "CORS origin is not in allowed list",
          "CORS origin is denied",
          "CORS method is not in allowed list",
          "CORS headers not in allowed list");

  /** What hapi says with the status 200. */
  private static final List<String> REFUSALS_WITH_OK =
      List.of("CORS error: Origin not allowed", "CORS error: Some headers are not allowed");

  /** In a path: words of their own, but "login" and "signin" also as a part of one. */
  private static final Pattern LOGIN_WORDS =
      Pattern.compile(
          "(?<![bp])log-?in|sign[-_]?in(?![a-z])|logon"
              + "|(?<![a-z0-9])(?:sso|sso-api|adfs|cas|oidc|openid-connect|oauth|oauth2|saml|saml2|samlp"
              + "|authorize|auth|aad|authn|idp)(?![a-z0-9])");

  /** Passport's, OmniAuth's, Socialite's and Spring Security's way to begin. */
  private static final Pattern LOGIN_START =
      Pattern.compile(
          "(?:auth|authenticate|authorize|social|oauth2?|oauth2/authorization|login|signin|sign-in|connect|sso"
              + "|redirect)[/-]"
              + "(?:google|github|gitlab|facebook|twitter|linkedin|discord|twitch|spotify|microsoft"
              + "|azure(?:ad|-ad)?|apple|okta|auth0|keycloak|saml|oidc|slack|steam|kakao|naver|line)"
              + "(?:[_-]?oauth2?)?(?:/redirect|/login)?/?$"
              + "|^/(?:google|github|facebook|twitter|linkedin|discord|microsoft|azure|okta|auth0|saml|oidc)/?$"
              + "|(?:^|/)(?:log-?in|sign-?in|logon|sso)/?$");

  private static final List<String> LOGIN_HOSTS =
      List.of(
          "login.",
          "signin.",
          "sso.",
          "accounts.",
          "account.",
          "idp.",
          "passport.",
          "auth.",
          "id.",
          "identity.",
          "keycloak.",
          "authelia.",
          "authentik.",
          "cas.");

  /** Services that do nothing but log people in. */
  private static final List<String> LOGIN_SERVICES =
      List.of(
          ".cloudflareaccess.com",
          ".b2clogin.com",
          ".ciamlogin.com",
          ".auth0.com",
          ".okta.com",
          ".onelogin.com",
          ".amazoncognito.com",
          ".duosecurity.com");

  /** Where single-page applications are put, and how they are loaded. */
  private static final List<String> APPLICATION =
      List.of("id=\"root\"", "id=\"app\"", "id=root", "id=app", "<app-root", "type=\"module\"");

  /**
   * Django; Express' csurf, csrf-csrf and Koa's; Rails; Laravel; Spring Security before 5; lusca;
   * Fastify; Flask-WTF. In lower case.
   */
  private static final List<String> FORGERY =
      List.of(
          "csrf verification failed",
          "invalid csrf token",
          "invalidauthenticitytoken",
          "csrf token mismatch",
          "could not verify the provided csrf token",
          "csrf token missing",
          "missing csrf token",
          "missing csrf secret",
          "csrf token is missing",
          "csrf session token is missing",
          "csrf tokens do not match",
          "csrf token has expired");

  private static final List<String> OF_SITES =
      List.of("cross-site", "cross site", "sec-fetch-site", "cross-origin request");

  /** How its pages begin, the older ones first. */
  private static final List<String> APACHE =
      List.of(
          "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">",
          "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"");

  private static final List<String> TLS_PORT =
      List.of(
          "The plain HTTP request was sent to HTTPS port",
          "speaking plain HTTP to an SSL-enabled server port",
          "Client sent an HTTP request to an HTTPS server");

  private static final List<String> WEBSOCKET_ONLY =
      List.of(
          "Can \"Upgrade\" only to \"WebSocket\"",
          "'Upgrade' header is missing",
          "'upgrade' token not found in 'Connection' header",
          "Not a WebSocket handshake request",
          "Not a websocket request");

  private static final List<String> CACHE_HEADERS =
      List.of("X-Cache", "CF-Cache-Status", "X-Cache-Status", "X-Proxy-Cache", "X-Varnish", "Via");

  private static final Pattern FIELD_LINES =
      Pattern.compile(
          "(?i)\\s{0,8}(?:[a-z-]{1,60}:[^\\n]{0,200}\\n){0,20}access-control-allow-origin:");

  private static final Pattern META =
      Pattern.compile("(?i)<meta\\s[^>]{0,40}http-equiv=[\"']?access-control-allow-origin");

  private static final Pattern HIT = Pattern.compile("(?i)\\bhit\\b");

  private static final List<String> VARY_OF_SPRING =
      List.of("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");

  private static final List<String> SOFTWARE_HEADERS = List.of("Server", "X-Powered-By", "Via");

  /** What is longer is not a name. */
  private static final int MAX_NAME = 100;

  private static final Predicate<String> FILE =
      Pattern.compile("inline; filename=.*").asMatchPredicate();

  private final WireResponse response;
  private final String body;

  public ResponseSigns(WireResponse response) {
    this.response = response;
    byte[] bytes = ContentCoding.decoded(response);
    this.body =
        new String(
            Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BODY_BYTES)),
            StandardCharsets.ISO_8859_1);
  }

  /** What a server says about itself: software, and its version if it tells; empty if nothing. */
  public static String software(WireResponse response) {
    List<String> said =
        SOFTWARE_HEADERS.stream()
            .flatMap(name -> response.headers().get(name).stream())
            .filter(value -> value.length() <= MAX_NAME && !value.isBlank())
            .map(Printable::printable)
            .distinct()
            .toList();
    return String.join(", ", said);
  }

  /** What a CORS layer says as it refuses; empty if none says so. */
  public Optional<String> corsLayer() {
    return (response.hasOkStatus() ? REFUSALS_WITH_OK : REFUSALS)
        .stream()
            .filter(words -> body.contains(words) || response.reason().contains(words))
            .findFirst();
  }

  /** Whether Fastify says that a preflight lacks what makes it one. */
  public boolean isStrippedPreflight() {
    return body.equals("Invalid Preflight Request");
  }

  /** Whether a CORS layer has written a part of it, even without the origin. */
  public boolean hasHeadersOfCors() {
    return response.headers().fields().stream()
        .anyMatch(field -> Bytes.lowerCase(field.name()).startsWith("access-control-"));
  }

  /** Whether it says that it differs by origin. */
  public boolean variesByOrigin() {
    return response.headers().split("Vary").orElse(List.of()).stream()
        .anyMatch(name -> Bytes.equalIgnoringCase(name, "Origin"));
  }

  /**
   * Whether it says that it differs by the names that a preflight asks for, and by nothing else of
   * it: then what answers preflights sends those names back.
   */
  public boolean variesByRequestHeaders() {
    List<String> names = response.headers().split("Vary").orElse(List.of());
    return names.stream()
            .anyMatch(name -> Bytes.equalIgnoringCase(name, "Access-Control-Request-Headers"))
        && names.stream()
            .noneMatch(name -> Bytes.equalIgnoringCase(name, "Access-Control-Request-Method"));
  }

  /**
   * Whether a response to anything but a preflight has the three lines that Spring's layer adds.
   * Apache writes them as one.
   */
  public boolean hasVaryOfSpring() {
    List<String> lines = response.headers().lines("Vary");
    boolean apache = Server.seen(response).equals(Optional.of(Server.APACHE)) && lines.size() == 1;
    return apache
        ? List.of(lines.get(0).split(", ?")).equals(VARY_OF_SPRING)
        : VARY_OF_SPRING.stream().allMatch(lines::contains);
  }

  /** By what a cache, or something that may be one, gives itself away. */
  public Optional<String> cache() {
    Headers headers = response.headers();
    Optional<String> age = headers.get("Age").filter(Bytes::isDigits).map(value -> "Age: " + value);
    return age.or(
        () ->
            CACHE_HEADERS.stream()
                .filter(headers::has)
                .map(name -> name + ": " + headers.get(name).orElse(""))
                .findFirst());
  }

  /** Whether a cache says that it gives what it has kept. */
  public boolean isCacheHit() {
    return CACHE_HEADERS.stream()
        .flatMap(name -> response.headers().get(name).stream())
        .anyMatch(value -> HIT.matcher(value).find());
  }

  /** Whether a router gives this status for a path or a method that it has no route for. */
  public static boolean isOfRouting(int status) {
    return status == 404 || status == 405 || status == 501;
  }

  /** Whether a status is of a proxy that got no answer; those from 520 on are Cloudflare's. */
  public static boolean isGateway(int status) {
    return status == 502 || status == 503 || status == 504 || (status >= 520 && status <= 530);
  }

  /** Whose filter wants a person; empty if none does. */
  public Optional<String> botFilter() {
    if (response.headers().has("cf-mitigated") || body.contains("<title>Just a moment...")) {
      return Optional.of("Cloudflare");
    }
    if (response.headers().has("x-amzn-waf-action")) {
      return Optional.of("AWS WAF");
    }
    return response.headers().has("x-datadome") && !response.hasOkStatus()
        ? Optional.of("DataDome")
        : Optional.empty();
  }

  /** Whether a protection against forged requests says that it refuses. */
  public boolean isForgeryProtection() {
    String words = Bytes.lowerCase(body);
    return !response.hasOkStatus() && FORGERY.stream().anyMatch(words::contains);
  }

  /** Whether an error says that the request comes from another site. */
  public boolean speaksOfAnotherSite() {
    String words = Bytes.lowerCase(body);
    return !response.hasOkStatus() && OF_SITES.stream().anyMatch(words::contains);
  }

  /** Whether nginx, Apache or Go says that it was asked without TLS on a port that has it. */
  public boolean isTlsPort() {
    return response.status() == 400 && TLS_PORT.stream().anyMatch(body::contains);
  }

  /** Whether SockJS, Java's WebSockets or Go's say that they want the header Upgrade. */
  public boolean isWebSocketOnly() {
    return response.status() == 400 && WEBSOCKET_ONLY.stream().anyMatch(body::contains);
  }

  /** Whether the body has certain words. */
  boolean says(String words) {
    return body.contains(words);
  }

  /** Whether nginx wrote the page, and not an application behind it. */
  public boolean isPageOfNginx() {
    return body.contains("<center>nginx");
  }

  /** Whether Tomcat wrote the page, and not an application in it. */
  public boolean isPageOfTomcat() {
    return body.contains("<h3>Apache Tomcat/");
  }

  /** Whether Apache wrote the page, and not an application behind it. */
  boolean isPageOfApache() {
    return APACHE.stream().anyMatch(body::startsWith)
        && Bytes.lowerCase(response.headers().get("Server").orElse("")).startsWith("apache");
  }

  /** Whether lighttpd wrote the page, and not an application behind it. */
  boolean isPageOfLighttpd() {
    return Bytes.lowerCase(response.headers().get("Server").orElse("")).startsWith("lighttpd")
        && body.contains("<title>" + response.status() + " ")
        && body.contains("<h1>" + response.status() + " ");
  }

  /** Whether field lines are at the beginning of the body, that of CORS among them. */
  public boolean hasHeadersInBody() {
    return FIELD_LINES.matcher(body).lookingAt();
  }

  /** Whether a page means to allow other origins by itself. */
  public boolean hasHeaderInMeta() {
    return META.matcher(body).find();
  }

  /** Whether the body speaks of the header that a WebSocket's handshake has. */
  public boolean asksForUpgrade() {
    return isWebSocketOnly() || Bytes.lowerCase(body).contains("upgrade");
  }

  /** Whether it is made to be seen, as HTML is. */
  public boolean isPage() {
    // PHP sends text/html by itself, whatever the script prints.
    String start = body.stripLeading();
    return response.hasOkStatus() && isHtml() && (start.isEmpty() || start.startsWith("<"));
  }

  /** Whether it is the page in which a single-page application runs. */
  public boolean isApplicationPage() {
    return isHtml() && APPLICATION.stream().anyMatch(body::contains);
  }

  /** Whether people try a GraphQL API on it: a page of the API itself. */
  public boolean isOfGraphql() {
    String words = Bytes.lowerCase(body);
    return words.contains("graphql") || words.contains("graphiql");
  }

  /**
   * Whether it is like a file from a small server of files: a program of another kind usually says
   * its name, and gives no time of its last change.
   */
  public boolean isFile() {
    Headers headers = response.headers();
    boolean named = headers.has("Server") || headers.has("X-Powered-By") || headers.has("Via");
    return response.hasOkStatus()
        && !named
        && (headers.has("Last-Modified")
            || headers.get("Content-Disposition").filter(FILE).isPresent());
  }

  private boolean isHtml() {
    String type = response.headers().get("Content-Type").orElse("");
    return type.toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /** Whether this is where people log in: by a word of its path, or by its host. */
  public static boolean isLogin(Url url) {
    String host = String.valueOf(url.host());
    return LOGIN_HOSTS.stream().anyMatch(host::startsWith)
        || LOGIN_SERVICES.stream().anyMatch(host::endsWith)
        || LOGIN_WORDS.matcher(Bytes.lowerCase(url.path())).find()
        || String.valueOf(url.query()).startsWith("rd=http") // Authelia and oauth2-proxy
        || isLoginPage(url);
  }

  /** Whether a URL is made to send the user to a login service, which its path names. */
  public static boolean isLoginStart(Url url) {
    return LOGIN_START.matcher(Bytes.lowerCase(url.path())).find();
  }

  /**
   * Whether a query asks a login service to show itself.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1">RFC 6749, section 4.1.1</a>
   */
  public static boolean isLoginPage(Url url) {
    String query = String.valueOf(url.query());
    long ofOAuth =
        Stream.of("client_id=", "redirect_uri=", "response_type=").filter(query::contains).count();
    return query.contains("SAMLRequest=") || ofOAuth >= 2;
  }
}

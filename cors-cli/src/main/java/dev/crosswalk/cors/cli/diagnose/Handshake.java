package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.request.WebSocketRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Verdict;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The handshake of a WebSocket, as a browser makes it. CORS has no part in it: a browser sends
 * {@code Origin}, reads no header of CORS, and opens it where the server says 101.
 *
 * @see <a href="https://websockets.spec.whatwg.org/#opening-handshake">WebSockets: opening
 *     handshake</a>
 */
final class Handshake {

  /** RFC 6455, section 1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int KEY_BYTES = 16;
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  /** What Chromium takes in one line alone. */
  private static final List<String> SINGLE = List.of("Upgrade", "Sec-WebSocket-Accept", PROTOCOLS);

  private final Request page;
  private final String url;
  private final List<String> protocols;
  private final String cookie;
  private final Transport transport;
  private final String key;

  private Handshake(Request page, String url, List<String> headers, Transport transport) {
    this.page = page;
    this.url = url;
    this.protocols =
        values(headers, PROTOCOLS)
            .flatMap(line -> Stream.of(line.split(",")))
            .map(String::strip)
            .toList();
    this.cookie = values(headers, "Cookie").collect(Collectors.joining("; "));
    this.transport = transport;
    byte[] random = new byte[KEY_BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    this.key = Base64.getEncoder().encodeToString(random);
  }

  /**
   * Opens a WebSocket, and tells why it does not open.
   *
   * @param page its request, to the same URL with http or https
   * @param url with ws or wss
   * @param headers field lines, of which a script can choose the subprotocols, and the browser
   *     sends the cookies
   * @param transport sends what is asked
   */
  static Diagnosis of(Request page, String url, List<String> headers, Transport transport) {
    String shown =
        url.substring(0, url.indexOf("://")) + page.url().substring(page.url().indexOf("://"));
    return new Handshake(page, shown, headers, transport).diagnosis();
  }

  private static Stream<String> values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip());
  }

  private Diagnosis diagnosis() {
    if (BlockedUrl.isMixedContent(page, Url.of(page.url()))) {
      return refused(
          List.of(),
          WebSocketRemedy.mixedContent(url),
          "Mixed Content: The page at '"
              + page.origin()
              + "/' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint"
              + " '"
              + url
              + "'. This request has been blocked; this endpoint must be available over WSS.",
          List.of());
    }
    WireRequest request = request(Optional.of(page.origin()));
    WireResponse response;
    try {
      response = transport.send(request);
    } catch (IOException e) {
      boolean known = e instanceof WireException;
      String code = known ? ((WireException) e).failure().name() : "NETWORK";
      return refused(
          List.of(),
          WebSocketRemedy.unanswered(code, String.valueOf(e.getMessage())),
          failed(unanswered(e)),
          List.of());
    }
    List<Exchange> exchanges = List.of(new Exchange(request, response, false, true));
    Optional<String> defect = defect(response);
    if (defect.isEmpty()) {
      return opened(exchanges);
    }
    List<String> warnings = new ArrayList<>();
    Warnings.bodyOf(response).ifPresent(warnings::add);
    Remedy remedy =
        response.status() == 101
            ? WebSocketRemedy.invalid(defect.get().contains(PROTOCOLS), defect.get())
            : remedy(response);
    String chrome =
        response.status() == 401
            ? "HTTP Authentication failed; no valid credentials available"
            : "Error during WebSocket handshake: " + defect.get();
    return refused(exchanges, remedy, failed(chrome), warnings);
  }

  /** Chrome tells a connection that was never there from one that did not give a response. */
  private String unanswered(IOException e) {
    String error = netError(String.valueOf(e.getMessage()));
    if (error.endsWith("ERR_EMPTY_RESPONSE")) {
      return "Connection closed before receiving a handshake response";
    }
    boolean connected =
        e instanceof WireException wire
            && (wire.failure() == Failure.CLOSED || wire.failure() == Failure.NOT_HTTP);
    return (connected
            ? "Error during WebSocket handshake: "
            : "Error in connection establishment: ")
        + error;
  }

  /** As Chrome names it for any request. */
  private String netError(String complaint) {
    Where where = new Where(false, Initiator.FETCH, page.origin(), page.url(), page.url(), 0);
    String line =
        new NotShared(Cause.NETWORK, complaint, List.of(), where).inTheWordsOf(Engine.CHROMIUM);
    return line.substring(line.indexOf("net::"));
  }

  private String failed(String why) {
    return "WebSocket connection to '" + url + "' failed: " + why;
  }

  private WireRequest request(Optional<String> origin) {
    Headers headers =
        Headers.of("Connection", "Upgrade")
            .with("Pragma", "no-cache")
            .with("Cache-Control", "no-cache")
            .with("Upgrade", "websocket");
    if (origin.isPresent()) {
      headers = headers.with("Origin", origin.get());
    }
    headers = headers.with("Sec-WebSocket-Version", "13");
    if (!cookie.isEmpty()) {
      headers = headers.with("Cookie", cookie);
    }
    headers =
        headers
            .with("Sec-WebSocket-Key", key)
            .with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    return new WireRequest(
        "GET",
        page.url(),
        protocols.isEmpty() ? headers : headers.with(PROTOCOLS, String.join(", ", protocols)));
  }

  // ------------------------------------------------------------------------------- who refuses it

  /** Only GET is repeated, and a WebSocket that opens is closed at once. */
  private Remedy remedy(WireResponse response) {
    Url server = Url.of(page.url());
    String own = server.origin().serialize();
    boolean toItself = !own.equals(page.origin()) && opens(Optional.of(own));
    if (toItself || opens(Optional.empty())) {
      return WebSocketRemedy.originRefused(
          response,
          page.origin(),
          toItself
              ? "It accepts the same handshake from " + own + ", its own origin."
              : "It accepts the same handshake without Origin.");
    }
    Optional<String> listed = listed(response);
    if (listed.isPresent()) {
      return WebSocketRemedy.originRefused(
          response, page.origin(), "It accepts the same handshake from " + listed.get() + ".");
    }
    if (WebSocketRemedy.speaksOfOrigin(response)) {
      return WebSocketRemedy.originRefused(
          response, page.origin(), "The body of the response says so.");
    }
    Optional<String> leadsTo =
        Optional.of(response)
            .filter(WireResponse::hasRedirectStatus)
            .flatMap(found -> found.headers().get("Location"))
            .flatMap(server::resolve)
            .filter(Url::isHttp)
            .map(to -> to.toString().replaceFirst("^http", "ws"));
    return WebSocketRemedy.refused(response, leadsTo);
  }

  /** An origin of another stage, from which it opens; none where a login is what it asks for. */
  private Optional<String> listed(WireResponse response) {
    boolean unclear =
        response.status() == 403
            || response.status() == 400
            || response.status() == 401 && !response.headers().has("WWW-Authenticate");
    return LikelyOrigins.of(page.origin(), Url.of(page.url())).stream()
        .filter(origin -> unclear && opens(Optional.of(origin)))
        .findFirst();
  }

  private boolean opens(Optional<String> origin) {
    try {
      return defect(transport.send(request(origin))).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** What a browser does not accept, in Chrome's words; empty if it opens the WebSocket. */
  private Optional<String> defect(WireResponse response) {
    Headers headers = response.headers();
    // An answer of class 1xx, which other requests pass over, is the answer here.
    int first =
        response.interim().isEmpty() ? response.status() : response.interim().get(0).status();
    if (first != 101) {
      return Optional.of("Unexpected response code: " + first);
    }
    for (String name : SINGLE) {
      if (headers.lines(name).size() > 1) {
        return Optional.of("'" + name + "' header must not appear more than once in a response");
      }
    }
    if (!headers.has("Upgrade")) {
      return Optional.of("'Upgrade' header is missing");
    }
    if (!headers.has("Connection")) {
      return Optional.of("'Connection' header is missing");
    }
    if (!hasToken(headers, "Upgrade", "websocket")) {
      return Optional.of(
          "'Upgrade' header value is not 'WebSocket': " + headers.get("Upgrade").orElse(""));
    }
    if (!hasToken(headers, "Connection", "upgrade")) {
      return Optional.of("'Connection' header value must contain 'Upgrade'");
    }
    Optional<String> accept = headers.get("Sec-WebSocket-Accept");
    if (!accept.equals(Optional.of(accept()))) {
      return Optional.of(
          accept.isPresent()
              ? "Incorrect 'Sec-WebSocket-Accept' header value"
              : "'Sec-WebSocket-Accept' header is missing");
    }
    return ofExtensions(headers).or(() -> ofProtocol(headers.get(PROTOCOLS)));
  }

  /** Browsers offer one extension, and no server may choose another. */
  private static Optional<String> ofExtensions(Headers headers) {
    return headers.split(EXTENSIONS).orElse(List.of()).stream()
        .map(extension -> extension.split(";", 2)[0].strip())
        .filter(Predicate.not("permessage-deflate"::equals))
        .findFirst()
        .map(
            other ->
                "Found an unsupported extension '" + other + "' in '" + EXTENSIONS + "' header");
  }

  private Optional<String> ofProtocol(Optional<String> chosen) {
    if (chosen.isEmpty()) {
      return protocols.isEmpty()
          ? Optional.empty()
          : Optional.of("Sent non-empty '" + PROTOCOLS + "' header but no response was received");
    }
    if (protocols.isEmpty()) {
      return Optional.of(
          "Response must not include '"
              + PROTOCOLS
              + "' header if not present in request: "
              + chosen.get());
    }
    return chosen
        .filter(Predicate.not(protocols::contains))
        .map(
            other ->
                "'"
                    + PROTOCOLS
                    + "' header value '"
                    + other
                    + "' in response does not match any of sent values");
  }

  private static boolean hasToken(Headers headers, String name, String token) {
    return headers.split(name).orElse(List.of()).stream()
        .anyMatch(value -> Bytes.equalIgnoringCase(value, token));
  }

  private String accept() {
    try {
      byte[] bytes = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  // ----------------------------------------------------------------------------- what comes of it

  private Diagnosis opened(List<Exchange> exchanges) {
    List<String> warnings = new ArrayList<>();
    if (opens(Optional.of(Warnings.ANOTHER_ORIGIN))) {
      warnings.add(
          "The server opens a WebSocket for every origin: also for "
              + Warnings.ANOTHER_ORIGIN
              + ". No browser checks that for you, and it sends cookies: any site that your users"
              + " visit can then act in their name. Compare Origin with a list on the server,"
              + " unless it requires a token that only your page has.");
    }
    Warnings.localNetwork(page, Optional.empty(), warnings);
    return diagnosis(exchanges, Map.of(), Optional.empty(), warnings);
  }

  private Diagnosis refused(
      List<Exchange> exchanges, Remedy remedy, String chrome, List<String> warnings) {
    Map<Engine, String> console = new EnumMap<>(Engine.class);
    boolean unsent = remedy.code().equals("MIXED_CONTENT");
    console.put(Engine.CHROMIUM, chrome);
    console.put(
        Engine.FIREFOX,
        unsent
            ? "SecurityError: The operation is insecure."
            : "Firefox can’t establish a connection to the server at " + url + ".");
    console.put(
        Engine.WEBKIT,
        unsent
            ? "SecurityError: The operation is insecure."
            : failed(
                exchanges.isEmpty()
                    ? "Could not connect to the server."
                    : "There was a bad response from the server."));
    return diagnosis(exchanges, console, Optional.of(remedy), warnings);
  }

  private Diagnosis diagnosis(
      List<Exchange> exchanges,
      Map<Engine, String> console,
      Optional<Remedy> remedy,
      List<String> warnings) {
    int status = exchanges.isEmpty() ? 0 : exchanges.get(0).response().status();
    return new Diagnosis(
        page,
        Optional.of(url),
        new Outcome(
            remedy.isPresent() ? Outcome.Type.ERROR : Outcome.Type.OPAQUE,
            status,
            Headers.none(),
            new byte[0],
            new Verdict.Shared(),
            exchanges),
        Optional.empty(),
        console,
        remedy,
        Optional.empty(),
        Map.of(),
        List.copyOf(warnings));
  }
}

package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A server, as one rule sees it: one resource of it, and connections of the rule's own. What is
 * asked is remembered, so that a broken rule can show it.
 */
public final class Site implements AutoCloseable {

  /** Who we are, to the administrator of a server that is not ours. */
  public static final String USER_AGENT =
      "Crosswalk-TCK (checks CORS; a handful of requests, no load)";

  /** Whom the protected routes of the kit's application let in: alice, with wonderland. */
  public static final String AUTHORIZATION = "Basic YWxpY2U6d29uZGVybGFuZA==";

  /**
   * What all resources of a server share.
   *
   * @param base without a slash at its end
   * @param profile what the server's policy is meant to be
   * @param client used for these resources alone, and closed with them
   * @param handlerCalls how many requests have reached the kit's application; null if the server
   *     serves another
   * @param onDeath gets one sentence when the server has died
   * @param beforeRequest runs before each request
   */
  public record Server(
      URI base,
      Profile profile,
      WireClient client,
      @Nullable IntSupplier handlerCalls,
      Consumer<String> onDeath,
      Runnable beforeRequest) {}

  /** What RFC 6455, section 1.3, answers to the key that {@link #handshake} sends. */
  static final String WEB_SOCKET_ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private final Server server;
  private final String path;
  private final List<Observation> observations;

  /**
   * Opens a server.
   *
   * @param path of the resource, with its leading slash; may have a query
   */
  public Site(Server server, String path) {
    this(server, path, new ArrayList<>());
  }

  private Site(Server server, String path, List<Observation> observations) {
    this.server = server;
    this.path = path;
    this.observations = observations;
  }

  /** Another resource of this server. */
  Site at(String otherPath) {
    return new Site(server, otherPath, observations);
  }

  String url() {
    return server.base() + path;
  }

  /** Whether it has the kit's application and policies. */
  boolean isOfTheKit() {
    return server.handlerCalls() != null;
  }

  /** The server's own origin. */
  String origin() {
    return Url.of(server.base().toString()).origin().serialize();
  }

  /** An origin that the policy allows. */
  String allowed() {
    return origin(server.profile().allowedOrigins(), 0, "an allowed origin", "--allowed-origin");
  }

  /** Another origin that the policy allows. */
  String alsoAllowed() {
    List<String> allowed = server.profile().allowedOrigins();
    return origin(allowed, 1, "a second allowed origin", "a second --allowed-origin");
  }

  /** An origin that the policy does not allow. */
  String refused() {
    return origin(server.profile().refusedOrigins(), 0, "a refused origin", "--refused-origin");
  }

  /** Goes on only if the policy refuses {@code null}. */
  void refusesNull() {
    if (server.profile().allowedOrigins().contains("null")) {
      throw new TestAbortedException("because null is allowed");
    }
    refused();
  }

  /** A method that needs to be allowed, and is. */
  String method() {
    return known(server.profile().methods(), 0, "an allowed method", "--method");
  }

  /** A method that is not allowed. */
  String refusedMethod() {
    return known(server.profile().refusedMethods(), 0, "a refused method", "--refused-method");
  }

  /** A request header that is allowed. */
  String requestHeader() {
    return known(server.profile().requestHeaders(), 0, "an allowed request header", "--header");
  }

  /** A request header that is not allowed. */
  String refusedRequestHeader() {
    return known(
        server.profile().refusedRequestHeaders(),
        0,
        "a refused request header",
        "--refused-header");
  }

  /** A response header that is exposed. */
  String exposedHeader() {
    return known(
        server.profile().exposedHeaders(), 0, "an exposed response header", "--exposed-header");
  }

  /** For how many seconds the answer to a preflight may be kept. */
  long maxAge() {
    return server.profile().maxAge().orElseThrow(() -> new NotGiven("the max-age", "--max-age"));
  }

  /** The credentials mode in which an allowed origin may read. */
  Credentials mode() {
    return server.profile().credentials().orElse(false) ? Credentials.INCLUDE : Credentials.OMIT;
  }

  /** Goes on only if the policy allows credentials, or only if it does not. */
  Site where(boolean credentials) {
    if (server.profile().credentials().isEmpty()
        || server.profile().credentials().get() != credentials) {
      throw credentials
          ? new NotGiven("a policy with credentials", "--credentials")
          : new NotGiven("a policy without credentials", "--no-credentials");
    }
    return this;
  }

  /** Goes on only if requests may be sent that may change something. */
  Site writing() {
    if (!server.profile().writes()) {
      throw new TestAbortedException("because POST may change something (--allow-post)");
    }
    return this;
  }

  private String origin(List<String> values, int index, String what, String option) {
    if (values.size() <= index && server.profile().everybody()) {
      throw new TestAbortedException(
          "because everybody is allowed, so there is no origin to compare with");
    }
    return known(values, index, what, option);
  }

  private static String known(List<String> values, int index, String what, String option) {
    if (values.size() <= index) {
      throw new NotGiven(what, option);
    }
    return values.get(index);
  }

  /** GET as a program sends it that is not a browser. */
  Observation get(String... headers) {
    return send("GET", headers);
  }

  /** GET as a page of an origin sends it. */
  Observation from(String origin) {
    return from(origin, "GET");
  }

  /** An actual request as a page of an origin sends it. */
  Observation from(String origin, String method, String... headers) {
    return send(method, prepend(headers, "Origin", origin));
  }

  /** A preflight as a browser sends it: the names sorted, in lower case, on one line. */
  Observation preflight(String origin, String method, String... names) {
    TreeSet<String> sorted = new TreeSet<>();
    for (String name : names) {
      sorted.add(Bytes.lowerCase(name));
    }
    String[] asked = {"Origin", origin, "Access-Control-Request-Method", method};
    return sorted.isEmpty()
        ? options(asked)
        : options(append(asked, "Access-Control-Request-Headers", String.join(",", sorted)));
  }

  /** A preflight of an allowed origin for GET, with the list of names just so. */
  Observation preflightListing(String... lines) {
    return options(listing(lines));
  }

  /** Likewise, where a server may refuse by closing the connection. */
  Optional<Observation> tolerantListing(String line) {
    return tolerant("OPTIONS", listing(line));
  }

  private static String[] listing(String... lines) {
    String[] asked = {"Origin", TestPolicy.APP, "Access-Control-Request-Method", "GET"};
    for (String line : lines) {
      asked = append(asked, "Access-Control-Request-Headers", line);
    }
    return asked;
  }

  /** A preflight with these headers beside the origin and the method, just so. */
  Observation preflightWith(String origin, String method, String... headers) {
    String[] asked = prepend(headers, "Access-Control-Request-Method", method);
    return options(prepend(asked, "Origin", origin));
  }

  /** {@code OPTIONS} with these headers. */
  Observation options(String... headers) {
    return send("OPTIONS", headers);
  }

  /** Any request, byte for byte. */
  Observation send(String method, String... headers) {
    return sendWithBody(method, "", headers);
  }

  /** Any request with a body, byte for byte. */
  Observation sendWithBody(String method, String body, String... headers) {
    Headers fields = Headers.of(headers);
    if (!fields.has("User-Agent")) {
      fields = fields.with("User-Agent", USER_AGENT);
    }
    return send(new WireRequest(method, url(), fields, body.getBytes(StandardCharsets.UTF_8)));
  }

  private WireClient client() {
    server.beforeRequest().run();
    return server.client();
  }

  private Observation send(WireRequest request) {
    int before = calls();
    try {
      return remember(new Observation(request, client().send(request), callsSince(before)));
    } catch (WireException e) {
      throw noAnswer(e);
    }
  }

  /** Sends as the model of a browser does. */
  Transport transport() {
    return request -> remember(new Observation(request, client().send(request), -1)).response();
  }

  /**
   * Sends what no browser sends, as GET and as preflight. Any answer below 500 that grants nothing
   * will do, and so will a closed connection: but no silence.
   */
  void hostile(Consumer<Observation> more, String... headers) {
    String[] preflight = append(headers, "Access-Control-Request-Method", "GET");
    for (boolean asks : new boolean[] {false, true}) {
      tolerant(asks ? "OPTIONS" : "GET", asks ? preflight : headers)
          .ifPresent(
              seen -> {
                seen.noServerError().grantsNothing();
                more.accept(seen);
              });
    }
  }

  /**
   * Sends what a server may refuse by closing the connection: then there is no observation. The
   * next request has a new connection: after a refusal, Reactor Netty does not always answer it.
   */
  Optional<Observation> tolerant(String method, String... headers) {
    try {
      return tolerantAndKept(method, headers);
    } finally {
      server.client().close();
    }
  }

  /** Sends the same, and keeps the connection for the next request if the server does. */
  Optional<Observation> tolerantAndKept(String method, String... headers) {
    Headers fields = Headers.of(headers).with("User-Agent", USER_AGENT);
    return tolerated(() -> List.of(send(new WireRequest(method, url(), fields)))).stream()
        .findFirst();
  }

  /** Asks for a WebSocket, by {@code Upgrade: websocket} or another protocol in its place. */
  Observation handshake(String upgrade, String... headers) {
    StringBuilder bytes = new StringBuilder("GET {path} HTTP/1.1\r\nHost: {host}\r\n");
    bytes.append("Connection: Upgrade\r\nUpgrade: ").append(upgrade).append("\r\n");
    bytes.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    Headers.of(headers).forEach(field -> bytes.append(field).append("\r\n"));
    return raw(bytes.append("\r\n").toString(), "GET").get(0);
  }

  /** Any request over HTTP/2; goes on only if the server speaks it without TLS. */
  Observation over2(Http2Client client, String method, String... headers)
      throws InterruptedException {
    WireRequest request = new WireRequest(method, url(), Headers.of(headers));
    int before = calls();
    server.beforeRequest().run();
    return remember(new Observation(request, client.send(request), callsSince(before)));
  }

  /** The target of a path on this server, below whatever the application is mounted under. */
  String target(String path) {
    return Url.of(server.base().toString()).path().replaceFirst("/$", "") + path;
  }

  /** Sends bytes; {@code {path}} and {@code {host}} in them are the path and the authority. */
  List<Observation> raw(String bytes, String... methods) {
    Url url = Url.of(url());
    String exact = bytes.replace("{path}", url.path()).replace("{host}", url.authority());
    int before = calls();
    try {
      List<Observation> seen = new ArrayList<>();
      List<WireResponse> responses = client().sendBytes(url(), exact, methods);
      // Which of several requests has reached a handler, nobody knows.
      int calls = methods.length > 1 ? -1 : callsSince(before);
      for (int i = 0; i < methods.length; i++) {
        WireRequest request = new WireRequest(methods[i], url(), fieldsOf(exact, i));
        seen.add(remember(new Observation(request, responses.get(i), calls)));
      }
      return seen;
    } catch (WireException e) {
      throw noAnswer(e);
    }
  }

  /** Likewise, where a server may refuse by closing the connection. */
  List<Observation> tolerantRaw(String bytes, String... methods) {
    return tolerated(() -> raw(bytes, methods));
  }

  private static List<Observation> tolerated(Supplier<List<Observation>> request) {
    try {
      return request.get();
    } catch (NoAnswer e) {
      if (e.reason.failure() == Failure.CLOSED) {
        return List.of();
      }
      throw e;
    }
  }

  /** The fields of one of several requests in a row, for the record. */
  private static Headers fieldsOf(String bytes, int index) {
    String[] requests = bytes.split("\r\n\r\n");
    Headers fields = Headers.none();
    if (index < requests.length) {
      for (String line : requests[index].split("\r\n")) {
        int colon = line.indexOf(':');
        if (colon > 0 && line.indexOf(' ') != 0 && !line.contains(" HTTP/")) {
          fields = fields.with(line.substring(0, colon), line.substring(colon + 1));
        }
      }
    }
    return fields;
  }

  /** No response came where one had to. */
  private static final class NoAnswer extends AssertionError {
    private static final long serialVersionUID = 1L;
    private final transient WireException reason;

    NoAnswer(WireException reason) {
      super("every request should get an answer, but there is none: " + reason.getMessage());
      this.reason = reason;
    }
  }

  private AssertionError noAnswer(WireException e) {
    if (e.failure() == Failure.CONNECTION_REFUSED) {
      server.onDeath().accept(String.valueOf(e.getMessage()));
    }
    return new NoAnswer(e);
  }

  private Observation remember(Observation observation) {
    synchronized (observations) {
      observations.add(observation);
    }
    return observation;
  }

  /** What was asked so far, in its order. */
  public List<Observation> observations() {
    synchronized (observations) {
      return List.copyOf(observations);
    }
  }

  /** How often handlers have been called so far; to be compared with a later count. */
  int calls() {
    return server.handlerCalls() == null ? -1 : server.handlerCalls().getAsInt();
  }

  private int callsSince(int before) {
    return server.handlerCalls() == null ? -1 : calls() - before;
  }

  private static String[] append(String[] headers, String name, String value) {
    return Stream.concat(Arrays.stream(headers), Stream.of(name, value)).toArray(String[]::new);
  }

  private static String[] prepend(String[] headers, String name, String value) {
    return Stream.concat(Stream.of(name, value), Arrays.stream(headers)).toArray(String[]::new);
  }

  @Override
  public void close() {
    server.client().close();
  }
}

package dev.crosswalk.examples.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request, what an upstream is asked for it, and the answer on its way back. */
final class Exchange {

  /**
   * What bounds every exchange.
   *
   * @param names by which browsers may reach the proxy, in lower case
   * @param connect seconds until there is an address and a connection
   * @param head seconds from the end of the request until the response begins
   * @param body bytes of a request's body
   */
  record Limits(Set<String> names, int connect, int head, long body) {}

  private static final System.Logger LOG = System.getLogger("dev.crosswalk.examples.proxy");

  /** They would reach the upstream's connection, or show what the proxy adds to a request. */
  private static final Set<HttpMethod> NOT_FORWARDED = Set.of(HttpMethod.CONNECT, HttpMethod.TRACE);

  /** These say with {@code Content-Length: 0} that they have no body: RFC 9110 §8.6. */
  private static final List<HttpMethod> WITH_BODY =
      List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /**
   * How long a request is read on that has been answered. Many clients look for an answer only when
   * they have sent all, and to close a connection with something unread in it discards the answer.
   */
  private static final long DRAIN_MILLIS = 5_000;

  private final RoutingContext context;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Limits limits;
  private final Fields fields;
  private @Nullable Upstream upstream;
  private @Nullable HttpClientRequest sent;
  private long bytes;
  private long timer = -1;
  private boolean isAnswered;

  Exchange(RoutingContext context, Limits limits, Fields fields) {
    this.context = context;
    this.limits = limits;
    this.fields = fields;
    request = context.request();
    response = context.response();
  }

  /** Picks the upstream by the path alone. Nothing else in a request counts. */
  void begin(List<Upstream> longestFirst, Resolver resolver, HttpClient client) {
    request.pause();
    String uri = request.uri();
    String path = uri.substring(0, (uri + "?").indexOf('?'));
    if (!isOwnName()) {
      fail(421, "This proxy does not go by the name in Host; if it should, say so with --name.");
      return;
    }
    if (NOT_FORWARDED.contains(request.method())) {
      fail(501, "This method is not forwarded.");
      return;
    }
    if (!Upstream.isNormal(path) || !uri.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#')) {
      fail(400, "The path is not in normal form: write it without //, .., ; and encoded letters.");
      return;
    }
    Upstream found = longestFirst.stream().filter(u -> u.covers(path)).findFirst().orElse(null);
    if (found == null) {
      fail(404, "No upstream has this path.");
      return;
    }
    upstream = found;
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      fail(501, "WebSockets are not forwarded.");
    } else if (fields.hasPassedHere(request.headers())) {
      fail(508, "The upstream leads back to this proxy.");
    } else if (declaredLength() > limits.body()) {
      fail(413, tooLarge());
    } else {
      String target = found.target(path, uri.substring(path.length()));
      // Not RequestOptions.setConnectTimeout: its timer holds the request until it fires.
      timer = context.vertx().setTimer(limits.connect() * 1_000L, late -> tooLateToConnect());
      resolver
          .address(context.vertx(), found)
          .compose(
              address ->
                  client.request(
                      new RequestOptions()
                          .setServer(SocketAddress.inetSocketAddress(found.port(), address))
                          .setHost(found.host())
                          .setPort(found.port())
                          .setSsl(found.isSecure())
                          .setMethod(request.method())
                          .setURI(target)))
          .onComplete(asked -> send(asked, found, target), this::fail);
    }
  }

  private void tooLateToConnect() {
    fail(504, "It has not accepted a connection within " + limits.connect() + " seconds.");
  }

  /**
   * A page whose own name is made to lead here has the proxy's origin, and needs no policy to read
   * it (DNS rebinding). That takes a name: an address cannot be made to lead elsewhere.
   */
  private boolean isOwnName() {
    HostAndPort authority = request.authority();
    String name = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    return Upstream.isAddress(name) || limits.names().contains(name);
  }

  private long declaredLength() {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private String tooLarge() {
    return "The body is larger than " + limits.body() + " bytes.";
  }

  private void send(HttpClientRequest asked, Upstream to, String target) {
    context.vertx().cancelTimer(timer);
    sent = asked;
    if (isAnswered || response.closed()) {
      asked.reset();
      return;
    }
    context.addEndHandler(
        end -> {
          context.vertx().cancelTimer(timer);
          if (end.failed()) {
            asked.reset();
          }
        });
    fields.copyRequest(request, asked.headers(), to);
    asked.exceptionHandler(broken -> {}); // The response's own handler gets it, too.
    asked.response().onComplete(answer -> answer(answer, to, target), this::fail);
    request.handler(chunk -> sendOn(asked, chunk));
    request.endHandler(
        end -> {
          if (bytes == 0 && WITH_BODY.contains(request.method())) {
            asked.putHeader("Content-Length", "0");
          }
          asked.end();
          if (!isAnswered) {
            timer = context.vertx().setTimer(limits.head() * 1_000L, late -> tooLate());
          }
        });
    request.exceptionHandler(broken -> asked.reset());
    request.resume();
  }

  private void sendOn(HttpClientRequest asked, Buffer chunk) {
    bytes += chunk.length();
    if (bytes > limits.body()) {
      fail(413, tooLarge());
    } else {
      asked.write(chunk);
      if (asked.writeQueueFull()) {
        request.pause();
        asked.drainHandler(drained -> request.resume());
      }
    }
  }

  private void tooLate() {
    fail(504, "It has not answered within " + limits.head() + " seconds.");
  }

  private void answer(HttpClientResponse answer, Upstream from, String target) {
    context.vertx().cancelTimer(timer);
    answer.exceptionHandler(broken -> {}); // Its reader gets it, too.
    if (isAnswered) {
      return;
    }
    if (answer.statusCode() == 101) {
      fail(502, "It switches to a protocol that nobody has asked for.");
      return;
    }
    isAnswered = true;
    response.setStatusCode(answer.statusCode());
    response.headers().clear(); // The policy's come again as the last, and merge Vary.
    fields.copyResponse(answer, response.headers(), from, target);
    boolean hasBody =
        request.method() != HttpMethod.HEAD
            && answer.statusCode() != 204
            && answer.statusCode() != 304;
    if (hasBody && !response.headers().contains("Content-Length")) {
      response.setChunked(true);
    }
    answer
        .pipe()
        .endOnFailure(false)
        .to(response)
        // What has been cut off must not look whole.
        .onFailure(
            broken -> {
              if (!response.closed()) {
                LOG.log(System.Logger.Level.WARNING, from.prefix() + " broke off: " + broken);
                response.reset();
              }
              answer.exceptionHandler(known -> {});
              abandon();
            });
  }

  /** Tells the page what it may know; the log has the rest. */
  private void fail(Throwable failure) {
    if (isAnswered || response.closed()) {
      return;
    }
    LOG.log(
        System.Logger.Level.WARNING, (upstream == null ? "" : upstream.prefix()) + ": " + failure);
    if (failure instanceof UnknownHostException) {
      fail(502, "Its name has no address.");
    } else if (failure instanceof Resolver.PrivateAddressException) {
      fail(502, "Its name leads into a private network; if that is meant, configure the address.");
    } else if (failure instanceof SSLException) {
      fail(502, "It does not prove by TLS who it is.");
    } else if (failure instanceof ConnectionPoolTooBusyException) {
      fail(503, "Too many requests to it are waiting.");
    } else if (failure instanceof ConnectException) {
      fail(502, "It does not accept connections.");
    } else {
      fail(502, "It has broken off, or what it answers is not HTTP.");
    }
  }

  private void fail(int status, String reason) {
    boolean isLate = isAnswered;
    isAnswered = true;
    context.vertx().cancelTimer(timer);
    abandon();
    if (isLate || response.closed()) {
      return;
    }
    JsonObject body = new JsonObject().put("status", status);
    if (upstream != null) {
      body.put("upstream", upstream.prefix());
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.put("error", reason).toBuffer());
    drain();
  }

  private void abandon() {
    if (sent != null) {
      sent.reset();
    }
  }

  private void drain() {
    if (request.isEnded()) {
      return;
    }
    request.handler(unread -> {}).exceptionHandler(gone -> {});
    long patience =
        context
            .vertx()
            .setTimer(
                DRAIN_MILLIS,
                late -> {
                  if (request.version() == HttpVersion.HTTP_2) {
                    response.reset();
                  } else {
                    request.connection().close();
                  }
                });
    request.endHandler(end -> context.vertx().cancelTimer(patience));
    request.resume();
  }
}

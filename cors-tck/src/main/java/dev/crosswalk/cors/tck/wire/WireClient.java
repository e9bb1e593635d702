package dev.crosswalk.cors.tck.wire;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client that tidies nothing: header lines go out as they are written and come back as
 * they are received. It follows no redirect, keeps no cookie, decodes no content coding.
 *
 * <p>Each exchange has a limit of time, and each response limits of size, so that no server can
 * hold a test up. Connections are kept and used again where the server allows it. Safe for use by
 * several threads; close it to close its connections.
 */
public final class WireClient implements Transport, AutoCloseable {

  /** How long an exchange may take if {@link #timeout} says nothing else. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final int MISDIRECTED = 421;
  private static final int UPGRADE_REQUIRED = 426;

  private final Duration timeout;
  private final Optional<InetSocketAddress> address;
  private final Optional<SSLContext> tls;
  private final boolean awaitsBodies;
  private final boolean http2;
  private final Map<String, Connection> idle = new HashMap<>();

  /** A client that finds servers by their names and trusts what the JDK trusts. */
  public WireClient() {
    this(DEFAULT_TIMEOUT, Optional.empty(), Optional.empty(), true, false);
  }

  private WireClient(
      Duration timeout,
      Optional<InetSocketAddress> address,
      Optional<SSLContext> tls,
      boolean awaitsBodies,
      boolean http2) {
    this.timeout = timeout;
    this.address = address;
    this.tls = tls;
    this.awaitsBodies = awaitsBodies;
    this.http2 = http2;
  }

  /**
   * Sets how long an exchange may take, from the connection to the last byte of the body.
   *
   * @param newTimeout more than zero
   * @return a new client
   * @throws IllegalArgumentException if it is not more than zero
   */
  public WireClient timeout(Duration newTimeout) {
    if (newTimeout.isZero() || newTimeout.isNegative()) {
      throw new IllegalArgumentException("a timeout is more than zero, not " + newTimeout);
    }
    return new WireClient(newTimeout, address, tls, awaitsBodies, http2);
  }

  /**
   * Sets where every server is found, whatever its name: so a test can ask for {@code
   * http://api.example/} of a server on this machine.
   *
   * @param newAddress resolved
   * @return a new client
   */
  public WireClient connectingTo(InetSocketAddress newAddress) {
    return new WireClient(timeout, Optional.of(newAddress), tls, awaitsBodies, http2);
  }

  /**
   * Sets what certificates are trusted. Names are checked against them in any case.
   *
   * @param newTls for {@code https}
   * @return a new client
   */
  public WireClient trusting(SSLContext newTls) {
    return new WireClient(timeout, address, Optional.of(newTls), awaitsBodies, http2);
  }

  /**
   * Sets who may sign the certificates of servers, beside those whom the JDK trusts.
   *
   * @param authorities certificates, an authority's or a server's own
   * @return a new client
   * @throws IllegalArgumentException if one of them cannot be used
   */
  public WireClient trusting(Collection<X509Certificate> authorities) {
    return trusting(ServerCertificate.contextWith(authorities));
  }

  /**
   * Trusts every certificate, for every host and at all times: anybody in between can answer.
   *
   * @return a new client
   */
  public WireClient trustingEveryCertificate() {
    return trusting(ServerCertificate.contextOfEverybody());
  }

  /**
   * Takes a response as it is when its headers are there, as a browser does. Of the body it keeps
   * what comes within {@value ResponseReader#MAX_EXCERPT_BYTES} bytes and a second; {@link
   * WireResponse#end} tells whether that is all. A body that breaks off is not a failure then.
   *
   * @return a new client
   */
  public WireClient notAwaitingBodies() {
    return new WireClient(timeout, address, tls, false, http2);
  }

  /**
   * Speaks HTTP/2 where a server speaks nothing else with TLS. Names of headers go out and come
   * back in lower case then, and of a body there is only its beginning.
   *
   * @return a new client
   */
  public WireClient orHttp2() {
    return new WireClient(timeout, address, tls, awaitsBodies, true);
  }

  /**
   * Sends one request. {@code Host} is added if the headers have none, and {@code Content-Length}
   * if they frame no body though there is one, or the method calls for one. All else goes out as it
   * is: the method, the case of names, several lines, empty values, bytes beyond ASCII.
   *
   * @param request its URL is {@code http} or {@code https}
   * @return the final response, which has the interim ones that came before it
   * @throws WireException if there is none
   * @throws IllegalArgumentException if the request cannot be written: a line break in a field, or
   *     a char that is not a byte. Use {@link #sendBytes} to send what is not HTTP
   */
  @Override
  public WireResponse send(WireRequest request) throws WireException {
    Url url = httpUrl(request.url());
    byte[] bytes = write(request, url);
    Connection kept = takeIdle(key(url));
    if (kept != null && kept.hasInput()) {
      // What came unasked, such as the body of a 204, is no answer: browsers connect anew, too.
      kept.close();
    } else if (kept != null) {
      try {
        WireResponse response = exchange(kept, url, bytes, request);
        if (awaitsBodies || response.status() != MISDIRECTED) {
          return response;
        }
      } catch (WireException e) {
        // The server may close a kept connection at any time, so a failure before the first byte
        // tells nothing about this request: ask once more on a new one.
        if (!kept.hadNoAnswer()) {
          throw e;
        }
      }
    }
    boolean orHttp2 = http2 && url.scheme().equals("https") && address.isEmpty();
    try {
      WireResponse response =
          exchange(Connection.open(url, address, tls, timeout), url, bytes, request);
      if (!awaitsBodies && response.status() == MISDIRECTED) {
        // https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch: the server has not
        // looked at it, so that browsers ask once more, on another connection.
        response = exchange(Connection.open(url, address, tls, timeout), url, bytes, request);
      }
      return orHttp2 && response.status() == UPGRADE_REQUIRED
          ? upgraded(request, response)
          : response;
    } catch (WireException e) {
      if (!orHttp2 || e.failure() != Failure.HTTP_2) {
        throw e;
      }
      return overHttp2(request, e);
    }
  }

  /**
   * Sends requests over HTTP/2, as browsers do where TLS offers it.
   *
   * @param url of the server
   * @return what sends them, to this server; empty if it does not take HTTP/2
   */
  public Optional<Transport> overHttp2(String url) {
    Url server = httpUrl(url);
    SSLContext context = tls.orElseGet(ServerCertificate::context);
    return server.scheme().equals("https")
            && address.isEmpty()
            && Connection.takesHttp2(server, context, timeout)
        ? Optional.of(request -> Http2Exchange.send(request, context, timeout))
        : Optional.empty();
  }

  /** A browser has chosen HTTP/2 in TLS before, and does not see this answer. */
  private WireResponse upgraded(WireRequest request, WireResponse required) {
    try {
      return overHttp2(request, new WireException(Failure.HTTP_2, "HTTP/2 is required"));
    } catch (WireException e) {
      return required;
    }
  }

  private WireResponse overHttp2(WireRequest request, WireException onlyHttp2)
      throws WireException {
    try {
      return Http2Exchange.send(request, tls.orElseGet(ServerCertificate::context), timeout);
    } catch (WireException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      // What is known is that it does not speak HTTP/1.1.
      onlyHttp2.addSuppressed(e);
      throw onlyHttp2;
    }
  }

  /**
   * Sends bytes as they are over a connection of its own, and reads the answers.
   *
   * @param url of the server; its path is ignored
   * @param bytes one char for each byte: any version, any line ends, several requests in a row
   * @param methods the method of each request whose response is awaited, in order: a response to
   *     {@code HEAD} has no body whatever its headers say
   * @return as many responses as there are methods
   * @throws WireException if one of them does not come
   */
  public List<WireResponse> sendBytes(String url, String bytes, String... methods)
      throws WireException {
    try (Connection connection = Connection.open(httpUrl(url), address, tls, timeout)) {
      connection.startClock();
      connection.write(latin1(bytes));
      List<WireResponse> responses = new ArrayList<>();
      for (String method : methods) {
        responses.add(connection.read(method, true));
      }
      connection.stopClock();
      return responses;
    }
  }

  private WireResponse exchange(Connection connection, Url url, byte[] bytes, WireRequest request)
      throws WireException {
    boolean reusable = false;
    try {
      connection.startClock();
      connection.write(bytes);
      WireResponse response = connection.read(request.method(), awaitsBodies);
      reusable = connection.isReusable() && !closes(request.headers());
      return response;
    } finally {
      connection.stopClock();
      if (reusable) {
        keep(key(url), connection);
      } else {
        connection.close();
      }
    }
  }

  private static boolean closes(Headers headers) {
    return headers.split("Connection").orElse(List.of()).stream()
        .anyMatch(option -> Bytes.equalIgnoringCase(option, "close"));
  }

  private synchronized @Nullable Connection takeIdle(String key) {
    return idle.remove(key);
  }

  private synchronized void keep(String key, Connection connection) {
    Connection other = idle.put(key, connection);
    if (other != null) {
      other.close();
    }
  }

  private static String key(Url url) {
    return url.scheme() + "://" + url.host() + ":" + url.effectivePort();
  }

  private static Url httpUrl(String text) {
    Url url = Url.of(text);
    if (!url.isHttp()) {
      throw new IllegalArgumentException("not an http or https URL: " + text);
    }
    return url;
  }

  private static byte[] write(WireRequest request, Url url) {
    Headers headers = request.headers();
    refuseLineBreaks(request.method());
    headers.forEach(field -> refuseLineBreaks(field.toString()));
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(url.target()).append(" HTTP/1.1\r\n");
    if (!headers.has("Host")) {
      head.append("Host: ").append(url.authority()).append("\r\n");
    }
    for (Headers.Field field : headers) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    boolean framed = headers.has("Content-Length") || headers.has("Transfer-Encoding");
    if (!framed && (request.body().length > 0 || anticipatesBody(request.method()))) {
      head.append("Content-Length: ").append(request.body().length).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(latin1(head.append("\r\n").toString()));
    bytes.writeBytes(request.body());
    return bytes.toByteArray();
  }

  private static void refuseLineBreaks(String text) {
    if (text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw new IllegalArgumentException("a line break or NUL in: " + text);
    }
  }

  /** RFC 9110, section 8.6: these say their length even if it is zero. */
  private static boolean anticipatesBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private static byte[] latin1(String bytes) {
    if (bytes.chars().anyMatch(c -> c > 0xFF)) {
      throw new IllegalArgumentException("a char that is not a byte in: " + bytes);
    }
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Closes the connections that are kept. */
  @Override
  public synchronized void close() {
    idle.values().forEach(Connection::close);
    idle.clear();
  }
}

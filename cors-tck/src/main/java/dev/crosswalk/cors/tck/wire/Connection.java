package dev.crosswalk.cors.tck.wire;

import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireResponse.BodyEnd;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection to a server: bytes out, responses in. */
final class Connection implements AutoCloseable {

  // One thread closes whatever is late: a blocked write or handshake has no timeout of its own.
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  /** How long the beginning of a body may take, where the body is not awaited. */
  private static final Duration EXCERPT_TIME = Duration.ofSeconds(1);

  /** How TLS names HTTP/2 (RFC 9113, section 3.2). */
  private static final String HTTP_2 = "h2";

  private List<String> protocols = List.of("http/1.1");
  private final String server;
  private final Duration timeout;
  private volatile Socket transport = new Socket(Proxy.NO_PROXY);
  private Socket socket = transport;
  private ResponseReader reader;
  private String waitingFor = "the connection";
  private volatile boolean late;
  private @Nullable ScheduledFuture<?> alarm;

  private Connection(String server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
    this.reader = new ResponseReader(server, InputStream.nullInputStream());
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "cors-tck-wire-watch");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** Connects, within the timeout; for {@code https} with TLS, and the name checked. */
  static Connection open(
      Url url, Optional<InetSocketAddress> elsewhere, Optional<SSLContext> tls, Duration timeout)
      throws WireException {
    String host = String.valueOf(url.host());
    String server = url.scheme() + "://" + url.authority();
    Connection connection = new Connection(server, timeout);
    connection.startClock();
    try {
      if (elsewhere.isPresent()) {
        connection.connect(elsewhere.get());
      } else {
        connection.connect(host, url.effectivePort());
      }
      if (url.scheme().equals("https")) {
        connection.handshake(tls.isPresent() ? tls.get() : ServerCertificate.context(), host);
      }
      connection.reader =
          new ResponseReader(server, new BufferedInputStream(connection.socket.getInputStream()));
      return connection;
    } catch (WireException e) {
      connection.close();
      throw e;
    } catch (Exception e) {
      connection.close();
      throw connection.failure(e);
    } finally {
      connection.stopClock();
    }
  }

  /** Whether a server takes HTTP/2 where TLS offers it, as browsers do. */
  static boolean takesHttp2(Url url, SSLContext tls, Duration timeout) {
    Connection connection = new Connection(url.scheme() + "://" + url.authority(), timeout);
    connection.protocols = List.of(HTTP_2, "http/1.1");
    connection.startClock();
    try {
      String host = String.valueOf(url.host());
      connection.connect(host, url.effectivePort());
      connection.handshake(tls, host);
      return connection.socket instanceof SSLSocket secure
          && HTTP_2.equals(secure.getApplicationProtocol());
    } catch (IOException e) {
      return false;
    } finally {
      connection.stopClock();
      connection.close();
    }
  }

  /** Browsers do not even ask DNS for {@code localhost}. Chrome takes this order. */
  private static InetAddress[] addresses(String host) throws UnknownHostException {
    return Host.isLocalhost(host)
        ? new InetAddress[] {InetAddress.getByName("::1"), InetAddress.getByName("127.0.0.1")}
        : InetAddress.getAllByName(host);
  }

  /** Tries each address of a name in turn: a server may listen on one of them alone. */
  private void connect(String host, int port) throws IOException {
    InetAddress[] addresses;
    try {
      addresses = addresses(host);
    } catch (UnknownHostException e) {
      throw new WireException(Failure.NO_SUCH_HOST, server + ": no such host: " + host, e);
    }
    for (int i = 0; ; i++) {
      try {
        connect(new InetSocketAddress(addresses[i], port));
        return;
      } catch (SocketException e) {
        if (i == addresses.length - 1 || late) {
          throw e;
        }
        transport.close();
        transport = new Socket(Proxy.NO_PROXY);
      }
    }
  }

  private void connect(InetSocketAddress address) throws IOException {
    transport.setTcpNoDelay(true);
    transport.connect(address, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    socket = transport;
  }

  private void handshake(SSLContext tls, String bracketedHost) throws IOException {
    waitingFor = "the TLS handshake";
    String host = bracketedHost.replaceAll("[\\[\\]]", "");
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(transport, host, transport.getPort(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(protocols.toArray(new String[0]));
    // The JDK itself names no host without a dot, such as localhost. Browsers name every host that
    // is not an address (RFC 6066 §3), and some servers have no certificate without it.
    if (!Host.isAddress(bracketedHost)) {
      String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
      byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
      parameters.setServerNames(List.of(new SNIHostName(ascii)));
    }
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    socket = secure;
  }

  /** Begins the time in which all that follows must be done, until {@link #stopClock}. */
  void startClock() {
    startClock(timeout);
  }

  private void startClock(Duration limit) {
    alarm =
        WATCH.schedule(
            () -> {
              late = true;
              close();
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  void stopClock() {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  /** Whether the last exchange ended before the first byte of a response. */
  boolean hadNoAnswer() {
    return !reader.hasAnswer() && !late;
  }

  /** Whether both sides would take another request. */
  boolean isReusable() {
    return reader.isReusable() && !late;
  }

  /** Whether there is something to read. */
  boolean hasInput() {
    return reader.hasInput();
  }

  void write(byte[] bytes) throws WireException {
    waitingFor = "the request to be taken";
    reader.expectAnswer();
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // A server may answer and close before it has read everything: then the answer counts.
      if (late || !reader.hasInput()) {
        throw failure(e);
      }
    }
  }

  /**
   * Reads the next final response.
   *
   * @param method of its request
   * @param awaitsBody whether it is whole only when its body is
   */
  WireResponse read(String method, boolean awaitsBody) throws WireException {
    try {
      if (awaitsBody) {
        WireResponse response = reader.read(method, Optional.empty());
        if (late) {
          // Some servers answer when the client leaves, as we have just done.
          waitingFor = "the response";
          throw failure(new SocketTimeoutException());
        }
        return response;
      }
      WireResponse response = reader.read(method, Optional.of(this::waitForBodyBriefly));
      // What we closed ourselves did not break.
      return late && response.end() == BodyEnd.BROKEN
          ? new WireResponse(
              response.status(),
              response.reason(),
              response.headers(),
              response.body(),
              response.head(),
              BodyEnd.NOT_AWAITED,
              response.interim())
          : response;
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      waitingFor = reader.waitingFor();
      throw failure(e);
    }
  }

  private void waitForBodyBriefly() {
    stopClock();
    startClock(EXCERPT_TIME.compareTo(timeout) < 0 ? EXCERPT_TIME : timeout);
  }

  /** One sentence for whatever went wrong. */
  private WireException failure(Exception e) {
    if (late || e instanceof SocketTimeoutException) {
      String seconds =
          timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
      return new WireException(
          Failure.TIME_OUT,
          server + ": timed out after " + seconds + " waiting for " + waitingFor,
          e);
    }
    if (e instanceof ConnectException) {
      return new WireException(Failure.CONNECTION_REFUSED, server + ": connection refused", e);
    }
    if (e instanceof SSLException && waitingFor.equals("the TLS handshake")) {
      return handshakeFailure(String.valueOf(e.getMessage()), e);
    }
    return new WireException(
        Failure.CLOSED,
        server + ": closed while we waited for " + waitingFor + ": " + e.getMessage(),
        e);
  }

  /** What the JDK says, in words that do not take knowing its classes where it happens often. */
  private WireException handshakeFailure(String message, Exception e) {
    String sentence = server + ": the TLS handshake failed: ";
    Optional<ServerCertificate.Refused> refused = ServerCertificate.refusal(e);
    if (refused.isPresent()) {
      return new WireException(refused.get().failure(), sentence + refused.get().getMessage(), e);
    }
    if (JdkComplaint.UNTRUSTED.isIn(message)) {
      String untrusted = "the certificate is not trusted: nobody whom the JDK trusts has signed it";
      return new WireException(Failure.CERTIFICATE_UNTRUSTED, sentence + untrusted, e);
    }
    if (JdkComplaint.OLD_TLS.isIn(message)) {
      String old = "the server speaks only TLS 1.0 or 1.1, and browsers want 1.2 or 1.3";
      return new WireException(Failure.TLS_VERSION, sentence + old, e);
    }
    if (JdkComplaint.NO_PROTOCOL.isIn(message)) {
      String other = server + ": the server speaks HTTP/2 here, and not HTTP/1.1";
      return new WireException(Failure.HTTP_2, other, e);
    }
    if (JdkComplaint.NOT_TLS.isIn(message)) {
      String plain = "; this port may speak plain http";
      return new WireException(Failure.NOT_TLS, sentence + message + plain, e);
    }
    return new WireException(Failure.TLS, sentence + message, e);
  }

  // The transport alone: closing TLS would wait for its own farewell.
  @Override
  public void close() {
    try {
      transport.close();
    } catch (IOException e) {
      // It is closed as far as we are concerned.
    }
  }
}

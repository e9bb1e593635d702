package dev.crosswalk.cors.tck.wire;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection to a server: bytes out, responses in. */
final class Connection implements AutoCloseable {

  /** The status line and the field lines together, interim responses included. */
  static final int MAX_HEAD_BYTES = 64 * 1024;

  /** The body, decoded of its transfer coding. */
  static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  /** Responses of class 1xx before the final one. */
  static final int MAX_INTERIM_RESPONSES = 16;

  private static final int EXCERPT_BYTES = 32;
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/(\\d)\\.(\\d) (\\d{3})(?: (.*))?", Pattern.DOTALL);

  // One thread closes whatever is late: a blocked write or handshake has no timeout of its own.
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private final String server;
  private final Duration timeout;
  private volatile Socket transport = new Socket(Proxy.NO_PROXY);
  private Socket socket = transport;
  private InputStream in = InputStream.nullInputStream();
  private StringBuilder head = new StringBuilder();
  private String waitingFor = "the connection";
  private boolean answered;
  private boolean reusable;
  private volatile boolean late;
  private @Nullable ScheduledFuture<?> alarm;

  private Connection(String server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
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
        connection.handshake(tls.isPresent() ? tls.get() : SSLContext.getDefault(), host);
      }
      connection.in = new BufferedInputStream(connection.socket.getInputStream());
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

  /** Tries each address of a name in turn: a server may listen on one of them alone. */
  private void connect(String host, int port) throws IOException {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new WireException(Failure.NO_SUCH_HOST, server + ": no such host: " + host, e);
    }
    for (int i = 0; ; i++) {
      try {
        connect(new InetSocketAddress(addresses[i], port));
        return;
      } catch (ConnectException e) {
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
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    socket = secure;
  }

  /** Begins the time in which all that follows must be done, until {@link #stopClock}. */
  void startClock() {
    alarm =
        WATCH.schedule(
            () -> {
              late = true;
              close();
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  void stopClock() {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  /** Whether the last exchange ended before the first byte of a response. */
  boolean hadNoAnswer() {
    return !answered && !late;
  }

  /** Whether both sides would take another request. */
  boolean isReusable() {
    return reusable;
  }

  void write(byte[] bytes) throws WireException {
    waitingFor = "the request to be taken";
    answered = false;
    reusable = false;
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // A server may answer and close before it has read everything: then the answer counts.
      if (late || !hasInput()) {
        throw failure(e);
      }
    }
  }

  private boolean hasInput() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads the next final response.
   *
   * @param method of its request
   */
  WireResponse read(String method) throws WireException {
    try {
      for (int i = 0; i <= MAX_INTERIM_RESPONSES; i++) {
        WireResponse response = readOne(method);
        if (response.status() >= 200 || response.status() == 101) {
          return response;
        }
      }
      throw new WireException(
          Failure.TOO_LONG,
          server + ": more than " + MAX_INTERIM_RESPONSES + " interim responses and no final one");
    } catch (WireException e) {
      reusable = false;
      throw e;
    } catch (IOException e) {
      reusable = false;
      throw failure(e);
    }
  }

  private WireResponse readOne(String method) throws IOException {
    head = new StringBuilder();
    waitingFor = "the status line";
    String start = readStart();
    Matcher status = STATUS_LINE.matcher(start + readLine());
    if (!status.matches()) {
      throw new WireException(
          Failure.NOT_HTTP, server + ": not HTTP: the first line is " + quote(head.toString()));
    }
    waitingFor = "the header fields";
    Headers headers = readFields();
    int code = Integer.parseInt(status.group(3));
    String fields = head.toString();
    waitingFor = "the body";
    boolean http10 = status.group(1).equals("1") && status.group(2).equals("0");
    reusable = !has(headers, "close") && (!http10 || has(headers, "keep-alive")) && code != 101;
    byte[] body = hasNoBody(method, code) ? new byte[0] : readBody(headers);
    String reason = status.group(4) == null ? "" : status.group(4);
    return new WireResponse(code, reason, headers, body, fields);
  }

  private static boolean has(Headers headers, String option) {
    return headers.split("Connection").orElse(List.of()).stream()
        .anyMatch(value -> Bytes.equalIgnoringCase(value, option));
  }

  /** The first five bytes, so that what is not HTTP is found out before it ends. */
  private String readStart() throws IOException {
    String expected = "HTTP/";
    for (int i = 0; i < expected.length(); i++) {
      int b = in.read();
      if (b < 0) {
        throw new WireException(
            Failure.CLOSED,
            head.isEmpty()
                ? server + ": closed without an answer"
                : server + ": closed in the middle of the status line: " + quote(head.toString()));
      }
      answered = true;
      head.append((char) b);
      if (b != expected.charAt(i)) {
        throw notHttp();
      }
    }
    return expected;
  }

  private WireException notHttp() throws IOException {
    int available = Math.min(in.available(), EXCERPT_BYTES - head.length());
    String more = new String(in.readNBytes(Math.max(0, available)), StandardCharsets.ISO_8859_1);
    // A TLS alert or handshake record (RFC 8446, section 5.1).
    boolean tls = head.charAt(0) == 0x15 || head.charAt(0) == 0x16;
    return new WireException(
        Failure.NOT_HTTP,
        server
            + ": not HTTP: the first bytes are "
            + quote(head + more)
            + (tls ? "; this port speaks TLS, so try https" : ""));
  }

  /** The rest of a line, without its CRLF or bare LF; appends it with them to the head. */
  private String readLine() throws IOException {
    int start = head.length();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new WireException(
            Failure.CLOSED, server + ": closed while we waited for " + waitingFor);
      }
      head.append((char) b);
      if (b == '\n') {
        int end = head.length() - 1;
        if (end > start && head.charAt(end - 1) == '\r') {
          end--;
        }
        return head.substring(start, end);
      }
      if (head.length() > MAX_HEAD_BYTES) {
        throw new WireException(
            Failure.TOO_LONG,
            server + ": the head of the response is longer than " + MAX_HEAD_BYTES + " bytes");
      }
    }
  }

  private Headers readFields() throws IOException {
    List<Headers.Field> fields = new ArrayList<>();
    while (true) {
      String line = readLine();
      if (line.isEmpty()) {
        return Headers.of(fields);
      }
      if (" \t".indexOf(line.charAt(0)) >= 0 && !fields.isEmpty()) {
        // A folded line, which RFC 9112, section 5.2, has us read as one with the line before.
        Headers.Field last = fields.remove(fields.size() - 1);
        fields.add(
            new Headers.Field(last.name(), last.value() + " " + Bytes.stripTabsAndSpaces(line)));
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new WireException(
            Failure.NOT_HTTP, server + ": not HTTP: a field line is " + quote(line));
      }
      fields.add(new Headers.Field(line.substring(0, colon), line.substring(colon + 1)));
    }
  }

  /** RFC 9112, section 6.3: what ends a response, in its order. */
  private static boolean hasNoBody(String method, int status) {
    return method.equals("HEAD")
        || (status >= 100 && status < 200)
        || status == 204
        || status == 304
        || (method.equals("CONNECT") && status < 300);
  }

  private byte[] readBody(Headers headers) throws IOException {
    List<String> codings = headers.split("Transfer-Encoding").orElse(List.of());
    if (!codings.isEmpty()) {
      if (Bytes.equalIgnoringCase(codings.get(codings.size() - 1), "chunked")) {
        return readChunks();
      }
      return readToEnd();
    }
    Set<String> lengths = new LinkedHashSet<>(headers.split("Content-Length").orElse(List.of()));
    if (lengths.isEmpty()) {
      return readToEnd();
    }
    String length = lengths.iterator().next();
    if (lengths.size() > 1 || !Bytes.isDigits(length)) {
      throw new WireException(
          Failure.NOT_HTTP, server + ": not HTTP: Content-Length is " + lengths);
    }
    if (length.length() > 9 || Integer.parseInt(length) > MAX_BODY_BYTES) {
      throw tooLong();
    }
    return readExactly(Integer.parseInt(length), "the body");
  }

  private byte[] readToEnd() throws IOException {
    reusable = false;
    byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw tooLong();
    }
    return body;
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      // Chunk sizes and trailers count as head bytes of their own.
      head = new StringBuilder();
      waitingFor = "the next chunk of the body";
      String line = readLine();
      String size = Bytes.stripTabsAndSpaces(line.split(";", 2)[0]);
      if (size.isEmpty() || size.length() > 7 || !size.chars().allMatch(Bytes::isHexDigit)) {
        throw new WireException(
            Failure.NOT_HTTP, server + ": not HTTP: a chunk's size is " + quote(line));
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        // Trailers: no CORS header may stand there, and no browser reads one there.
        while (!readLine().isEmpty()) {
          waitingFor = "the end of the body";
        }
        return body.toByteArray();
      }
      if (body.size() + length > MAX_BODY_BYTES) {
        throw tooLong();
      }
      body.writeBytes(readExactly(length, "a chunk of the body"));
      if (!readLine().isEmpty()) {
        throw new WireException(
            Failure.NOT_HTTP, server + ": not HTTP: a chunk is longer than its size says");
      }
    }
  }

  private byte[] readExactly(int length, String what) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new WireException(
          Failure.CLOSED,
          server
              + ": closed in the middle of "
              + what
              + ": "
              + bytes.length
              + " of "
              + length
              + " bytes came");
    }
    return bytes;
  }

  private WireException tooLong() {
    return new WireException(
        Failure.TOO_LONG, server + ": the body is longer than " + MAX_BODY_BYTES + " bytes");
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
    if (message.contains("PKIX path")) {
      String untrusted = "the certificate is not trusted: nobody whom the JDK trusts has signed it";
      return new WireException(Failure.TLS, sentence + untrusted, e);
    }
    if (message.contains("Unsupported or unrecognized")) {
      String plain = "; this port may speak plain http";
      return new WireException(Failure.NOT_TLS, sentence + message + plain, e);
    }
    return new WireException(Failure.TLS, sentence + message, e);
  }

  private static String quote(String bytes) {
    StringBuilder quoted = new StringBuilder("\"");
    String excerpt = bytes.length() > EXCERPT_BYTES ? bytes.substring(0, EXCERPT_BYTES) : bytes;
    for (char c : excerpt.stripTrailing().toCharArray()) {
      quoted.append(c < 0x20 || c > 0x7E ? String.format("\\x%02X", (int) c) : String.valueOf(c));
    }
    return quoted.append(excerpt.length() < bytes.length() ? "…\"" : "\"").toString();
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

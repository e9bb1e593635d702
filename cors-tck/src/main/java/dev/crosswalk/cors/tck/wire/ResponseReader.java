package dev.crosswalk.cors.tck.wire;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireResponse.BodyEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the responses of one connection, byte by byte as they come, within limits. */
final class ResponseReader {

  /** The status line and the field lines together. Chromium reads as much over HTTP/1.1. */
  static final int MAX_HEAD_BYTES = 256 * 1024;

  /** The body, decoded of its transfer coding. */
  static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  /** The body's beginning, where the rest is not awaited. */
  static final int MAX_EXCERPT_BYTES = 64 * 1024;

  /** Responses of class 1xx before the final one. */
  static final int MAX_INTERIM_RESPONSES = 16;

  /** The same for who reads as browsers do, which have no limit. */
  static final int MAX_INTERIM_RESPONSES_OF_BROWSERS = 1_000;

  private static final int FRAME_HEADER_BYTES = 9;
  private static final char SETTINGS = 4;
  private static final char GOAWAY = 7;
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int EXCERPT_BYTES = 32;

  /**
   * Bytes that may stand before a status line: what is left of a response whose length was counted
   * without them, most often line ends. Chromium and Firefox skip as many.
   */
  private static final int MAX_BYTES_BEFORE_START = 4;

  private static final String HTTP = "HTTP";

  private final String server;
  private final InputStream in;
  private StringBuilder head = new StringBuilder();
  private ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int maxBodyBytes = MAX_BODY_BYTES;
  private String waitingFor = "";
  private boolean answered;
  private boolean reusable;
  private boolean asBrowsers;
  private boolean readsBody;

  /**
   * @param server its address, with which messages begin
   */
  ResponseReader(String server, InputStream in) {
    this.server = server;
    this.in = in;
  }

  /** A request goes out: nothing of what comes is about the one before. */
  void expectAnswer() {
    answered = false;
    reusable = false;
  }

  /** Whether a byte has come since. */
  boolean hasAnswer() {
    return answered;
  }

  /** Whether both sides would take another request after this response. */
  boolean isReusable() {
    return reusable;
  }

  /** What has not come, if reading has failed. */
  String waitingFor() {
    return waitingFor;
  }

  boolean hasInput() {
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
   * @param beforeBody runs when the head is there and its body is not awaited; then the head is
   *     read as browsers read it, which take much that is no HTTP
   * @throws WireException if what comes is not a response, or too long
   * @throws IOException if the connection fails
   */
  WireResponse read(String method, Optional<Runnable> beforeBody) throws IOException {
    asBrowsers = beforeBody.isPresent();
    int limit = asBrowsers ? MAX_INTERIM_RESPONSES_OF_BROWSERS : MAX_INTERIM_RESPONSES;
    try {
      List<WireResponse> interim = new ArrayList<>();
      for (int i = 0; i <= limit; i++) {
        WireResponse response = readOne(method, beforeBody);
        if (!StatusLine.isInterim(response.status())) {
          return response.after(interim);
        }
        interim.add(response);
      }
    } catch (IOException e) {
      reusable = false;
      throw e;
    }
    reusable = false;
    throw failure(Failure.TOO_LONG, "more than " + limit + " interim responses and no final one");
  }

  private WireResponse readOne(String method, Optional<Runnable> beforeBody) throws IOException {
    head = new StringBuilder();
    readsBody = false;
    waitingFor = "the status line";
    String start = asBrowsers ? readStartAsBrowsers() : readStart();
    String line = start + readLine();
    StatusLine status =
        StatusLine.of(line, asBrowsers)
            .orElseThrow(
                () ->
                    failure(
                        Failure.NOT_HTTP, "not HTTP: the first line is " + quote(head.toString())));
    waitingFor = "the header fields";
    Headers headers = readFields();
    String fields = head.toString();
    waitingFor = "the body";
    readsBody = true;
    reusable =
        !has(headers, "close")
            && (!status.isOld() || has(headers, "keep-alive"))
            && status.code() != 101;
    body = new ByteArrayOutputStream();
    BodyEnd end = BodyEnd.WHOLE;
    if (!status.hasNoBody(method)) {
      end = beforeBody.isPresent() ? readExcerpt(headers, beforeBody.get()) : readWhole(headers);
    }
    return new WireResponse(
        status.code(), status.reason(), headers, body.toByteArray(), fields, end);
  }

  private BodyEnd readWhole(Headers headers) throws IOException {
    maxBodyBytes = MAX_BODY_BYTES;
    readBody(headers);
    return BodyEnd.WHOLE;
  }

  /** Whatever happens to the body, the response came. */
  private BodyEnd readExcerpt(Headers headers, Runnable beforeBody) {
    beforeBody.run();
    maxBodyBytes = MAX_EXCERPT_BYTES;
    try {
      readBody(headers);
      return BodyEnd.WHOLE;
    } catch (IOException e) {
      reusable = false;
      boolean tooLong = e instanceof WireException wire && wire.failure() == Failure.TOO_LONG;
      if (tooLong && body.size() == 0) {
        keepBeginning();
      }
      return tooLong ? BodyEnd.NOT_AWAITED : BodyEnd.BROKEN;
    }
  }

  private void keepBeginning() {
    try {
      keepSome(BUFFER_BYTES);
    } catch (IOException e) {
      // Then nothing of it is known.
    }
  }

  private static boolean has(Headers headers, String option) {
    return headers.split("Connection").orElse(List.of()).stream()
        .anyMatch(value -> Bytes.equalIgnoringCase(value, option));
  }

  /** The first five bytes, so that what is not HTTP is found out before it ends. */
  private String readStart() throws IOException {
    String expected = "HTTP/";
    int skipped = 0;
    for (int i = 0; i < expected.length(); i++) {
      int b = in.read();
      while (i == 0 && (b == '\r' || b == '\n') && skipped < MAX_BYTES_BEFORE_START) {
        skipped++;
        b = in.read();
      }
      if (b < 0) {
        throw failure(
            Failure.CLOSED,
            head.isEmpty()
                ? "closed without an answer"
                : "closed in the middle of the status line: " + quote(head.toString()));
      }
      answered = true;
      head.append((char) b);
      if (b != expected.charAt(i)) {
        throw notHttp();
      }
    }
    return expected;
  }

  /** The same within the bytes that browsers look at, in any case, and of a stream of music. */
  private String readStartAsBrowsers() throws IOException {
    while (true) {
      int b = in.read();
      if (b < 0) {
        if (head.isEmpty()) {
          throw failure(Failure.CLOSED, "closed without an answer");
        }
        throw notHttp();
      }
      answered = true;
      head.append((char) b);
      int start = Math.max(0, head.length() - HTTP.length());
      String word = head.substring(start);
      if (Bytes.equalIgnoringCase(word, HTTP) || word.equals(StatusLine.ICY) && start == 0) {
        return word;
      }
      boolean binary = head.charAt(0) == 0 || isTls();
      if (binary || head.length() == HTTP.length() + MAX_BYTES_BEFORE_START) {
        throw notHttp();
      }
    }
  }

  /** A TLS alert or handshake record (RFC 8446, section 5.1). */
  private boolean isTls() {
    return head.charAt(0) == 0x15 || head.charAt(0) == 0x16;
  }

  private WireException notHttp() throws IOException {
    if (isHttp2()) {
      throw failure(Failure.HTTP_2, "the server speaks HTTP/2 here, and not HTTP/1.1");
    }
    int available = Math.min(in.available(), EXCERPT_BYTES - head.length());
    String more = new String(in.readNBytes(Math.max(0, available)), StandardCharsets.ISO_8859_1);
    String advice = isTls() ? "; this port speaks TLS, so try https" : "";
    return failure(
        Failure.NOT_HTTP, "not HTTP: the first bytes are " + quote(head + more) + advice);
  }

  /**
   * Whether this is the header of a first frame, SETTINGS or GOAWAY, on stream 0 (RFC 9113,
   * sections 3.4 and 4.1): a length of 3 bytes, the type, the flags, the stream.
   */
  private boolean isHttp2() throws IOException {
    if (head.charAt(0) != 0) {
      return false;
    }
    while (head.length() < FRAME_HEADER_BYTES) {
      int b = in.read();
      if (b < 0) {
        return false;
      }
      head.append((char) b);
    }
    boolean connection = head.substring(FRAME_HEADER_BYTES - 4).equals("\0\0\0\0");
    return connection && (head.charAt(3) == SETTINGS || head.charAt(3) == GOAWAY);
  }

  /** The rest of a line, without its CRLF or bare LF; appends it with them to the head. */
  private String readLine() throws IOException {
    int start = head.length();
    while (true) {
      int b = in.read();
      if (b < 0 && asBrowsers && !server.startsWith("https:") && !readsBody) {
        // Without TLS, browsers take the end of the connection for that of the head.
        return head.substring(start).replaceFirst("[\r\n]+$", "");
      }
      if (b < 0) {
        throw failure(Failure.CLOSED, "closed while we waited for " + waitingFor);
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
        throw failure(
            Failure.TOO_LONG,
            "the head of the response is longer than " + MAX_HEAD_BYTES + " bytes");
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
        // Not a field, and no reason for a browser to refuse the response: it stays in the head.
        continue;
      }
      fields.add(new Headers.Field(line.substring(0, colon), line.substring(colon + 1)));
    }
  }

  private void readBody(Headers headers) throws IOException {
    List<String> codings = headers.split("Transfer-Encoding").orElse(List.of());
    if (!codings.isEmpty()) {
      if (Bytes.equalIgnoringCase(codings.get(codings.size() - 1), "chunked")) {
        readChunks();
      } else {
        readToEnd();
      }
      return;
    }
    Set<String> lengths = new LinkedHashSet<>(headers.split("Content-Length").orElse(List.of()));
    if (lengths.isEmpty()) {
      readToEnd();
      return;
    }
    String length = lengths.iterator().next();
    if (asBrowsers && lengths.size() == 1 && !Bytes.isDigits(length)) {
      // Browsers take that for no length.
      readToEnd();
      return;
    }
    if (lengths.size() > 1 || !Bytes.isDigits(length)) {
      throw failure(
          Failure.NOT_HTTP, "not HTTP: Content-Length is " + quote(String.join(", ", lengths)));
    }
    if (length.length() > 9 || Integer.parseInt(length) > maxBodyBytes) {
      throw tooLong();
    }
    readExactly(Integer.parseInt(length), "the body");
  }

  private void readToEnd() throws IOException {
    reusable = false;
    while (keepSome(maxBodyBytes + 1 - body.size()) >= 0) {
      if (body.size() > maxBodyBytes) {
        throw tooLong();
      }
    }
  }

  private void readChunks() throws IOException {
    while (true) {
      // Chunk sizes and trailers count as head bytes of their own.
      head = new StringBuilder();
      waitingFor = "the next chunk of the body";
      String line = readLine();
      String size = Bytes.stripTabsAndSpaces(line.split(";", 2)[0]);
      if (size.isEmpty() || size.length() > 7 || !size.chars().allMatch(Bytes::isHexDigit)) {
        throw failure(Failure.NOT_HTTP, "not HTTP: a chunk's size is " + quote(line));
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        // Trailers: no CORS header may be one, and no browser reads one there.
        while (!readLine().isEmpty()) {
          waitingFor = "the end of the body";
        }
        return;
      }
      if (body.size() + length > maxBodyBytes) {
        throw tooLong();
      }
      readExactly(length, "a chunk of the body");
      if (!readLine().isEmpty()) {
        throw failure(Failure.NOT_HTTP, "not HTTP: a chunk is longer than its size says");
      }
    }
  }

  private void readExactly(int length, String what) throws IOException {
    int before = body.size();
    while (body.size() - before < length) {
      if (keepSome(length - (body.size() - before)) < 0) {
        throw failure(
            Failure.CLOSED,
            "closed in the middle of %s: %s of %s bytes came"
                .formatted(what, body.size() - before, length));
      }
    }
  }

  /** Keeps what is there, so that it is not lost if no more comes. Below 0 at the end. */
  private int keepSome(int atMost) throws IOException {
    byte[] some = new byte[Math.min(atMost, BUFFER_BYTES)];
    int count = in.read(some);
    body.write(some, 0, Math.max(0, count));
    return count;
  }

  private WireException failure(Failure failure, String sentence) {
    return new WireException(failure, server + ": " + sentence);
  }

  private WireException tooLong() {
    return failure(Failure.TOO_LONG, "the body is longer than " + maxBodyBytes + " bytes");
  }

  private static String quote(String bytes) {
    StringBuilder quoted = new StringBuilder("\"");
    String excerpt = bytes.length() > EXCERPT_BYTES ? bytes.substring(0, EXCERPT_BYTES) : bytes;
    for (char c : excerpt.stripTrailing().toCharArray()) {
      quoted.append(c < 0x20 || c > 0x7E ? String.format("\\x%02X", (int) c) : String.valueOf(c));
    }
    return quoted.append(excerpt.length() < bytes.length() ? "…\"" : "\"").toString();
  }
}

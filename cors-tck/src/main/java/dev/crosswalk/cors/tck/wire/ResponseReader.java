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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final int FRAME_HEADER_BYTES = 9;
  private static final char SETTINGS = 4;
  private static final char GOAWAY = 7;
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int EXCERPT_BYTES = 32;

  /** Browsers take a version without a minor number, and several spaces, as well. */
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/(\\d)(?:\\.(\\d))? +(\\d{3})(?: (.*))?", Pattern.DOTALL);

  /**
   * Line ends that may stand before a status line: what is left of a response whose length was
   * counted without them. Chromium and Firefox skip as many.
   */
  private static final int MAX_BYTES_BEFORE_START = 4;

  private final String server;
  private final InputStream in;
  private StringBuilder head = new StringBuilder();
  private ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int maxBodyBytes = MAX_BODY_BYTES;
  private String waitingFor = "";
  private boolean answered;
  private boolean reusable;

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
   * @param beforeBody runs when the head is there and its body is not awaited
   * @throws WireException if what comes is not a response, or too long
   * @throws IOException if the connection fails
   */
  WireResponse read(String method, Optional<Runnable> beforeBody) throws IOException {
    try {
      List<WireResponse> interim = new ArrayList<>();
      for (int i = 0; i <= MAX_INTERIM_RESPONSES; i++) {
        WireResponse response = readOne(method, beforeBody);
        if (response.status() >= 200 || response.status() == 101) {
          return response.after(interim);
        }
        interim.add(response);
      }
    } catch (IOException e) {
      reusable = false;
      throw e;
    }
    reusable = false;
    throw failure(
        Failure.TOO_LONG,
        "more than " + MAX_INTERIM_RESPONSES + " interim responses and no final one");
  }

  private WireResponse readOne(String method, Optional<Runnable> beforeBody) throws IOException {
    head = new StringBuilder();
    waitingFor = "the status line";
    String start = readStart();
    Matcher status = STATUS_LINE.matcher(start + readLine());
    if (!status.matches()) {
      throw failure(Failure.NOT_HTTP, "not HTTP: the first line is " + quote(head.toString()));
    }
    waitingFor = "the header fields";
    Headers headers = readFields();
    int code = Integer.parseInt(status.group(3));
    String fields = head.toString();
    waitingFor = "the body";
    boolean http10 = status.group(1).equals("1") && "0".equals(status.group(2));
    reusable = !has(headers, "close") && (!http10 || has(headers, "keep-alive")) && code != 101;
    String reason = status.group(4) == null ? "" : status.group(4);
    body = new ByteArrayOutputStream();
    BodyEnd end = BodyEnd.WHOLE;
    if (!hasNoBody(method, code)) {
      end = beforeBody.isPresent() ? readExcerpt(headers, beforeBody.get()) : readWhole(headers);
    }
    return new WireResponse(code, reason, headers, body.toByteArray(), fields, end);
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

  private WireException notHttp() throws IOException {
    if (isHttp2()) {
      throw failure(Failure.HTTP_2, "the server speaks HTTP/2 here, and not HTTP/1.1");
    }
    int available = Math.min(in.available(), EXCERPT_BYTES - head.length());
    String more = new String(in.readNBytes(Math.max(0, available)), StandardCharsets.ISO_8859_1);
    // A TLS alert or handshake record (RFC 8446, section 5.1).
    boolean tls = head.charAt(0) == 0x15 || head.charAt(0) == 0x16;
    String advice = tls ? "; this port speaks TLS, so try https" : "";
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

  /** RFC 9112, section 6.3: what ends a response, in its order. */
  private static boolean hasNoBody(String method, int status) {
    return method.equals("HEAD")
        || (status >= 100 && status < 200)
        || status == 204
        || status == 304
        || (method.equals("CONNECT") && status < 300);
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

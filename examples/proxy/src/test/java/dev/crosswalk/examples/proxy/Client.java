package dev.crosswalk.examples.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A client that sends what it is told, and shows what came back as it came. */
final class Client implements AutoCloseable {

  private final Socket socket;

  Client(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
  }

  /** Sends a request that ends its connection, and returns all of the answer. */
  static Answer send(int port, String requestLine, String... fields) throws IOException {
    try (Client client = new Client(port)) {
      return client.write(request(requestLine, fields)).readAll();
    }
  }

  static String request(String requestLine, String... fields) {
    boolean hasHost = Arrays.stream(fields).anyMatch(field -> field.startsWith("Host:"));
    return requestLine
        + " HTTP/1.1\r\n"
        + (hasHost ? "" : "Host: 127.0.0.1\r\n")
        + "Connection: close\r\n"
        + String.join("", Arrays.stream(fields).map(field -> field + "\r\n").toList())
        + "\r\n";
  }

  Client write(String text) throws IOException {
    return write(text.getBytes(ISO_8859_1));
  }

  Client write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  /** Reads until what has been read ends so. */
  String readUntil(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int read = in().read();
      if (read < 0) {
        throw new IOException("The connection ended behind: " + text);
      }
      text.append((char) read);
    }
    return text.toString();
  }

  Answer readAll() throws IOException {
    return new Answer(new String(in().readAllBytes(), ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** What came back. */
  record Answer(String text) {

    int status() {
      return Integer.parseInt(text.substring(9, 12));
    }

    String head() {
      return text.substring(0, text.indexOf("\r\n\r\n"));
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    /** The lines of a field, each its value. */
    List<String> field(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head()
          .lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }
  }
}

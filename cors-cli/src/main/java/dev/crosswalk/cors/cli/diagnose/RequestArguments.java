package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.terminal.GivenOrigin;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.url.Url;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The URL and the page's origin, as somebody types them. What is wrong is said by an {@link
 * IllegalArgumentException} whose message is a sentence.
 */
final class RequestArguments {

  private static final int MAX_DATA_BYTES = 8 * 1024 * 1024;

  private RequestArguments() {}

  static String url(String text) {
    String lower = Bytes.lowerCase(text);
    GivenOrigin.withoutScheme(text)
        .ifPresent(
            sentence -> {
              throw new IllegalArgumentException(sentence + ".");
            });
    if (!lower.startsWith("http://") && !lower.startsWith("https://") && !isWebSocket(text)) {
      throw new IllegalArgumentException(
          "The URL "
              + printable(text)
              + " is neither http nor https, and scripts can call other origins for nothing else.");
    }
    if (Url.parse(text).isEmpty()) {
      throw new IllegalArgumentException(
          "The URL " + printable(text) + " cannot be read: write it as https://host:port/path.");
    }
    return text;
  }

  /** Whether a URL is of a WebSocket. */
  static boolean isWebSocket(String url) {
    String lower = Bytes.lowerCase(url);
    return lower.startsWith("ws://") || lower.startsWith("wss://");
  }

  /** The same URL for HTTP, by which a WebSocket begins. */
  static String asHttp(String url) {
    return isWebSocket(url) ? "http" + url.substring("ws".length()) : url;
  }

  static String origin(String text) {
    if (text.equals("null")) {
      return text;
    }
    if (!text.contains("://")) {
      throw new IllegalArgumentException(
          "--origin "
              + printable(text)
              + " has no scheme: write --origin "
              + printable(GivenOrigin.withScheme(text))
              + ".");
    }
    boolean http =
        Bytes.lowerCase(text).startsWith("http://") || Bytes.lowerCase(text).startsWith("https://");
    Optional<Url> url = Url.parse(text);
    if (http && url.isPresent()) {
      String serialized = url.get().origin().serialize();
      if (!serialized.equals(text)) {
        throw new IllegalArgumentException(
            "--origin "
                + printable(text)
                + " is not an origin: "
                + (text.indexOf('/', text.indexOf("://") + 3) >= 0
                    ? "it has a slash or a path after the host"
                    : "it is not in the form in which browsers write it")
                + ". Write --origin "
                + serialized
                + ".");
      }
    } else if (http || !Origin.isOriginOrNull(text)) {
      throw new IllegalArgumentException(
          "--origin "
              + printable(text)
              + " is not an origin: write it as https://app.example.com.");
    }
    return text;
  }

  /** Certificates in a PEM file. */
  static Collection<X509Certificate> certificates(Path file) {
    List<X509Certificate> certificates = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) certificate);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          Usage.unreadable("--cacert " + printable(file.toString()), e), e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "--cacert " + printable(file.toString()) + " is not a file of certificates in PEM.", e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "--cacert " + printable(file.toString()) + " has no certificate.");
    }
    return certificates;
  }

  /** Whether fetch() refuses a URL, as it includes a user name or a password. */
  static boolean hasUserInfo(String url) {
    return Url.parse(url).filter(Url::includesCredentials).isPresent();
  }

  /** The same URL without a user name and a password. */
  static String withoutUserInfo(String url) {
    if (!hasUserInfo(url)) {
      return url;
    }
    Url parsed = Url.of(url);
    return parsed.scheme() + "://" + parsed.authority() + parsed.target();
  }

  static String printable(String text) {
    return GivenOrigin.shown(text);
  }

  /**
   * The body of the request.
   *
   * @param text the body itself, or @ and the name of a file that holds it
   */
  static byte[] body(String text) {
    if (!text.startsWith("@")) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    String file = text.substring(1);
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_DATA_BYTES + 1);
      if (bytes.length > MAX_DATA_BYTES) {
        throw new IllegalArgumentException(
            "--data " + printable(text) + " is longer than " + MAX_DATA_BYTES + " bytes.");
      }
      return bytes;
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(Usage.unreadable("--data " + printable(text), e), e);
    }
  }

  /** For a preflight that somebody copied, what to write instead; empty if it is none. */
  static Optional<String> insteadOfPreflight(@Nullable String method, List<String> headers) {
    Optional<String> asked = value(headers, "access-control-request-method");
    if (!"OPTIONS".equals(method) || asked.isEmpty()) {
      return Optional.empty();
    }
    String names =
        value(headers, "access-control-request-headers").stream()
            .flatMap(list -> Stream.of(list.split(",")))
            .map(String::strip)
            .filter(Bytes::isToken)
            .map(name -> " -H '" + name + ": …'")
            .collect(Collectors.joining());
    return Optional.of(
        "That is the preflight itself, which diagnose sends as a browser does. Copy the request behind it"
            + " ("
            + Printable.printable(asked.get())
            + ") instead, or write -X "
            + Printable.printable(asked.get())
            + names
            + ".");
  }

  private static Optional<String> value(List<String> headers, String name) {
    return headers.stream()
        .filter(line -> Bytes.lowerCase(line).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}

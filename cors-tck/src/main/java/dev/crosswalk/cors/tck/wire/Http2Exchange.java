package dev.crosswalk.cors.tck.wire;

import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireResponse.BodyEnd;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A request to a server that speaks nothing but HTTP/2, by the JDK's client. Names of headers are
 * in lower case there, and there is no reason beside a status.
 */
final class Http2Exchange {

  /** How long the beginning of a body may take. */
  private static final long EXCERPT_SECONDS = 1;

  private Http2Exchange() {}

  /**
   * Sends a request, on a connection of its own.
   *
   * @return the response, and of its body what comes soon
   * @throws WireException if the certificate is not trusted, or the server ends the stream or the
   *     connection, as it does to a browser
   * @throws IOException if no response comes for another reason, which may be the client's own
   */
  static WireResponse send(WireRequest request, SSLContext tls, Duration timeout)
      throws IOException {
    return send(request, tls, timeout, true);
  }

  private static WireResponse send(
      WireRequest request, SSLContext tls, Duration timeout, boolean again) throws IOException {
    try {
      return sendOnce(request, tls, timeout);
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      // A server that closes a connection by GOAWAY answers on the next one.
      if (again && isGoAway(e)) {
        return send(request, tls, timeout, false);
      }
      throw failure(request, e);
    }
  }

  private static boolean isGoAway(IOException e) {
    return JdkComplaint.GOAWAY.isIn(e.getMessage())
        || JdkComplaint.NOT_PROCESSED.isIn(e.getMessage()) && !isOfReset(e);
  }

  /** Whether the frame RST_STREAM made the client complain; where its sentence does not tell. */
  private static boolean isOfReset(IOException e) {
    Throwable first = e.getCause() == null ? e : e.getCause();
    return Arrays.stream(first.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("incoming_reset"));
  }

  /** The name of the code with which the server ended the stream, if it did. */
  private static Optional<String> reset(IOException e) {
    return JdkComplaint.NOT_PROCESSED.isIn(e.getMessage()) && isOfReset(e)
        ? Optional.of("Stream not processed")
        : JdkComplaint.RESET.named(e.getMessage());
  }

  private static IOException failure(WireRequest request, IOException e) {
    if (isGoAway(e) || e instanceof EOFException || e.getCause() instanceof EOFException) {
      return new WireException(
          Failure.CLOSED, server(request) + ": closed over HTTP/2 without an answer", e);
    }
    if (JdkComplaint.NOT_HTTP_2.isIn(e.getMessage())) {
      return new WireException(
          Failure.NOT_HTTP, server(request) + ": not HTTP/2: " + e.getMessage(), e);
    }
    Optional<String> reset = reset(e);
    if (reset.isPresent()) {
      return new WireException(
          Failure.CLOSED,
          server(request)
              + ": the server reset the stream over HTTP/2 without an answer ("
              + reset.get()
              + ")",
          e);
    }
    if (JdkComplaint.NO_PROTOCOL.isIn(e.getMessage())) {
      return new WireException(
          Failure.TLS, server(request) + ": the TLS handshake failed: " + e.getMessage(), e);
    }
    return e;
  }

  private static String server(WireRequest request) {
    Url url = Url.of(request.url());
    return url.scheme() + "://" + url.authority();
  }

  private static WireResponse sendOnce(WireRequest request, SSLContext tls, Duration timeout)
      throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .proxy(HttpClient.Builder.NO_PROXY)
            .sslContext(tls)
            .connectTimeout(timeout)
            .build();
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(URI.create(request.url()))
            .timeout(timeout)
            .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(field -> sent.header(field.name(), field.value()));
    try {
      return read(client.send(sent.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (IOException e) {
      Optional<ServerCertificate.Refused> refused = ServerCertificate.refusal(e);
      if (refused.isPresent()) {
        Failure failure = refused.get().failure();
        throw new WireException(failure, String.valueOf(refused.get().getMessage()), e);
      }
      throw e;
    }
  }

  private static WireResponse read(HttpResponse<InputStream> response) {
    List<Headers.Field> fields = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!name.startsWith(":")) {
                values.forEach(value -> fields.add(new Headers.Field(name, value)));
              }
            });
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    BodyEnd end = excerpt(response.body(), body);
    return new WireResponse(
        response.statusCode(), "", Headers.of(fields), body.toByteArray(), "", end);
  }

  private static BodyEnd excerpt(InputStream in, ByteArrayOutputStream body) {
    // A read that waits ends when the stream is closed.
    CompletableFuture<Void> alarm =
        CompletableFuture.runAsync(
            () -> close(in), CompletableFuture.delayedExecutor(EXCERPT_SECONDS, TimeUnit.SECONDS));
    try {
      byte[] buffer = new byte[8 * 1024];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        body.write(buffer, 0, Math.min(read, ResponseReader.MAX_EXCERPT_BYTES - body.size()));
        if (body.size() == ResponseReader.MAX_EXCERPT_BYTES) {
          return BodyEnd.NOT_AWAITED;
        }
      }
      return alarm.isDone() ? BodyEnd.NOT_AWAITED : BodyEnd.WHOLE;
    } catch (IOException e) {
      return alarm.isDone() ? BodyEnd.NOT_AWAITED : BodyEnd.BROKEN;
    } finally {
      alarm.cancel(false);
      close(in);
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // It is closed as far as we are concerned.
    }
  }
}

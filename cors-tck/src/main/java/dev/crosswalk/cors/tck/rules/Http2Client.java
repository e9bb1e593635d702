package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** The JDK's client, which offers HTTP/2 with its first request and keeps to it if accepted. */
final class Http2Client {

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_2)
          .connectTimeout(WireClient.DEFAULT_TIMEOUT)
          .build();

  /**
   * Sends a request, and adds what a client of HTTP/2 must.
   *
   * @throws TestAbortedException if the server does not speak HTTP/2 without TLS
   */
  WireResponse send(WireRequest request) throws InterruptedException {
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(URI.create(request.url()))
            .timeout(WireClient.DEFAULT_TIMEOUT)
            .method(request.method(), HttpRequest.BodyPublishers.noBody());
    request.headers().forEach(field -> sent.header(field.name(), field.value()));
    HttpResponse<String> response;
    try {
      response = client.send(sent.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(
          "a request that offers HTTP/2 should get an answer, but there is none: " + e, e);
    }
    if (response.version() != HttpClient.Version.HTTP_2) {
      throw new TestAbortedException("the server speaks no HTTP/2 without TLS");
    }
    List<Headers.Field> fields = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(v -> fields.add(new Headers.Field(name, v))));
    return new WireResponse(response.statusCode(), Headers.of(fields));
  }
}

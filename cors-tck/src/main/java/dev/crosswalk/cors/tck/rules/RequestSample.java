package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests that browsers can make, at random, and again the same for the same seed. */
final class RequestSample {

  /** Allowed by one policy or another, and what looks like it. */
  private static final List<String> ORIGINS =
      List.of(
          """
          https://app.tck.example https://admin.tck.example https://app.tck.example:8443
          http://app.tck.example https://x.app.tck.example https://app.tck.example.evil.example
          https://tck.example https://a.sub.tck.example https://a.b.sub.tck.example
          https://sub.tck.example https://evilsub.tck.example http://a.sub.tck.example
          https://a.sub.tck.example:8443 https://app-1-team.tck.example
          https://app-1.evil-team.tck.example https://app--team.tck.example http://localhost
          http://localhost:3000 http://localhost:65535 https://localhost:3000
          http://127.0.0.1:3000 http://[::1]:3000 https://my_app.tck.example
          https://xn--bcher-kva.tck.example capacitor://localhost
          chrome-extension://abcdefghijklmnopabcdefghijklmnop https://evil.example null
          """
              .split("\\s+"));

  private static final List<String> USUAL_METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private static final List<String> ODD_METHODS =
      List.of("patch", "QUERY", "PURGE", "CHICKEN", "TacO", "TACO", "x!y", "*");

  private static final String[][] HEADERS = {
    {"Content-Type", "application/json"},
    {"Content-Type", "text/plain"},
    {"Accept", "text/html"},
    {"Accept-Language", "\"unsafe\""},
    {"Authorization", "Bearer x"},
    {"X-Tck", "1"},
    {"x-tck-other", "1"},
    {"X-Secret", "1"},
    {"x_tck.special!", "1"},
    {"Range", "bytes=0-4"},
    {"Range", "bytes=0-4,6-8"},
    {"Cookie", "no script sets it"},
    {"*", "1"},
  };

  private final Random random;
  private final boolean odd;

  /**
   * @param odd whether there are methods that some servers refuse before they ask anybody
   */
  RequestSample(long seed, boolean odd) {
    this.random = new Random(seed);
    this.odd = odd;
  }

  Request next(String url) {
    List<String> methods = new ArrayList<>(USUAL_METHODS);
    if (odd) {
      methods.addAll(ODD_METHODS);
    }
    Request request =
        Request.from(any(ORIGINS), any(methods), url)
            .credentials(any(List.of(Credentials.values())));
    for (int i = random.nextInt(4); i > 0; i--) {
      String[] header = HEADERS[random.nextInt(HEADERS.length)];
      request = request.header(header[0], header[1]);
    }
    if (random.nextInt(8) == 0) {
      request = request.initiator(Initiator.XHR).withUploadListeners();
    }
    return request;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** The request as a command. */
  static String curl(Request request) {
    StringBuilder command = new StringBuilder("curl -i -X ").append(request.method());
    command.append(" -H 'Origin: ").append(request.origin()).append('\'');
    for (Headers.Field field : request.headers()) {
      command.append(" -H '").append(field).append('\'');
    }
    command.append(" '").append(request.url()).append('\'');
    command.append("  # credentials mode ");
    return command.append(Bytes.lowerCase(request.credentials().name())).toString();
  }
}

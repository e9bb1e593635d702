package dev.crosswalk.cors.tck.browser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Shared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;

/**
 * The CORS check: whether a response's headers share it with an origin.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-cors-check">Fetch: CORS check</a>
 */
public final class CorsCheck {

  private static final String NAME = "Access-Control-Allow-Origin";

  private CorsCheck() {}

  /**
   * Checks a response.
   *
   * @param response its headers
   * @param include whether the request's credentials mode is "include"
   * @param where tells the request's origin, serialized, which redirects may have turned to null
   * @return shared, or the step that fails
   */
  public static Verdict of(Headers response, boolean include, Where where) {
    List<String> lines = response.lines(NAME);
    // Steps 1 and 2. An absent header is not the value "null".
    if (lines.isEmpty()) {
      return new NotShared(Cause.ACAO_MISSING, "", lines, where);
    }
    String value = String.join(", ", lines);
    // Step 3.
    if (!include && value.equals("*")) {
      return new Shared();
    }
    // Step 4: equal byte for byte; no list, no case folding, no default port, no final slash.
    if (!value.equals(where.origin())) {
      return new NotShared(whyUnequal(value, lines.size()), twiceAsNamed(response), lines, where);
    }
    // Step 5.
    if (!include) {
      return new Shared();
    }
    // Steps 6 to 8: case matters.
    List<String> credentials = response.lines("Access-Control-Allow-Credentials");
    return String.join(", ", credentials).equals("true")
        ? new Shared()
        : new NotShared(Cause.ACAC_NOT_TRUE, "", credentials, where);
  }

  // Firefox looks for a second line by the name's own letters, and combines the others.
  private static String twiceAsNamed(Headers response) {
    long lines = response.fields().stream().filter(field -> field.name().equals(NAME)).count();
    return lines > 1 ? NAME : "";
  }

  // The standard only says "failure". The order of the causes is Chromium's, which tells most.
  private static Cause whyUnequal(String value, int lines) {
    if (value.equals("*")) {
      return Cause.ACAO_WILDCARD_CREDENTIALS;
    }
    if (lines > 1 || value.contains(" ") || value.contains(",")) {
      return Cause.ACAO_MULTIPLE;
    }
    if (value.equals("null")) {
      return Cause.ACAO_MISMATCH;
    }
    // Chromium reads the bytes as UTF-8, and some characters of Unicode are no part of a host.
    String text = new String(value.getBytes(ISO_8859_1), UTF_8);
    return Url.parse(text).isEmpty() ? Cause.ACAO_INVALID : Cause.ACAO_MISMATCH;
  }
}

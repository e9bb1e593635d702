package dev.crosswalk.cors.bench.decision;

import dev.crosswalk.cors.RequestReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The plainest request there is: a method and the headers that matter, in fields. Reading it makes
 * no object and looks nothing up, so that next to nothing of what is measured is this.
 */
record PlainRequest(
    String method,
    @Nullable String origin,
    @Nullable String requestedMethod,
    @Nullable String requestedNames) {

  static final RequestReader<PlainRequest> READER =
      new RequestReader<>() {
        @Override
        public String method(PlainRequest request) {
          return request.method;
        }

        @Override
        public String path(PlainRequest request) {
          return "/";
        }

        @Override
        public @Nullable String header(PlainRequest request, String name) {
          return request.header(name);
        }
      };

  @Nullable String header(String name) {
    // Comparisons, which a compiler does away with where the name is a constant. A switch hashes.
    if (name.equals("Origin")) {
      return origin;
    }
    if (name.equals("Access-Control-Request-Method")) {
      return requestedMethod;
    }
    if (name.equals("Access-Control-Request-Headers")) {
      return requestedNames;
    }
    if (name.equals("Sec-Fetch-Site")) {
      return origin == null ? "none" : "cross-site";
    }
    return name.equals("Host") ? "api.example" : null;
  }

  /** Returns the same request as it comes again: in strings of its own, which nobody has hashed. */
  PlainRequest again() {
    return new PlainRequest(
        // A server keeps the methods that it knows.
        method, again(origin), again(requestedMethod), again(requestedNames));
  }

  private static @Nullable String again(@Nullable String value) {
    return value == null
        ? null
        : new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
  }
}

package dev.crosswalk.cors.bench;

import dev.crosswalk.cors.RequestReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plainest request there is: a method and a map. Reading it makes no object. */
record PlainRequest(String method, Map<String, String> headers) {

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
          return request.headers.get(name);
        }
      };
}

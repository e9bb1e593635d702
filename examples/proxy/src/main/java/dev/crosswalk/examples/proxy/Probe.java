package dev.crosswalk.examples.proxy;

import dev.crosswalk.cors.RequestReader;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody has sent, to see how a policy decides.
 *
 * @param path the request's path
 * @param origin of the page
 */
record Probe(String path, String origin) {

  static final RequestReader<Probe> READER =
      new RequestReader<>() {
        @Override
        public String method(Probe probe) {
          return "GET";
        }

        @Override
        public String path(Probe probe) {
          return probe.path();
        }

        @Override
        public @Nullable String header(Probe probe, String name) {
          return name.equalsIgnoreCase("Origin") ? probe.origin() : null;
        }
      };
}

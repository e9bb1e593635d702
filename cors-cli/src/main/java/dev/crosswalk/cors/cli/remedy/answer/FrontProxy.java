package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.Optional;

/** The proxy in front of an application, as its answers show it. */
public final class FrontProxy {

  private FrontProxy() {}

  /** As a sentence names it; empty if none shows itself. */
  public static Optional<String> name(WireResponse response) {
    String server = Bytes.lowerCase(response.headers().get("Server").orElse(""));
    String via = Bytes.lowerCase(String.join(",", response.headers().lines("Via")));
    return server.startsWith("nginx") || server.startsWith("openresty")
        ? Optional.of("nginx")
        : server.startsWith("apache")
            ? Optional.of("Apache")
            : server.startsWith("caddy")
                ? Optional.of("Caddy")
                : isSquid(response)
                    ? Optional.of("Squid")
                    : isCloudFront(response)
                        ? Optional.of("CloudFront")
                        : via.contains("varnish")
                            ? Optional.of("Varnish")
                            : via.isEmpty() ? Optional.empty() : Optional.of("the proxy in front");
  }

  public static boolean isSquid(WireResponse response) {
    return String.join(",", response.headers().lines("Via")).contains("(squid/");
  }

  public static boolean isCloudFront(WireResponse response) {
    return String.join(",", response.headers().lines("Via")).contains("(CloudFront)");
  }
}

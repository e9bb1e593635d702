package dev.crosswalk.examples.proxy;

import dev.crosswalk.examples.proxy.Upstream.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which header fields pass, and which end at the proxy.
 *
 * @param forwardCookies whether cookies pass, either way
 * @param pseudonym of this proxy in {@code Via}, so that it knows what it has sent itself
 */
record Fields(boolean forwardCookies, String pseudonym) {

  /** Of one connection, not of the message: RFC 9110 §7.6.1. What Connection names is, too. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * These and those below say what the page is and who looks at it. Many APIs refuse an Origin that
   * they do not know. To Expect the proxy itself has answered.
   */
  private static final Set<String> NOT_FORWARDED =
      Set.of("host", "origin", "referer", "forwarded", "x-real-ip", "expect");

  private static final List<String> NOT_FORWARDED_BEGINNINGS =
      List.of("sec-fetch-", "x-forwarded-", "access-control-");

  /** What speaks for the upstream's whole origin would now speak for the proxy's. */
  private static final Set<String> NOT_RETURNED =
      Set.of("alt-svc", "clear-site-data", "strict-transport-security");

  Fields(boolean forwardCookies) {
    this(forwardCookies, "crosswalk-" + Long.toHexString(new SecureRandom().nextLong()));
  }

  /** Whether this proxy has forwarded the request before: RFC 9110 §7.6.3. */
  boolean hasPassedHere(MultiMap headers) {
    return headers.getAll("Via").stream().anyMatch(via -> via.contains(pseudonym));
  }

  void copyRequest(HttpServerRequest from, MultiMap to, Upstream upstream) {
    Set<String> hopByHop = hopByHop(from.headers());
    for (Map.Entry<String, String> field : from.headers()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      boolean passes =
          !hopByHop.contains(name)
              && !NOT_FORWARDED.contains(name)
              && NOT_FORWARDED_BEGINNINGS.stream().noneMatch(name::startsWith)
              && (forwardCookies || !name.equals("cookie"));
      if (passes) {
        to.add(field.getKey(), field.getValue());
      }
    }
    to.add("Via", "1.1 " + pseudonym);
    Secret secret = upstream.secret();
    if (secret != null) {
      to.set(secret.name(), secret.value());
    }
  }

  void copyResponse(HttpClientResponse from, MultiMap to, Upstream upstream, String target) {
    Set<String> hopByHop = hopByHop(from.headers());
    Secret secret = upstream.secret();
    for (Map.Entry<String, String> field : from.headers()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      boolean passes =
          !hopByHop.contains(name)
              && !NOT_RETURNED.contains(name)
              && !name.startsWith("access-control-")
              && (forwardCookies || !name.equals("set-cookie"))
              && (secret == null
                  || !name.equalsIgnoreCase(secret.name())
                      && !field.getValue().contains(secret.value()));
      if (passes) {
        to.add(
            field.getKey(),
            name.equals("location")
                ? upstream.location(field.getValue(), target)
                : field.getValue());
      }
    }
  }

  private static Set<String> hopByHop(MultiMap headers) {
    Set<String> names = new HashSet<>(HOP_BY_HOP);
    for (String line : headers.getAll("Connection")) {
      for (String name : line.split(",")) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}

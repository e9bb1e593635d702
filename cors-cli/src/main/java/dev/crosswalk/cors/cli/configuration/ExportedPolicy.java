package dev.crosswalk.cors.cli.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A policy, in words that the configuration of another server can hold.
 *
 * @param origins origins and patterns as policies write them; empty if everybody or nobody may read
 * @param isAny whether everybody may read
 * @param methods the methods beyond GET, HEAD and POST, or {@code *}
 * @param requestHeaders the request headers, or {@code *} and perhaps Authorization
 * @param exposed the response headers, or {@code *}
 * @param maxAge in seconds
 * @param limits what is left out, because no configuration can hold it, and what to know
 */
record ExportedPolicy(
    List<String> origins,
    boolean isAny,
    boolean credentials,
    List<String> methods,
    List<String> requestHeaders,
    List<String> exposed,
    Optional<Long> maxAge,
    List<Limit> limits) {

  private static final String LABEL = "[a-z0-9_-]+";

  /** Whether every response is the same for everybody, so that none varies. */
  boolean isConstant() {
    return isAny || single().isPresent();
  }

  /** Returns the only origin; empty if there are none, more, or a pattern. */
  Optional<String> single() {
    return origins.size() == 1 && !origins.get(0).contains("*") && !origins.get(0).equals("null")
        ? Optional.of(origins.get(0))
        : Optional.empty();
  }

  /** Returns the value of Access-Control-Allow-Origin where that is constant. */
  String constant() {
    return isAny ? "*" : single().orElseThrow();
  }

  boolean isNobody() {
    return !isAny && origins.isEmpty();
  }

  /** Returns a regular expression, without anchors, for each origin or pattern. */
  List<String> expressions() {
    return origins.stream().map(ExportedPolicy::expression).toList();
  }

  /** Returns one regular expression for all, with anchors. */
  String expression() {
    return expressions().stream().collect(Collectors.joining("|", "^(?:", ")$"));
  }

  static String expression(String pattern) {
    int authority = pattern.indexOf("://") + 3;
    if (authority < 3) {
      return pattern;
    }
    String host = pattern.substring(authority);
    boolean anyPort = host.endsWith(":*");
    host = anyPort ? host.substring(0, host.length() - 2) : host;
    String port = anyPort ? "(?::[0-9]+)?" : "";
    String scheme = quoted(pattern.substring(0, authority));
    if (host.startsWith("*.")) {
      return scheme + "(?:" + LABEL + "\\.)+" + quoted(host.substring(2)) + port;
    }
    if (host.equals("*")) {
      return scheme + "[A-Za-z0-9_-]+" + port;
    }
    return scheme + quoted(host).replace("\\*", LABEL) + port;
  }

  private static String quoted(String text) {
    return text.replaceAll("[.\\[\\]+*]", "\\\\$0");
  }

  /** Returns the same, of which something is left out. */
  ExportedPolicy but(String leftOut) {
    return with(new Limit(true, leftOut));
  }

  /** Returns the same, of a server that does something else that is worth knowing. */
  ExportedPolicy knowing(String behavior) {
    return with(new Limit(false, behavior));
  }

  private ExportedPolicy with(Limit limit) {
    List<Limit> more = new ArrayList<>(limits);
    more.add(limit);
    return new ExportedPolicy(
        origins, isAny, credentials, methods, requestHeaders, exposed, maxAge, List.copyOf(more));
  }

  /** Returns the same without what a server does not know, which becomes a limit. */
  ExportedPolicy onlyOrigins(java.util.function.Predicate<String> known, String reason) {
    ExportedPolicy policy = this;
    List<String> kept = new ArrayList<>();
    for (String origin : origins) {
      if (known.test(origin)) {
        kept.add(origin);
      } else {
        policy = policy.but(origin + " is left out: " + reason);
      }
    }
    return new ExportedPolicy(
        kept, isAny, credentials, methods, requestHeaders, exposed, maxAge, policy.limits);
  }

  /** Returns the same with only those methods. */
  ExportedPolicy onlyMethods(java.util.function.Predicate<String> known, String reason) {
    ExportedPolicy policy = this;
    List<String> kept = new ArrayList<>();
    for (String method : methods) {
      if (known.test(method)) {
        kept.add(method);
      } else {
        policy = policy.but("the method " + method + " is left out: " + reason);
      }
    }
    return new ExportedPolicy(
        origins, isAny, credentials, kept, requestHeaders, exposed, maxAge, policy.limits);
  }

  /**
   * With credentials a * is not a wildcard, and a server that sends back what was asked is not a
   * list.
   */
  ExportedPolicy withoutWildcardsBesideCredentials() {
    if (!credentials) {
      return this;
    }
    ExportedPolicy policy = this;
    if (methods.contains("*")) {
      policy = policy.but("any method, with credentials, cannot be held: list the methods");
    }
    if (requestHeaders.contains("*")) {
      policy = policy.but("any request header, with credentials, cannot be held: list the headers");
    }
    return new ExportedPolicy(
        origins,
        isAny,
        true,
        methods.contains("*") ? List.of() : methods,
        requestHeaders.contains("*") ? List.of() : requestHeaders,
        exposed,
        maxAge,
        policy.limits);
  }

  /** Returns the same where no list of request headers means every one. */
  ExportedPolicy withSomeRequestHeader() {
    if (!requestHeaders.isEmpty()) {
      return this;
    }
    ExportedPolicy policy =
        but(
            "the empty list of request headers: this server reads no list as \"every header\", so"
                + " Accept is listed instead, which browsers send without permission, except with"
                + " unusual values");
    return new ExportedPolicy(
        origins, isAny, credentials, methods, List.of("Accept"), exposed, maxAge, policy.limits);
  }

  /** Returns GET, HEAD and POST with the others, for servers that compare every method. */
  List<String> allMethods() {
    if (methods.contains("*")) {
      return methods;
    }
    List<String> all = new ArrayList<>(List.of("GET", "HEAD", "POST"));
    all.addAll(methods);
    return all;
  }
}

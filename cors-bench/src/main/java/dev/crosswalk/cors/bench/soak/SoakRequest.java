package dev.crosswalk.cors.bench.soak;

import dev.crosswalk.cors.bench.server.Server;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A request of the soak, and what each policy answers to it, written out. */
enum SoakRequest {
  NOT_CORS("GET", Map.of(), Answer.notShared(200), Answer.notShared(200)),

  OF_BOTH(
      "GET",
      Map.of("Origin", "https://both.example"),
      Answer.shared("https://both.example").and("credentials", "true").shown("x-first-shown"),
      Answer.shared("https://both.example").shown("x-second-shown")),

  OF_FIRST(
      "PUT",
      Map.of("Origin", "https://first.example"),
      Answer.shared("https://first.example").and("credentials", "true").shown("x-first-shown"),
      Answer.notShared(200)),

  OF_SECOND(
      "GET",
      Map.of("Origin", "https://a.second.example"),
      Answer.notShared(200),
      Answer.shared("https://a.second.example").shown("x-second-shown")),

  OF_NOBODY(
      "GET",
      Map.of("Origin", "https://nobody.example"),
      Answer.notShared(200),
      Answer.notShared(200)),

  MALFORMED(
      "GET",
      Map.of("Origin", "https://both.example https://first.example"),
      Answer.notShared(200),
      Answer.notShared(200)),

  TOO_LONG(
      "GET",
      Map.of("Origin", "https://" + "a.".repeat(2_000) + "second.example"),
      Answer.notShared(200),
      Answer.notShared(200)),

  NOT_FOUND(
      "GET",
      Map.of("Origin", "https://both.example"),
      Answer.shared("https://both.example")
          .and("credentials", "true")
          .shown("x-first-shown")
          .with(404),
      Answer.shared("https://both.example").shown("x-second-shown").with(404)) {
    @Override
    String path() {
      return "/nothing";
    }

    /** Jetty's own error pages have no {@code Vary}, and no cache may store them. */
    @Override
    Answer judged(Answer answer) {
      return answer.without("vary");
    }
  },

  PREFLIGHT_OF_BOTH(
      "OPTIONS",
      Map.of(
          "Origin",
          "https://both.example",
          "Access-Control-Request-Method",
          "PUT",
          "Access-Control-Request-Headers",
          "x-first"),
      Answer.preflight("https://both.example", "PUT", "x-first", "100").and("credentials", "true"),
      Answer.preflight("https://both.example", "DELETE", "x-second", "200")),

  PREFLIGHT_OF_SECOND(
      "OPTIONS",
      Map.of(
          "Origin", "https://a.second.example",
          "Access-Control-Request-Method", "DELETE",
          "Access-Control-Request-Headers", ",".repeat(2_000) + "x-second"),
      Answer.refusedPreflight(),
      Answer.preflight("https://a.second.example", "DELETE", "x-second", "200")),

  PREFLIGHT_OF_NOBODY(
      "OPTIONS",
      Map.of("Origin", "https://nobody.example", "Access-Control-Request-Method", "PUT"),
      Answer.refusedPreflight(),
      Answer.refusedPreflight());

  /**
   * The status, and the headers of CORS.
   *
   * @param headers by their names in lower case; of {@code Vary} the members that are of CORS
   */
  record Answer(int status, Map<String, String> headers) {

    private static final String PREFIX = "access-control-";

    private static Answer notShared(int status) {
      return new Answer(status, Map.of("vary", "origin"));
    }

    private static Answer shared(String origin) {
      return notShared(200).and("origin", origin);
    }

    private static Answer refusedPreflight() {
      return new Answer(
          403,
          Map.of("vary", "access-control-request-headers, access-control-request-method, origin"));
    }

    private static Answer preflight(String origin, String methods, String names, String maxAge) {
      return refusedPreflight()
          .with(204)
          .and("origin", origin)
          .and("methods", methods)
          .and("headers", names)
          .put(PREFIX + "max-age", maxAge);
    }

    private Answer with(int other) {
      return new Answer(other, headers);
    }

    private Answer and(String name, String value) {
      return put(PREFIX + "allow-" + name, value);
    }

    private Answer shown(String name) {
      return put(PREFIX + "expose-headers", name);
    }

    private Answer without(String name) {
      Map<String, String> others = new TreeMap<>(headers);
      others.remove(name);
      return new Answer(status, others);
    }

    private Answer put(String name, String value) {
      Map<String, String> all = new TreeMap<>(headers);
      all.put(name, value);
      return new Answer(status, all);
    }

    /** Reads an answer; of several lines of a field all values count. */
    static Answer of(int status, Iterable<? extends Map.Entry<?, ?>> lines) {
      Map<String, String> headers = new TreeMap<>();
      TreeSet<String> varying = new TreeSet<>();
      for (Map.Entry<?, ?> line : lines) {
        String name = line.getKey().toString().toLowerCase(Locale.ROOT);
        String value = line.getValue().toString();
        if (name.startsWith(PREFIX)) {
          headers.merge(name, value, (one, other) -> one + " and " + other);
        } else if (name.equals("vary")) {
          for (String member : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            String stripped = member.strip();
            if (stripped.equals("origin") || stripped.startsWith(PREFIX)) {
              varying.add(stripped);
            }
          }
        }
      }
      if (!varying.isEmpty()) {
        headers.put("vary", String.join(", ", varying));
      }
      return new Answer(status, headers);
    }
  }

  private final String method;
  private final Map<String, String> headers;
  private final Answer first;
  private final Answer second;

  SoakRequest(String method, Map<String, String> headers, Answer first, Answer second) {
    this.method = method;
    this.headers = new LinkedHashMap<>(headers);
    this.first = first;
    this.second = second;
  }

  String method() {
    return method;
  }

  String path() {
    return Server.PATH;
  }

  Map<String, String> headers() {
    return headers;
  }

  Answer answer(SoakPolicy policy) {
    return judged(policy == SoakPolicy.FIRST ? first : second);
  }

  /** Returns what counts of an answer. */
  Answer judged(Answer answer) {
    return answer;
  }

  /** The request as HTTP/1.1 writes it. */
  String text() {
    StringBuilder text = new StringBuilder(method + ' ' + path() + " HTTP/1.1\r\n");
    text.append("Host: api.example\r\n");
    headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    return text.append(method.equals("PUT") ? "Content-Length: 0\r\n\r\n" : "\r\n").toString();
  }
}

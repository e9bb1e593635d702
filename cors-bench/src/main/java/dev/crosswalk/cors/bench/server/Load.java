package dev.crosswalk.cors.bench.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request that a server gets over and over, and the answer to it. */
enum Load {
  ALLOWED_ORIGIN("allowed origin", "GET", Map.of("Origin", Server.ORIGIN)),

  NO_ORIGIN("no `Origin`", "GET", Map.of()),

  PREFLIGHT(
      "preflight",
      "OPTIONS",
      Map.of(
          "Origin",
          Server.ORIGIN,
          "Access-Control-Request-Method",
          "PUT",
          "Access-Control-Request-Headers",
          "authorization,content-type"));

  private final String title;
  final String method;
  final Map<String, String> headers;

  Load(String title, String method, Map<String, String> headers) {
    this.title = title;
    this.method = method;
    this.headers = headers;
  }

  /** Without CORS, a preflight is a request for a method that no route has. */
  boolean canMeasure(Mode mode) {
    return this != PREFLIGHT || mode != Mode.NONE;
  }

  /** The request in the words of wrk, which tells afterwards what was done and what failed. */
  String script() {
    StringBuilder script = new StringBuilder("wrk.method = \"" + method + "\"\n");
    new TreeMap<>(headers)
        .forEach(
            (name, value) ->
                script.append("wrk.headers[\"%s\"] = \"%s\"\n".formatted(name, value)));
    return script
        .append(
            """
            function done(summary)
              local e = summary.errors
              print(string.format("measured %d %d %d", summary.requests, summary.duration,
                e.connect + e.read + e.write + e.status + e.timeout))
            end
            """)
        .toString();
  }

  /** Sends the request once. */
  HttpResponse<String> ask(HttpClient client, String url) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What is wrong with an answer: who answers wrongly is quick. Empty if nothing is. */
  List<String> faults(Mode mode, HttpResponse<String> answer) {
    List<String> faults = new ArrayList<>();
    if (answer.statusCode() / 100 != 2) {
      faults.add("the status is " + answer.statusCode());
    }
    if (this != PREFLIGHT && !answer.body().equals(Server.TEXT)) {
      faults.add("the body is " + answer.body());
    }
    boolean shared = mode != Mode.NONE && this != NO_ORIGIN;
    answerTo(shared)
        .forEach(
            (name, members) -> {
              List<String> lines = answer.headers().allValues(name);
              String value = String.join(",", lines).toLowerCase(Locale.ROOT);
              if (lines.isEmpty() != members.isEmpty()
                  || !members.stream().allMatch(value::contains)) {
                faults.add(name + " is " + lines + ", and not " + members);
              }
            });
    return faults;
  }

  /** What a header has to name; none if it must not be there. Some frameworks name more. */
  private Map<String, List<String>> answerTo(boolean shared) {
    if (!shared) {
      return Map.of("Access-Control-Allow-Origin", List.of());
    }
    List<String> origin = List.of(Server.ORIGIN);
    return this == PREFLIGHT
        ? Map.of(
            "Access-Control-Allow-Origin",
            origin,
            "Access-Control-Allow-Methods",
            List.of("put"),
            "Access-Control-Allow-Headers",
            Server.REQUEST_HEADERS,
            "Access-Control-Max-Age",
            List.of("1800"))
        : Map.of("Access-Control-Allow-Origin", origin);
  }

  @Override
  public String toString() {
    return title;
  }
}

package dev.crosswalk.examples.browser;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.RequestReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps what reaches a server, preflights among it, by the last segment of the path. */
final class Recorder implements Cors {

  /** All of a request that the CORS protocol has to do with. */
  private static final List<String> HEADERS =
      List.of(
          "Origin",
          "Access-Control-Request-Method",
          "Access-Control-Request-Headers",
          "Authorization",
          "X-Custom",
          "Content-Type",
          "Cookie",
          "Sec-Fetch-Site",
          "Sec-Fetch-Mode");

  private final Cors cors;
  private final Map<String, List<String>> requests = new ConcurrentHashMap<>();

  Recorder(Cors cors) {
    this.cors = cors;
  }

  @Override
  public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    String path = reader.path(request);
    String line =
        Stream.concat(
                Stream.of(reader.method(request) + " " + path),
                HEADERS.stream()
                    .filter(name -> reader.header(request, name) != null)
                    .map(name -> name + ": " + reader.header(request, name)))
            .collect(Collectors.joining(" | "));
    requests
        .computeIfAbsent(
            path.substring(path.lastIndexOf('/') + 1), key -> new CopyOnWriteArrayList<>())
        .add(line);
    return cors.decide(request, reader);
  }

  @Override
  public <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
    return cors.decideAgain(request, reader);
  }

  /** Returns what a scenario has sent since this was last called, and forgets it. */
  List<String> take(String scenario) {
    List<String> taken = requests.remove(scenario);
    return taken == null ? List.of() : List.copyOf(taken);
  }
}

package dev.crosswalk.examples.browser;

import dev.crosswalk.examples.browser.Browser.Kind;
import dev.crosswalk.examples.browser.BrowserTest.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a browser does something else than the model of it predicts. Each must really be met:
 * otherwise its scenario fails, and the departure can go.
 */
enum Departure {
  STREAM_NEEDS_HTTP_2(
      Kind.CHROMIUM,
      true,
      "Chromium streams a request by HTTP/2 alone: by HTTP/1.1 it asks, and then gives up.",
      "A streamed request") {
    @Override
    Sight change(Sight predicted) {
      return new Sight(false, Map.of(), predicted.requests().subList(0, 1));
    }
  },
  NO_STREAM(
      Kind.FIREFOX,
      false,
      "Firefox streams no request: a ReadableStream is sent as a text, without a preflight.",
      "A streamed request") {
    @Override
    Sight change(Sight predicted) {
      return new Sight(
          predicted.shared(),
          predicted.response(),
          predicted.requests().subList(1, predicted.requests().size()));
    }
  },
  SITE_AFTER_REDIRECT(
      Kind.FIREFOX,
      true, // By HTTP/2 and so TLS it is cross-site from the start.
      "Firefox takes what follows a redirect on localhost for cross-site in Sec-Fetch-Site, but not"
          + " its preflight.",
      "A redirect",
      "A redirect of PUT",
      "A redirect of POST by 303") {
    @Override
    Sight change(Sight predicted) {
      return predicted.withRequests(
          request ->
              request.contains("/plain/") && !request.startsWith("OPTIONS ")
                  ? request.replace("Sec-Fetch-Site: same-site", "Sec-Fetch-Site: cross-site")
                  : request);
    }
  };

  private final Kind kind;
  private final boolean needsHttp1;
  private final String sentence;
  private final Set<String> titles;

  Departure(Kind kind, boolean needsHttp1, String sentence, String... titles) {
    this.kind = kind;
    this.needsHttp1 = needsHttp1;
    this.sentence = sentence;
    this.titles = Set.of(titles);
  }

  /** What the browser does instead of what the model predicts. */
  abstract Sight change(Sight predicted);

  /** Those that are to be met. */
  static List<Departure> of(Kind kind, Adapter adapter, Scenario scenario) {
    List<Departure> met = new ArrayList<>();
    for (Departure departure : values()) {
      if (departure.kind == kind
          && departure.titles.contains(scenario.title())
          && !(departure.needsHttp1 && adapter == Adapter.VERT_X_HTTP_2)) {
        met.add(departure);
      }
    }
    return met;
  }

  /** Titles that no scenario has. */
  static List<String> unknownTitles() {
    Set<String> known = Set.copyOf(Scenario.ALL.stream().map(Scenario::title).toList());
    return Stream.of(values())
        .flatMap(departure -> departure.titles.stream())
        .filter(title -> !known.contains(title))
        .toList();
  }

  @Override
  public String toString() {
    return sentence;
  }
}

package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.browser.Verdict;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.ListValues;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One request and its response, and what is to be said about them. Each method that states
 * something throws an {@link AssertionError} with a sentence where it does not hold, and otherwise
 * returns this observation, so that a rule reads as one.
 *
 * @param request as sent
 * @param response as received
 * @param calls how many handlers of the test application the request has reached; -1 if unknown
 */
public record Observation(WireRequest request, WireResponse response, int calls) {

  private static final List<String> ALL_CORS_HEADERS =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Max-Age",
          "Access-Control-Expose-Headers");

  /** Longer ones are cut in what is printed. */
  private static final int MAX_PRINTED = 1_500;

  // Who asked, and for what.

  /** The origin that asked; empty if none is named. */
  public String origin() {
    return request.headers().get("Origin").orElse("");
  }

  public boolean isPreflight() {
    return request.method().equals("OPTIONS")
        && request.headers().has("Access-Control-Request-Method");
  }

  /** What a page of an origin asked for, in the eyes of its browser. */
  private Request asked(String origin, Credentials credentials) {
    Headers headers = request.headers();
    String method =
        isPreflight()
            ? headers.get("Access-Control-Request-Method").orElseThrow()
            : request.method();
    Request asked = Request.from(origin, method, request.url()).credentials(credentials);
    for (String name : headers.split("Access-Control-Request-Headers").orElse(List.of())) {
      if (!name.isEmpty()) {
        // Too long to be safelisted, whatever the name.
        asked = asked.header(name, "x".repeat(200));
      }
    }
    return asked;
  }

  // What the browser makes of it.

  /** The script that asked may read the response, in every browser. */
  Observation shared(Credentials credentials) {
    return sharedWith(origin(), credentials);
  }

  /** The script that asked, without credentials, may read the response, in every browser. */
  Observation shared() {
    return shared(Credentials.OMIT);
  }

  /** A script of some origin may read the response, were it handed to it by a cache. */
  Observation sharedWith(String origin, Credentials credentials) {
    for (Engine engine : Engine.values()) {
      Verdict verdict = new UserAgent(engine).corsCheck(asked(origin, credentials), response);
      if (verdict instanceof NotShared refusal) {
        throw broken("the response should be shared with " + origin, refusal, engine);
      }
    }
    return this;
  }

  /** The script that asked may not read the response, with credentials or without. */
  Observation notShared() {
    return notSharedWith(origin());
  }

  /** No script of some origin may read the response, were it handed to it by a cache. */
  Observation notSharedWith(String origin) {
    for (Credentials credentials : List.of(Credentials.OMIT, Credentials.INCLUDE)) {
      if (isSharedWith(origin, credentials)) {
        throw broken(
            "no script of " + origin + " should read the response, but every browser lets it");
      }
    }
    return this;
  }

  boolean isSharedWith(String origin, Credentials credentials) {
    return new UserAgent().corsCheck(asked(origin, credentials), response).isShared();
  }

  /** The actual request may follow this preflight, in every browser. */
  Observation permits(Credentials credentials) {
    for (Engine engine : Engine.values()) {
      Verdict verdict =
          new UserAgent(engine).judgePreflight(asked(origin(), credentials), response);
      if (verdict instanceof NotShared refusal) {
        throw broken("the preflight should succeed", refusal, engine);
      }
    }
    return this;
  }

  /** The actual request, without credentials, may follow this preflight, in every browser. */
  Observation permits() {
    return permits(Credentials.OMIT);
  }

  /** The actual request may not follow this preflight, with credentials or without. */
  Observation forbids() {
    for (Credentials credentials : List.of(Credentials.OMIT, Credentials.INCLUDE)) {
      if (new UserAgent().judgePreflight(asked(origin(), credentials), response).isShared()) {
        throw broken(
            "the preflight should fail, but a browser goes on, with credentials mode "
                + Bytes.lowerCase(credentials.name()));
      }
    }
    return this;
  }

  /** The actual request may not follow this preflight, and the browser tells the cause. */
  Observation forbids(Cause cause) {
    forbids();
    Credentials credentials = Credentials.OMIT;
    Verdict verdict =
        new UserAgent(Engine.CHROMIUM).judgePreflight(asked(origin(), credentials), response);
    if (!(verdict instanceof NotShared refusal) || refusal.cause() != cause) {
      throw broken(
          "the console should tell the true cause, %s, but it says: %s"
              .formatted(
                  cause,
                  verdict instanceof NotShared other
                      ? other.inTheWordsOf(Engine.CHROMIUM)
                      : verdict));
    }
    return this;
  }

  /** For how many seconds a browser keeps the answer to this preflight. */
  long maxAge(Engine engine) {
    return new UserAgent(engine).maxAge(asked(origin(), Credentials.OMIT), response);
  }

  /** The script that asked may read this header of the response, in every browser. */
  Observation exposes(String name, Credentials credentials) {
    for (Engine engine : Engine.values()) {
      Verdict verdict =
          new UserAgent(engine).judgeHeader(asked(origin(), credentials), response, name);
      if (verdict instanceof NotShared refusal) {
        throw broken("a script should read " + name, refusal, engine);
      }
    }
    return this;
  }

  /** The script that asked may not read this header of the response. */
  Observation hides(String name) {
    for (Credentials credentials : List.of(Credentials.OMIT, Credentials.INCLUDE)) {
      if (response.headers().has(name)
          && new UserAgent().judgeHeader(asked(origin(), credentials), response, name).isShared()) {
        throw broken("no script should read " + name + ", but a browser lets it");
      }
    }
    return this;
  }

  // Byte for byte.

  /** The response has one of these statuses. */
  Observation status(int... statuses) {
    if (Arrays.stream(statuses).noneMatch(status -> status == response.status())) {
      String expected =
          Arrays.stream(statuses).mapToObj(String::valueOf).collect(Collectors.joining(" or "));
      throw broken("the status should be " + expected + ", but is " + response.status());
    }
    return this;
  }

  /** The server has not failed. A 501 is the truth of a server that does not know a method. */
  Observation noServerError() {
    if (response.status() >= 500 && response.status() != 501) {
      throw broken(
          "no request should make the server fail, but the status is " + response.status());
    }
    return this;
  }

  /** {@code https://fetch.spec.whatwg.org/#ok-status}. */
  Observation ok() {
    if (!response.hasOkStatus()) {
      throw broken("the status should be from 200 to 299, but is " + response.status());
    }
    return this;
  }

  /** One handler of the application has seen the request, once. */
  Observation handled() {
    if (calls != 1) {
      throw broken(
          calls == 0
              ? "the request should reach its handler, but did not"
              : "the request should reach its handler once, but did so " + calls + " times");
    }
    return this;
  }

  /** No handler of the application has seen the request. */
  Observation notHandled() {
    if (calls != 0) {
      throw broken("the request should reach no handler, but reached one");
    }
    return this;
  }

  /** There is one line of this header, and this is its value, byte for byte. */
  Observation has(String name, String value) {
    List<String> lines = response.headers().lines(name);
    if (!lines.equals(List.of(value))) {
      throw broken(
          "%s should be one line, \"%s\", but %s"
              .formatted(name, value, lines.isEmpty() ? "is absent" : "is " + quoted(lines)));
    }
    return this;
  }

  /** There is at most one line of these headers. */
  Observation atMostOne(String... names) {
    for (String name : names) {
      List<String> lines = response.headers().lines(name);
      if (lines.size() > 1) {
        throw broken(name + " should be there once, but there are several lines: " + quoted(lines));
      }
    }
    return this;
  }

  /** There is no line of these headers. */
  Observation lacks(String... names) {
    for (String name : names) {
      List<String> lines = response.headers().lines(name);
      if (!lines.isEmpty()) {
        throw broken(name + " should be absent, but is " + quoted(lines));
      }
    }
    return this;
  }

  private static String quoted(List<String> lines) {
    return lines.stream().map(line -> '"' + line + '"').collect(Collectors.joining(" and "));
  }

  /** There is no header of the CORS protocol. */
  Observation lacksCors() {
    return lacks(ALL_CORS_HEADERS.toArray(new String[0]));
  }

  /**
   * Nothing here grants the request's origin anything, whether or not it is one that a browser
   * could send.
   */
  Observation grantsNothing() {
    for (String value : response.headers().lines("Access-Control-Allow-Origin")) {
      if (value.equals("*") || value.isEmpty() || value.equals(origin())) {
        throw broken(
            ("the origin \"%s\" should be granted nothing, but Access-Control-Allow-Origin is"
                    + " \"%s\"")
                .formatted(Printable.cut(origin(), 100), Printable.cut(value, 100)));
      }
      if (request.headers().lines("Origin").contains(value)
          && request.headers().lines("Origin").size() > 1) {
        throw broken(
            ("of several origins none should be granted anything, but Access-Control-Allow-Origin"
                    + " is \"%s\"")
                .formatted(Printable.cut(value, 100)));
      }
    }
    return this;
  }

  /** Nothing of a hostile value has found its way into the response's CORS headers. */
  Observation echoesNot(String hostile) {
    for (String name : ALL_CORS_HEADERS) {
      for (String line : response.headers().lines(name)) {
        if (Bytes.lowerCase(line).contains(Bytes.lowerCase(hostile))) {
          throw broken(
              name + " should not repeat what no browser sent, but is " + Printable.cut(line, 200));
        }
      }
    }
    return this;
  }

  /** The members of a list header, which is well-formed, by the browser's grammar. */
  List<String> list(String name) {
    ListValues values = response.headers().extractListValues(name);
    if (values instanceof ListValues.Malformed malformed) {
      throw broken(
          name + " should be a list of tokens, but a browser stumbles at " + malformed.element());
    }
    return values.orNone();
  }

  /** A list header has these members, in any case. */
  Observation lists(String name, String... members) {
    List<String> listed = list(name);
    for (String member : members) {
      if (listed.stream().noneMatch(other -> Bytes.equalIgnoringCase(other, member))) {
        throw broken(name + " should list " + member + ", but lists " + listed);
      }
    }
    return this;
  }

  /** A list header has none of these members, in any case. */
  Observation listsNot(String name, String... members) {
    List<String> listed = list(name);
    for (String member : members) {
      if (listed.stream().anyMatch(other -> Bytes.equalIgnoringCase(other, member))) {
        throw broken(name + " should not list " + member + ", but lists " + listed);
      }
    }
    return this;
  }

  /** The response differs by these request headers, and says so. */
  Observation varies(String... names) {
    List<String> vary = vary();
    for (String name : names) {
      if (!vary.contains("*") && !vary.contains(Bytes.lowerCase(name))) {
        throw broken(
            "Vary should name %s, but %s"
                .formatted(name, vary.isEmpty() ? "is absent" : "is " + vary));
      }
    }
    return this;
  }

  /** The response is the same for every value of this request header, or should be. */
  Observation variesNot(String name) {
    List<String> vary = vary();
    if (vary.contains(Bytes.lowerCase(name))) {
      throw broken("Vary should not name " + name + ", but is " + vary);
    }
    return this;
  }

  /** The members of {@code Vary}, in lower case. */
  List<String> vary() {
    return response.headers().split("Vary").orElse(List.of()).stream()
        .filter(member -> !member.isEmpty())
        .map(Bytes::lowerCase)
        .toList();
  }

  /** The headers of the CORS protocol, and {@code Vary}, to be compared with others. */
  List<String> corsHeaders() {
    List<String> lines = new ArrayList<>();
    for (String name : ALL_CORS_HEADERS) {
      for (String line : response.headers().lines(name)) {
        lines.add(name + ": " + line);
      }
    }
    lines.add("Vary: " + new TreeSet<>(vary()));
    return lines;
  }

  /** The combined value of a header of the response. */
  Optional<String> header(String name) {
    return response.headers().get(name);
  }

  // Sentences.

  /** A sentence as an error. */
  AssertionError broken(String sentence) {
    return new AssertionError(sentence);
  }

  private AssertionError broken(String sentence, NotShared refusal, Engine engine) {
    Engine speaker = engine == Engine.STANDARD ? Engine.CHROMIUM : engine;
    return new AssertionError(
        "%s, but is not (%s). %s says: %s"
            .formatted(
                sentence,
                refusal.cause(),
                engine == Engine.STANDARD ? "A browser" : "Of all browsers, " + engine,
                refusal.inTheWordsOf(speaker)));
  }

  /** The exchange as it went over the wire, long values cut. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("> ").append(request.method()).append(' ').append(request.url());
    for (Headers.Field field : request.headers()) {
      text.append("\n> ").append(Printable.shown(field.toString(), 200));
    }
    text.append("\n< ").append(response.status()).append(' ').append(response.reason());
    for (Headers.Field field : response.headers()) {
      text.append("\n< ").append(Printable.shown(field.toString(), 200));
    }
    return Printable.cut(text.toString(), MAX_PRINTED);
  }
}

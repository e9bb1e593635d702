package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Respond;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request or a response that keeps its field lines as they are: in order, also the same twice.
 */
final class Message {

  static final RequestReader<Message> READER =
      new RequestReader<>() {
        @Override
        public String method(Message request) {
          return request.method;
        }

        @Override
        public String path(Message request) {
          return request.path;
        }

        @Override
        public @Nullable String header(Message request, String name) {
          return request.combined(name);
        }
      };

  static final ResponseWriter<Message> WRITER =
      new ResponseWriter<>() {
        @Override
        public @Nullable String get(Message response, String name) {
          return response.combined(name);
        }

        @Override
        public void set(Message response, String name, String value) {
          remove(response, name);
          response.with(name, value);
        }

        @Override
        public void remove(Message response, String name) {
          response.lines.removeIf(line -> line.name.equalsIgnoreCase(name));
        }
      };

  private record Line(String name, String value) {}

  private final String method;
  private final String path;
  private final List<Line> lines = new ArrayList<>();

  private Message(String method, String path) {
    this.method = method;
    this.path = path;
  }

  static Message request(String method) {
    return request(method, "/");
  }

  static Message request(String method, String path) {
    return new Message(method, path);
  }

  static Message response() {
    return new Message("", "");
  }

  /** A GET of a page at the origin. */
  static Message actual(String origin) {
    return request("GET").with("Origin", origin);
  }

  static Message preflight(String origin, String method) {
    return request("OPTIONS").with("Origin", origin).with("Access-Control-Request-Method", method);
  }

  static Message preflight(String origin, String method, String headers) {
    return preflight(origin, method).with("Access-Control-Request-Headers", headers);
  }

  /** What is decided, and every field line of the response. */
  static String answer(Cors cors, Message request) {
    return answer(cors, request, response());
  }

  static String answer(Cors cors, Message request, Message response) {
    CorsDecision decision = cors.decide(request, READER);
    decision.writeTo(response, WRITER);
    String once = response.toString();
    decision.writeTo(response, WRITER);
    assertEquals(once, response.toString(), "the second writing changes nothing");
    String what = decision instanceof Respond respond ? "respond " + respond.status() : "proceed";
    return what + ", " + decision.outcome() + "\n" + once;
  }

  static Outcome outcome(Cors cors, Message request) {
    return cors.decide(request, READER).outcome();
  }

  Message with(String name, String value) {
    lines.add(new Line(name, value));
    return this;
  }

  @Nullable String combined(String name) {
    return RequestReader.combine(
        lines.stream().filter(line -> line.name.equalsIgnoreCase(name)).map(Line::value).toList());
  }

  /** The field lines, sorted by their names. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    lines.stream()
        .map(line -> line.name + ": " + line.value + "\n")
        .sorted((a, b) -> a.toLowerCase(Locale.ROOT).compareTo(b.toLowerCase(Locale.ROOT)))
        .forEach(text::append);
    return text.toString();
  }
}

package dev.crosswalk.examples.browser;

import dev.crosswalk.cors.tck.Headers;
import java.util.List;

/** What every server serves, at {@code /policy/route/scenario}, by any method. */
final class Application {

  /** A bug of an application: no framework knows it. */
  static final class Bug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Bug() {
      super("This bug is part of the test.", null, false, false);
    }
  }

  /**
   * What a handler answers.
   *
   * @param chunks the body; of several, each is sent before the next is made
   */
  record Reply(int status, String contentType, Headers headers, List<String> chunks) {

    boolean isStreamed() {
      return chunks.size() > 1;
    }
  }

  private Application() {}

  /**
   * Answers a request.
   *
   * @param port the server's
   * @throws Bug as bugs do
   */
  static Reply answer(int port, String policy, String route, String scenario) {
    String here = "/" + policy + "/plain/" + scenario;
    return switch (route) {
      case "plain" ->
          text(200, Headers.of("X-Exposed", "yes", "X-Hidden", "yes", "ETag", "\"1\""), "hello");
      case "cacheable" -> text(200, Headers.of("Cache-Control", "max-age=600"), "hello");
      case "status-401" -> text(401, Headers.none(), "Who are you?");
      case "status-404" -> text(404, Headers.none(), "There is no such note.");
      case "status-500" -> text(500, Headers.none(), "Something is broken.");
      case "bug" -> throw new Bug();
      case "redirect" -> text(302, Headers.of("Location", here), "");
      case "redirect-303" -> text(303, Headers.of("Location", here), "");
      case "redirect-elsewhere" -> elsewhere(302, port, "/public/plain/" + scenario);
      case "redirect-elsewhere-307" -> elsewhere(307, port, "/public/plain/" + scenario);
      case "redirect-elsewhere-refused" -> elsewhere(302, port, here);
      case "stream" -> new Reply(200, "text/plain", Headers.none(), List.of("one ", "two ", "three"));
      case "events" ->
          new Reply(
              200, "text/event-stream", Headers.none(), List.of("data: one\n\n", "data: two\n\n"));
      case "image" ->
          reply("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>");
      case "script" -> reply("text/javascript", "var loaded = true;");
      case "module" -> reply("text/javascript", "export default 1;");
      case "stylesheet" -> reply("text/css", "p { color: black }");
      case "font" -> reply("font/woff2", "A preload does not read it.");
      default -> throw new IllegalArgumentException("No such route: " + route);
    };
  }

  /** The same server under another name is another origin. */
  private static Reply elsewhere(int status, int port, String path) {
    return text(status, Headers.of("Location", "http://127.0.0.1:" + port + path), "");
  }

  private static Reply text(int status, Headers headers, String body) {
    return new Reply(status, "text/plain", headers, List.of(body));
  }

  private static Reply reply(String contentType, String body) {
    return new Reply(200, contentType, Headers.none(), List.of(body));
  }
}

package dev.crosswalk.examples.browser;

import dev.crosswalk.cors.tck.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** What every server serves, at {@code /policy/route/scenario}, by any method. */
final class Application {

  /** Where a handler is; everything else is the framework's 404. */
  static final String PATH = "/{policy}/{route}/{scenario}";

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
  record Reply(int status, String contentType, Headers headers, List<byte[]> chunks) {

    Reply(int status, String contentType, Headers headers, String... chunks) {
      this(
          status,
          contentType,
          headers,
          Stream.of(chunks).map(chunk -> chunk.getBytes(StandardCharsets.UTF_8)).toList());
    }

    boolean isStreamed() {
      return chunks.size() > 1;
    }
  }

  /** A font with the one glyph that a font must have: a triangle, drawn for this test. */
  private static final byte[] FONT =
      Base64.getDecoder()
          .decode(
              "AAEAAAAKAIAAAwAgT1MvMkQWQZwAAAEoAAAAYGNtYXAADABGAAABjAAAACxnbHlm9/UzCAAAAbwAAAAYaGVhZC9e"
                  + "iEwAAACsAAAANmhoZWEFFgH2AAAA5AAAACRobXR4AlgAAAAAAYgAAAAEbG9jYQAAAAwAAAG4AAAABG1heHAAAwAF"
                  + "AAABCAAAACBuYW1lAJlcyAAAAdQAAAA8cG9zdAADAAAAAAIQAAAAIAABAAAAAQAAvpHlc18PPPUAAwPoAAAAAOcq"
                  + "IrwAAAAA5yoivAAAAAAB9AH0AAAAAwACAAAAAAAAAAEAAAMg/zgAAAJYAAAAZAH0AAEAAAAAAAAAAAAAAAAAAAAB"
                  + "AAEAAAABAAMAAQAAAAAAAgAAAAAAAAAAAAAAAAAAAAAAAwJYAZAABQAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                  + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPz8/PwAAAAAAAAMgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAACWAAA"
                  + "AAAAAgAAAAMAAAAUAAMAAQAAABQABAAYAAAAAgACAAAAAP//AAD//wABAAAAAAAMAAEAAAAAAfQB9AACAAAxEQEB"
                  + "9AH0/gwAAAAABAA2AAEAAAAAAAEAAQAAAAEAAAAAAAIAAQABAAMAAQQJAAEAAgACAAMAAQQJAAIAAgAEVFIAVABS"
                  + "AAMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

  private Application() {}

  /**
   * Answers a request.
   *
   * @param elsewhere another origin by which the same server is reached
   * @throws Bug as bugs do
   */
  static Reply answer(String elsewhere, String policy, String route, String scenario) {
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
      case "redirect-elsewhere" -> elsewhere(302, elsewhere, "/public/plain/" + scenario);
      case "redirect-elsewhere-307" -> elsewhere(307, elsewhere, "/public/plain/" + scenario);
      case "redirect-elsewhere-refused" -> elsewhere(302, elsewhere, here);
      case "stream" -> new Reply(200, "text/plain", Headers.none(), "one ", "two ", "three");
      case "events" ->
          new Reply(200, "text/event-stream", Headers.none(), "data: one\n\n", "data: two\n\n");
      case "image" ->
          reply("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>");
      case "script" -> reply("text/javascript", "var loaded = true;");
      case "module" -> reply("text/javascript", "export default 1;");
      case "stylesheet" -> reply("text/css", "p { color: black }");
      case "font" -> new Reply(200, "font/ttf", Headers.none(), List.of(FONT));
      default -> throw new IllegalArgumentException("No such route: " + route);
    };
  }

  private static Reply elsewhere(int status, String elsewhere, String path) {
    return text(status, Headers.of("Location", elsewhere + path), "");
  }

  private static Reply text(int status, Headers headers, String body) {
    return new Reply(status, "text/plain", headers, body);
  }

  private static Reply reply(String contentType, String body) {
    return new Reply(200, contentType, Headers.none(), body);
  }
}

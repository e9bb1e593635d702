package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.Replies.fetch;
import static dev.crosswalk.cors.tck.browser.Replies.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cause can be reached, and is put into words. */
class CauseTest {

  private static final String APP = "https://app.example";
  private static final String API = "https://api.example/items";

  private final UserAgent agent = new UserAgent();

  private static Request get() {
    return Request.from(APP, "GET", API);
  }

  /** A fetch that fails, for each cause there is. */
  private Map<Cause, Verdict> refusals() {
    String ok = "Access-Control-Allow-Origin";
    Request put = get().method("PUT").header("X-A", "1");
    Request include = get().credentials(Credentials.INCLUDE);
    Map<Cause, Verdict> refusals = new EnumMap<>(Cause.class);
    for (Verdict verdict :
        List.of(
            fetch(get(), response(200)),
            fetch(get(), response(200, ok, APP, ok, APP)),
            fetch(get(), response(200, ok, "app.example")),
            fetch(get(), response(200, ok, APP + "/")),
            fetch(include, response(200, ok, "*")),
            fetch(include, response(200, ok, APP, "Access-Control-Allow-Credentials", "True")),
            fetch(put, response(404, ok, "*")),
            fetch(put, response(301, ok, "*", "Location", "/")),
            fetch(put, response(200, ok, "*", "Access-Control-Allow-Methods", "PUT;")),
            fetch(put, response(200, ok, "*", "Access-Control-Allow-Headers", "\"x-a\"")),
            fetch(put, response(200, ok, "*", "Access-Control-Allow-Methods", "put")),
            fetch(put, response(200, ok, "*", "Access-Control-Allow-Methods", "PUT")),
            agent.judgeHeader(get(), response(200, ok, "*", "X-A", "1"), "x-a"),
            fetch(get(), response(302, ok, "*", "Location", "https://u:p@api.example/")),
            fetch(get(), response(302, ok, "*", "Location", "data:,x")),
            fetch(get(), redirects(21)),
            fetch(get(), response(302, ok, "*", "Location", "https://a:b:c/")),
            fetch(
                get().method("POST").streamedBody(new byte[1]),
                response(200, ok, "*"),
                response(307, ok, "*", "Location", "/")),
            fetch(get().redirect(Redirect.ERROR), response(302, ok, "*", "Location", "/")),
            fetch(get().mode(Mode.SAME_ORIGIN)),
            fetch(get().mode(Mode.NO_CORS).redirect(Redirect.MANUAL)),
            fetch(Request.from(APP, "GET", "ftp://api.example/")),
            fetch(Request.from(APP, "GET", "http://api.example:25/")),
            fetch(
                get().mode(Mode.NO_CORS),
                response(200, "Cross-Origin-Resource-Policy", "same-origin")),
            fetch(new UserAgent(Engine.CHROMIUM), get(), response(407, ok, "*")),
            fetch(get()))) {
      NotShared refusal = assertInstanceOf(NotShared.class, verdict);
      assertEquals(null, refusals.put(refusal.cause(), refusal), refusal.toString());
    }
    return refusals;
  }

  private static WireResponse[] redirects(int count) {
    WireResponse[] responses = new WireResponse[count];
    for (int i = 0; i < count; i++) {
      responses[i] = response(302, "Location", "/" + i, "Access-Control-Allow-Origin", "*");
    }
    return responses;
  }

  @Test
  void every_cause_can_be_reached() {
    assertEquals(EnumSet.allOf(Cause.class), refusals().keySet());
  }

  @Test
  void a_refusal_tells_what_it_is_about() {
    Map<Cause, Verdict> refusals = refusals();
    assertEquals(
        "not shared: ACAO_MISMATCH, the header says [https://app.example/], on"
            + " https://api.example/items from https://app.example, status 200",
        refusals.get(Cause.ACAO_MISMATCH).toString());
    assertEquals(
        "not shared: METHOD_NOT_ALLOWED (PUT), the header says [put], on the preflight of"
            + " https://api.example/items from https://app.example, status 200",
        refusals.get(Cause.METHOD_NOT_ALLOWED).toString());
    assertEquals("x-a", ((NotShared) refusals.get(Cause.HEADER_NOT_ALLOWED)).subject());
    for (Cause syntax : List.of(Cause.ACAM_SYNTAX, Cause.ACAH_SYNTAX)) {
      NotShared refusal = (NotShared) refusals.get(syntax);
      assertEquals(List.of(refusal.subject()), refusal.lines());
    }
    assertEquals(
        "https://api.example/20", ((NotShared) refusals.get(Cause.REDIRECT_LIMIT)).subject());
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void every_refusal_has_words_in_every_engine(Engine engine) {
    refusals()
        .forEach(
            (cause, verdict) -> {
              String words = ((NotShared) verdict).inTheWordsOf(engine);
              assertFalse(words.isBlank() || words.contains("\n"), cause + ": " + words);
            });
  }
}

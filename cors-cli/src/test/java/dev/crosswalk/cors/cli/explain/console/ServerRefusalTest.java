package dev.crosswalk.cors.cli.explain.console;

import static dev.crosswalk.cors.cli.ProcessorTime.assertAtMost;

import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.settings.Settings;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerRefusalTest {

  /** Enough to see what grows faster than a paste, and quicker than the longest one. */
  private static final int LONG = Paste.MAX_LENGTH / 8;

  /** What looks like a refusal is looked for where no sentence is known. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "websocket ",
        "websocket rejected ",
        "csrf origin ",
        "hostname: a.b.c.d.e.f.g.h ",
        "a.b-c_d.e-f_g.h-allowed "
      })
  void no_paste_holds_up_the_search_for_a_refusal(String again) {
    String all = again.repeat(LONG / again.length());
    assertAtMost(Duration.ofSeconds(5), () -> ServerRefusal.in(Paste.of(all)));
    assertAtMost(Duration.ofSeconds(5), () -> Settings.in(all, all).name("HOST_CHECK"));
  }
}

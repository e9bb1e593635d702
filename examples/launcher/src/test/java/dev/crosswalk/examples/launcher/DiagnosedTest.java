package dev.crosswalk.examples.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.cli.Crosswalk;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Help.Ansi;

/** What {@code crosswalk diagnose} says of the services: what to change is in their own policy. */
class DiagnosedTest {

  private static final String APP = "https://app.example.com";

  private static final String OTHER = "https://other.example.com";

  private static final CorsPolicy MANY =
      CorsPolicy.builder()
          .allowOrigins(APP, "https://admin.example.com")
          .allowMethods("PUT")
          .build();

  private static final CorsPolicy ONE = CorsPolicy.builder().allowOrigins(APP).build();

  private static final String ORIGINS = "allowOrigins of the CorsPolicy";

  @ParameterizedTest
  @EnumSource(Example.class)
  void of_many_origins(Example example) {
    try (Example.Running server = example.start(0, MANY)) {
      says(server, ORIGINS, "--origin", OTHER, "-X", "PUT");
      says(server, ORIGINS, "--origin", OTHER);
      says(server, "allowMethods of the CorsPolicy", "--origin", APP, "-X", "PATCH");
      says(server, "allowRequestHeaders of the CorsPolicy", "--origin", APP, "-H", "X-Tenant: 7");
      says(server, "allowCredentials() in the CorsPolicy", "--origin", APP, "--credentials");
    }
  }

  @ParameterizedTest
  @EnumSource(Example.class)
  void of_one_origin(Example example) {
    try (Example.Running server = example.start(0, ONE)) {
      says(server, ORIGINS, "--origin", OTHER, "-X", "PUT");
      says(server, ORIGINS, "--origin", OTHER);
      says(server, "allowMethods of the CorsPolicy", "--origin", APP, "-X", "PUT");
    }
  }

  private static void says(Example.Running server, String setting, String... options) {
    List<String> words = new ArrayList<>(List.of("diagnose", server.url("/notes")));
    words.addAll(List.of(options));
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    int exit = Crosswalk.run(out, out, Ansi.OFF, words.toArray(new String[0]));
    String text = printed.toString().replaceAll("\\s+", " ");
    assertEquals(1, exit, printed::toString);
    assertTrue(text.contains("Crosswalk answers here"), printed::toString);
    assertTrue(text.contains(setting), printed::toString);
    assertFalse(text.contains("With any server"), printed::toString);
  }
}

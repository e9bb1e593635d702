package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.cli.document.BrokenDocumentException;
import dev.crosswalk.cors.cli.policy.from.Format;
import dev.crosswalk.cors.cli.policy.from.Imported;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The configuration of another server: its format on the first line, as the command line names it,
 * and the file on those that follow.
 */
class ImportFuzzTest {

  @FuzzTest
  void imported(byte[] data) throws Exception {
    String text = Hostile.text(data);
    int end = text.indexOf('\n');
    Optional<Format> format = Format.of(end < 0 ? text : text.substring(0, end));
    if (format.isEmpty()) {
      return;
    }
    String document = text.substring(end + 1);
    assertImports(format.get(), "cors.conf", document);
    assertImports(format.get(), "cors.properties", document);
  }

  private static void assertImports(Format format, String file, String document) throws Exception {
    Imported imported;
    try {
      imported = Hostile.inTime(() -> format.read(file, document));
    } catch (BrokenDocumentException e) {
      Hostile.assertOneLine(String.valueOf(e.getMessage()), 1_000);
      return;
    }
    imported.findings().forEach(finding -> Hostile.assertOneLine(finding.toString(), 4_000));
    assertTrue(imported.findings().size() <= 10 * document.length() + 10);
    if (!imported.settings().isEmpty()) {
      CorsConfiguration.of(imported.settings());
      assertEquals(imported.settings().size(), imported.file().lines().count(), "one line each");
      assertNamesNothingElse(imported.settings(), document);
    }
    assertEquals(imported, format.read(file, document), "read twice");
  }

  /** Each label of a host is in the document: nobody else is let in. */
  private static void assertNamesNothingElse(Map<String, String> settings, String document) {
    String written = document.replace("\\", "").toLowerCase(Locale.ROOT);
    settings.forEach(
        (key, value) -> {
          if (key.endsWith("allowed-origins")) {
            for (String origin : value.split(", ?")) {
              for (String label : origin.replaceFirst(".*://", "").split("[.:*]")) {
                assertTrue(
                    written.contains(label) || isMade(label, written),
                    () -> origin + " is not in the document: " + written);
              }
            }
          }
        });
  }

  /** Whether alternatives inside of a label make it, as {@code (app|www)2} makes {@code app2}. */
  private static boolean isMade(String label, String written) {
    return (written.contains("|") || written.contains("?"))
        && IntStream.range(1, label.length())
            .anyMatch(
                i ->
                    written.contains(label.substring(0, i))
                        && written.contains(label.substring(i)));
  }
}

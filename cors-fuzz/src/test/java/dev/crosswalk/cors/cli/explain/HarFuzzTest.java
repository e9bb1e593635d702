package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.fuzz.Hostile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A HAR file, as it is. */
class HarFuzzTest {

  private static final Path FILE = temporary();

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("recorded", ".har");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FuzzTest
  void har(byte[] data) throws Exception {
    Files.write(FILE, data);
    Har har;
    try {
      har = Hostile.inTime(() -> Har.read(FILE));
    } catch (IllegalArgumentException e) {
      Hostile.assertOneLine(String.valueOf(e.getMessage()), 300);
      return;
    }
    assertTrue(har.entries().size() <= Har.MAX_ENTRIES);
    Recording.Findings findings = Hostile.inTime(() -> Recording.findings(har));
    assertTrue(findings.failures().size() <= findings.requests());
    assertEquals(findings, Recording.findings(Har.read(FILE)), "read twice");
    List<ConsoleMessage> messages = Recording.grouped(findings.failures());
    StringWriter out = new StringWriter();
    new ExplanationText(new PrintWriter(out, true), false).print(messages);
    Hostile.assertLines(out.toString(), 100_000);
    assertTrue(!ExplanationJson.of(messages).isEmpty());
  }
}

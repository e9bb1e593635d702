package dev.crosswalk.cors.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program that writes the page of the state of CORS is no module, so nothing else compiles it
 * before somebody runs it. It has what the command line brings. Its servers bring dependencies that
 * only a run downloads.
 */
class StateOfCorsTest {

  private static final Path FOLDER = Path.of("../state-of-cors").toAbsolutePath().normalize();

  @TempDir private Path classes;

  @Test
  void its_program_compiles_with_what_the_command_line_brings() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.list(FOLDER)) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertTrue(sources.size() > 2, sources::toString);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertNotNull(compiler, "the tests run on a JDK");
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-d",
                      classes.toString(),
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertEquals("", compiled ? "" : messages.toString());
    }
  }
}

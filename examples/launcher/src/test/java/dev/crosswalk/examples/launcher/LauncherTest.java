package dev.crosswalk.examples.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.examples.launcher.Example.Running;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LauncherTest {

  /** One route fails on purpose, and each framework tells of it. */
  @BeforeAll
  static void silence() {
    LogManager.getLogManager().reset();
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Launcher.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setUsageHelpWidth(100)
        .execute(arguments);
  }

  @Test
  void all_four_answer_alike_and_as_expected() {
    assertEquals(0, run("--once", "--port", "0"), () -> out + "\n" + err);
    assertEquals("", err.toString());
    assertTrue(out.toString().endsWith("as expected.\n"), out::toString);

    assertEquals(6, Scenario.ALL.size());
    for (Scenario scenario : Scenario.ALL) {
      assertTrue(out.toString().contains(scenario.title()), scenario::title);
    }
    // Two of the six are asked about first, so that there are eight exchanges.
    assertEquals(8, out.toString().split("from all of them", -1).length - 1);
  }

  @Test
  void the_table_fits_100_columns() {
    run("--once", "--port", "0");
    List<String> wide = out.toString().lines().filter(line -> line.length() > 100).toList();
    assertTrue(out.toString().lines().count() > 50);
    assertEquals(List.of(), wide);
  }

  @Test
  void one_that_answers_otherwise_is_found_and_named() {
    List<Running> servers = new ArrayList<>();
    try {
      for (Example example : Example.values()) {
        Cors cors = example == Example.JAVALIN ? CorsPolicy.none() : Launcher.CORS;
        servers.add(example.start(0, cors));
      }
      assertFalse(Launcher.compare(servers, new PrintWriter(out, true)));
    } finally {
      servers.forEach(Running::close);
    }
    String table = out.toString();
    assertTrue(table.contains("200 from JAX-RS, Micronaut, Vert.x"), table);
    assertTrue(table.contains("200 from Javalin"), table);
    assertTrue(table.contains("1 on Javalin: [200] ACAO_MISSING instead of [200] shared"), table);
    assertTrue(table.contains("3: there are 2 different answers."), table);
  }

  @Test
  void a_port_in_use_is_named_with_the_option_that_changes_it() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("localhost", 0));
      String port = Integer.toString(taken.getLocalPort());
      assertEquals(2, run("--once", "--port", port));
      assertEquals(
          "Port " + port + " is in use: choose four others with --port.\n", err.toString());
      assertEquals("", out.toString());
    }
  }

  @Test
  void a_taken_port_of_the_page_is_named_with_the_option_that_changes_it() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("localhost", 0));
      String port = Integer.toString(taken.getLocalPort());
      assertEquals(2, run("--port", "0", "--page-port", port));
      assertEquals(
          "Port " + port + " is in use: choose another with --page-port.\n", err.toString());
      assertEquals("", out.toString());
    }
  }

  @Test
  void a_port_that_is_none_is_refused_in_one_sentence() {
    assertEquals(2, run("--port", "65533"));
    assertEquals("--port is from 0 to 65532, not 65533.\n", err.toString());
  }

  @Test
  void help_names_every_option() {
    assertEquals(0, run("--help"));
    for (String option : List.of("--port", "--page-port", "--once", "--help", "Exit codes")) {
      assertTrue(out.toString().contains(option), option);
    }
  }
}

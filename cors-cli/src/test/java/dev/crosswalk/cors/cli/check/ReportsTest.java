package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.Mutant;
import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written to files: for programs, build servers, code scanning, and people. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ReportsTest extends Checking {

  @Test
  void the_reports_say_what_was_found() throws Exception {
    URI good = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    URI bad = serve(TestPolicy.CREDENTIALS, Mutant.named("NULL_IS_ALLOWED").step());
    Path json = directory.resolve("report.json");
    Path junit = directory.resolve("report.xml");
    Path html = directory.resolve("report.html");
    int exit =
        run(
            Arrays.asList("check", good.toString(), bad.toString()),
            profileAnd(
                "--json", json.toString(), "--junit", junit.toString(), "--html", html.toString()));
    assertEquals(1, exit, err::toString);

    JsonNode report = JsonMapper.builder().build().readTree(Files.readString(json));
    assertEquals(2, report.get("servers").size());
    assertEquals(0, report.get("servers").get(0).get("broken").asInt());
    JsonNode broken = report.get("servers").get(1);
    assertTrue(broken.get("broken").asInt() >= 2, broken::toString);
    for (JsonNode rule : broken.get("rules")) {
      if (rule.get("id").asString().equals("NU02")) {
        assertEquals("broken", rule.get("status").asString());
        assertTrue(rule.get("message").asString().contains("null should never read"));
        assertTrue(rule.get("exchanges").get(0).asString().contains("> Origin: null"));
      }
    }

    Document suites =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(junit))));
    assertEquals(2, suites.getElementsByTagName("testsuite").getLength());
    assertEquals(1, broken.get("causes").size());
    assertEquals("trusts null", broken.get("causes").get(0).get("cause").asString());
    assertEquals(
        broken.get("broken").asInt() + 1, suites.getElementsByTagName("failure").getLength());
    assertTrue(
        Files.readString(junit).indexOf("trusts null")
            < Files.readString(junit).lastIndexOf("NU02"),
        "the cause comes first");

    String page = Files.readString(html);
    assertTrue(page.contains("<section class=\"cause security\" id=\"s2-trusts-null\">"));
    assertTrue(
        page.indexOf("id=\"s2-trusts-null\"") < page.indexOf("id=\"matrix\""),
        "the cause comes first");
    assertTrue(page.contains("class=\"cell broken security\" id=\"c2-NU02\""));
    assertTrue(page.contains("href=\"#d2-NU02\""), "a sign leads to what was asked");
    assertTrue(page.contains("id=\"d2-NU02\""), "and that is there");
    assertTrue(page.contains("class=\"cell holds must\""));
    assertTrue(page.contains("<span class=\"badge clean\">nothing found</span>"));
    assertTrue(page.contains("<span class=\"badge security\">security</span>"));
    assertTrue(page.contains("<code>--allowed-origin https://app.tck.example,"), "what is meant");
    assertTrue(
        page.contains("you did not give a policy without credentials"), "what is not tested");
    assertTrue(page.contains("crosswalk " + Usage.VERSION));
    assertFalse(page.contains("<script"), "readable without scripts");
    assertFalse(page.contains("src="), "needs no other file");
  }

  @Test
  void what_a_server_sends_is_not_markup_in_the_reports() throws Exception {
    URI url =
        scripted(
            wire -> {
              while (true) {
                String head = wire.readHead();
                boolean close = head.startsWith("HEAD");
                wire.say(
                    "HTTP/1.1 200 OK\r\n"
                        + "Access-Control-Allow-Origin: <script>alert(1)</script>\u0001\r\n"
                        + "Content-Length: 0\r\n\r\n");
                if (close) {
                  return;
                }
              }
            });
    Path html = directory.resolve("report.html");
    Path junit = directory.resolve("report.xml");
    assertEquals(1, check(url, profileAnd("--html", html.toString(), "--junit", junit.toString())));
    assertFalse(Files.readString(html).contains("<script>"));
    assertTrue(Files.readString(html).contains("&lt;script&gt;"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Files.readString(junit))));
  }

  @Test
  void a_report_that_cannot_be_written_is_one_sentence() throws Exception {
    URI url = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    assertEquals(
        2, check(url, "--rule", "OR22", "--json", directory.resolve("no/such").toString()));
    assertTrue(Result.unwrapped(err.toString()).contains("cannot be written"), err::toString);
  }
}

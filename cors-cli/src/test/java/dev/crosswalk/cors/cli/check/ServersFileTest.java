package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many servers, each with a profile of its own. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ServersFileTest extends Checking {

  @Test
  void servers_of_a_file_have_names_and_profiles_of_their_own() throws Exception {
    URI one = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    URI other = serve(TestPolicy.SINGLE, new MutantServer.Step());
    Path file =
        Files.writeString(
            directory.resolve("servers.properties"),
            String.join(
                "\n",
                "refused-origin = https://evil.example",
                "credentials = true",
                "orders.name = The orders",
                "orders.url = " + one,
                "orders.allowed-origin = https://app.tck.example,https://admin.tck.example",
                "users.url = " + other,
                "users.software = JDK 17",
                "users.allowed-origin = https://app.tck.example",
                "users.method = PUT"));
    Path json = directory.resolve("report.json");
    assertEquals(0, run("check", "--servers", file.toString(), "--json", json.toString()));
    JsonNode report = JsonMapper.builder().build().readTree(Files.readString(json));
    assertEquals(2, report.get("servers").size());
    JsonNode orders = report.get("servers").get(0);
    JsonNode users = report.get("servers").get(1);
    assertEquals("The orders", orders.get("name").asString());
    assertEquals("users", users.get("name").asString());
    assertEquals("JDK 17", users.get("software").asString());
    assertEquals("clean", users.get("verdict").asString());
    assertTrue(users.get("options").toString().contains("--method PUT"), users::toString);
    assertFalse(orders.get("options").toString().contains("--method"), orders::toString);
    assertTrue(orders.get("options").toString().contains("--credentials"), orders::toString);
  }

  @Test
  void mistakes_in_a_file_of_servers_are_told_in_a_sentence() throws Exception {
    String[][] mistakes = {
      {"", "is empty."},
      {"# none yet", "has no server"},
      {"orders.allowed-origin = https://a.example", "has no line orders.url"},
      {"orders.url = api.example.com", "write https://api.example.com"},
      {"url = http://localhost/", "Write the server's name, a dot"},
      {"orders.url = http://localhost/\norders.alowed-origin = x", "orders.alowed-origin"},
      {"orders.url = http://localhost/\norders.max-age = soon", "orders: "},
      {"orders.url = http://localhost/\norders.url = http://b/", "twice"},
      {
        "orders.url = http://localhost/\norders.allowed-origin = a.example",
        "write --allowed-origin https://a.example"
      },
    };
    for (String[] mistake : mistakes) {
      err.getBuffer().setLength(0);
      Path file = Files.writeString(directory.resolve("servers.properties"), mistake[0]);
      assertEquals(2, run("check", "--servers", file.toString()), mistake[0]);
      String complaint = Result.unwrapped(err.toString());
      assertTrue(complaint.contains(mistake[1]), mistake[0] + ": " + err);
      assertEquals(2, complaint.lines().count(), err::toString);
    }
    err.getBuffer().setLength(0);
    assertEquals(2, run("check", "--servers", "x", "http://localhost/"));
    assertTrue(Result.unwrapped(err.toString()).contains("into that file"), err::toString);
    assertEquals(2, run("check", "--servers", "/no/such/file"));
    assertTrue(err.toString().contains("cannot be read"), err::toString);
  }
}

package dev.crosswalk.cors.cli.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.rules.Permissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written for each server. The files beside this test are what {@code RemedyRunTest} has
 * put onto the servers themselves, where they can be had.
 */
class ServerRemedyTest {

  static final String APP = "https://app.example.com";

  /** From the least that somebody asks for to the most. */
  static Map<String, Permissions> wanted() {
    Map<String, Permissions> wanted = new LinkedHashMap<>();
    wanted.put("one origin reads", Permissions.to(APP));
    wanted.put(
        "one origin writes, with credentials",
        Permissions.to(APP).methods("PUT").requestHeaders("content-type").withCredentials());
    wanted.put(
        "several origins, and all that there is",
        new Permissions(
            List.of(APP, "http://localhost:3000", "https://*.example.org"),
            true,
            List.of("PUT", "DELETE"),
            List.of("authorization", "content-type"),
            List.of("Location"),
            Duration.ofHours(1)));
    wanted.put("any origin reads", Permissions.to("*"));
    return wanted;
  }

  @ParameterizedTest
  @EnumSource
  void what_is_written_for_each_server(Server server) throws IOException {
    StringBuilder written = new StringBuilder();
    wanted()
        .forEach(
            (name, permissions) -> {
              ServerRemedy remedy = ServerRemedy.of(server, permissions).orElseThrow();
              written.append("=== ").append(name).append("\n");
              remedy.lines().forEach(line -> written.append(line).append("\n"));
              assertFalse(remedy.note().isEmpty(), remedy::toString);
            });
    String file = "written/" + server + ".txt";
    if (Boolean.getBoolean("remedies.write")) {
      Files.writeString(
          Path.of("src/test/resources/dev/crosswalk/cors/cli/remedy", file), written.toString());
    }
    try (InputStream in = ServerRemedyTest.class.getResourceAsStream(file)) {
      assertEquals(
          in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8),
          written.toString());
    }
  }

  /** Nobody gets more than was asked for by pasting it. */
  @ParameterizedTest
  @EnumSource
  void nothing_is_wider_than_what_is_asked(Server server) {
    wanted()
        .forEach(
            (name, permissions) -> {
              List<String> lines = ServerRemedy.of(server, permissions).orElseThrow().lines();
              // Rails' own way to say: for every path; and Hono's.
              String text =
                  String.join("\n", lines)
                      .replace("resource \"*\"", "")
                      .replace("app.use(\"*\"", "");
              if (!permissions.origins().contains("*")) {
                assertFalse(text.contains("\"*\""), text);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://a.example\"; evil",
        "https://a.example|x",
        "http://app.example.com",
        "chrome-extension://*"
      })
  void what_is_unsafe_or_not_plain_is_not_written(String origin) {
    for (Server server : Server.values()) {
      assertEquals(
          Optional.empty(), ServerRemedy.of(server, Permissions.to(origin).withCredentials()));
    }
  }

  @Test
  void any_origin_with_credentials_is_not_written() {
    assertEquals(
        Optional.empty(), ServerRemedy.of(Server.NGINX, Permissions.to("*").withCredentials()));
    assertTrue(ServerRemedy.of(Server.NGINX, Permissions.to("*")).isPresent());
  }
}

package dev.crosswalk.cors.cli.policy;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.configuration.Snippet;
import dev.crosswalk.cors.cli.configuration.Target;
import dev.crosswalk.cors.tck.rules.Permissions;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exports every policy of the kit, starts the real server with it in front of a plain upstream, and
 * lets {@code check} run the kit's rules. It needs nginx, Apache httpd, HAProxy and Caddy, so it
 * runs when asked for: {@code -Dservers=true}. {@code -Dservers.write=true} writes the table of
 * docs/servers.md anew; {@code -Dservers.policies=LIST,NONE} runs those alone.
 */
@EnabledIfSystemProperty(named = "servers", matches = "true")
class ExportedServersTest {

  private static final Path PAGE = Path.of("../docs/servers.md");

  @TempDir private Path directory;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** An application that knows nothing of CORS, but for headers that somebody left in it. */
  private static HttpServer upstream() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "https://wrong.example");
          exchange.getResponseHeaders().add("Access-Control-Allow-Credentials", "true");
          exchange.getResponseHeaders().add("Vary", "Accept-Encoding");
          boolean isFound = exchange.getRequestURI().getPath().equals("/items");
          byte[] body = "[]".getBytes(UTF_8);
          boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(isFound ? 200 : 404, hasBody ? body.length : -1);
          if (hasBody) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    return server;
  }

  private List<String> command(Target target, String snippet, int port, int upstream)
      throws IOException {
    String to = "127.0.0.1:" + upstream;
    String dir = Files.createTempDirectory(directory, target.word()).toString();
    Path file = Path.of(dir, "configuration");
    switch (target) {
      case NGINX -> {
        int server = snippet.indexOf("# in server { }");
        Files.writeString(
            file,
            """
            daemon off; pid %1$s/pid; error_log %1$s/error.log;
            events { }
            http {
              access_log off; map_hash_bucket_size 256;
              client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
              uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
              %2$s
              server { listen 127.0.0.1:%3$d; location / {
              %4$s
              proxy_pass http://%5$s; } }
            }
            """
                .formatted(dir, snippet.substring(0, server), port, snippet.substring(server), to));
        return List.of("nginx", "-p", dir, "-e", dir + "/error.log", "-c", file.toString());
      }
      case APACHE -> {
        String modules =
            List.of(
                    "mpm_event",
                    "authz_core",
                    "headers",
                    "setenvif",
                    "rewrite",
                    "proxy",
                    "proxy_http")
                .stream()
                .map(m -> "LoadModule " + m + "_module /usr/lib/apache2/modules/mod_" + m + ".so\n")
                .collect(Collectors.joining());
        Files.writeString(
            file,
            modules
                + "ServerName localhost\nPidFile %1$s/pid\nErrorLog %1$s/error.log\nListen 127.0.0.1:%2$d\nTraceEnable off\n"
                    .formatted(dir, port)
                + "<VirtualHost *:"
                + port
                + ">\n"
                + snippet
                + "ProxyPass / http://"
                + to
                + "/\n</VirtualHost>\n");
        return List.of("apache2", "-d", dir, "-f", file.toString(), "-DFOREGROUND");
      }
      case HAPROXY -> {
        Files.writeString(
            file,
            """
            defaults
              mode http
              timeout connect 5s
              timeout client 10s
              timeout server 10s
            frontend web
              bind 127.0.0.1:%d
            %s
              default_backend app
            backend app
              server one %s
            """
                .formatted(port, snippet, to));
        return List.of("haproxy", "-db", "-f", file.toString());
      }
      case CADDY -> {
        Files.writeString(
            file,
            "{\n\tadmin off\n\tauto_https off\n}\nhttp://127.0.0.1:"
                + port
                + " {\n\tbind 127.0.0.1\n"
                + snippet.replace("127.0.0.1:8080", to)
                + "}\n");
        return List.of("caddy", "run", "--adapter", "caddyfile", "--config", file.toString());
      }
      default -> throw new IllegalArgumentException(target.word());
    }
  }

  private static Process started(List<String> command, Path log, int port) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HOME", log.getParent().toString());
    Process process = builder.start();
    for (int i = 0; i < 200; i++) {
      assertTrue(process.isAlive(), () -> read(log));
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return process;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    process.destroy();
    throw new AssertionError(command + " does not listen: " + read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> expectations(TestPolicy policy) {
    Permissions permissions = policy.permissions();
    List<String> arguments = new ArrayList<>();
    permissions.origins().stream()
        .filter(origin -> !origin.equals("null") && !origin.contains("_"))
        .limit(12)
        .forEach(origin -> arguments.addAll(List.of("--allowed-origin", origin)));
    if (!permissions.origins().contains("*")) {
      arguments.addAll(List.of("--refused-origin", TestPolicy.EVIL));
    }
    if (!permissions.origins().isEmpty()) {
      arguments.add(permissions.credentials() ? "--credentials" : "--no-credentials");
      each(arguments, "--method", permissions.methods());
      each(arguments, "--header", permissions.requestHeaders());
      each(arguments, "--exposed-header", permissions.exposed());
      if (permissions.maxAge() != null) {
        arguments.addAll(List.of("--max-age", "" + permissions.maxAge().toSeconds()));
      }
    }
    return arguments;
  }

  private static void each(List<String> arguments, String option, List<String> values) {
    values.stream()
        .filter(value -> !value.equals("*"))
        .forEach(value -> arguments.addAll(List.of(option, value)));
  }

  @Test
  void everyPolicyOfTheKitHoldsOnEveryServer() throws Exception {
    StringBuilder table =
        new StringBuilder(
            "| policy | nginx | Apache httpd | HAProxy | Caddy |\n|---|---|---|---|---|\n");
    List<Target> targets = List.of(Target.NGINX, Target.APACHE, Target.HAPROXY, Target.CADDY);
    List<String> broken = new ArrayList<>();
    String wanted = System.getProperty("servers.policies", "");
    for (TestPolicy policy : TestPolicy.values()) {
      if (!wanted.isEmpty() && !List.of(wanted.split(",", -1)).contains(policy.name())) {
        continue;
      }
      table.append("| ").append(policy);
      CorsPolicy of = policy.permissions().policy();
      for (Target target : targets) {
        Snippet snippet = target.write(of);
        JsonNode column = checked(target, snippet, policy);
        List<String> rules = new ArrayList<>();
        int holds = 0;
        for (JsonNode rule : column.at("/rules")) {
          String status = rule.at("/status").asString();
          holds += status.equals("holds") ? 1 : 0;
          if (status.equals("broken") || status.equals("faulty")) {
            rules.add(rule.at("/id").asString());
          }
        }
        table.append(" | ").append(holds);
        if (!rules.isEmpty()) {
          table.append(", not ").append(String.join(" ", rules));
          broken.add(policy + " on " + target.word() + ": " + rules);
        }
      }
      table.append(" |\n");
    }
    if (Boolean.getBoolean("servers.write")) {
      String page = Files.readString(PAGE);
      int begin = page.indexOf("<!-- the run begins -->\n") + "<!-- the run begins -->\n".length();
      int end = page.indexOf("<!-- the run ends -->");
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    }
    System.out.println(table);
    assertTrue(
        Files.readString(PAGE).contains(table),
        () -> "docs/servers.md has another table:\n" + table);
    broken.forEach(System.out::println);
  }

  private JsonNode checked(Target target, Snippet snippet, TestPolicy policy) throws Exception {
    HttpServer upstream = upstream();
    int port = freePort();
    Path log = directory.resolve(target.word() + ".log");
    Process process =
        started(command(target, snippet.text(), port, upstream.getAddress().getPort()), log, port);
    try {
      Path json = directory.resolve("report.json");
      List<String> arguments =
          new ArrayList<>(
              List.of("check", "http://127.0.0.1:" + port + "/items", "--json", json.toString()));
      arguments.addAll(expectations(policy));
      Result result = crosswalk(arguments);
      assertTrue(result.exit() < 2, () -> result.err() + read(log));
      return JsonMapper.builder().build().readTree(Files.readString(json)).at("/servers/0");
    } finally {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
      upstream.stop(0);
    }
  }

  private static Result crosswalk(List<String> arguments) {
    return Result.crosswalk(arguments.toArray(String[]::new));
  }
}

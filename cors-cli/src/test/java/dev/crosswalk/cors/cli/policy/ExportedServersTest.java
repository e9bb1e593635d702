package dev.crosswalk.cors.cli.policy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.configuration.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Exports every policy of the kit, starts the real server with it in front of a plain upstream, and
 * lets {@code check} run the kit's rules. It needs nginx, Apache httpd, HAProxy and Caddy, so it
 * runs when asked for: {@code -Dservers=true}.
 */
@EnabledIfSystemProperty(named = "servers", matches = "true")
class ExportedServersTest {

  @TempDir private Path directory;

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
    for (int i = 0; i < 1_200; i++) {
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

  @ParameterizedTest
  @CsvSource({"NGINX, nginx", "APACHE, Apache httpd", "HAPROXY, HAProxy", "CADDY, Caddy"})
  void every_policy_of_the_kit_is_checked(Target target, String title) throws Exception {
    try (Upstream upstream = new Upstream()) {
      ServersTable.check(
          target,
          title,
          "/items",
          (configuration, port) -> {
            Path log = directory.resolve(target.word() + ".log");
            Process process =
                started(command(target, configuration, port, upstream.port()), log, port);
            return () -> {
              process.destroy();
              process.waitFor(10, TimeUnit.SECONDS);
            };
          });
    }
  }
}

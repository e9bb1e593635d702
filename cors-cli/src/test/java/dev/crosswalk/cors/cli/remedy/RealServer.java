package dev.crosswalk.cors.cli.remedy;

import static java.util.Locale.ROOT;

import com.sun.net.httpserver.HttpServer;
import dev.crosswalk.cors.cli.diagnose.ServerCase;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Software that nobody here wrote, started with a configuration, on a port of this machine. */
public final class RealServer implements AutoCloseable {

  private static final int MAX_BYTES = 64 * 1024;

  private final Path directory = Files.createTempDirectory("server");
  private final HttpServer upstream;
  private final Process process;
  private final int port;

  /** What a program needs: where the modules of npm are. */
  static final Path NODE_MODULES =
      Path.of(System.getProperty("servers.npm", "target/servers"), "node_modules").toAbsolutePath();

  public RealServer(ServerCase server) throws IOException, InterruptedException {
    this(server.start(), server.files(), server.upstream());
    for (String origin : server.before()) {
      ask(
          "GET /notes HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + origin + "\r\n\r\n",
          new byte[0]);
    }
  }

  public RealServer(String start, Map<String, String> files, List<String> answers)
      throws IOException, InterruptedException {
    port = freePort();
    upstream = upstream(answers);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(directory.resolve("tmp"));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, filled(file.getValue()));
    }
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "exec " + filled(start))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PORT", Integer.toString(port));
    environment.put("NODE_PATH", NODE_MODULES.toString());
    environment.put("PATH", System.getenv("PATH") + ":/usr/sbin");
    environment.put("HOME", directory.toString());
    environment.put("TMPDIR", directory.resolve("tmp").toString());
    environment.put("GOCACHE", Path.of("target", "go-cache").toAbsolutePath().toString());
    process = builder.start();
    awaitPort();
  }

  private String filled(String text) {
    return text.replace("{port}", Integer.toString(port))
        .replace("{upstream}", Integer.toString(upstream.getAddress().getPort()))
        .replace("{npm}", NODE_MODULES.toString())
        .replace("{dir}", directory.toString());
  }

  /** The first word of a command that this machine does not have; empty if it has it. */
  public static String missing(String start) {
    String program =
        Stream.of(start.split(" ")).filter(word -> !word.contains("=")).findFirst().orElse("");
    boolean found =
        (program.startsWith("/") && new File(program).canExecute())
            || Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
                .anyMatch(directory -> new File(directory, program).canExecute());
    boolean modules = !program.equals("node") || Files.isDirectory(NODE_MODULES);
    return found ? modules ? "" : "the packages of npm" : program;
  }

  public int port() {
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static HttpServer upstream(List<String> answers) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            int status = 200;
            for (String line : answers) {
              if (line.matches("[0-9]{3}")) {
                status = Integer.parseInt(line);
              } else {
                int colon = line.indexOf(':');
                exchange
                    .getResponseHeaders()
                    .add(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            byte[] body = "{\"notes\": []}".getBytes(StandardCharsets.UTF_8);
            boolean empty = head || status == 204 || status == 304;
            exchange.sendResponseHeaders(status, empty ? -1 : body.length);
            if (!empty) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
    return server;
  }

  private void awaitPort() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
        return;
      } catch (IOException e) {
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress("::1", port), 500);
          return;
        } catch (IOException again) {
          if (!process.isAlive() || System.nanoTime() > deadline) {
            String output =
                Files.readString(directory.resolve("output"), StandardCharsets.ISO_8859_1);
            close();
            throw new IOException("it does not start: " + output);
          }
        }
        Thread.sleep(50);
      }
    }
  }

  // ---------------------------------------------------------------------------------- recordings

  /**
   * What decides how a server answers.
   *
   * @param head of a request
   */
  public static String key(String head) {
    List<String> lines = head.lines().toList();
    StringBuilder key =
        new StringBuilder(lines.get(0).replaceAll("crosswalk=[0-9]+", "crosswalk=*"));
    for (String name :
        List.of(
            "Origin",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
            "Authorization",
            "Content-Type",
            "Cookie",
            "User-Agent")) {
      for (String line : lines) {
        if (line.regionMatches(true, 0, name + ": ", 0, name.length() + 2)) {
          key.append(" | ").append(decisive(name, line));
        }
      }
    }
    return key.toString();
  }

  /** None of these servers looks at the version, or at the case of names and at spaces there. */
  private static String decisive(String name, String line) {
    return switch (name) {
      case "User-Agent" -> line.substring(0, "User-Agent: Moz".length());
      case "Access-Control-Request-Headers" ->
          name + ": " + line.substring(name.length() + 2).toLowerCase(ROOT).replace(", ", ",");
      default -> line;
    };
  }

  /** Stands in front of the server, and keeps what it answers. */
  public ScriptedServer recorder(Map<String, String> recording) throws IOException {
    ScriptedServer[] self = new ScriptedServer[1];
    self[0] =
        ScriptedServer.start(
            wire -> {
              String head = wire.readHead();
              String length = head.replaceAll("(?is).*\r\ncontent-length: ([0-9]+).*", "$1");
              byte[] body =
                  length.matches("[0-9]+") ? wire.readBody(Integer.parseInt(length)) : new byte[0];
              String answer =
                  ask(head.replace(":" + self[0].port(), ":" + port), body)
                      .replace(":" + port, ":" + self[0].port());
              recording.put(
                  key(head).replace(":" + self[0].port(), ":{port}"),
                  anywhere(answer).replace(":" + self[0].port(), ":{port}"));
              wire.say(answer);
            });
    return self[0];
  }

  /** An error of Node.js has the folders of this machine in it, and a recording must not. */
  private String anywhere(String answer) {
    return answer
        .replace(NODE_MODULES.toString(), "/srv/node_modules")
        .replace(directory.toString(), "/srv/server");
  }

  private String ask(String head, byte[] body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(4_000);
      socket
          .getOutputStream()
          .write(
              head.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[4096];
      try {
        for (int read = in.read(buffer);
            read >= 0 && bytes.size() < MAX_BYTES;
            read = in.read(buffer)) {
          bytes.write(buffer, 0, read);
        }
      } catch (SocketTimeoutException e) {
        // It goes on; what came is kept.
      }
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    upstream.stop(0);
    delete(directory);
  }

  /** A folder and all that is in it. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        path.toFile().delete();
      }
    }
  }

  /** In the order of the exchanges. */
  public static Map<String, String> newRecording() {
    return java.util.Collections.synchronizedMap(new LinkedHashMap<>());
  }

  public static List<String> arguments(ServerCase server, String base) {
    List<String> arguments = new ArrayList<>(server.ask());
    arguments.set(0, base + arguments.get(0));
    return arguments;
  }
}

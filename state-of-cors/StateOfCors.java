import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the servers of servers.properties, checks them all, and writes the page about them. */
public final class StateOfCors {

  private static final int FIRST_PORT = 18_500;
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final List<String> OWN_KEYS = List.of("run", "version", "source", "about", "built-in");

  private final Map<String, Process> processes = new LinkedHashMap<>();

  /** One server, as the file says. */
  record Server(String id, int port, Map<String, String> lines) {
    String line(String key) {
      return lines.getOrDefault(key, "");
    }

    /** The JDK's program; of a newer JDK where a comment asks for one. */
    String jdk(String program) throws IOException {
      boolean newer = Files.readString(Path.of(file())).contains("// on JDK 21");
      String home = System.getenv("STATE_NEWER_JDK");
      return newer && home != null ? home + "/bin/" + program : program;
    }

    Path directory() {
      return TARGET.resolve(id);
    }

    String file() {
      return line("run").split(" ")[0];
    }

    String main() {
      return Path.of(file()).getFileName().toString().replaceAll("\\..*", "");
    }

    /** The coordinates in the comments at the top of a file, or the files beside it ({@code +}). */
    List<String> needs(boolean files) throws IOException {
      return Files.readAllLines(Path.of(file())).stream()
          .takeWhile(line -> line.startsWith("//"))
          .map(line -> line.substring(2).strip())
          .filter(line -> line.startsWith("+") || line.matches("[^ :]+:[^ :]+:[^ :]+"))
          .filter(line -> line.startsWith("+") == files)
          .map(line -> line.replace("+", "").strip())
          .toList();
    }
  }

  public static void main(String[] ids) throws Exception {
    StateOfCors state = new StateOfCors();
    Runtime.getRuntime().addShutdownHook(new Thread(state::stop));
    List<Server> servers = read();
    boolean builtIn = List.of(ids).equals(List.of("built-in"));
    if (builtIn) {
      servers.removeIf(server -> server.line("built-in").isEmpty());
    } else if (ids.length > 0) {
      servers.removeIf(server -> !List.of(ids).contains(server.id()));
    }
    if (System.getenv("STATE_KEEP") == null) {
      state.prepare(servers);
    }
    for (Server server : servers) {
      state.start(server);
    }
    List<Server> answering = new ArrayList<>();
    for (Server server : servers) {
      if (state.answers(server)) {
        answering.add(server);
      } else {
        System.err.println(server.id() + " does not answer; see " + log(server));
      }
    }
    Path report = ids.length == 0 ? Path.of("../docs") : TARGET;
    state.check(answering, report);
    Browser.verify(answering, TARGET.resolve("report.json"));
    StatePage.write(answering, report.resolve("state-of-cors.md"));
    if (builtIn || ids.length == 0) {
      BuiltInPage.write(answering, Path.of("../docs/built-in.md"));
    }
    System.exit(answering.size() == servers.size() ? 0 : 1);
  }

  // What is there to start.

  private static List<Server> read() throws IOException {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    new Properties() {
      private static final long serialVersionUID = 1L;

      @Override
      public synchronized Object put(Object key, Object value) {
        int dot = key.toString().indexOf('.');
        if (dot > 0) {
          found
              .computeIfAbsent(key.toString().substring(0, dot), unused -> new LinkedHashMap<>())
              .put(key.toString().substring(dot + 1), value.toString().strip());
        }
        return super.put(key, value);
      }
    }.load(Files.newBufferedReader(Path.of("servers.properties")));
    List<Server> servers = new ArrayList<>();
    found.forEach((id, lines) -> servers.add(new Server(id, FIRST_PORT + servers.size(), lines)));
    return servers;
  }

  // What they need.

  private void prepare(List<Server> servers) throws Exception {
    Files.createDirectories(TARGET);
    List<Server> jvm = servers.stream().filter(next -> next.file().startsWith("jvm/")).toList();
    resolve(jvm);
    for (Server server : jvm) {
      compile(server);
    }
    for (Server server : servers) {
      if (server.file().equals("quarkus")) {
        buildQuarkus(server);
      }
    }
  }

  /** One Maven project for each server, and one call for them all. */
  private void resolve(List<Server> servers) throws Exception {
    StringBuilder modules = new StringBuilder();
    for (Server server : servers) {
      StringBuilder dependencies = new StringBuilder();
      List<String> all = new ArrayList<>(server.needs(false));
      if (server.file().endsWith(".kt")) {
        all.add("org.jetbrains.kotlin:kotlin-compiler-embeddable:" + KOTLIN);
      }
      for (String coordinates : all) {
        String[] parts = coordinates.split(":");
        dependencies.append(
            ("<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
                    + exclusions(server)
                    + "</dependency>")
                .formatted((Object[]) parts));
      }
      write(
          server.directory().resolve("pom.xml"),
          pom(server.id(), "jar", "<dependencies>" + dependencies + "</dependencies>"));
      modules.append("<module>").append(server.id()).append("</module>");
    }
    if (servers.isEmpty()) {
      return;
    }
    write(TARGET.resolve("pom.xml"), pom("state-of-cors", "pom", "<modules>" + modules + "</modules>"));
    List<String> command =
        new ArrayList<>(
            List.of("../mvnw", "-q", "-fae", "-f", TARGET.resolve("pom.xml").toString()));
    command.addAll(List.of(System.getProperty("repository").split(" ")));
    command.add("org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath");
    command.add("-Dmdep.outputFile=classpath.txt");
    run(TARGET.resolve("maven.log"), command);
  }

  /** Of a comment such as "without io.netty:netty-codec-native-quic". */
  private static String exclusions(Server server) throws IOException {
    return Files.readAllLines(Path.of(server.file())).stream()
        .filter(line -> line.startsWith("// without "))
        .map(line -> line.substring("// without ".length()).split(":"))
        .map(
            parts ->
                "<exclusion><groupId>%s</groupId><artifactId>%s</artifactId></exclusion>"
                    .formatted((Object[]) parts))
        .collect(Collectors.joining("", "<exclusions>", "</exclusions>"));
  }

  /** Of the compiler that the Kotlin servers are built with. */
  private static final String KOTLIN = "2.4.21";

  private static String pom(String id, String packaging, String rest) {
    return "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>"
        + "<groupId>state</groupId><artifactId>"
        + id
        + "</artifactId><version>1</version><packaging>"
        + packaging
        + "</packaging>"
        + rest
        + "</project>";
  }

  private void compile(Server server) throws Exception {
    String classpath = classpath(server);
    String out = server.directory().resolve("classes").toString();
    List<String> command = new ArrayList<>();
    if (server.file().endsWith(".kt")) {
      command.addAll(
          List.of(
              server.jdk("java"),
              "-cp",
              classpath,
              "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
              "-no-stdlib",
              "-no-reflect",
              "-cp",
              classpath,
              "-d",
              out,
              server.file()));
    } else {
      command.addAll(
          List.of(
              server.jdk("javac"),
              "-nowarn",
              "-parameters",
              "-proc:full",
              "-cp",
              classpath,
              "-d",
              out,
              server.file()));
      if (Runtime.version().feature() < 21) {
        command.remove("-proc:full");
      }
      server.needs(true).forEach(file -> command.add("jvm/" + file));
    }
    run(server.directory().resolve("compile.log"), command);
  }

  private static String classpath(Server server) throws IOException {
    Path file = server.directory().resolve("classpath.txt");
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  private void buildQuarkus(Server server) throws Exception {
    List<String> command = new ArrayList<>(List.of("../mvnw", "-q", "-f", "quarkus/pom.xml"));
    command.addAll(List.of(System.getProperty("repository").split(" ")));
    Stream.of(server.line("run").split(" "))
        .filter(word -> word.startsWith("-P"))
        .forEach(command::add);
    command.addAll(
        List.of("clean", "package", "-DbuildDirectory=" + server.directory().resolve("build")));
    run(log(server).resolveSibling("build.log"), command);
    Path built = server.directory().resolve("app");
    run(
        server.directory().resolve("copy.log"),
        List.of("cp", "-r", "quarkus/target/quarkus-app", built.toString()));
  }

  // How they are started.

  private void start(Server server) throws IOException {
    Path directory = Files.createDirectories(server.directory());
    String port = Integer.toString(server.port());
    String file = server.file();
    List<String> command;
    if (file.startsWith("proxies/")) {
      Process backend =
          spawn(
              server,
              "backend.log",
              List.of("node", "node/plain.mjs", Integer.toString(server.port() + 100)));
      processes.put(server.id() + " backend", backend);
      Path configuration = directory.resolve(Path.of(file).getFileName());
      Files.createDirectories(directory.resolve("files"));
      Files.writeString(directory.resolve("items"), "{\"items\":[]}");
      Files.writeString(
          configuration,
          Files.readString(Path.of(file))
              .replace("@PORT@", port)
              .replace("@BACKEND@", Integer.toString(server.port() + 100))
              .replace("@DIR@", directory.toString()));
      String path = configuration.toString();
      command =
          switch (server.main()) {
            case "apache" -> List.of("apache2", "-f", path, "-DFOREGROUND");
            case "haproxy" -> List.of("haproxy", "-f", path);
            case "Caddyfile" -> List.of("caddy", "run", "--config", path, "--adapter", "caddyfile");
            default -> List.of("nginx", "-p", directory.toString(), "-c", path);
          };
    } else if (file.startsWith("node/")) {
      command = List.of("node", file, port);
    } else if (file.startsWith("jvm/")) {
      String main = "state." + server.main() + (file.endsWith(".kt") ? "Kt" : "");
      command =
          List.of(
              server.jdk("java"),
              "-Xmx96m",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              directory.resolve("classes") + ":" + classpath(server),
              main,
              port);
    } else {
      List<String> words =
          new ArrayList<>(
              List.of(
                  "java",
                  "-Xmx96m",
                  "-Dquarkus.http.host=127.0.0.1",
                  "-Dquarkus.http.port=" + port));
      Stream.of(server.line("run").split(" "))
          .filter(word -> word.startsWith("-D"))
          .forEach(words::add);
      words.addAll(List.of("-jar", directory.resolve("app/quarkus-run.jar").toString()));
      command = words;
    }
    processes.put(server.id(), spawn(server, "server.log", command));
  }

  private static Path log(Server server) {
    return server.directory().resolve("server.log");
  }

  private static Process spawn(Server server, String log, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(server.directory().resolve(log).toFile())
        .start();
  }

  private boolean answers(Server server) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
    while (System.nanoTime() < end && processes.get(server.id()).isAlive()) {
      try {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create(url(server)).toURL().openConnection();
        if (connection.getResponseCode() == 200) {
          return true;
        }
      } catch (IOException e) {
        // Not yet.
      }
      Thread.sleep(200);
    }
    return false;
  }

  static String url(Server server) {
    return "http://127.0.0.1:" + server.port() + "/items";
  }

  private void stop() {
    processes.values().forEach(Process::destroy);
  }

  // What comes of it.

  private void check(List<Server> servers, Path report) throws Exception {
    StringBuilder file = new StringBuilder();
    Files.readAllLines(Path.of("servers.properties")).stream()
        .filter(line -> line.matches("[a-z-]+ = .*"))
        .forEach(line -> file.append(line).append('\n'));
    for (Server server : servers) {
      file.append(server.id()).append(".url = ").append(url(server)).append('\n');
      file.append(server.id()).append(".software = ").append(version(server)).append('\n');
      server
          .lines()
          .forEach(
              (key, value) -> {
                if (!OWN_KEYS.contains(key)) {
                  file.append(server.id())
                      .append('.')
                      .append(key)
                      .append(" = ")
                      .append(value.replace("\\", "\\\\"))
                      .append('\n');
                }
              });
    }
    write(TARGET.resolve("servers.properties"), file.toString());
    run(
        TARGET.resolve("check.log"),
        List.of(
            "java",
            "-jar",
            "../cors-cli/target/crosswalk.jar",
            "check",
            "--servers",
            TARGET.resolve("servers.properties").toString(),
            "--timeout",
            "30",
            "--time-limit",
            "600",
            "--json",
            TARGET.resolve("report.json").toString(),
            "--html",
            report.resolve("state-of-cors.html").toString()));
  }

  /** What it is, by what a command says where the file gives one. */
  static String version(Server server) throws IOException {
    String said = server.line("version");
    if (!said.startsWith("$")) {
      return said;
    }
    Process process =
        new ProcessBuilder(said.substring(1).strip().split(" ")).redirectErrorStream(true).start();
    try (InputStream in = process.getInputStream()) {
      String first = new String(in.readAllBytes()).lines().findFirst().orElse("");
      String name = Character.isDigit(first.charAt(0)) ? server.line("name") + " " : "";
      return name
          + first
              .replaceAll("(?i)^(nginx version: |Server version: )", "")
              .replaceAll("(?i) (- https|\\d{4}/|h1:).*", "");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  static int run(Path log, List<String> command) throws Exception {
    Files.createDirectories(log.getParent());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int code = process.waitFor();
    if (code != 0) {
      System.err.println(
          String.join(" ", command.subList(0, Math.min(3, command.size())))
              + " ended with "
              + code
              + "; see "
              + log);
    }
    return code;
  }
}

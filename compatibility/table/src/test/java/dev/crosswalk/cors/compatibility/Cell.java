package dev.crosswalk.cors.compatibility;

import java.io.IOException;
import java.io.Reader;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What one class of tests has found on one version of a framework.
 *
 * @param test the directory of the module and the simple name of the class
 * @param framework its name and version
 * @param server its name and version; empty where the adapter refuses the framework
 * @param protocol empty where the adapter refuses the framework
 * @param jdks the feature releases of those that it ran on
 * @param limitations the reasons of rules that do not hold, by their ids
 */
record Cell(
    String test,
    String framework,
    String server,
    String protocol,
    SortedSet<Integer> jdks,
    Map<String, String> limitations) {

  /** In the order of the table. The artifact has the version. */
  private static final List<Framework> FRAMEWORKS =
      List.of(
          new Framework("Spring Boot", "spring-boot"),
          new Framework("Jersey", "jersey-server"),
          new Framework("RESTEasy", "resteasy-core"),
          new Framework("CXF", "cxf-rt-frontend-jaxrs"),
          new Framework("Javalin", "javalin"),
          new Framework("Micronaut", "micronaut-core"),
          // It runs on Vert.x.
          new Framework("Quarkus", "quarkus-vertx-http"),
          new Framework("Vert.x", "vertx-web"),
          new Framework("Servlet", "none, see below"));

  /** Which servlets a container has; its artifact, and what its version begins with. */
  private static final List<Servlets> SERVLETS =
      List.of(
          new Servlets("jetty-ee9-servlet", "12.", "5.0"),
          new Servlets("jetty-ee10-servlet", "12.", "6.0"),
          new Servlets("jetty-ee11-servlet", "12.", "6.1"),
          new Servlets("jetty-servlet", "11.", "5.0"),
          new Servlets("tomcat-embed-core", "10.1.", "6.0"),
          new Servlets("tomcat-embed-core", "11.0.", "6.1"),
          new Servlets("undertow-core", "2.3.", "6.0"),
          new Servlets("undertow-core", "2.4.", "6.1"));

  /** The first that runs is the server: Netty, which is inside of others, is the last. */
  private static final List<Server> SERVERS =
      List.of(
          new Server("Tomcat", "tomcat-embed-core", "tomcat-embed-core"),
          new Server("Jetty", "jetty-io", "jetty-server"),
          new Server("Undertow", "xnio-nio", "undertow-core"),
          new Server("Grizzly", "grizzly-framework", "grizzly-framework"),
          new Server("Vert.x", "vertx-core", "vertx-core"),
          new Server("Reactor Netty", "reactor-netty-core", "reactor-netty-core"),
          new Server("Netty", "netty-transport", "netty-transport"));

  /** As the table has them. */
  static final Comparator<Cell> ORDER =
      Comparator.<Cell>comparingInt(
              cell -> FRAMEWORKS.stream().map(Framework::name).toList().indexOf(cell.name()))
          .thenComparing(cell -> Version.parse(cell.version()))
          .thenComparing(Cell::test);

  /** As Maven's repository has them: {@code …/artifact/version/artifact-version.jar}. */
  private static final Pattern JAR = Pattern.compile("/([^/]+)/([^/]+)/\\1-\\2[^/]*?\\.jar");

  /** As an application has them that Quarkus has built: {@code …/group.artifact-version.jar}. */
  private static final Pattern JAR_OF_QUARKUS =
      Pattern.compile("/quarkus-app/lib/[^/]+/(?:[^/]*\\.)?([^/.]+?)-(\\d[^/]*?)\\.jar");

  private static final String REFUSED = "refused when registered";

  private record Framework(String name, String artifact) {}

  private record Servlets(String artifact, String release, String version) {}

  private record Server(String name, String running, String artifact) {}

  /**
   * Reads what the kit has left of a run.
   *
   * @param rules how many there are
   */
  static Cell ofRun(Path file, int rules) throws IOException {
    Properties run = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      run.load(reader);
    }
    String test = name(file, file.getFileName().toString().replace(".properties", ""));
    Map<String, String> limitations = new TreeMap<>();
    for (String key : run.stringPropertyNames()) {
      if (key.startsWith("limitation.")) {
        limitations.put(key.substring("limitation.".length()), run.getProperty(key));
      }
    }
    int kept = Integer.parseInt(run.getProperty("kept"));
    if (kept + limitations.size() != rules) {
      throw new AssertionError(
          test
              + " has run "
              + (kept + limitations.size())
              + " of "
              + rules
              + " rules: run the whole build, after clean");
    }
    Map<String, String> jars = jars(run.getProperty("class-path"));
    return new Cell(
        test,
        framework(test, jars),
        server(test, run.getProperty("running"), jars),
        run.getProperty("protocol"),
        new TreeSet<>(Set.of(Integer.valueOf(run.getProperty("jdk")))),
        limitations);
  }

  /** Reads Surefire's report on a test that the adapter refuses a version. */
  static Cell ofRefusal(Path report) throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getDocumentElement();
    String test = name(report, suite.getAttribute("name"));
    int passed = Integer.parseInt(suite.getAttribute("tests"));
    for (String outcome : List.of("errors", "failures", "skipped")) {
      passed -= Integer.parseInt(suite.getAttribute(outcome));
    }
    if (passed == 0) {
      throw new AssertionError(test + " has passed no test, says " + report);
    }
    StringBuilder properties = new StringBuilder();
    NodeList elements = suite.getElementsByTagName("property");
    for (int i = 0; i < elements.getLength(); i++) {
      properties.append(((Element) elements.item(i)).getAttribute("value")).append('\n');
    }
    String framework = framework(test, jars(properties.toString()));
    // This JVM's: Surefire's report is as old as the build.
    SortedSet<Integer> jdks = new TreeSet<>(Set.of(Runtime.version().feature()));
    return new Cell(test, framework, "", "", jdks, Map.of());
  }

  /** The file is two directories below the module's. */
  private static String name(Path file, String type) {
    Path module = file.getParent().getParent().getParent();
    return module.getFileName() + " " + type.substring(type.lastIndexOf('.') + 1);
  }

  private static Map<String, String> jars(String paths) {
    Map<String, String> versions = new TreeMap<>();
    for (Pattern pattern : List.of(JAR, JAR_OF_QUARKUS)) {
      Matcher jar = pattern.matcher(paths.replace('\\', '/'));
      while (jar.find()) {
        versions.put(jar.group(1), jar.group(2));
      }
    }
    return versions;
  }

  private static String framework(String test, Map<String, String> jars) {
    return FRAMEWORKS.stream()
        .filter(framework -> jars.containsKey(framework.artifact()))
        .map(framework -> framework.name() + " " + jars.get(framework.artifact()))
        .findFirst()
        .or(() -> servlets(jars))
        .orElseThrow(
            () -> new AssertionError(test + " ran on no framework known here, but on " + jars));
  }

  /** Where there is no other framework. */
  private static Optional<String> servlets(Map<String, String> jars) {
    return SERVLETS.stream()
        .filter(
            servlets -> jars.getOrDefault(servlets.artifact(), "").startsWith(servlets.release()))
        .map(servlets -> "Servlet " + servlets.version())
        .findFirst();
  }

  private static String server(String test, String running, Map<String, String> jars) {
    Map<String, String> run = jars(running);
    for (Server server : SERVERS) {
      if (run.containsKey(server.running())) {
        return server.name() + " " + jars.get(server.artifact());
      }
    }
    if (running.contains("jdk.httpserver")) {
      return "the JDK's";
    }
    throw new AssertionError(test + " ran on no server known here, but on " + running);
  }

  /** Reads a line of the table; the reasons are the lines below the test's name in the page. */
  static Cell ofLine(String line, List<String> reasons) {
    String[] columns = line.substring(2, line.length() - 2).split(" \\| ", -1);
    SortedSet<Integer> jdks = new TreeSet<>();
    for (String jdk : columns[3].split(", ")) {
      jdks.add(Integer.valueOf(jdk));
    }
    Map<String, String> limitations = new TreeMap<>();
    for (String reason : reasons) {
      int colon = reason.indexOf(": ");
      limitations.put(reason.substring("- ".length(), colon), reason.substring(colon + 2));
    }
    return new Cell(columns[5], columns[0], columns[1], columns[2], jdks, limitations);
  }

  String line() {
    String rules =
        isRefused()
            ? REFUSED
            : limitations.isEmpty()
                ? "all"
                : "[all but " + limitations.size() + "](#" + anchor() + ")";
    String on = jdks.stream().map(String::valueOf).collect(Collectors.joining(", "));
    List<String> columns = List.of(framework, server, protocol, on, rules, test);
    return "| " + String.join(" | ", columns) + " |";
  }

  List<String> reasons() {
    return limitations.entrySet().stream()
        .map(limitation -> "- " + limitation.getKey() + ": " + limitation.getValue())
        .toList();
  }

  /** As GitHub makes it of a heading. */
  private String anchor() {
    return test.toLowerCase(Locale.ROOT).replace(".", "").replace(' ', '-');
  }

  boolean isRefused() {
    return server.isEmpty();
  }

  /** This cell, if it had run on other JDKs. */
  Cell on(SortedSet<Integer> others) {
    return new Cell(test, framework, server, protocol, others, limitations);
  }

  private String name() {
    return framework.substring(0, framework.lastIndexOf(' '));
  }

  private String version() {
    return framework.substring(framework.lastIndexOf(' ') + 1);
  }
}

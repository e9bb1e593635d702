package dev.crosswalk.examples.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the README and the pages of the frameworks show compiles, runs, and says what they say
 * it does.
 */
class ReadmeTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

  /** The first shell blocks. The test of the launcher is the test of the second. */
  private static final List<String> FIRST_COMMANDS =
      List.of("./mvnw install -DskipTests -pl cors-javalin -am", "examples/run");

  /** The last shell block, which integration runs as well. */
  private static final String TEST_COMMAND = "./mvnw verify";

  /** What the README links to for a framework, and for whoever has another one. */
  private static final List<String> FRAMEWORKS =
      List.of(
          "docs/spring.md",
          "docs/servlets.md",
          "docs/quarkus.md",
          "docs/jax-rs.md",
          "docs/javalin.md",
          "docs/micronaut.md",
          "docs/vertx.md",
          "docs/adapters.md");

  private record Block(String language, String text, int line) {}

  private static List<Block> blocks() throws IOException {
    return blocks("README.md");
  }

  private static List<Block> blocks(String page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(ROOT.resolve(page));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        String text = String.join("\n", lines.subList(i + 1, end));
        blocks.add(new Block(lines.get(i).substring(3), text, i + 1));
        i = end;
      }
    }
    return blocks;
  }

  @Test
  void every_block_is_of_a_kind_that_is_tested() throws IOException {
    Map<String, Integer> kinds = new TreeMap<>();
    blocks().forEach(block -> kinds.merge(block.language(), 1, Integer::sum));
    assertEquals(
        Map.of("java", 4, "kotlin", 1, "properties", 1, "sh", 5, "text", 3, "xml", 1), kinds);
  }

  @TestFactory
  Stream<DynamicTest> java_compiles(@TempDir Path classes) throws IOException {
    return blocks().stream()
        .filter(block -> block.language().equals("java"))
        .map(
            block ->
                DynamicTest.dynamicTest("line " + block.line(), () -> compile(block, classes)));
  }

  @TestFactory
  Stream<DynamicTest> java_on_the_page_of_a_framework_compiles(@TempDir Path classes)
      throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    List<DynamicTest> tests = new ArrayList<>();
    for (String page : FRAMEWORKS) {
      assertTrue(readme.contains("(" + page + ")"), page);
      List<Block> blocks =
          blocks(page).stream().filter(block -> block.language().equals("java")).toList();
      assertTrue(!blocks.isEmpty(), page);
      for (Block block : blocks) {
        tests.add(
            DynamicTest.dynamicTest(
                page + ", line " + block.line(), () -> compile(block, classes)));
      }
    }
    return tests.stream();
  }

  @Test
  void a_page_names_what_its_code_needs_beside_the_adapter() throws IOException {
    Map<String, List<String>> needed =
        Map.of(
            "javalin", List.of("javalin"),
            "vertx", List.of("vertx-web"),
            "micronaut",
                List.of(
                    "micronaut-http-server-netty",
                    "micronaut-jackson-databind",
                    "micronaut-inject-java"));
    for (Map.Entry<String, List<String>> each : needed.entrySet()) {
      String page = Files.readString(ROOT.resolve("docs/" + each.getKey() + ".md"));
      String pom = Files.readString(ROOT.resolve("examples/" + each.getKey() + "/pom.xml"));
      for (String artifact : each.getValue()) {
        assertTrue(pom.contains("<artifactId>" + artifact + "</artifactId>"), artifact);
        assertTrue(page.matches("(?s).*[`:]" + artifact + "`.*"), each + " lacks " + artifact);
      }
    }
    // Micronaut refuses a bean that is in no package.
    for (Block block : blocks("docs/micronaut.md")) {
      assertTrue(
          !block.language().equals("java") || block.text().startsWith("package "), block.text());
    }
  }

  @Test
  void java_in_the_answers_to_questions_compiles(@TempDir Path classes) throws IOException {
    List<Block> blocks =
        blocks("docs/faq.md").stream().filter(block -> block.language().equals("java")).toList();
    assertTrue(blocks.size() >= 5, () -> "only " + blocks.size() + " blocks");
    blocks.forEach(block -> compile(block, classes));
  }

  @TestFactory
  Stream<DynamicTest> java_on_the_other_pages_compiles(@TempDir Path classes) {
    Map<String, Integer> pages =
        Map.of(
            "docs/mcp.md", 2,
            "docs/beyond-cors.md", 1,
            "docs/cookies.md", 1,
            "docs/apps-and-extensions.md", 1);
    return pages.entrySet().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.getKey(),
                    () -> {
                      List<Block> java =
                          blocks(page.getKey()).stream()
                              .filter(block -> block.language().equals("java"))
                              .toList();
                      assertEquals(page.getValue(), java.size());
                      java.forEach(block -> compile(block, classes));
                    }));
  }

  @Test
  void the_wrong_policy_is_refused_in_the_words_shown(@TempDir Path classes) throws Exception {
    List<Block> blocks = blocks();
    int shown = blocks.size() - 1;
    while (!blocks.get(shown).text().startsWith("The CORS policy has ")) {
      shown--;
    }
    Block wrong = blocks.get(shown - 1);
    assertEquals("java", wrong.language());
    compile(wrong, classes);
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      Class<?> snippet = loader.loadClass("Snippet");
      InvocationTargetException thrown =
          assertThrows(
              InvocationTargetException.class, () -> snippet.getDeclaredMethod("run").invoke(null));
      assertEquals(blocks.get(shown).text(), thrown.getCause().getMessage());
    }
  }

  @Test
  void the_file_states_what_the_code_states(@TempDir Path directory) throws IOException {
    Block shown =
        blocks().stream().filter(block -> block.language().equals("properties")).findFirst().get();
    Path file = Files.writeString(directory.resolve("cors.properties"), shown.text());
    CorsPolicy same =
        CorsPolicy.builder()
            .allowOrigins("https://app.example.com", "https://*.example.org")
            .allowMethods("PUT", "DELETE")
            .allowRequestHeaders("Authorization", "Content-Type")
            .exposeResponseHeaders("Location")
            .allowCredentials()
            .maxAge(Duration.ofHours(1))
            .build();
    assertEquals(same, CorsConfiguration.load(file));
    // The first block of Java is this builder, so both state the same.
    String java =
        blocks().stream().filter(b -> b.language().equals("java")).findFirst().get().text();
    for (String call :
        List.of(
            "allowOrigins(\"https://app.example.com\", \"https://*.example.org\")",
            "allowMethods(\"PUT\", \"DELETE\")",
            "allowRequestHeaders(\"Authorization\", \"Content-Type\")",
            "exposeResponseHeaders(\"Location\")",
            "allowCredentials()",
            "maxAge(Duration.ofHours(1))")) {
      assertTrue(java.contains("." + call + "\n"), call);
    }
    assertEquals(8, java.lines().filter(line -> line.startsWith("   ")).count(), java);
  }

  @Test
  void the_documentation_of_the_code_begins_with_the_same_policy() throws IOException {
    String overview = Files.readString(ROOT.resolve("cors-core/src/main/javadoc/overview.html"));
    int code = overview.indexOf("<pre><code>\n") + "<pre><code>\n".length();
    String policy = overview.substring(code, overview.indexOf("\n</code></pre>"));
    assertTrue(policy.endsWith(".build();"), policy);
    String shown =
        blocks().stream().filter(b -> b.language().equals("java")).findFirst().get().text();
    assertTrue(shown.startsWith(policy), shown);
  }

  @Test
  void the_launcher_prints_what_is_shown_of_its_table() throws IOException {
    LogManager.getLogManager().reset();
    StringWriter out = new StringWriter();
    Launcher.command().setOut(new PrintWriter(out, true)).execute("--once", "--port", "0");
    Block shown =
        blocks().stream().filter(b -> b.text().contains("200 from all of them")).findFirst().get();
    assertTrue(out.toString().contains(shown.text()), out::toString);
  }

  @Test
  void commands_are_those_that_others_run() throws IOException {
    List<String> commands =
        blocks().stream().filter(b -> b.language().equals("sh")).map(Block::text).toList();
    assertEquals(FIRST_COMMANDS, commands.subList(0, FIRST_COMMANDS.size()));
    assertEquals(TEST_COMMAND, commands.get(commands.size() - 1));

    Path run = ROOT.resolve("examples/run");
    assertTrue(Files.isExecutable(run), () -> run + " is not executable");
    assertTrue(Files.isExecutable(ROOT.resolve("mvnw")));
    String integration = Files.readString(ROOT.resolve(".ci/run"));
    assertTrue(Pattern.compile("(?m)^\\s*\\./mvnw .*\\bverify\\b").matcher(integration).find());
  }

  @Test
  void the_command_checks_one_of_the_examples() throws Exception {
    // This runs what the jar holds; the jar itself is made after the tests of its module.
    assertTrue(
        blocks().stream()
            .anyMatch(
                block ->
                    block
                        .text()
                        .endsWith(
                            "alias crosswalk=\"java -jar $PWD/cors-cli/target/crosswalk.jar\"")));
    List<String> words =
        new ArrayList<>(
            List.of(
                blocks().stream()
                    .filter(block -> block.text().startsWith("crosswalk check "))
                    .findFirst()
                    .get()
                    .text()
                    .replace("\\\n", "")
                    .replace("'", "") // no shell takes them away here
                    .split("\\s+")));
    words.set(0, "dev.crosswalk.cors.cli.Crosswalk");
    words.addAll(
        0,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path")));
    try (Example.Running server = Example.JAVALIN.start(0, Launcher.CORS)) {
      words.replaceAll(word -> word.replace("http://localhost:8081", server.url("")));
      Process check = new ProcessBuilder(words).redirectErrorStream(true).start();
      String printed = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, check.waitFor(), printed);
      assertTrue(printed.contains("0 broken"), printed);
    }
  }

  @Test
  void each_dependency_is_a_module_of_this_version() throws IOException {
    List<String> pages = new ArrayList<>(FRAMEWORKS);
    pages.set(pages.indexOf("docs/adapters.md"), "README.md");
    pages.add("docs/compatibility.md");
    for (String page : pages) {
      String dependency =
          blocks(page).stream().filter(b -> b.language().equals("xml")).findFirst().get().text();
      Matcher artifact = Pattern.compile("<artifactId>(.+)</artifactId>").matcher(dependency);
      assertTrue(artifact.find(), page);
      String pom = Files.readString(ROOT.resolve(artifact.group(1)).resolve("pom.xml"));
      assertTrue(pom.contains("<artifactId>" + artifact.group(1) + "</artifactId>"), page);
      for (String element : List.of("groupId", "version")) {
        Matcher shown =
            Pattern.compile("<" + element + ">(.+)</" + element + ">").matcher(dependency);
        assertTrue(shown.find(), element);
        assertTrue(pom.contains(shown.group()), () -> shown.group() + " in " + pom);
      }
      if (page.equals("README.md")) {
        String gradle =
            blocks().stream().filter(b -> b.language().equals("kotlin")).findFirst().get().text();
        assertEquals(
            "implementation(\"dev.crosswalk:" + artifact.group(1) + ":0.1.0-SNAPSHOT\")", gradle);
        assertTrue(pom.contains("<version>0.1.0-SNAPSHOT</version>"));
      }
    }
  }

  @Test
  void links_lead_somewhere() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    for (String page : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
      pages.add(ROOT.resolve(page));
    }
    int count = 0;
    int anchors = 0;
    for (Path page : pages) {
      Matcher links =
          Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)").matcher(Files.readString(page));
      while (links.find()) {
        if (links.group(1).matches("(https?|mailto):.*")) {
          continue;
        }
        Path target =
            links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1)).normalize();
        assertTrue(Files.exists(target), () -> page + " links to " + links.group());
        count++;
        if (links.group(2) != null && target.toString().endsWith(".md")) {
          assertTrue(
              anchors(target).contains(links.group(2)),
              () ->
                  page + " links to " + links.group() + ", which is not among " + anchors(target));
          anchors++;
        }
      }
    }
    assertTrue(count >= 100, "only " + count + " links");
    assertTrue(anchors >= 30, "only " + anchors + " with an anchor");
  }

  /** As GitHub makes them of headings, and those that a page sets itself. */
  private static Set<String> anchors(Path page) {
    Set<String> anchors = new HashSet<>();
    String text;
    try {
      text = Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Matcher own = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"").matcher(text);
    while (own.find()) {
      anchors.add(own.group(1));
    }
    Matcher headings = Pattern.compile("(?m)^#{1,6} (.+)$").matcher(text);
    while (headings.find()) {
      String slug =
          headings
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("\\]\\([^)]*\\)", "")
              .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
              .replace(' ', '-');
      int again = 1;
      String unique = slug;
      while (!anchors.add(unique)) {
        unique = slug + "-" + again++;
      }
    }
    return anchors;
  }

  /** Compiles a block as it is, or what is no class as the body of one. */
  private static void compile(Block block, Path classes) {
    String source = block.text();
    Matcher named = Pattern.compile("(?m)^(?:public )?class (\\w+)").matcher(source);
    String name = "Snippet";
    if (named.find()) {
      name = named.group(1);
    } else {
      source =
          "import dev.crosswalk.cors.*;\nimport dev.crosswalk.cors.javalin.*;\n"
              + "import io.javalin.Javalin;\nimport java.time.Duration;\n\npublic class Snippet {\n"
              + "  static CorsPolicy policy = CorsPolicy.none();\n"
              + "  static CorsDecision decision;\n"
              + "  static Object request;\n"
              + "  static RequestReader<Object> reader;\n"
              + "  public static void run() {\n"
              + source
              + "\n  }\n}\n";
    }
    String text = source;
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertNotNull(compiler, "the tests run on a JDK");
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-Xlint:all,-classfile,-processing,-path",
            "-Werror");
    boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    assertTrue(compiled, () -> "line " + block.line() + ":\n" + messages + "\n" + text);
  }
}

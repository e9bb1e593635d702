package dev.crosswalk.cors.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import java.io.File;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code docs/testing.md} and {@code docs/dynamic-origins.md}, compiled and run as
 * they are, and made to fail.
 */
class TestingPageTest {

  private static final String IMPORTS =
      """
      import static org.junit.jupiter.api.Assertions.*;
      import dev.crosswalk.cors.*;
      import dev.crosswalk.cors.CorsDecision.Outcome;
      import dev.crosswalk.cors.tck.browser.*;
      import java.nio.file.Path;
      import java.util.*;
      import java.util.concurrent.*;
      import org.junit.jupiter.api.Test;
      """;

  @TempDir private Path directory;
  private List<String> examples = List.of();

  @BeforeEach
  void read() throws Exception {
    examples = examples("testing.md");
    assertEquals(3, examples.size());
  }

  private static List<String> examples(String page) throws Exception {
    List<String> examples = new ArrayList<>();
    Matcher blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "docs", page)));
    while (blocks.find()) {
      examples.add(blocks.group(1));
    }
    return examples;
  }

  @Test
  void a_policy_is_asked_without_a_server() throws Exception {
    run(examples.get(0), 2);
    // A test that cannot fail proves nothing.
    assertFails(examples.get(0).replace(".allowMethods(\"PUT\")", ""));
    assertFails(
        examples.get(0).replace(".allowOrigins(\"https://app", ".allowOrigins(\"https://www"));
  }

  @Test
  void a_configuration_file_is_loaded() throws Exception {
    Path file = directory.resolve("cors.properties");
    Path production = directory.resolve("cors-prod.properties");
    String example = examples.get(1).replace("src/main/resources/cors.properties", file.toString());
    Files.writeString(file, "cors.allowed-origins=http://localhost:3000");
    assertFails(example);
    Files.writeString(production, "cors.allowed-origins=https://app.example.com");
    run(example, 1);
    Files.writeString(production, "cors.allowed-origins=https://app.example.com/");
    assertFails(example);
  }

  @Test
  void a_page_calls_the_running_server() throws Exception {
    for (boolean allowed : List.of(true, false)) {
      CorsPolicy.Builder policy =
          CorsPolicy.builder()
              .allowOrigins(allowed ? "https://app.example.com" : "https://www.example.com")
              .allowMethods("PUT")
              .allowRequestHeaders("Content-Type")
              .allowCredentials();
      Cors cors = policy.build();
      ServerUnderTest server = new JdkServerTest().start(cors, new TestApplication());
      try {
        String example =
            examples.get(2).replace("http://localhost:8080/orders/7", server.base() + "/resource");
        if (allowed) {
          run(example, 1);
        } else {
          assertFails(example);
        }
      } finally {
        server.stop().close();
      }
    }
  }

  @Test
  void policies_are_chosen_by_host_by_tenant_and_from_memory() throws Exception {
    List<String> chosen = examples("dynamic-origins.md");
    assertEquals(5, chosen.size());
    String ours =
        """
        CorsPolicy acme = policyOf(List.of("https://acme.example"));
        CorsPolicy globex = policyOf(List.of("https://globex.example"));
        CorsPolicy development = globex;
        Executor executor = Runnable::run;
        List<String> stored = new CopyOnWriteArrayList<>(List.of("https://acme.example"));
        CountDownLatch alerts = new CountDownLatch(1);
        Outcome from(Cors cors, String header, String value) {
          return cors.decide(
              Cors.Request.of("GET", "/").from("https://acme.example").with(header, value)).outcome();
        }
        boolean isOurs(String host) { return host.endsWith(".api.example.com"); }
        CorsPolicy load(String host) { return acme; }
        void alert(Exception e) { alerts.countDown(); }
        record Database(List<String> origins) {}
        """;
    String byHost =
        """
        assertEquals(Outcome.ALLOWED, from(cors, "Host", "acme.api.example.com"));
        assertEquals(Outcome.ORIGIN_NOT_ALLOWED, from(cors, "Host", "globex.api.example.com"));
        """;
    String byTenant =
        """
        policies.put("acme", acme);
        assertEquals(Outcome.ALLOWED, from(cors, "X-Tenant", "acme"));
        assertEquals(Outcome.NO_POLICY, from(cors, "X-Tenant", "globex"));
        """;
    // The schedule survives a wrong origin, and the next right one is loaded.
    String reloaded =
        """
        assertEquals(Outcome.ALLOWED, from(cors, "Host", "a.example"));
        stored.set(0, "https://");
        assertTrue(alerts.await(10, TimeUnit.SECONDS));
        assertEquals(Outcome.ALLOWED, from(cors, "Host", "a.example"));
        stored.set(0, "https://globex.example");
        for (int i = 0; i < 1_000 && from(cors, "Host", "a.example") == Outcome.ALLOWED; i++) {
          Thread.sleep(10);
        }
        assertEquals(Outcome.ORIGIN_NOT_ALLOWED, from(cors, "Host", "a.example"));
        scheduler.shutdownNow();
        """;
    String fromMemory =
        """
        assertEquals(Outcome.NO_POLICY, from(cors, "Host", "acme.api.example.com"));
        assertEquals(Outcome.ALLOWED, from(cors, "Host", "acme.api.example.com"));
        assertEquals(Outcome.NO_POLICY, from(cors, "Host", "acme.example.net"));
        assertEquals(Outcome.NO_POLICY, from(cors, "Host", "acme.example.net"));
        """;
    run(
        ours
            + ("@Test void byHost() {\n" + chosen.get(0) + byHost + "}\n")
            + ("@Test void byTenant() {\n" + chosen.get(1) + byTenant + "}\n")
            + "@Test void reloaded() throws Exception {\n"
            + "Database database = new Database(stored);\n"
            + "ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);\n"
            + chosen.get(2).replace("1, 1, TimeUnit.MINUTES", "1, 1, TimeUnit.MILLISECONDS")
            + reloaded
            + "}\n"
            + chosen.get(3)
            + ("@Test void fromMemory() {\n" + chosen.get(4) + fromMemory + "}\n"),
        4);
  }

  private void assertFails(String example) throws Exception {
    boolean failed = false;
    try {
      run(example, 1);
    } catch (InvocationTargetException e) {
      failed = true;
    }
    assertTrue(failed, example);
  }

  /** Compiles an example in a class, and runs what has {@code @Test}. */
  private void run(String example, int least) throws Exception {
    boolean isClass = example.contains("class OrdersPolicyTest");
    String name = isClass ? "OrdersPolicyTest" : "Example";
    String body = isClass ? example : "class Example {\n" + example + "}\n";
    Path classes = Files.createTempDirectory(directory, "classes");
    Path source = Files.writeString(classes.resolve(name + ".java"), IMPORTS + body);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    String path =
        Stream.of("java.class.path", "jdk.module.path", "surefire.test.class.path")
            .map(property -> System.getProperty(property, ""))
            .reduce((one, other) -> one + File.pathSeparator + other)
            .orElseThrow();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-d", classes.toString(), "-classpath", path, "-proc:none"),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source.toFile()))
            .call();
    assertTrue(compiled, messages::toString);
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      Class<?> type = loader.loadClass(name);
      int tests = 0;
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          Constructor<?> constructor = type.getDeclaredConstructor();
          constructor.setAccessible(true);
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          tests++;
        }
      }
      assertTrue(tests >= least, name);
    }
  }
}

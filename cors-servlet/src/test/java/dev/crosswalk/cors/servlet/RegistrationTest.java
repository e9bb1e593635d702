package dev.crosswalk.cors.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.filters.CorsFilter;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to register the filter, and what is said where one of them is wrong. */
class RegistrationTest {

  private static final Path PAGE = Path.of("..", "docs/servlets.md");
  private static final String APP = "https://app.example.com";
  private static final CorsPolicy POLICY = CorsPolicy.builder().allowOrigins(APP).build();

  @TempDir private Path directory;

  // As the page shows.

  @Test
  void the_filter_of_a_web_xml_has_its_policy_from_init_params() throws Exception {
    webXml(block("xml", "<filter>"));
    assertHasThePolicy();
  }

  @Test
  void a_listener_registers_the_filter_in_code() throws Exception {
    String source = block("java", "@WebListener");
    Matcher name = Pattern.compile("public class (\\w+)").matcher(source);
    assertTrue(name.find(), source);
    Path file = Files.writeString(directory.resolve(name.group(1) + ".java"), source);
    Path classes = Files.createDirectories(directory.resolve("app/WEB-INF/classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertNotNull(compiler, "the tests run on a JDK");
    String classPath = System.getProperty("java.class.path");
    assertEquals(
        0,
        compiler.run(
            null, null, null, "-d", classes.toString(), "-cp", classPath, file.toString()));
    assertHasThePolicy();
  }

  /** Tomcat makes it by its name. */
  public static final class CorsRegistration implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      CorsPolicyFilter.register(event.getServletContext(), POLICY);
    }
  }

  @Test
  void an_embedded_tomcat_has_the_listener_that_it_is_told() throws Exception {
    assertTrue(
        Files.readString(PAGE)
            .contains("`context.addApplicationListener(CorsRegistration.class.getName())`"));
    Tomcat tomcat = tomcat();
    Context context = tomcat.addContext("", null);
    context.addApplicationListener(CorsRegistration.class.getName());
    Tomcat.addServlet(context, "files", new DefaultServlet()).addMapping("/");
    send(
        tomcat,
        context,
        (base, application) -> {
          WireResponse preflight = preflight(base);
          assertEquals(204, preflight.status());
          assertEquals(List.of(APP), preflight.headers().lines("Access-Control-Allow-Origin"));
        });
  }

  // As it goes on.

  @Test
  void without_an_init_param_the_policy_is_that_of_the_class_path() throws Exception {
    String filter = block("xml", "<filter>").replaceFirst("(?s)<init-param>.*</init-param>", "");
    webXml(filter);
    Path classes = Files.createDirectories(directory.resolve("app/WEB-INF/classes"));
    Files.writeString(classes.resolve("cors.properties"), "cors.allowed-origins=" + APP);
    assertHasThePolicy();
  }

  @Test
  void a_file_of_the_application_states_the_policy() throws Exception {
    webXml(
        block("xml", "<filter>")
            .replace("cors.allowed-origins", "file")
            .replace(APP, "/WEB-INF/cors.properties"));
    Files.writeString(
        directory.resolve("app/WEB-INF/cors.properties"), "cors.allowed-origins=" + APP);
    assertHasThePolicy();
  }

  @Test
  void an_init_param_logs_refusals() throws Exception {
    webXml(
        block("xml", "<filter>")
            .replace(
                "</init-param>",
                "</init-param><init-param><param-name>cors.log-refusals</param-name>"
                    + "<param-value>explained</param-value></init-param>"));
    List<String> logged =
        logged(
            () -> {
              start((base, context) -> send(base, "GET", "Origin", "https://evil.example"));
              // Another thread writes the line.
              for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("cors-refusals")) {
                  thread.join();
                }
              }
            });
    assertEquals(1, logged.size(), logged::toString);
    assertTrue(
        logged
            .get(0)
            .startsWith("CORS: request refused, ORIGIN_NOT_ALLOWED. \"https://evil.example"),
        logged::toString);
  }

  @Test
  void a_wrong_policy_keeps_the_application_from_starting() throws Exception {
    webXml(block("xml", "<filter>").replace(APP, "https://app.example.com/"));
    LifecycleState[] state = new LifecycleState[1];
    start((tomcat, context) -> state[0] = context.getState());
    assertEquals(LifecycleState.STOPPED, state[0]);
  }

  @Test
  void a_file_of_the_server_states_the_policy() throws Exception {
    Path file =
        Files.writeString(directory.resolve("any.properties"), "cors.allowed-origins=" + APP);
    CorsPolicyFilter filter = new CorsPolicyFilter();
    filter.init(config(null, "file", file.toString()));
  }

  // What is wrong.

  @Test
  void a_path_of_a_policy_that_lacks_the_context_path_is_told_of() throws Exception {
    String setting = "cors.policies.api.allowed-origins";
    String paths = "cors.policies.api.paths";
    assertEquals(
        List.of(
            "No request to the application at /shop has the policy of /api, because the whole path"
                + " is compared, with /shop in front. Write /shop/api."),
        logged(() -> new CorsPolicyFilter().init(config(null, setting, APP, paths, "/api"))));
    assertEquals(
        List.of(),
        logged(() -> new CorsPolicyFilter().init(config(null, setting, APP, paths, "/shop/api"))));
  }

  @Test
  void a_second_context_of_the_same_filter_may_have_other_paths() throws Exception {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP).build();
    CorsPolicyFilter filter = new CorsPolicyFilter(Cors.byPath(Map.of("/api", policy)));
    assertEquals(1, logged(() -> filter.init(config(null))).size());
    assertEquals(List.of(), logged(() -> filter.init(config(null))));
  }

  @Test
  void a_wrong_policy_is_refused_with_its_problems() {
    InvalidCorsPolicyException thrown =
        assertThrows(
            InvalidCorsPolicyException.class,
            () ->
                new CorsPolicyFilter()
                    .init(
                        config(
                            null,
                            "cors.allowed-origins",
                            "https://app.example.com/",
                            "cors.allow-credential",
                            "true")));
    assertEquals(2, thrown.problems().size(), thrown::getMessage);
  }

  @Test
  void an_init_param_of_another_name_is_refused() {
    assertRefused(
        "The filter \"cors\" has the init-param \"allowed-origins\", which is not known: give a"
            + " setting by its whole name, which begins with \"cors.\", or \"file\"",
        new CorsPolicyFilter(),
        "allowed-origins",
        APP);
  }

  /** The remedy that core has for files, an environment variable, is not read beside them. */
  @Test
  void a_placeholder_in_an_init_param_is_refused() {
    assertRefused(
        "The filter \"cors\" has the init-param \"cors.allowed-origins\" with a placeholder that"
            + " nothing fills in, ${ORIGIN}: write the value itself, or remove every init-param that"
            + " is a setting, and set environment variables such as CORS_ALLOWED_ORIGINS",
        new CorsPolicyFilter(),
        "cors.allowed-origins",
        "${ORIGIN}");
  }

  @Test
  void the_init_params_of_tomcats_own_filter_are_refused() {
    InvalidCorsPolicyException thrown =
        assertThrows(
            InvalidCorsPolicyException.class,
            () ->
                new CorsPolicyFilter()
                    .init(
                        config(
                            null,
                            "cors.allowed.origins",
                            APP,
                            "cors.support.credentials",
                            "true")));
    assertEquals(
        """
        The CORS policy has 2 problems:
          - init-param of the filter cors: cors.allowed.origins: there is no such setting; write \
        cors.allowed-origins.
          - init-param of the filter cors: cors.support.credentials: there is no such setting; \
        write cors.allow-credentials.""",
        thrown.getMessage());
  }

  @Test
  void a_file_and_settings_beside_it_are_refused() {
    assertRefused(
        "The filter \"cors\" has the init-param \"file\" and settings beside it:"
            + " [cors.allowed-origins, cors.max-age]: move the settings into the file, or remove"
            + " \"file\"",
        new CorsPolicyFilter(),
        "file",
        "/etc/cors.properties",
        "cors.max-age",
        "1h",
        "cors.allowed-origins",
        APP);
  }

  @Test
  void a_file_of_an_application_that_is_not_unpacked_is_refused() {
    assertRefused(
        "The filter \"cors\" has the init-param \"file\" with a path of the application, which is"
            + " not unpacked: /WEB-INF/cors.properties: put cors.properties into /WEB-INF/classes"
            + " and remove \"file\", or let the container unpack the application",
        new CorsPolicyFilter(),
        "file",
        "/WEB-INF/cors.properties");
  }

  @Test
  void a_policy_from_code_and_another_from_init_params_are_refused() {
    assertRefused(
        "The filter \"cors\" has a policy from code and another from init-params: remove the"
            + " init-params, or make the filter without a policy",
        new CorsPolicyFilter(POLICY),
        "cors.allowed-origins",
        APP);
  }

  @Test
  void no_policy_is_refused_with_the_remedy() {
    NullPointerException thrown =
        assertThrows(NullPointerException.class, () -> new CorsPolicyFilter(null));
    assertTrue(thrown.getMessage().startsWith("CorsPolicyFilter needs a policy"));
    assertThrows(NullPointerException.class, () -> CorsPolicyFilter.register(null, POLICY));
  }

  @Test
  void a_second_registration_is_refused() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    inAnApplication(
            context -> {
              CorsPolicyFilter.register(context, POLICY);
              thrown.set(
                  assertThrows(
                      IllegalStateException.class,
                      () -> CorsPolicyFilter.register(context, POLICY)));
            })
        .close();
    assertEquals(
        "The web application has a CorsPolicyFilter already: remove one of the two, or give one"
            + " filter a policy for each path, with Cors.byPath(…)",
        thrown.get().getMessage());
  }

  @Test
  void a_second_registration_under_another_name_is_refused() throws Exception {
    inAnApplication(
            context -> {
              context.addFilter("other", (request, response, chain) -> {});
              context.addFilter("mine", new CorsPolicyFilter(POLICY));
              assertThrows(
                  IllegalStateException.class, () -> CorsPolicyFilter.register(context, POLICY));
            })
        .close();
  }

  @Test
  void a_registration_after_the_start_is_refused() throws Exception {
    AtomicReference<ServletContext> started = new AtomicReference<>();
    try (AutoCloseable server = inAnApplication(started::set)) {
      assertNotNull(server);
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class, () -> CorsPolicyFilter.register(started.get(), POLICY));
      assertTrue(thrown.getMessage().startsWith(WHILE_STARTING), thrown::getMessage);
    }
  }

  /** Tomcat takes no filter from code before the application begins to start. */
  @Test
  void a_registration_before_the_start_is_refused_and_says_where_to_register() {
    Context application = new Tomcat().addContext("", null);
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> CorsPolicyFilter.register(application.getServletContext(), POLICY));
    assertTrue(thrown.getMessage().startsWith(WHILE_STARTING), thrown::getMessage);
  }

  private static final String WHILE_STARTING =
      "CorsPolicyFilter has to be registered while the web application starts, not before and not"
          + " after: ";

  private static String named(Class<?> filter, boolean mayComeFirst) {
    return "The application has another filter for CORS beside CorsPolicyFilter, "
        + filter.getName()
        + ". It may refuse origins that the policy allows. "
        + (mayComeFirst
            ? "If it comes first, it may also answer preflights itself, so that the policy is never"
                + " asked. "
            : "")
        + "Remove it.";
  }

  private static String filter(Class<?> type, String mapping) {
    return "<filter><filter-name>"
        + type.getSimpleName()
        + "</filter-name><filter-class>"
        + type.getName()
        + "</filter-class></filter><filter-mapping><filter-name>"
        + type.getSimpleName()
        + "</filter-name>"
        + mapping
        + "</filter-mapping>";
  }

  /** A container does not tell which one it asks first. */
  @Test
  void another_filter_for_cors_is_named_before_and_after_ours() throws Exception {
    String old = filter(CorsFilter.class, "<url-pattern>/*</url-pattern>");
    for (String filters : List.of(old + block("xml", "<filter>"), block("xml", "<filter>") + old)) {
      webXml(filters);
      assertEquals(
          List.of(named(CorsFilter.class, true)), logged(() -> start((tomcat, context) -> {})));
    }
  }

  /** Those for servlets come after all those for paths. */
  @Test
  void of_a_filter_that_comes_later_it_is_not_said_that_it_answers_preflights() throws Exception {
    webXml(
        block("xml", "<filter>")
            + filter(CorsFilter.class, "<servlet-name>default</servlet-name>"));
    assertEquals(
        List.of(named(CorsFilter.class, false)), logged(() -> start((tomcat, context) -> {})));
  }

  @Test
  void in_code_only_a_filter_that_is_registered_earlier_may_answer_preflights() throws Exception {
    for (boolean isEarlier : List.of(true, false)) {
      assertEquals(
          List.of(named(CorsLayer.class, isEarlier)),
          logged(
              () ->
                  inAnApplication(
                          context -> {
                            if (!isEarlier) {
                              CorsPolicyFilter.register(context, POLICY);
                            }
                            context
                                .addFilter("other", new CorsLayer())
                                .addMappingForUrlPatterns(null, false, "/*");
                            if (isEarlier) {
                              CorsPolicyFilter.register(context, POLICY);
                            }
                          })
                      .close()));
    }
  }

  /** One whose name says what it is. */
  public static class CorsLayer extends Layer {}

  @Test
  void a_filter_that_is_named_is_not_told_of_again_whatever_it_writes() throws Exception {
    String other = filter(CorsLayer.class, "<url-pattern>/*</url-pattern>");
    try {
      for (String origin : List.of(APP, "*")) {
        Layer.origin = origin;
        webXml(other + block("xml", "<filter>"));
        assertEquals(List.of(named(CorsLayer.class, true)), loggedOfThreeRequests(200));
        webXml(block("xml", "<filter>") + other);
        assertEquals(List.of(named(CorsLayer.class, true)), loggedOfThreeRequests(204));
      }
    } finally {
      Layer.origin = APP;
    }
  }

  /** A filter for {@code Cross-Origin-Opener-Policy}, which is not CORS. */
  public static class CrossOriginOpenerPolicyFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
  }

  @Test
  void a_filter_for_another_cross_origin_header_is_not_named() throws Exception {
    webXml(
        block("xml", "<filter>")
            + "<filter><filter-name>isolation</filter-name><filter-class>"
            + CrossOriginOpenerPolicyFilter.class.getName()
            + "</filter-class></filter>");
    assertEquals(List.of(), logged(() -> start((tomcat, context) -> {})));
  }

  /** As Jetty's handler does around a web application. */
  public static class Layer implements Filter {

    /** With the origin of the policy, what each response has looks right. */
    private static String origin = APP;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      ((HttpServletResponse) response).setHeader("Access-Control-Allow-Origin", origin);
      if (!((HttpServletRequest) request).getMethod().equals("OPTIONS")) {
        chain.doFilter(request, response);
      }
    }
  }

  private static final String BEFORE =
      "Something before CorsPolicyFilter writes CORS headers. It may answer preflights, so that the"
          + " policy is never asked. Look for a second CORS layer, such as a filter, a valve, or"
          + " Jetty's CrossOriginHandler, and remove it. This is logged once.";

  private static String layer(int number) {
    return "<filter><filter-name>layer"
        + number
        + "</filter-name><filter-class>"
        + Layer.class.getName()
        + "</filter-class></filter><filter-mapping><filter-name>layer"
        + number
        + "</filter-name><url-pattern>/*</url-pattern></filter-mapping>";
  }

  @Test
  void what_writes_headers_before_ours_is_told_of_once_whatever_they_are() throws Exception {
    try {
      for (String origin : List.of(APP, "*")) {
        Layer.origin = origin;
        webXml(layer(1) + block("xml", "<filter>"));
        assertEquals(List.of(BEFORE), loggedOfThreeRequests(200));
      }
    } finally {
      Layer.origin = APP;
    }
  }

  @Test
  void what_writes_the_same_headers_behind_ours_is_not_told_of() throws Exception {
    webXml(block("xml", "<filter>") + layer(1));
    assertEquals(List.of(), loggedOfThreeRequests(204));
  }

  @Test
  void what_writes_headers_behind_ours_is_told_of_beside_what_is_before() throws Exception {
    try {
      Layer.origin = "*";
      webXml(layer(1) + block("xml", "<filter>") + layer(2));
      List<String> told = loggedOfThreeRequests(200);
      assertEquals(2, told.size(), told::toString);
      assertEquals(BEFORE, told.get(0));
      assertTrue(told.get(1).startsWith("A response already had CORS headers"), told::toString);
    } finally {
      Layer.origin = APP;
    }
  }

  /** One preflight, and two requests that are answered. */
  private List<String> loggedOfThreeRequests(int statusOfPreflight) throws Exception {
    return logged(
        () ->
            start(
                (tomcat, context) -> {
                  assertEquals(statusOfPreflight, preflight(tomcat).status());
                  send(tomcat, "GET");
                  send(tomcat, "GET");
                }));
  }

  /** Tomcat makes its own answer before any filter; the page says how a web.xml shares it. */
  @Test
  void of_a_constraint_preflights_are_exempt_and_the401_is_shared() throws Exception {
    String login =
        "<login-config><auth-method>BASIC</auth-method></login-config>"
            + "<security-role><role-name>user</role-name></security-role>";
    String constraints =
        block("xml", "<security-constraint>").replace("/api/*", "/*").replace("401.json", "401");
    webXml(block("xml", "<filter>") + constraints + login);
    Files.writeString(directory.resolve("app/401"), "who?");
    start(
        (tomcat, context) -> {
          assertEquals(204, preflight(tomcat).status());
          WireResponse actual = send(tomcat, "GET");
          assertEquals("401 who?", actual.status() + " " + actual.text());
          assertEquals(List.of(APP), actual.headers().lines("Access-Control-Allow-Origin"));
        });
    webXml(
        block("xml", "<filter>")
            + constraints
                .replace("<http-method-omission>OPTIONS</http-method-omission>", "")
                .replace("<http-method>OPTIONS", "<http-method>TRACE")
            + login);
    start((tomcat, context) -> assertEquals(401, preflight(tomcat).status()));
  }

  private interface Action {
    void run() throws Exception;
  }

  /** Returns what an action logs, which nobody sees. */
  private static List<String> logged(Action action) throws Exception {
    try (LogLines log = new LogLines()) {
      action.run();
      return log.lines();
    }
  }

  private interface InAnApplication {
    void run(ServletContext context);
  }

  /** Runs while an application starts; what is returned stops it. */
  private static AutoCloseable inAnApplication(InAnApplication code) throws Exception {
    ServerUnderTest server =
        new TomcatContainer().start((classes, context) -> code.run(context), Map.of());
    return server.stop();
  }

  private static void assertRefused(String message, Filter filter, String... parameters) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> filter.init(config(null, parameters)))
            .getMessage());
  }

  /** What a container would hand over. */
  private static FilterConfig config(String realPath, String... parameters) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      values.put(parameters[i], parameters[i + 1]);
    }
    ServletContext context =
        proxy(
            ServletContext.class,
            Map.of(
                "getContextPath", arguments -> "/shop",
                "getRealPath", arguments -> realPath,
                "getFilterRegistrations", arguments -> Map.of()));
    return proxy(
        FilterConfig.class,
        Map.of(
            "getFilterName", arguments -> "cors",
            "getServletContext", arguments -> context,
            "getInitParameter", arguments -> values.get(arguments[0]),
            "getInitParameterNames", arguments -> Collections.enumeration(values.keySet())));
  }

  private interface Answer {
    Object to(Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Map<String, Answer> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName()).to(arguments)));
  }

  private static String block(String language, String part) throws Exception {
    Matcher blocks =
        Pattern.compile("(?s)```" + language + "\n(.*?)\n```").matcher(Files.readString(PAGE));
    while (blocks.find()) {
      if (blocks.group(1).contains(part)) {
        return blocks.group(1);
      }
    }
    throw new AssertionError("no block of " + language + " on the page has " + part);
  }

  private void webXml(String content) throws Exception {
    Path descriptor = Files.createDirectories(directory.resolve("app/WEB-INF")).resolve("web.xml");
    Files.writeString(
        descriptor,
        "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='5.0'>"
            + content
            + "</web-app>");
  }

  private void assertHasThePolicy() throws Exception {
    Files.writeString(directory.resolve("app/hello.txt"), "hello");
    start(
        (tomcat, context) -> {
          WireResponse actual = send(tomcat, "GET");
          assertEquals("hello", actual.text());
          assertEquals(List.of(APP), actual.headers().lines("Access-Control-Allow-Origin"));
          WireResponse preflight = preflight(tomcat);
          assertEquals(204, preflight.status());
          assertEquals(List.of(APP), preflight.headers().lines("Access-Control-Allow-Origin"));
        });
  }

  private interface Requests {
    void send(URI base, Context context) throws Exception;
  }

  /** Starts Tomcat with the application in the directory, as a WAR that is unpacked. */
  private void start(Requests requests) throws Exception {
    Files.createDirectories(directory.resolve("app"));
    Tomcat tomcat = tomcat();
    Context context = tomcat.addWebapp("", directory.resolve("app").toString());
    // The class path of the tests is no part of the application.
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    send(tomcat, context, requests);
  }

  private static Tomcat tomcat() throws IOException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    return tomcat;
  }

  private static void send(Tomcat tomcat, Context context, Requests requests) throws Exception {
    tomcat.start();
    try {
      requests.send(
          URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort()), context);
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static WireResponse preflight(URI base) throws Exception {
    return send(base, "OPTIONS", "Access-Control-Request-Method", "GET");
  }

  private static WireResponse send(URI base, String method, String... fields) throws Exception {
    List<String> all = new ArrayList<>(List.of(fields));
    if (!all.contains("Origin")) {
      all.addAll(List.of("Origin", APP));
    }
    try (WireClient client = new WireClient()) {
      return client.send(
          new WireRequest(method, base + "/hello.txt", Headers.of(all.toArray(new String[0]))));
    }
  }
}

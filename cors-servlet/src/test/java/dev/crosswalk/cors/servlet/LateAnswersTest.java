package dev.crosswalk.cors.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a servlet takes back after it has begun to answer, or never answers, or others compress. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateAnswersTest {

  private static final String APP = "https://app.example";

  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins(APP, "https://admin.example").allowCredentials().build();

  private final WireClient client = new WireClient();
  private final Container container;
  private ServerUnderTest server;

  LateAnswersTest() throws ReflectiveOperationException {
    container = Container.underTest();
  }

  @BeforeAll
  void start() throws Exception {
    server = container.start((classes, context) -> configure(context), Map.of());
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    server.stop().close();
  }

  @Test
  void what_nobody_answers_in_time_is_shared() throws Exception {
    assertShared(get("/never"), 500);
    assertShared(get("/too-late"), 503);
  }

  @Test
  void an_error_after_the_first_words_is_shared() throws Exception {
    WireResponse response = get("/half");
    assertShared(response, 502);
    assertFalse(response.text().contains("once"), response::text);
  }

  @Test
  void an_answer_that_is_taken_back_is_shared() throws Exception {
    for (String path : List.of("/reset-buffer", "/reset")) {
      WireResponse response = get(path);
      assertShared(response, 200);
      assertEquals("again", response.text());
      assertVariesByOrigin(response);
    }
  }

  @Test
  void what_is_taken_back_too_late_was_shared_already() throws Exception {
    WireResponse response = get("/committed");
    assertShared(response, 200);
    assertVariesByOrigin(response);
  }

  /** Containers' own servlets answer so for a file that has not changed. RFC 9110 §15.4.5 */
  @Test
  void a304_that_is_sent_like_an_error_has_the_vary_of_the200() throws Exception {
    for (String path : List.of("/not-modified", "/not-modified-with-reason")) {
      WireResponse response = get(path);
      assertShared(response, 304);
      assertVariesByOrigin(response);
      assertTrue(
          response.headers().split("Vary").orElseThrow().contains("Accept"), response::toString);
      assertEquals("", response.text());
    }
  }

  @Test
  void what_a_filter_compresses_is_shared_wherever_it_stands() throws Exception {
    for (String path : List.of("/compressed-before", "/compressed-after")) {
      WireResponse response = get(path);
      assertShared(response, 200);
      assertEquals(
          "hello",
          new String(
              new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()));
      assertVariesByOrigin(response);
      assertTrue(
          response.headers().split("Vary").orElseThrow().contains("Accept-Encoding"),
          response::toString);
    }
  }

  /** Otherwise two threads would write headers at the same time, which containers do not bear. */
  @Test
  void what_may_open_a_web_socket_is_shared_before_another_thread_has_the_response()
      throws Exception {
    for (String path : List.of("/later", "/later-with-arguments")) {
      WireResponse response = handshake(path);
      assertShared(response, 202);
      assertEquals(List.of("true"), response.headers().lines("X-Was-Shared"), path);
    }
  }

  @Test
  void what_may_open_a_web_socket_and_fails_is_shared() throws Exception {
    assertShared(handshake("/fails"), 500);
  }

  private WireResponse handshake(String path) throws Exception {
    Headers handshake =
        Headers.of("Origin", APP)
            .with("Connection", "Upgrade")
            .with("Upgrade", "websocket")
            .with("Sec-WebSocket-Version", "13")
            .with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
    return client.send(new WireRequest("GET", server.base() + path, handshake));
  }

  // The application.

  private interface Answer {
    void to(HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  private static final Map<String, Answer> SERVLETS = new TreeMap<>();

  static {
    Answer hello = (request, response) -> response.getOutputStream().print("hello");
    SERVLETS.put("/compressed-before", hello);
    SERVLETS.put("/compressed-after", hello);
    SERVLETS.put(
        "/not-modified",
        (request, response) -> {
          response.setHeader("Vary", "Accept");
          response.sendError(304);
        });
    SERVLETS.put(
        "/not-modified-with-reason",
        (request, response) -> {
          response.setHeader("Vary", "Accept");
          response.getOutputStream().print("changed");
          response.sendError(304, "Not modified");
        });
    SERVLETS.put("/later", (request, response) -> answerLater(request.startAsync(), response));
    SERVLETS.put(
        "/later-with-arguments",
        (request, response) -> answerLater(request.startAsync(request, response), response));
    SERVLETS.put(
        "/fails",
        (request, response) -> {
          throw new IllegalStateException("This failure is part of the test.");
        });
    SERVLETS.put("/never", (request, response) -> request.startAsync().setTimeout(100));
    SERVLETS.put(
        "/too-late",
        (request, response) -> {
          AsyncContext context = request.startAsync();
          context.setTimeout(100);
          context.addListener(new Impatient());
        });
    SERVLETS.put(
        "/half",
        (request, response) -> {
          response.getWriter().write("once");
          response.sendError(502);
        });
    SERVLETS.put(
        "/reset-buffer",
        (request, response) -> {
          response.setHeader("Vary", "Accept");
          response.getWriter().write("once");
          response.resetBuffer();
          response.getWriter().write("again");
        });
    SERVLETS.put(
        "/reset",
        (request, response) -> {
          response.setStatus(500);
          response.getWriter().write("once");
          response.reset();
          response.getWriter().write("again");
        });
    SERVLETS.put(
        "/committed",
        (request, response) -> {
          response.getWriter().write("hello");
          response.flushBuffer();
          try {
            response.reset();
          } catch (IllegalStateException expected) {
            response.setHeader("Access-Control-Allow-Origin", "*");
          }
        });
  }

  private static void answerLater(AsyncContext context, HttpServletResponse response) {
    boolean isShared = response.containsHeader("Access-Control-Allow-Origin");
    response.setHeader("X-Was-Shared", String.valueOf(isShared));
    response.setStatus(202);
    context.complete();
  }

  private static final class Impatient implements AsyncListener {

    @Override
    public void onTimeout(AsyncEvent event) {
      HttpServletResponse response = (HttpServletResponse) event.getAsyncContext().getResponse();
      response.setStatus(503);
      response.addHeader("Access-Control-Allow-Origin", "*");
      event.getAsyncContext().complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  /** Compresses as filters do: it replaces the stream. */
  private static final class Compressing extends HttpServletResponseWrapper {

    private final GZIPOutputStream compressed;

    Compressing(HttpServletResponse response) throws IOException {
      super(response);
      response.setHeader("Content-Encoding", "gzip");
      response.addHeader("Vary", "Accept-Encoding");
      compressed = new GZIPOutputStream(response.getOutputStream());
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public void write(int b) throws IOException {
          compressed.write(b);
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
      };
    }
  }

  private static void configure(ServletContext context) {
    SERVLETS.forEach(
        (path, answer) -> {
          ServletRegistration.Dynamic servlet = context.addServlet(path, new Answering(answer));
          servlet.setAsyncSupported(true);
          servlet.addMapping(path);
        });
    Filter compressing =
        (request, response, chain) -> {
          Compressing compressed = new Compressing((HttpServletResponse) response);
          chain.doFilter(request, compressed);
          compressed.compressed.finish();
        };
    add(context, "/compressed-before", compressing);
    // Undertow answers without any header what reaches it.
    add(
        context,
        "/fails",
        (request, response, chain) -> {
          try {
            chain.doFilter(request, response);
          } catch (IllegalStateException e) {
            ((HttpServletResponse) response).setStatus(500);
          }
        });
    CorsPolicyFilter.register(context, POLICY);
    add(context, "/compressed-after", compressing);
  }

  private static void add(ServletContext context, String path, Filter filter) {
    FilterRegistration.Dynamic registration = context.addFilter("filter of " + path, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, path);
  }

  private static final class Answering extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    Answering(Answer answer) {
      this.answer = answer;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      answer.to(request, response);
    }
  }

  private WireResponse get(String path) throws Exception {
    return client.send(new WireRequest("GET", server.base() + path, Headers.of("Origin", APP)));
  }

  private static void assertShared(WireResponse response, int status) {
    assertEquals(status, response.status(), response::toString);
    Headers headers = response.headers();
    assertEquals(List.of(APP), headers.lines("Access-Control-Allow-Origin"), response::toString);
    assertEquals(List.of("true"), headers.lines("Access-Control-Allow-Credentials"));
  }

  private static void assertVariesByOrigin(WireResponse response) {
    assertEquals(
        1,
        response.headers().split("Vary").orElseThrow().stream().filter("Origin"::equals).count(),
        response::toString);
  }
}

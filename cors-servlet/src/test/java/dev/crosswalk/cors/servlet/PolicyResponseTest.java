package dev.crosswalk.cors.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each method of a response, called by a servlet that calls nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyResponseTest {

  private static final String APP = "https://app.example";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins(APP, "https://admin.example").build();

  private static final CorsPolicy OPEN = CorsPolicy.builder().allowAnyOrigin().build();

  /** What a servlet does with the response. */
  private interface Answer {
    void to(HttpServletResponse response) throws IOException;
  }

  private final AtomicReference<Answer> answer = new AtomicReference<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final WireClient client = new WireClient();
  private final Container container;
  private ServerUnderTest server;

  PolicyResponseTest() throws ReflectiveOperationException {
    container = Container.underTest();
  }

  @BeforeAll
  void start() throws Exception {
    server =
        container.start(
            (classes, context) -> {
              context
                  .addFilter("earlier", PolicyResponseTest::writeEarlier)
                  .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/behind");
              CorsPolicyFilter.register(
                  context,
                  Cors.choosing(
                      facts ->
                          switch (facts.path()) {
                            case "/open" -> OPEN;
                            case "/uncovered" -> null;
                            default -> POLICY;
                          }));
              context.addServlet("servlet", new Answering()).addMapping("/*");
            },
            Map.of());
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    server.stop().close();
  }

  private final class Answering extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        answer.get().to(response);
      } catch (RuntimeException | Error e) {
        failure.set(e);
        throw e;
      }
    }
  }

  private WireResponse get(String path, Answer what, String... more) throws Exception {
    answer.set(what);
    Headers headers = Headers.of("Origin", APP);
    for (int i = 0; i < more.length; i += 2) {
      headers = headers.with(more[i], more[i + 1]);
    }
    WireResponse response = client.send(new WireRequest("GET", server.base() + path, headers));
    assertEquals(null, failure.getAndSet(null));
    return response;
  }

  private WireResponse get(Answer what) throws Exception {
    return get("/", what);
  }

  /** A response to what may open a WebSocket, and does not. */
  private WireResponse shakeHands(Answer what) throws Exception {
    return get(
        "/",
        what,
        "Connection",
        "Upgrade",
        "Upgrade",
        "websocket",
        "Sec-WebSocket-Version",
        "13",
        "Sec-WebSocket-Key",
        "AAAAAAAAAAAAAAAAAAAAAA==");
  }

  /** Ways to write a header, of which each has a value. */
  private interface Way {
    void write(HttpServletResponse response, String name, int value);
  }

  private static final Way SET =
      (response, name, value) -> response.setHeader(name, String.valueOf(value));
  private static final Way ADD =
      (response, name, value) -> response.addHeader(name, String.valueOf(value));

  static Stream<Arguments> setting() {
    Way date = (response, name, value) -> response.setDateHeader(name, 1_000L * value);
    return Stream.of(
        Arguments.of("setHeader", SET),
        Arguments.of("setIntHeader", (Way) HttpServletResponse::setIntHeader),
        Arguments.of("setDateHeader", date));
  }

  static Stream<Arguments> adding() {
    Way date = (response, name, value) -> response.addDateHeader(name, 1_000L * value);
    return Stream.of(
        Arguments.of("addHeader", ADD),
        Arguments.of("addIntHeader", (Way) HttpServletResponse::addIntHeader),
        Arguments.of("addDateHeader", date));
  }

  static Stream<Arguments> ways() {
    return Stream.concat(setting(), adding());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void writes_no_header_of_the_policy(String name, Way way) throws Exception {
    WireResponse response =
        get(
            to -> {
              way.write(to, ALLOW_ORIGIN, 1);
              way.write(to, "Access-Control-Expose-Headers", 1);
            });
    assertShared(response);
    assertFalse(response.headers().has("Access-Control-Expose-Headers"), response::toString);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setting")
  void replaces_another_header(String name, Way way) throws Exception {
    WireResponse response =
        get(
            to -> {
              way.write(to, "X-Own", 1);
              way.write(to, "X-Own", 2);
            });
    List<String> lines = response.headers().lines("X-Own");
    assertEquals(1, lines.size(), response::toString);
    assertTrue(lines.get(0).contains("2"), response::toString);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("adding")
  void adds_to_another_header(String name, Way way) throws Exception {
    WireResponse response =
        get(
            to -> {
              way.write(to, "X-Own", 1);
              way.write(to, "X-Own", 2);
            });
    assertEquals(2, response.headers().lines("X-Own").size(), response::toString);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void keeps_origin_in_vary(String name, Way way) throws Exception {
    WireResponse response = get(to -> way.write(to, "Vary", 7));
    assertShared(response);
    assertEquals(1, response.headers().lines("Vary").size(), response::toString);
    assertTrue(response.headers().lines("Vary").get(0).contains("7"), response::toString);
  }

  @Test
  void says_nothing_twice_in_vary() throws Exception {
    assertShared(get(to -> to.addHeader("Vary", "Origin")));
    assertShared(get(to -> to.setHeader("Vary", "Origin")));
    assertEquals(
        List.of("origin"), get(to -> to.setHeader("Vary", "origin")).headers().lines("Vary"));
    WireResponse response =
        get(
            to -> {
              to.addHeader("Vary", "Accept");
              to.addHeader("Vary", "Cookie");
            });
    assertEquals(List.of("Origin, Accept, Cookie"), response.headers().lines("Vary"));
  }

  @Test
  void adds_the_first_vary_where_the_policy_needs_none() throws Exception {
    WireResponse response = get("/open", to -> to.addHeader("Vary", "Accept"));
    assertEquals(List.of("*"), response.headers().lines(ALLOW_ORIGIN));
    assertEquals(List.of("Accept"), response.headers().lines("Vary"));
  }

  /** As containers do. */
  @Test
  void ignores_what_has_no_name_or_no_value() throws Exception {
    assertShared(
        get(
            to -> {
              to.addHeader("Vary", null);
              to.addHeader("X-Own", null);
              to.addHeader(ALLOW_ORIGIN, null);
              to.setHeader(ALLOW_ORIGIN, null);
            }));
  }

  private static void writeEarlier(
      ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ((HttpServletResponse) response).addHeader("Access-Control-Allow-Credentials", "true");
    ((HttpServletResponse) response).addHeader("Vary", "Cookie");
    chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response));
  }

  @Test
  void has_nothing_left_of_what_an_earlier_filter_wrote() throws Exception {
    WireResponse response = get("/behind", to -> assertTrue(isOfAnother(to)));
    assertShared(response);
    assertFalse(response.headers().has("Access-Control-Allow-Credentials"), response::toString);
  }

  private static boolean isOfAnother(ServletResponse response) {
    return PolicyResponse.isOfAnother(response, new CorsPolicyFilter());
  }

  @Test
  void is_known_to_another_filter_whatever_is_around_it() throws Exception {
    get(
        to -> {
          assertTrue(isOfAnother(to));
          assertTrue(isOfAnother(new HttpServletResponseWrapper(to)));
          ServletResponse container = ((ServletResponseWrapper) to).getResponse();
          assertFalse(isOfAnother(container));
          assertFalse(isOfAnother(new ServletResponseWrapper(container)));
        });
  }

  @Test
  void has_no_headers_of_a_filter_that_has_no_policy_for_the_path() throws Exception {
    get("/uncovered", to -> assertFalse(isOfAnother(to)));
  }

  // Vary, for those who set it only where there is none.

  static Stream<Arguments> looking() {
    Predicate<HttpServletResponse> contains = response -> response.containsHeader("vary");
    Predicate<HttpServletResponse> value = response -> response.getHeader("vary") != null;
    Predicate<HttpServletResponse> values = response -> !response.getHeaders("vary").isEmpty();
    Predicate<HttpServletResponse> names =
        response -> response.getHeaderNames().stream().anyMatch("vary"::equalsIgnoreCase);
    return Stream.of(
        Arguments.of("containsHeader", contains),
        Arguments.of("getHeader", value),
        Arguments.of("getHeaders", values),
        Arguments.of("getHeaderNames", names));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looking")
  void what_the_policy_alone_has_written_keeps_nobody_from_varying(
      String name, Predicate<HttpServletResponse> hasVary) throws Exception {
    WireResponse response =
        get(
            to -> {
              assertFalse(hasVary.test(to), "of the policy");
              to.setHeader("Vary", "Accept");
              assertTrue(hasVary.test(to), "of the servlet");
              to.reset();
              assertFalse(hasVary.test(to), "after a reset");
              to.addHeader("Vary", "Accept");
              assertTrue(hasVary.test(to), "of the servlet, again");
            });
    assertShared(response);
    assertEquals(Set.of("Origin", "Accept"), Set.copyOf(response.headers().split("Vary").get()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looking")
  void what_an_earlier_filter_has_written_is_seen(
      String name, Predicate<HttpServletResponse> hasVary) throws Exception {
    assertShared(get("/behind", to -> assertTrue(hasVary.test(to))));
  }

  // What may open a WebSocket has the headers as soon as it is certain that it does not.

  static Stream<Arguments> answers() {
    Answer written =
        response -> {
          response.getWriter().write("hello");
          response.getWriter().flush();
        };
    Answer printed =
        response -> {
          response.getOutputStream().print("hello");
          response.getOutputStream().flush();
        };
    Answer flushed =
        response -> {
          response.flushBuffer();
          assertTrue(response.isCommitted());
        };
    Answer refused = response -> response.sendError(409);
    Answer explained = response -> response.sendError(409, "on purpose");
    Answer redirected = response -> response.sendRedirect("/elsewhere");
    return Stream.of(
        Arguments.of("getWriter", 200, written),
        Arguments.of("getOutputStream", 200, printed),
        Arguments.of("flushBuffer", 200, flushed),
        Arguments.of("sendError", 409, refused),
        Arguments.of("sendError with a message", 409, explained),
        Arguments.of("sendRedirect", 302, redirected));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void is_shared_once_it_is_no_handshake(String name, int status, Answer what) throws Exception {
    WireResponse response =
        shakeHands(
            to -> {
              assertFalse(to.containsHeader(ALLOW_ORIGIN));
              what.to(to);
              assertTrue(to.containsHeader(ALLOW_ORIGIN), "at once");
            });
    assertEquals(status, response.status());
    assertEquals(List.of(APP), response.headers().lines(ALLOW_ORIGIN));
    assertEquals(status, get(what).status());
  }

  @Test
  void is_shared_at_the_end_if_nothing_is_written() throws Exception {
    WireResponse response = shakeHands(to -> to.setStatus(204));
    assertEquals(204, response.status());
    assertShared(response);
  }

  @Test
  void is_an_ordinary_response_afterwards() throws Exception {
    WireResponse response =
        shakeHands(
            to -> {
              to.getWriter().write("hello");
              to.addHeader("Vary", "Accept");
              to.reset();
            });
    assertShared(response);
  }

  private static void assertShared(WireResponse response) {
    assertEquals(List.of(APP), response.headers().lines(ALLOW_ORIGIN), response::toString);
    assertTrue(
        Set.copyOf(response.headers().split("Vary").orElseThrow()).contains("Origin"),
        response::toString);
    assertEquals(1, response.headers().lines("Vary").size(), response::toString);
  }
}

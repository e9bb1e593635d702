package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpResponseWrapper;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What is particular to Micronaut. What every adapter has to do, the kit tests. */
class CorsPolicyFilterTest {

  private static final String APP = "https://app.example.com";

  private static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .allowOrigins(APP, "https://www.example.com")
          .allowMethods("PUT")
          .allowCredentials()
          .build();

  private final WireClient client = new WireClient();
  private EmbeddedServer server;

  @Controller("/books")
  @Requires(property = "test.books")
  static class Books {

    @Get
    @Produces(MediaType.TEXT_PLAIN)
    String read() {
      return "a book";
    }

    @Put
    @Produces(MediaType.TEXT_PLAIN)
    String write() {
      return "written";
    }

    @Get("/bug")
    String bug() {
      throw new IllegalStateException("a bug");
    }

    @Get("/conflict")
    String conflict() {
      throw new IllegalArgumentException("taken");
    }

    @Error(exception = IllegalArgumentException.class)
    HttpResponse<String> conflict(IllegalArgumentException exception) {
      return HttpResponse.<String>status(409, "").header("Vary", "Accept-Language").body("taken");
    }

    @Get("/own-headers")
    HttpResponse<String> ownHeaders() {
      return HttpResponse.ok("a book")
          .header("access-control-allow-origin", "*")
          .header("ACCESS-CONTROL-ALLOW-CREDENTIALS", "true")
          .header("vary", "Accept")
          .header("vary", "Accept-Language");
    }

    @Get("/twice")
    String once() {
      return "one";
    }

    @Get("/twice")
    String again() {
      return "another";
    }

    @Get("/broken-stream")
    @Produces(MediaType.TEXT_PLAIN)
    Flux<String> brokenStream() {
      return Flux.error(new IllegalStateException("before the first item"));
    }
  }

  /** Refuses everybody, before a route is looked for. */
  @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  @Requires(property = "test.doorkeeper")
  static class Doorkeeper {
    @PreMatching
    @RequestFilter
    HttpResponse<?> refuse() {
      return HttpResponse.unauthorized();
    }
  }

  /** Writes what others wrote before, as late as an application can say. */
  @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  @Requires(property = "test.copycat")
  static class Copycat {
    @ResponseFilter
    void overwrite(MutableHttpResponse<?> response) {
      response.getHeaders().set("Access-Control-Allow-Origin", "*");
      response.getHeaders().set("Access-Control-Allow-Credentials", "true");
      response.getHeaders().set("Vary", "Accept-Encoding");
    }
  }

  /** Answers with a response that nobody can change, as those of an HTTP client are. */
  @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
  @Requires(property = "test.unchangeable")
  static class Unchangeable {
    @ResponseFilter
    HttpResponse<?> wrap(HttpResponse<?> response) {
      return new HttpResponseWrapper<>(response);
    }
  }

  /** Takes another path before a route is looked for. */
  @ServerFilter("/old/**")
  @Requires(property = "test.rewriting")
  static class Rewriting {
    @PreMatching
    @RequestFilter
    HttpRequest<?> rewrite(HttpRequest<?> request) {
      return request.mutate().uri(URI.create("/books"));
    }
  }

  /** Hands another request on. */
  @Filter("/books")
  @Requires(property = "test.exchanging")
  static class Exchanging implements HttpServerFilter {
    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(
        HttpRequest<?> request, ServerFilterChain chain) {
      return chain.proceed(
          request.mutate().header("Origin", "https://gateway.example").uri(URI.create("/open")));
    }
  }

  /** Answers nothing, which Micronaut answers with 503. */
  @Filter(Filter.MATCH_ALL_PATTERN)
  @Requires(property = "test.empty")
  static class Empty implements HttpServerFilter {
    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(
        HttpRequest<?> request, ServerFilterChain chain) {
      return Flux.empty();
    }
  }

  /** States the policy as the documentation says. */
  @Factory
  @Requires(property = "test.factory")
  static class CrossOrigin {
    @Singleton
    Cors policy() {
      return POLICY;
    }
  }

  /** States a policy that is wrong. */
  @Factory
  @Requires(property = "test.wrong")
  static class Wrong {
    @Singleton
    Cors policy() {
      return CorsPolicy.builder().allowOrigins(APP + "/").build();
    }
  }

  @AfterEach
  void stop() {
    client.close();
    if (server != null) {
      server.getApplicationContext().close();
    }
  }

  private void serve(List<?> beans, String... properties) {
    ApplicationContextBuilder builder =
        ApplicationContext.builder()
            .singletons(beans.toArray())
            .properties(
                Map.of(
                    "micronaut.server.port",
                    -1,
                    "micronaut.server.host",
                    "127.0.0.1",
                    "micronaut.security.enabled",
                    false,
                    "test.books",
                    true));
    for (String property : properties) {
      String[] nameAndValue = property.split("=");
      builder.properties(Map.of(nameAndValue[0], nameAndValue[1]));
    }
    server = builder.start().getBean(EmbeddedServer.class).start();
  }

  private WireResponse send(String method, String path, String... headers) throws Exception {
    return client.send(
        new WireRequest(
            method, "http://127.0.0.1:" + server.getPort() + path, Headers.of(headers)));
  }

  private static List<String> lines(WireResponse response, String name) {
    return response.headers().lines(name);
  }

  private static void assertShared(WireResponse response, int status) {
    assertEquals(status, response.status(), response.head());
    assertEquals(List.of(APP), lines(response, "Access-Control-Allow-Origin"), response.head());
    assertEquals(
        List.of("true"), lines(response, "Access-Control-Allow-Credentials"), response.head());
  }

  @Test
  void a_policy_from_a_factory_is_enough() throws Exception {
    serve(List.of(), "test.factory=true");
    assertShared(send("GET", "/books", "Origin", APP), 200);
    assertShared(
        send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT"), 204);
  }

  @Test
  void a_wrong_policy_from_a_factory_stops_the_start() {
    Exception stopped =
        assertThrows(RuntimeException.class, () -> serve(List.of(), "test.wrong=true"));
    StringWriter printed = new StringWriter();
    stopped.printStackTrace(new PrintWriter(printed));
    assertTrue(printed.toString().contains("write \"" + APP + "\""), printed.toString());
  }

  @Test
  void without_a_policy_the_built_in_filter_stays_and_guards_localhost() throws Exception {
    serve(List.of());
    assertFalse(server.getApplicationContext().containsBean(CorsPolicyFilter.class));
    assertEquals(403, send("GET", "/books", "Origin", APP, "Host", "localhost").status());
  }

  @Test
  void with_a_policy_the_built_in_filter_and_its_guard_of_localhost_are_gone() throws Exception {
    serve(
        List.of(POLICY),
        "micronaut.server.cors.enabled=true",
        "micronaut.server.cors.configurations.web.allowed-origins=https://other.example");
    assertShared(send("GET", "/books", "Origin", APP, "Host", "localhost"), 200);
    assertEquals(
        List.of(),
        lines(
            send("GET", "/books", "Origin", "https://other.example"),
            "Access-Control-Allow-Origin"));
  }

  @Test
  void what_lies_outside_of_the_context_path_is_covered_too() throws Exception {
    serve(List.of(POLICY), "micronaut.server.context-path=/shop");
    assertShared(send("GET", "/shop/books", "Origin", APP), 200);
    assertShared(send("GET", "/nowhere", "Origin", APP), 404);
    assertShared(
        send("OPTIONS", "/nowhere", "Origin", APP, "Access-Control-Request-Method", "PUT"), 204);
  }

  @Test
  void errors_are_shared_and_the_vary_of_their_handler_stays() throws Exception {
    serve(List.of(POLICY));
    assertShared(send("GET", "/books/bug", "Origin", APP), 500);
    assertShared(send("GET", "/nowhere", "Origin", APP), 404);
    assertShared(send("DELETE", "/books", "Origin", APP), 405);
    assertShared(send("GET", "/books", "Origin", APP, "Accept", "image/png"), 406);
    WireResponse conflict = send("GET", "/books/conflict", "Origin", APP);
    assertShared(conflict, 409);
    assertEquals(List.of("Accept-Language, Origin"), lines(conflict, "Vary"));
  }

  @Test
  void a_preflight_comes_before_every_other_filter() throws Exception {
    serve(List.of(POLICY), "test.doorkeeper=true");
    assertShared(
        send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT"), 204);
    // What another filter answers before a route is looked for meets other methods of ours.
    assertShared(send("GET", "/books", "Origin", APP), 401);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"test.rewriting, /old/books, /books", "test.exchanging, /books, /open"})
  void the_policy_is_of_the_request_that_the_client_sent_whatever_a_filter_makes_of_it(
      String filter, String sent, String made) throws Exception {
    CorsPolicy open = CorsPolicy.builder().allowAnyOrigin().build();
    serve(List.of(Cors.byPath(Map.of(sent, POLICY, made, open))), filter + "=true");
    assertShared(send("GET", sent, "Origin", APP), 200);
    WireResponse refused = send("GET", sent, "Origin", "https://evil.example");
    assertEquals(200, refused.status());
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Origin"), refused.head());
  }

  @Test
  void the_headers_come_after_every_other_filter() throws Exception {
    serve(List.of(POLICY), "test.copycat=true");
    WireResponse shared = send("GET", "/books", "Origin", APP);
    assertShared(shared, 200);
    assertEquals(List.of("Accept-Encoding, Origin"), lines(shared, "Vary"));
    WireResponse refused = send("GET", "/books", "Origin", "https://evil.example");
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Origin"));
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Credentials"));
  }

  @Test
  void a_response_that_cannot_be_changed_is_answered_as_another_with_the_headers()
      throws Exception {
    serve(List.of(POLICY), "test.unchangeable=true");
    WireResponse shared = send("GET", "/books/own-headers", "Origin", APP);
    assertShared(shared, 200);
    assertEquals("a book", shared.text());
    assertEquals(List.of("Accept, Accept-Language, Origin"), lines(shared, "Vary"));
    assertShared(send("GET", "/nowhere", "Origin", APP), 404);
    WireResponse refused = send("GET", "/books/own-headers", "Origin", "https://evil.example");
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Origin"), refused.head());
  }

  @Test
  void headers_of_the_application_yield_whatever_their_case_and_its_vary_stays() throws Exception {
    serve(List.of(POLICY));
    WireResponse shared = send("GET", "/books/own-headers", "Origin", APP);
    assertShared(shared, 200);
    assertEquals(List.of("Accept, Accept-Language, Origin"), lines(shared, "Vary"));
    WireResponse refused = send("GET", "/books/own-headers", "Origin", "https://evil.example");
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Origin"));
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Credentials"));
  }

  /** Micronaut's doing; if this fails, the limit in the filter's documentation has gone. */
  @Test
  void a_stream_that_fails_before_its_first_item_lacks_the_headers() throws Exception {
    serve(List.of(POLICY));
    WireResponse response = send("GET", "/books/broken-stream", "Origin", APP);
    assertEquals(500, response.status());
    assertEquals(List.of(), lines(response, "Access-Control-Allow-Origin"));
  }

  /** As where routes have a version, and neither the request nor the configuration names one. */
  @Test
  void a_request_that_several_routes_match_lacks_the_headers() throws Exception {
    serve(List.of(POLICY));
    WireResponse response = send("GET", "/books/twice", "Origin", APP);
    assertEquals(400, response.status());
    assertEquals(List.of(), lines(response, "Access-Control-Allow-Origin"), response.head());
  }

  /** Micronaut's doing, as above. */
  @Test
  void a_filter_that_answers_nothing_lacks_the_headers() throws Exception {
    serve(List.of(POLICY), "test.empty=true");
    WireResponse response = send("GET", "/books", "Origin", APP);
    assertEquals(503, response.status(), response.head());
    assertEquals(List.of(), lines(response, "Access-Control-Allow-Origin"));
  }

  /** A page can send it: the URL standard lets the characters be. Micronaut's doing, as above. */
  @Test
  void a_query_that_is_not_percent_encoding_lacks_the_headers() throws Exception {
    serve(List.of(POLICY));
    for (String query : List.of("a=%zz", "a={b}", "a=b|c", "a=^", "a=`", "a=\\")) {
      WireResponse response = send("GET", "/books?" + query, "Origin", APP);
      assertEquals(400, response.status(), response.head());
      assertEquals(List.of(), lines(response, "Access-Control-Allow-Origin"), query);
    }
  }

  @Test
  void the_path_is_what_was_sent() throws Exception {
    SeenCors seen = new SeenCors();
    serve(List.of(seen), "micronaut.server.context-path=/shop");
    for (String path :
        List.of("/shop/books", "/a%2Fb", "/a/../b", "/a;m=1/b", "/%C3%A9", "/a//b", "//b")) {
      seen.requests.clear();
      seen.again.clear();
      client.sendBytes(
          "http://127.0.0.1:" + server.getPort(),
          "GET " + path + "?q=/x HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\n\r\n",
          "GET");
      assertEquals(List.of(path), seen.requests.stream().map(SeenCors.Request::path).toList());
      // The response has the decision about this request, which is not asked about again.
      assertEquals(List.of(), seen.again);
    }
  }

  @Test
  void a_preflight_is_answered_by_one_policy_even_if_another_takes_its_place_meanwhile()
      throws Exception {
    serve(List.of(new FickleCors()));
    WireResponse preflight =
        send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertShared(preflight, 204);
    assertEquals(List.of("PUT"), lines(preflight, "Access-Control-Allow-Methods"));
  }

  @Test
  void a_filter_without_policy_is_refused_with_a_sentence() {
    NullPointerException refused =
        assertThrows(NullPointerException.class, () -> new CorsPolicyFilter(null));
    assertTrue(refused.getMessage().contains("CorsPolicy.none()"), refused.getMessage());
  }

  /** Notes how the adapter's reader reads, and allows nothing. */
  private static final class SeenCors implements Cors {

    record Request(String method, String path) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<Request> again = new CopyOnWriteArrayList<>();

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      requests.add(read(request, reader));
      return CorsPolicy.none().decide(request, reader);
    }

    @Override
    public <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
      again.add(read(request, reader));
      return CorsPolicy.none().decide(request, reader);
    }

    private static <Q> Request read(Q request, RequestReader<? super Q> reader) {
      return new Request(reader.method(request), reader.path(request));
    }
  }

  /** Is another policy as soon as it has decided, as a reloaded one may be. */
  private static final class FickleCors implements Cors {

    private volatile CorsPolicy policy = POLICY;

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      CorsDecision decision = policy.decide(request, reader);
      policy = CorsPolicy.none();
      return decision;
    }
  }
}

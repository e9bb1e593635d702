package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.Headers;
import dev.crosswalk.cors.tck.WireClient;
import dev.crosswalk.cors.tck.WireRequest;
import dev.crosswalk.cors.tck.WireResponse;
import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to JAX-RS. What every adapter has to do, the kit tests. */
public class CorsPolicyFilterTest {

  static final String APP = "https://app.example.com";

  static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .allowOrigins(APP, "https://www.example.com")
          .allowMethods("PUT")
          .allowRequestHeaders("x-one", "x-two")
          .allowCredentials()
          .build();

  private final WireClient client = new WireClient();
  private JaxRsServer server;

  /** What an application might hold. */
  @Path("/books")
  public static class Books {

    @GET
    @Produces("text/plain")
    public String read() {
      return "a book";
    }

    @PUT
    public String write() {
      return "written";
    }

    @GET
    @Path("/conflict")
    public String conflict() {
      throw new Conflict();
    }

    @GET
    @Path("/gone")
    public String gone() {
      throw new WebApplicationException(Response.status(410).header("Vary", "Accept").build());
    }

    @GET
    @Path("/bug")
    public String bug() {
      throw new IllegalStateException("a bug");
    }

    @GET
    @Path("/error")
    public String error() {
      throw new AssertionError("a worse bug");
    }

    @GET
    @Path("/worse")
    public String worse() {
      throw new Worse();
    }

    @GET
    @Path("/own-headers")
    public Response ownHeaders() {
      return Response.ok("a book")
          .header("access-control-allow-origin", "*")
          .header("ACCESS-CONTROL-ALLOW-CREDENTIALS", true)
          .header("vary", "Accept")
          .header("vary", "Accept-Language")
          .build();
    }
  }

  static final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static final class Worse extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static final class ConflictMapper implements ExceptionMapper<Conflict> {
    @Override
    public Response toResponse(Conflict conflict) {
      return Response.status(409).header("Vary", "Accept-Language").entity("taken").build();
    }
  }

  static final class WorseMapper implements ExceptionMapper<Worse> {
    @Override
    public Response toResponse(Worse worse) {
      throw new IllegalStateException("the mapper fails, too");
    }
  }

  /** Refuses everybody, as early as an application can say. */
  @PreMatching
  @Priority(Integer.MIN_VALUE + 1)
  static final class Doorkeeper implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      request.abortWith(Response.status(401).build());
    }
  }

  /** Writes what others wrote before, as late as an application can say. */
  @Priority(Integer.MIN_VALUE + 1)
  static final class Copycat implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      response.getHeaders().putSingle("Access-Control-Allow-Origin", "*");
      response.getHeaders().putSingle("Access-Control-Allow-Credentials", "true");
      response.getHeaders().putSingle("Vary", "Accept-Encoding");
    }
  }

  /** Believes a header about the method, as some applications have to. */
  @PreMatching
  static final class MethodOverride implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      String method = request.getHeaderString("X-HTTP-Method-Override");
      if (method != null) {
        request.setMethod(method);
      }
    }
  }

  /** How a server starts; where SeBootstrap cannot start it, this is to be overridden. */
  JaxRsServer start(Application application) throws Exception {
    return JaxRsServer.start(application);
  }

  /** Paths that the server itself refuses with 400, so that no filter sees them. */
  List<String> refusedPaths() {
    return List.of();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    if (server != null) {
      server.stop().close();
    }
  }

  void serve(Object... more) throws Exception {
    List<Object> singletons = new ArrayList<>(List.of(new Books()));
    singletons.addAll(List.of(more));
    server = start(JaxRsServer.application(singletons.toArray()));
  }

  WireResponse send(String method, String path, String... headers) throws Exception {
    return client.send(
        new WireRequest(method, "http://127.0.0.1:" + server.port() + path, Headers.of(headers)));
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
  void a_mapped_exception_is_shared_and_the_vary_of_its_mapper_stays() throws Exception {
    serve(new ConflictMapper(), new CorsPolicyFilter(POLICY));
    WireResponse response = send("GET", "/books/conflict", "Origin", APP);
    assertShared(response, 409);
    assertEquals(List.of("Accept-Language, Origin"), lines(response, "Vary"));
  }

  @Test
  void an_exception_that_carries_a_response_is_shared() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    WireResponse response = send("GET", "/books/gone", "Origin", APP);
    assertShared(response, 410);
    assertEquals(List.of("Accept, Origin"), lines(response, "Vary"));
  }

  @Test
  void what_the_implementation_refuses_is_shared() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    assertShared(send("GET", "/nowhere", "Origin", APP), 404);
    assertShared(send("DELETE", "/books", "Origin", APP), 405);
    assertShared(send("GET", "/books", "Origin", APP, "Accept", "image/png"), 406);
  }

  @Test
  void an_exception_without_mapper_is_shared_if_there_is_the_mapper_for_it() throws Exception {
    serve(new WorseMapper(), new UnmappedExceptionMapper(), new CorsPolicyFilter(POLICY));
    assertShared(send("GET", "/books/bug", "Origin", APP), 500);
    assertShared(send("GET", "/books/error", "Origin", APP), 500);
    // With that mapper the application's own ones and its own responses stay as they are.
    assertShared(send("GET", "/books/gone", "Origin", APP), 410);
    assertShared(send("GET", "/nowhere", "Origin", APP), 404);
    assertEquals(
        List.of("Accept, Origin"), lines(send("GET", "/books/gone", "Origin", APP), "Vary"));
  }

  @Test
  void a_preflight_comes_before_every_other_filter() throws Exception {
    serve(new Doorkeeper(), new CorsPolicyFilter(POLICY));
    WireResponse preflight =
        send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertShared(preflight, 204);
    assertEquals(List.of("PUT"), lines(preflight, "Access-Control-Allow-Methods"));
    assertFalse(preflight.headers().has("Content-Type"), preflight.head());
    assertFalse(preflight.head().contains("Decision"), preflight.head());
    assertShared(send("GET", "/books", "Origin", APP), 401);
  }

  @Test
  void the_headers_come_after_every_other_filter() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new Copycat());
    WireResponse shared = send("GET", "/books", "Origin", APP);
    assertShared(shared, 200);
    assertEquals(List.of("Accept-Encoding, Origin"), lines(shared, "Vary"));
    WireResponse refused = send("GET", "/books", "Origin", "https://evil.example");
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Origin"));
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Credentials"));
  }

  @Test
  void headers_of_the_application_yield_whatever_their_case_and_its_vary_stays() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    WireResponse shared = send("GET", "/books/own-headers", "Origin", APP);
    assertShared(shared, 200);
    assertEquals(1, lines(shared, "Vary").size(), shared.head());
    assertEquals(
        List.of("Accept", "Accept-Language", "Origin"), shared.headers().split("Vary").get());
    WireResponse refused = send("GET", "/books/own-headers", "Origin", "https://evil.example");
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Origin"));
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Credentials"));
  }

  @Test
  void every_line_of_a_header_counts() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    WireResponse twoOrigins =
        send("GET", "/books", "Origin", APP, "Origin", "https://www.example.com");
    assertEquals(List.of(), lines(twoOrigins, "Access-Control-Allow-Origin"));
    SeenCors seen = new SeenCors();
    server.stop().close();
    serve(new CorsPolicyFilter(seen));
    send("GET", "/books", "X-List", "one", "x-list", "two", "X-Empty", "");
    assertEquals("one, two", seen.requests.get(0).list());
    assertEquals("", seen.requests.get(0).empty());
  }

  @Test
  void the_path_is_what_was_sent() throws Exception {
    SeenCors seen = new SeenCors();
    serve(new CorsPolicyFilter(seen));
    for (String path : List.of("/books", "/a%2Fb", "/a/../b", "/a;m=1/b", "/%C3%A9", "/a//b")) {
      seen.requests.clear();
      seen.again.clear();
      // As it is: a URL would be normalized by the client already.
      List<WireResponse> responses =
          client.sendBytes(
              "http://127.0.0.1:" + server.port(),
              "GET " + path + "?q=/x HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\n\r\n",
              "GET");
      boolean refused = refusedPaths().contains(path);
      assertEquals(refused, responses.get(0).status() == 400, path);
      List<String> paths = refused ? List.of() : List.of(path);
      assertEquals(paths, seen.requests.stream().map(SeenCors.Request::path).toList());
      assertEquals(paths, seen.again.stream().map(SeenCors.Request::path).toList());
    }
  }

  @Test
  void an_overridden_method_makes_no_preflight_of_a_request() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new MethodOverride());
    WireResponse response = send("POST", "/books", "Origin", APP, "X-HTTP-Method-Override", "PUT");
    assertShared(response, 200);
    assertEquals("written", response.text());
  }

  @Test
  void two_filters_write_one_set_of_headers() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new CorsPolicyFilter(POLICY));
    WireResponse response = send("GET", "/books", "Origin", APP);
    assertShared(response, 200);
    assertEquals(List.of("Origin"), lines(response, "Vary"));
    WireResponse preflight =
        send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertShared(preflight, 204);
    assertEquals(
        List.of("Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
        lines(preflight, "Vary"));
  }

  @Test
  void a_request_leaves_nothing_behind_for_the_next_one() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    WireResponse response = send("GET", "/books");
    assertEquals(200, response.status());
    assertEquals("a book", response.text());
    assertEquals(List.of(), lines(response, "Access-Control-Allow-Methods"));
    assertEquals(List.of("Origin"), lines(response, "Vary"));
  }

  @Test
  void of_a_target_in_absolute_form_the_path_is_the_path() throws Exception {
    assertEquals("/books", pathOf("http://api.example/books"));
  }

  /** Which path a policy is asked about if a request has this target. */
  String pathOf(String target) throws Exception {
    SeenCors seen = new SeenCors();
    serve(new CorsPolicyFilter(seen));
    // As it is: a URL would be normalized by the client already.
    client.sendBytes(
        "http://127.0.0.1:" + server.port(),
        "GET " + target + "?q=/x HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\n\r\n",
        "GET");
    assertEquals(1, seen.requests.size());
    assertEquals(seen.requests, seen.again);
    return seen.requests.get(0).path();
  }

  @Test
  void a_request_is_decided_about_once_and_only_asked_about_again() throws Exception {
    SeenCors seen = new SeenCors();
    serve(new CorsPolicyFilter(seen));
    send("GET", "/books", "Origin", APP);
    assertEquals(1, seen.requests.size());
    assertEquals(1, seen.again.size());
    send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertEquals(2, seen.requests.size());
    assertEquals(1, seen.again.size());
  }

  @Test
  void a_preflight_is_answered_by_one_policy_even_if_another_takes_its_place_meanwhile()
      throws Exception {
    serve(new CorsPolicyFilter(new FickleCors()));
    WireResponse preflight =
        send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertShared(preflight, 204);
    assertEquals(List.of("PUT"), lines(preflight, "Access-Control-Allow-Methods"));
  }

  @Test
  void a_policy_is_asked_once_to_log_its_warnings() {
    SeenCors seen = new SeenCors();
    new CorsPolicyFilter(seen);
    assertEquals(1, seen.logs.get());
  }

  @Test
  void a_filter_without_policy_is_refused_with_a_sentence() {
    NullPointerException refused =
        assertThrows(NullPointerException.class, () -> new CorsPolicyFilter(null));
    assertTrue(refused.getMessage().contains("CorsPolicy.none()"), refused.getMessage());
  }

  /** Notes how the adapter's reader reads, and allows nothing. */
  private static final class SeenCors implements Cors {

    record Request(String method, String path, String list, String empty) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<Request> again = new CopyOnWriteArrayList<>();
    final AtomicInteger logs = new AtomicInteger();

    @Override
    public void logWarnings() {
      logs.incrementAndGet();
    }

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
      return new Request(
          reader.method(request),
          reader.path(request),
          reader.header(request, "X-List"),
          reader.header(request, "X-Empty"));
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

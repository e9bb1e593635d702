package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.Reference;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
  JaxRsServer server;

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
  JaxRsServer start(String contextPath, Application application) throws Exception {
    return JaxRsServer.start(contextPath, application);
  }

  /** Whether the implementation refuses two instances of one class, so that no two filters run. */
  boolean refusesTwoFilters() {
    return false;
  }

  /** Paths that the server itself refuses with 400, so that no filter sees them. */
  List<String> refusedPaths() {
    return List.of();
  }

  /** What a filter sees of a target without a path; nothing if the server itself answers. */
  List<String> pathsOfAnEmptyOne() {
    return List.of("/");
  }

  /** Says what one that compresses says, after every response filter. */
  static final class Compression implements WriterInterceptor {
    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
      context.getHeaders().add("Vary", "Accept-Encoding");
      context.proceed();
    }
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
    singletons.add(new Library());
    singletons.addAll(List.of(more));
    server = start("", JaxRsServer.application(singletons.toArray()));
  }

  WireResponse sendBody(String type, String body, String... headers) throws Exception {
    return client.send(
        new WireRequest(
            "POST",
            "http://127.0.0.1:" + server.port() + "/library",
            Headers.of(headers).with("Content-Type", type),
            body.getBytes(StandardCharsets.UTF_8)));
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
    assertShared(sendBody("text/plain", "a book", "Origin", APP), 200);
    assertShared(sendBody("image/png", "a book", "Origin", APP), 415);
    assertShared(send("GET", "/library?page=one", "Origin", APP), 404);
  }

  @Test
  void a_condition_that_does_not_hold_is_shared_and_so_is_one_that_holds() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    String path = "/library/conditional";
    WireResponse unchanged = send("GET", path, "Origin", APP, "If-None-Match", "\"second\"");
    assertShared(unchanged, 304);
    // RFC 9110 §15.4.5: what a 200 would have had.
    assertEquals(List.of("Origin"), lines(unchanged, "Vary"));
    assertShared(send("GET", path, "Origin", APP, "If-None-Match", "\"first\""), 200);
    assertShared(send("PUT", path, "Origin", APP, "If-Match", "\"first\""), 412);
    assertShared(send("PUT", path, "Origin", APP, "If-Match", "\"second\""), 204);
  }

  @Test
  void what_comes_later_is_shared_and_so_is_a_time_out() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    assertShared(send("GET", "/library/stage", "Origin", APP), 200);
    assertShared(send("GET", "/library/failed-stage", "Origin", APP), 404);
    assertShared(send("GET", "/library/too-late", "Origin", APP), 503);
  }

  @Test
  void a_stream_that_breaks_was_shared_before() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET /library/broken-stream HTTP/1.1\r\nHost: api.example\r\nOrigin: "
                      + APP
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      // Only the head: the rest is broken in as many ways as there are servers.
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      List<String> head = new ArrayList<>();
      for (String line = reader.readLine();
          line != null && !line.isEmpty();
          line = reader.readLine()) {
        head.add(line.toLowerCase(Locale.ROOT));
      }
      assertTrue(head.get(0).startsWith("http/1.1 200"), head.toString());
      assertTrue(head.contains("access-control-allow-origin: " + APP), head.toString());
    }
  }

  @Test
  void a_sub_resource_is_shared_and_its_locator_is_not_asked_by_a_preflight() throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    assertShared(send("GET", "/library/shelves/1/books", "Origin", APP), 200);
    assertShared(send("GET", "/library/shelves/2/books", "Origin", APP), 404);
    for (String shelf : List.of("1", "2")) {
      WireResponse preflight =
          send(
              "OPTIONS",
              "/library/shelves/" + shelf + "/books",
              "Origin",
              APP,
              "Access-Control-Request-Method",
              "PUT");
      assertShared(preflight, 204);
      assertEquals(List.of("PUT"), lines(preflight, "Access-Control-Allow-Methods"));
    }
  }

  @Test
  void the_vary_of_an_interceptor_which_comes_later_stays_beside_the_policys() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new Compression());
    WireResponse response = send("GET", "/books", "Origin", APP);
    assertShared(response, 200);
    assertEquals(
        Set.of("Origin", "Accept-Encoding"), Set.copyOf(response.headers().split("Vary").get()));
  }

  @Test
  void headers_of_a_proxy_change_nothing() throws Exception {
    serve(new CorsPolicyFilter(Cors.byPath(Map.of("/books", POLICY))));
    String[] forwarded = {
      "X-Forwarded-Host",
      "evil.example",
      "X-Forwarded-Proto",
      "https",
      "X-Forwarded-Prefix",
      "/prefix",
      "X-Forwarded-Port",
      "443",
      "X-Original-URL",
      "/nowhere",
      "Forwarded",
      "host=evil.example;proto=https"
    };
    assertShared(send("GET", "/books", with(forwarded, "Origin", APP)), 200);
    assertShared(
        send(
            "OPTIONS",
            "/books",
            with(forwarded, "Origin", APP, "Access-Control-Request-Method", "PUT")),
        204);
    for (String origin : List.of("https://evil.example", "http://api.example")) {
      WireResponse refused = send("GET", "/books", with(forwarded, "Origin", origin));
      assertEquals(200, refused.status());
      assertEquals(List.of(), lines(refused, "Access-Control-Allow-Origin"), refused.head());
    }
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.concat(Stream.of(headers), Stream.of(more)).toArray(String[]::new);
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
      assertEquals(List.of(), seen.again);
    }
  }

  /** That of the target {@code http://api.example}, for example: RFC 9110 §4.2.3. */
  @Test
  void an_empty_path_is_that_of_the_root() throws Exception {
    SeenCors seen = new SeenCors();
    serve(new CorsPolicyFilter(seen));
    List<WireResponse> responses =
        client.sendBytes(
            "http://127.0.0.1:" + server.port(),
            "GET http://api.example HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\n\r\n",
            "GET");
    assertEquals(404, responses.get(0).status());
    assertEquals(pathsOfAnEmptyOne(), seen.requests.stream().map(SeenCors.Request::path).toList());
    assertEquals(List.of(), seen.again);
  }

  /** An application below a path, in a context below another. */
  @ApplicationPath("/api")
  static final class Api extends Application {

    private final CorsPolicyFilter filter;

    Api(CorsPolicyFilter filter) {
      this.filter = filter;
    }

    @Override
    @SuppressWarnings("deprecation") // The one portable way to register an instance.
    public Set<Object> getSingletons() {
      return Set.of(new Books(), new Library(), filter);
    }
  }

  @Test
  void policies_go_by_the_whole_path_with_context_and_application() throws Exception {
    CorsPolicy partners = POLICY.toBuilder().allowOrigins("https://partner.example").build();
    server =
        start(
            "/shop",
            new Api(
                new CorsPolicyFilter(
                    Cors.byPath(
                        Map.of(
                            "/shop/api",
                            POLICY,
                            "/shop/api/library/shelves",
                            partners,
                            "/api",
                            CorsPolicy.none(),
                            "/books",
                            CorsPolicy.none())))));
    assertShared(send("GET", "/shop/api/books", "Origin", APP), 200);
    // A sub-resource has the policy of its path, whatever its locator is.
    for (String shelf : List.of("1", "2")) {
      String path = "/shop/api/library/shelves/" + shelf + "/books";
      for (String method : List.of("OPTIONS", "GET")) {
        WireResponse response =
            send(
                method,
                path,
                "Origin",
                "https://partner.example",
                "Access-Control-Request-Method",
                "PUT");
        assertEquals(
            List.of("https://partner.example"),
            lines(response, "Access-Control-Allow-Origin"),
            response.head());
      }
    }
    WireResponse other = send("GET", "/shop/api/books", "Origin", "https://partner.example");
    assertEquals(200, other.status());
    assertEquals(List.of(), lines(other, "Access-Control-Allow-Origin"), other.head());
  }

  /** Binds a filter to one method of one resource, which is too late for its preflights. */
  record Binding(CorsPolicyFilter filter) implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
      if (Books.class.equals(resource.getResourceClass())
          && resource.getResourceMethod().getName().equals("write")) {
        context.register(filter);
      }
    }
  }

  @Test
  void a_filter_that_is_bound_to_a_resource_answers_no_preflight() throws Exception {
    serve(new Binding(new CorsPolicyFilter(POLICY)));
    assertShared(send("PUT", "/books", "Origin", APP), 200);
    WireResponse preflight =
        send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertEquals(List.of(), lines(preflight, "Access-Control-Allow-Origin"), preflight.head());
  }

  @Test
  void an_overridden_method_makes_no_preflight_of_a_request() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new MethodOverride());
    WireResponse response = send("POST", "/books", "Origin", APP, "X-HTTP-Method-Override", "PUT");
    assertShared(response, 200);
    assertEquals("written", response.text());
  }

  @Test
  void a_method_that_is_overridden_by_OPTIONS_makes_no_preflight_of_it_either() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new MethodOverride());
    WireResponse response =
        send(
            "POST",
            "/books",
            "Origin",
            APP,
            "Access-Control-Request-Method",
            "PUT",
            "X-HTTP-Method-Override",
            "OPTIONS");
    assertEquals(List.of(APP), lines(response, "Access-Control-Allow-Origin"), response.head());
    assertEquals(List.of("Origin"), lines(response, "Vary"));
    assertEquals(List.of(), lines(response, "Access-Control-Allow-Methods"), response.head());
  }

  /** Leads old paths to new ones. */
  @PreMatching
  static final class Rewriting implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      String uri = request.getUriInfo().getRequestUri().toString();
      request.setRequestUri(URI.create(uri.replace("/old/", "/")));
    }
  }

  @Test
  void a_response_has_the_policy_of_the_path_that_was_sent_whatever_others_make_of_it()
      throws Exception {
    CorsPolicy open = CorsPolicy.builder().allowAnyOrigin().build();
    Cors cors = Cors.byPath(Map.of("/old", POLICY, "/books", open));
    serve(new CorsPolicyFilter(cors), new Rewriting());
    assertShared(send("GET", "/old/books", "Origin", APP), 200);
    WireResponse preflight =
        send("OPTIONS", "/old/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertShared(preflight, 204);
    WireResponse refused = send("GET", "/old/books", "Origin", "https://evil.example");
    assertEquals("a book", refused.text());
    assertEquals(List.of(), lines(refused, "Access-Control-Allow-Origin"), refused.head());
    assertEquals(List.of("Origin"), lines(refused, "Vary"));
    WireResponse direct = send("GET", "/books", "Origin", "https://evil.example");
    assertEquals(List.of("*"), lines(direct, "Access-Control-Allow-Origin"), direct.head());
  }

  @Test
  void two_filters_write_one_set_of_headers() throws Exception {
    assumeFalse(refusesTwoFilters());
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

  /** Jakarta REST, Configurable: a class that is registered is not registered again. */
  @Test
  void of_two_filters_one_decides() throws Exception {
    assumeFalse(refusesTwoFilters());
    CorsPolicy other = POLICY.toBuilder().allowOrigins("https://other.example").build();
    serve(new CorsPolicyFilter(POLICY), new CorsPolicyFilter(other));
    String[] preflight = {
      "Origin", "https://other.example", "Access-Control-Request-Method", "PUT"
    };
    int status = send("OPTIONS", "/books", preflight).status();
    assertTrue(status == 204 || status == 403, () -> "status " + status);
    assertEquals(
        status == 204 ? List.of("https://other.example") : List.of(),
        lines(
            send("GET", "/books", "Origin", "https://other.example"),
            "Access-Control-Allow-Origin"));
  }

  /** What a forum has: it may refuse, and the page would not know who did. */
  public static class CopiedCorsFilter implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {}
  }

  @Test
  void another_filter_for_CORS_is_named() throws Exception {
    assertEquals(
        List.of(
            "The application has another filter for CORS beside CorsPolicyFilter, "
                + CopiedCorsFilter.class.getName()
                + ". It may refuse origins that the policy allows. Remove it."),
        logged(new CorsPolicyFilter(POLICY), new CopiedCorsFilter()));
  }

  @Test
  void a_second_filter_of_ours_is_named() throws Exception {
    assumeFalse(refusesTwoFilters());
    Object[] filters = {new CorsPolicyFilter(POLICY), new CorsPolicyFilter(CorsPolicy.none())};
    assertEquals(
        List.of(
            "A second CorsPolicyFilter was made before the application started, and is not"
                + " registered: an application registers only one of two. If it is not for another"
                + " application, remove one, or give one filter a policy for each path, with"
                + " Cors.byPath(…)."),
        logged(filters));
    Reference.reachabilityFence(filters);
  }

  /** What is logged while two requests are answered. */
  List<String> logged(Object... filters) throws Exception {
    try (LogLines log = new LogLines()) {
      serve(filters);
      send("GET", "/books");
      send("GET", "/books");
      return log.lines();
    }
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
  void a_request_is_decided_about_once() throws Exception {
    SeenCors seen = new SeenCors();
    serve(new CorsPolicyFilter(seen));
    send("GET", "/books", "Origin", APP);
    assertEquals(1, seen.requests.size());
    assertEquals(List.of(), seen.again);
    send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "PUT");
    assertEquals(2, seen.requests.size());
    assertEquals(List.of(), seen.again);
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

  private static Application ofClasses(Class<?>... classes) {
    return new Application() {
      @Override
      public Set<Class<?>> getClasses() {
        return Set.of(classes);
      }
    };
  }

  @Test
  void a_filter_that_is_registered_as_a_class_has_the_policy_of_the_configuration()
      throws Exception {
    System.setProperty("cors.allowed-origins", APP);
    System.setProperty("cors.allow-credentials", "true");
    try {
      server = start("", ofClasses(Books.class, CorsPolicyFilter.class));
      assertShared(send("GET", "/books", "Origin", APP), 200);
      assertShared(
          send("OPTIONS", "/books", "Origin", APP, "Access-Control-Request-Method", "GET"), 204);
    } finally {
      System.clearProperty("cors.allowed-origins");
      System.clearProperty("cors.allow-credentials");
    }
  }

  /** Some servers start an application with its first request, and answer that with an error. */
  @Test
  void a_filter_that_is_registered_as_a_class_without_a_policy_serves_nothing() {
    Application application = ofClasses(Books.class, CorsPolicyFilter.class);
    try {
      server = start("", application);
      assertEquals(500, send("GET", "/books", "Origin", APP).status());
    } catch (Exception e) {
      StringBuilder causes = new StringBuilder();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        causes.append(cause).append("\n");
      }
      assertTrue(causes.toString().contains("cors.allowed-origins"), causes::toString);
    }
  }

  // Limits, which end where one of these fails.

  /** A page can send it: the URL standard lets the characters be. */
  @Test
  void a_query_that_is_not_percent_encoding_is_shared_unless_the_server_refuses_it()
      throws Exception {
    serve(new CorsPolicyFilter(POLICY));
    WireResponse actual = send("GET", "/books?a=%zz", "Origin", APP);
    WireResponse preflight =
        send("OPTIONS", "/books?a=%zz", "Origin", APP, "Access-Control-Request-Method", "PUT");
    if (actual.status() == 200) {
      assertShared(actual, 200);
      assertShared(preflight, 204);
    } else {
      assertFalse(actual.headers().has("Access-Control-Allow-Origin"), actual.head());
      assertFalse(preflight.headers().has("Access-Control-Allow-Origin"), preflight.head());
    }
  }

  static final class FailingFilter implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      throw new IllegalStateException("This failure is part of the test.");
    }
  }

  /** Response filters run once, even where a mapper makes another response. */
  @Test
  void a_response_filter_of_the_application_that_fails_takes_the_headers_away() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new UnmappedExceptionMapper(), new FailingFilter());
    WireResponse response = send("GET", "/books", "Origin", APP);
    assertEquals(500, response.status());
    assertFalse(response.headers().has("Access-Control-Allow-Origin"), response.head());
  }

  /** Notes how the adapter's reader reads, and allows nothing. */
  private static final class SeenCors implements Cors {

    record Request(String method, String path) {}

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

package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The filter on Netty, with a handler of the test's, and nothing else of Spring. */
@Tag("webflux")
class CorsPolicyWebFilterTest {

  private static final String APP = "https://app.example";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ORIGIN = "Origin: " + APP;

  private static final String HANDSHAKE =
      ORIGIN
          + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins(APP, "https://admin.example").allowMethods("PUT").build();

  private final WireClient client = new WireClient();
  private DisposableServer server;

  @AfterEach
  void stop() {
    client.close();
    server.disposeNow();
  }

  /** Starts a server, in which other filters stand before the policy's. */
  private void serve(Cors cors, WebHandler handler, WebFilter... earlier) {
    List<WebFilter> filters = new ArrayList<>(List.of(earlier));
    filters.add(new CorsPolicyWebFilter(cors));
    server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(
                new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.webHandler(handler)
                        .filters(all -> all.addAll(filters))
                        .build()))
            .bindNow();
  }

  private List<WireResponse> send(String... requests) throws Exception {
    StringBuilder bytes = new StringBuilder();
    List<String> methods = new ArrayList<>();
    for (String request : requests) {
      methods.add(request.substring(0, request.indexOf(' ')));
      bytes.append(request.replaceFirst("\r\n", " HTTP/1.1\r\nHost: api.example\r\n"));
      bytes.append(request.contains("\r\n\r\n") ? "" : "\r\n\r\n");
    }
    return client.sendBytes(
        "http://127.0.0.1:" + server.port(), bytes.toString(), methods.toArray(String[]::new));
  }

  private WireResponse get(String fields) throws Exception {
    return send("GET /\r\n" + fields).get(0);
  }

  private static Mono<Void> write(ServerHttpResponse response, String text) {
    return response.writeWith(
        Mono.just(
            DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static void assertShared(WireResponse response) {
    assertEquals(List.of(APP), response.headers().lines(ALLOW_ORIGIN), response::toString);
    assertTrue(
        response.headers().split("Vary").orElseThrow().contains("Origin"), response::toString);
  }

  @Test
  void comes_before_every_other_filter() {
    serve(POLICY, exchange -> Mono.empty());
    assertEquals(Ordered.HIGHEST_PRECEDENCE, new CorsPolicyWebFilter(POLICY).getOrder());
  }

  /** On a connection that goes on, with what was sent and nobody has read. */
  @Test
  void answers_a_preflight_without_the_handler_and_reads_its_content() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    serve(
        POLICY,
        exchange -> {
          asked.add(exchange.getRequest().getMethod().name());
          return write(exchange.getResponse(), "hello");
        });
    String preflight =
        "OPTIONS /\r\n"
            + ORIGIN
            + "\r\nAccess-Control-Request-Method: PUT\r\nContent-Length: 2\r\n\r\nhi";
    List<WireResponse> responses = send(preflight, preflight, "GET /\r\n" + ORIGIN);
    for (WireResponse response : responses.subList(0, 2)) {
      assertEquals(204, response.status());
      assertShared(response);
      assertEquals(List.of("PUT"), response.headers().lines("Access-Control-Allow-Methods"));
    }
    assertEquals("hello", responses.get(2).text());
    assertShared(responses.get(2));
    assertEquals(List.of("GET"), asked);
  }

  @Test
  void writes_the_headers_at_once_and_once_more_when_the_response_is_committed() throws Exception {
    List<String> atOnce = new CopyOnWriteArrayList<>();
    serve(
        POLICY,
        exchange -> {
          ServerHttpResponse response = exchange.getResponse();
          atOnce.add(String.valueOf(response.getHeaders().getFirst(ALLOW_ORIGIN)));
          response.getHeaders().set(ALLOW_ORIGIN, "*");
          response.getHeaders().set("Access-Control-Allow-Credentials", "true");
          response.getHeaders().set("Vary", "Accept");
          response.getHeaders().add("Vary", "Cookie");
          return write(response, "hello");
        });
    WireResponse response = get(ORIGIN);
    assertShared(response);
    assertFalse(response.headers().has("Access-Control-Allow-Credentials"), response::toString);
    assertEquals(
        Set.of("Accept", "Cookie", "Origin"),
        Set.copyOf(response.headers().split("Vary").orElseThrow()));
    WireResponse other = get("Accept: */*");
    assertFalse(other.headers().has(ALLOW_ORIGIN), other::toString);
    assertTrue(other.headers().split("Vary").orElseThrow().contains("Origin"));
    assertEquals(List.of(APP, "null"), atOnce);
  }

  @Test
  void leaves_it_to_a_handler_to_set_vary_where_there_is_none() throws Exception {
    serve(
        POLICY,
        exchange -> {
          HttpHeaders headers = exchange.getResponse().getHeaders();
          if (headers.getFirst("Vary") == null) {
            headers.set("Vary", "Accept");
          }
          return write(exchange.getResponse(), "hello");
        });
    assertEquals(List.of("Accept, Origin"), get(ORIGIN).headers().lines("Vary"));
  }

  @Test
  void has_the_last_word_of_what_is_done_when_the_response_is_committed() throws Exception {
    serve(
        POLICY,
        exchange -> {
          ServerHttpResponse response = exchange.getResponse();
          response.beforeCommit(
              () -> {
                response.getHeaders().set(ALLOW_ORIGIN, "*");
                response.getHeaders().set("X-Late", "1");
                return Mono.empty();
              });
          return write(response, "hello");
        });
    WireResponse response = get(ORIGIN);
    assertShared(response);
    assertEquals(List.of("1"), response.headers().lines("X-Late"));
  }

  @Test
  void removes_what_was_there_before_in_any_case() throws Exception {
    serve(
        POLICY,
        exchange -> write(exchange.getResponse(), "hello"),
        (exchange, chain) -> {
          exchange.getResponse().getHeaders().add("access-control-allow-credentials", "true");
          exchange.getResponse().getHeaders().add("access-control-allow-origin", "*");
          return chain.filter(exchange);
        });
    WireResponse response = get("Origin: https://evil.example");
    assertFalse(response.headers().has("Access-Control-Allow-Credentials"), response::toString);
    assertFalse(response.headers().has(ALLOW_ORIGIN), response::toString);
  }

  @Test
  void of_two_filters_the_first_writes_and_a_sentence_says_so() throws Exception {
    serve(
        CrossOriginGuard.around(CorsPolicy.none().toBuilder().build()).build(),
        exchange -> write(exchange.getResponse(), "hello"),
        new CorsPolicyWebFilter(POLICY.toBuilder().build()),
        (exchange, chain) ->
            chain.filter(
                exchange
                    .mutate()
                    .response(new ServerHttpResponseDecorator(exchange.getResponse()))
                    .build()));
    try (LogLines log = new LogLines()) {
      assertShared(get(ORIGIN));
      assertShared(get(ORIGIN));
      WireResponse refused = send("POST /\r\n" + ORIGIN + "\r\nSec-Fetch-Site: cross-site").get(0);
      assertEquals(403, refused.status());
      assertShared(refused);
      assertEquals(1, log.lines().size(), () -> log.lines().toString());
      assertTrue(log.lines().get(0).contains("A request went through CorsPolicyWebFilter twice. "));
    }
  }

  @Test
  void behind_a_filter_that_has_no_policy_for_the_path_the_second_one_writes() throws Exception {
    serve(
        POLICY,
        exchange -> write(exchange.getResponse(), "hello"),
        new CorsPolicyWebFilter(Cors.byPath(Map.of("/other", CorsPolicy.none()))));
    try (LogLines log = new LogLines()) {
      assertShared(get(ORIGIN));
      assertEquals(List.of(), log.lines());
    }
  }

  @Test
  void of_one_filter_nothing_is_said() throws Exception {
    serve(POLICY, exchange -> write(exchange.getResponse(), "hello"));
    try (LogLines log = new LogLines()) {
      assertShared(get(ORIGIN));
      assertEquals(List.of(), log.lines());
    }
  }

  // What may open a WebSocket.

  @Test
  void shares_a_response_to_a_handshake_that_is_answered_otherwise() throws Exception {
    serve(POLICY, exchange -> write(exchange.getResponse(), "hello"));
    assertShared(get(HANDSHAKE));
    for (int status : List.of(200, 204)) {
      server.disposeNow();
      serve(
          POLICY,
          exchange -> {
            exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(status));
            return exchange.getResponse().setComplete();
          });
      assertShared(get(HANDSHAKE));
      server.disposeNow();
      serve(
          POLICY,
          exchange -> {
            exchange.getResponse().setRawStatusCode(status);
            return exchange.getResponse().setComplete();
          });
      assertShared(get(HANDSHAKE));
    }
  }

  /** Spring completes this response, and then opens the WebSocket past it. */
  @Test
  void writes_no_headers_to_what_opens_a_web_socket() throws Exception {
    serve(
        POLICY,
        exchange -> {
          exchange.getResponse().setStatusCode(HttpStatus.OK);
          exchange.getResponse().setStatusCode(null);
          exchange.getResponse().setRawStatusCode(200);
          exchange.getResponse().setRawStatusCode(null);
          return exchange.getResponse().setComplete();
        });
    WireResponse opened = get(HANDSHAKE);
    assertFalse(opened.headers().has(ALLOW_ORIGIN), opened::toString);
    assertFalse(opened.headers().has("Vary"), opened::toString);
    assertShared(get(ORIGIN));
  }

  // What is read.

  private static final class Recorder implements Cors {
    final List<String> read = new CopyOnWriteArrayList<>();

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      read.add(
          String.join(
              " ",
              reader.method(request),
              reader.path(request),
              String.valueOf(reader.authority(request)),
              String.valueOf(reader.header(request, "X-Own")),
              String.valueOf(reader.header(request, "X-None"))));
      return POLICY.decide(request, reader);
    }
  }

  @Test
  void reads_the_request_as_it_was_sent() throws Exception {
    Recorder recorder = new Recorder();
    serve(recorder, exchange -> write(exchange.getResponse(), "hello"));
    send("PUT /a%20b?q\r\nX-Own: 1\r\nx-own: 2");
    send("GET http://api.example\r\nX-Own: 1");
    assertEquals(
        List.of("PUT /a%20b api.example 1, 2 null", "GET / api.example 1 null"), recorder.read);
  }

  /** In a native image that does not name the method. */
  @Test
  void finds_the_lines_of_a_header_without_a_method_handle() {
    serve(POLICY, exchange -> Mono.empty());
    HttpHeaders headers = new HttpHeaders();
    headers.add("X-Own", "1");
    headers.add("x-own", "2");
    headers.add("X-Other", "3");
    assertEquals(List.of("1", "2"), CorsPolicyWebFilter.lines(headers, "x-OWN"));
    assertEquals(List.of(), CorsPolicyWebFilter.lines(headers, "X-None"));
  }

  @Test
  void refuses_what_a_guard_refuses() throws Exception {
    serve(
        CrossOriginGuard.around(POLICY).build(),
        exchange -> write(exchange.getResponse(), "written"));
    WireResponse response =
        send("POST /\r\nOrigin: https://evil.example\r\nContent-Length: 0").get(0);
    assertEquals(403, response.status());
    assertEquals("", response.text());
  }

  /** Netty sends a file without reading it, if the response lets it. */
  @Test
  void lets_a_server_send_a_file(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "0123456789");
    serve(
        POLICY,
        exchange -> ((ZeroCopyHttpOutputMessage) exchange.getResponse()).writeWith(file, 2, 5));
    WireResponse response = get(ORIGIN);
    assertEquals("23456", response.text());
    assertShared(response);
  }
}

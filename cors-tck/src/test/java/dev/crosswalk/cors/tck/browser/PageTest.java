package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A page")
class PageTest {

  private static final String APP = "https://app.example.com";

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private String url;

  /** Allows the app to read with PUT, JSON and cookies, and exposes one header. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    url = "http://localhost:" + server.getAddress().getPort() + "/orders/7";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String cookie = exchange.getRequestHeaders().getFirst("Cookie");
    asked.add(exchange.getRequestMethod() + (cookie == null ? "" : " " + cookie));
    exchange.getResponseHeaders().set("Access-Control-Allow-Origin", APP);
    exchange.getResponseHeaders().set("Access-Control-Allow-Credentials", "true");
    exchange.getResponseHeaders().set("Access-Control-Expose-Headers", "X-Total");
    exchange.getResponseHeaders().set("X-Total", "42");
    exchange.getResponseHeaders().set("X-Secret", "43");
    boolean preflight = exchange.getRequestMethod().equals("OPTIONS");
    if (preflight) {
      exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "PUT");
      exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "content-type");
    }
    byte[] body = preflight ? new byte[0] : "seven".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void reads_what_the_server_shares_with_it_and_the_headers_that_it_exposes() {
    Page.Answer answer = Page.of(APP).fetch(url).put().json("{}").send();
    assertTrue(answer.isReadable(), answer::story);
    assertEquals(200, answer.status());
    assertEquals("seven", answer.text());
    assertEquals(Optional.of("42"), answer.header("x-total"));
    assertEquals(Optional.empty(), answer.header("X-Secret"));
    assertTrue(answer.wasPreflighted());
    assertEquals(List.of("OPTIONS", "PUT"), asked);
    assertEquals("", answer.console());
  }

  @Test
  void is_blocked_in_the_words_of_its_browser() {
    Page evil = Page.of("https://evil.example");
    Page.Answer inChromium = evil.fetch(url).send();
    assertFalse(inChromium.isReadable());
    assertEquals(0, inChromium.status());
    assertEquals("", inChromium.text());
    assertEquals(Optional.of(Cause.ACAO_MISMATCH), inChromium.cause());
    assertTrue(
        inChromium
            .console()
            .startsWith("Access to fetch at '" + url + "' from origin 'https://evil"),
        inChromium::console);
    assertTrue(evil.xhr(url).send().console().startsWith("Access to XMLHttpRequest at "));
    String inFirefox = evil.in(Engine.FIREFOX).fetch(url).send().console();
    assertTrue(inFirefox.startsWith("Cross-Origin Request Blocked: "), inFirefox);
  }

  @Test
  void does_not_send_what_a_preflight_refused() {
    Page.Answer answer = Page.of(APP).fetch(url).delete().send();
    assertEquals(Optional.of(Cause.METHOD_NOT_ALLOWED), answer.cause());
    assertEquals(List.of("OPTIONS"), asked);
    assertTrue(
        answer.story().toLowerCase(Locale.ROOT).contains("\n  access-control-allow-methods: put"),
        answer::story);
  }

  @Test
  void sends_cookies_with_credentials_alone_and_never_with_a_preflight() {
    Page page = Page.of(APP).withCookie("session=42");
    page.fetch(url).put().json("{}").send();
    page.in(Engine.WEBKIT).fetch(url).put().json("{}").credentials().send();
    assertEquals(List.of("OPTIONS", "PUT", "OPTIONS", "PUT session=42"), asked);
  }

  @Test
  void keeps_the_preflights_of_its_browser() {
    Page page = Page.of(APP);
    page.fetch(url).put().send();
    page.fetch(url).put().send();
    assertEquals(List.of("OPTIONS", "PUT", "PUT"), asked);
  }

  @Test
  void is_blocked_where_no_server_is() {
    server.stop(0);
    Page.Answer answer = Page.of(APP).fetch(url).send();
    assertEquals(Optional.of(Cause.NETWORK), answer.cause());
    assertFalse(answer.console().isEmpty());
  }

  @Test
  void tells_why_no_response_came_where_the_console_does_not() {
    server.createContext(
        "/huge",
        exchange -> {
          exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
          exchange.sendResponseHeaders(200, 9_000_000);
          // JDK 25 keeps the headers back until then.
          exchange.getResponseBody().flush();
          exchange.close();
        });
    Page.Answer answer = Page.of(APP).fetch(url.replace("/orders/7", "/huge")).send();
    assertEquals(Optional.of(Cause.NETWORK), answer.cause());
    assertTrue(answer.story().contains(": the body is longer than 8388608 bytes"), answer::story);
  }

  @Test
  void does_not_tell_each_round_of_redirects_in_a_circle() {
    server.createContext(
        "/circle",
        exchange -> {
          exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
          exchange.getResponseHeaders().set("Location", "/circle");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    Page.Answer answer = Page.of(APP).fetch(url.replace("/orders/7", "/circle")).send();
    assertEquals(Optional.of(Cause.REDIRECT_LIMIT), answer.cause());
    assertEquals(21, answer.exchanges().size());
    assertTrue(answer.story().contains("\n\n… and 16 more requests, the last of them:\n\nGET "));
    assertEquals(6, answer.story().split("\nGET ", -1).length - 1, answer::story);
  }

  @Test
  void has_cookies_that_fit_into_a_header() {
    Page page = Page.of(APP);
    assertThrows(IllegalArgumentException.class, () -> page.withCookie("a=b\r\nX-Evil: 1"));
  }

  @Test
  void has_an_origin_and_nothing_more() {
    for (String wrong : List.of("app.example.com", "https://app.example.com/index.html", "")) {
      assertThrows(IllegalArgumentException.class, () -> Page.of(wrong), wrong);
    }
  }
}

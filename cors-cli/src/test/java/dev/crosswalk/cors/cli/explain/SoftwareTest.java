package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.remedy.answer.Server;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The remedy is written for the server that a paste shows. */
class SoftwareTest {

  private static final String MISSING =
      "Access to fetch at 'https://api.example/x' from origin 'https://app.example' has been blocked"
          + " by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested"
          + " resource.\n";

  private static final String HEADER =
      "Access to fetch at 'https://api.example/x' from origin 'https://app.example' has been blocked"
          + " by CORS policy: Request header field x-a is not allowed by"
          + " Access-Control-Allow-Headers in preflight response.\n";

  private static final String WILDCARD =
      "Access to fetch at 'https://api.example/x' from origin 'https://app.example' has been blocked"
          + " by CORS policy: The value of the 'Access-Control-Allow-Origin' header in the response"
          + " must not be the wildcard '*' when the request's credentials mode is 'include'.\n";

  /** The heading of the remedy for a server; empty if there is none. */
  private static String heading(String paste) {
    return said(paste, Optional.empty())
        .lines()
        .filter(
            line ->
                line.endsWith(", beside what you allow already:")
                    || line.endsWith(", these lines change; the rest stays as it is:"))
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }

  private static String said(String paste, Optional<Server> server) {
    StringWriter out = new StringWriter();
    assertEquals(
        Optional.empty(),
        Explain.explain(List.of(paste), server, false, false, new PrintWriter(out, true)));
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "nginx | add_header Access-Control-Allow-Origin https://app.example;",
        "nginx | location /api/ { proxy_pass http://127.0.0.1:3000; }",
        "nginx | it is behind nginx",
        "Apache httpd | Header set Access-Control-Allow-Origin https://app.example",
        "Express | const express = require('express')",
        "Express | I use an Express server",
        "Spring MVC | @RestController public class Notes {}",
        "Spring MVC | at org.springframework.web.cors.CorsConfiguration.validateAllowCredentials(CorsConfiguration.java:475)",
        "Spring Security | http.cors().and().csrf().disable(); // with @CrossOrigin",
        "FastAPI and Starlette | app.add_middleware(CORSMiddleware, **settings)",
        "Django | INSTALLED_APPS = ['corsheaders']",
        "Flask | the backend is written in flask",
        "Flask | @app.route('/x', methods=['POST'])",
        "Express | app.get('/x', (req, res) => res.json(x))",
        "ASP.NET Core | builder.Services.AddCors();",
        "Rails | config.middleware.insert_before 0, Rack::Cors",
        "PHP | <?php echo 1;",
        "Laravel | <?php // config/cors.php of Laravel",
        "Laravel | 'supports_credentials' => true,",
        "NestJS | app.enableCors(options); // in a Nest.js app with import express from 'express'",
        "Traefik | traefik.http.middlewares.a.headers.accesscontrolalloworiginlist=https://app.example",
        "Spring Cloud Gateway | a Spring Boot application with Spring Cloud Gateway",
        "lighttpd | setenv.add-response-header = ( 'Access-Control-Allow-Origin' => '*' )",
        "Squid | reply_header_add Access-Control-Allow-Origin https://app.example all",
        "h2o | header.set: 'Access-Control-Allow-Origin: *'",
        "Envoy | - name: envoy.filters.http.cors",
        "Kong | we run Kong Gateway",
        "Koa | const cors = require('@koa/cors')",
        "Hono | import { cors } from 'hono/cors' // export default { async fetch(request, env) }",
        "Hono | the API is written with Hono, on Cloudflare Workers",
        "Ktor | install(CORS) { anyHost() }",
        "the Kubernetes ingress of nginx | nginx.ingress.kubernetes.io/enable-cors: 'true'",
      })
  void a_paste_shows_the_server(String title, String paste) {
    String heading = heading(HEADER + paste);
    boolean lines = heading.endsWith("these lines change; the rest stays as it is:");
    assertEquals(
        "With "
            + title
            + (lines
                ? ", these lines change; the rest stays as it is:"
                : ", beside what you allow already:"),
        heading);
  }

  @Test
  void what_only_Spring_says_shows_it() {
    assertEquals(
        "With Spring MVC, beside what you allow already:",
        heading(
            "When allowCredentials is true, allowedOrigins cannot contain the special value \"*\""
                + " since that cannot be set on the \"Access-Control-Allow-Origin\" response"
                + " header."));
    assertEquals(
        "With Spring MVC, beside what you allow already:",
        heading("403 Forbidden: Invalid CORS request"));
  }

  @Test
  void where_a_paste_shows_the_lists_of_the_server_only_some_lines_change() {
    assertEquals(
        "With FastAPI and Starlette, these lines change; the rest stays as it is:",
        heading(HEADER + "app.add_middleware(CORSMiddleware, allow_origins=origins)"));
  }

  @Test
  void the_host_that_was_asked_shows_it() {
    String gateway = MISSING.replace("api.example", "a1.execute-api.eu-west-1.amazonaws.com");
    assertEquals("With Amazon API Gateway, beside what you allow already:", heading(gateway));
  }

  @Test
  void what_sets_headers_of_CORS_counts_more_than_what_is_named() {
    String paste = HEADER + "Behind nginx is FastAPI:\napp.add_middleware(CORSMiddleware)";
    assertEquals("With FastAPI and Starlette, beside what you allow already:", heading(paste));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "It works with American Express.",
        "nginx is in front of Django.",
        "add_header Access-Control-Allow-Origin *;\napp.use(cors())",
        "var cors = new EnableCorsAttribute(o, h, m); config.EnableCors(cors);",
        "config.bundledPlugins.enableCors(cors -> cors.addRule(it -> it.anyHost()));",
      })
  void without_one_server_there_is_no_remedy_for_one(String paste) {
    assertEquals("", heading(HEADER + paste));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "We do not use nginx.",
        "We don't use nginx.",
        "I don't think it's nginx.",
        "nginx is not the cause.",
        "Wir haben kein nginx.",
        "No usamos nginx.",
        "On n'a pas de nginx.",
        "Sem nginx.",
        "nginx не настраивал."
      })
  void what_a_person_denies_to_have_shows_no_server(String denied) {
    assertEquals("", heading(MISSING + denied));
  }

  @Test
  void a_refusal_of_the_application_is_not_solved_by_headers_of_a_proxy() {
    assertEquals(
        "With Spring MVC, beside what you allow already:",
        heading("Invalid CORS request\nproxy_pass http://127.0.0.1:8080;"));
  }

  @Test
  void what_is_configured_at_a_provider_is_not_solved_by_code_of_ones_own() {
    String login = MISSING.replace("api.example", "login.microsoftonline.com");
    assertEquals("", heading(login + "builder.Services.AddCors();"));
  }

  @Test
  void what_socket_io_answers_by_itself_is_not_solved_by_a_layer_of_express() {
    String socket = MISSING.replace("/x'", "/socket.io/?EIO=4&transport=polling'");
    assertEquals("", heading(socket + "app.use(cors()); require('socket.io')(server);"));
  }

  @Test
  void what_differs_by_the_scheme_alone_is_not_solved_by_a_proxy() {
    String scheme = MISSING.replace("https://api.example/x", "http://app.example/x");
    assertEquals("", heading(scheme + "it is behind nginx"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CORSMiddleware, allow_origins=['https://app.example'], allow_headers=['content-type']",
        "'allowed_origins' => ['https://app.example'], 'supports_credentials' => true,",
        "CORS_ALLOWED_ORIGINS = ['https://app.example'] # Django",
        "app.use(cors({ origin: ['https://app.example'], credentials: true }))",
      })
  void where_the_paste_allows_the_page_no_lines_replace_what_it_has(String paste) {
    assertEquals("", heading(MISSING + "GET https://api.example/x 504\n" + paste));
  }

  @Test
  void where_one_origin_lacks_in_a_list_no_lines_replace_the_rest() {
    String said =
        said(MISSING + "app.use(cors({ origin: 'https://www.example' }))", Optional.empty());
    assertTrue(
        said.contains("app.use(cors({ origin: ['https://www.example', 'https://app.example'] }))"),
        said);
    assertFalse(said.contains("beside what you allow already"), said);
  }

  @Test
  void what_the_paste_allows_to_any_stays_so() {
    String any =
        said(
            WILDCARD
                + "app.add_middleware(CORSMiddleware, allow_origins=['*'], allow_methods=['*'],"
                + " allow_headers=['*'], expose_headers=['X-Total'])",
            Optional.empty());
    assertTrue(
        any.contains(
            "allow_origins=['https://app.example'], allow_methods=['*'], allow_headers=['*'],"
                + " allow_credentials=True, expose_headers=['X-Total'])"),
        any);
    String laravel =
        said(
            WILDCARD + "HandleCors is in. header('Access-Control-Allow-Headers: *');",
            Optional.empty());
    assertTrue(laravel.contains("'allowed_headers' => ['*']"), laravel);
    // Beside credentials, Express' star is the name of a header.
    String express =
        said(WILDCARD + "app.use(cors({ origin: '*', allowedHeaders: '*' }))", Optional.empty());
    assertTrue(
        express.contains(
            "app.use(cors({ origin: ['https://app.example'], allowedHeaders: 'content-type,"
                + " authorization', credentials: true }))"),
        express);
  }

  @Test
  void it_is_written_once_for_several_messages() {
    String two = HEADER + MISSING.replace("/x", "/other") + "it is behind nginx";
    assertEquals("With nginx, beside what you allow already:", heading(two));
  }

  @ParameterizedTest
  @EnumSource
  void it_can_be_named(Server server) {
    String said = said(HEADER, Optional.of(server));
    assertTrue(said.contains("  With " + server.title() + ", beside what you allow"), said);
  }

  @Test
  void nothing_is_written_where_no_policy_may_grant_it() {
    String credentials =
        "Access to fetch at 'https://api.example/x' from origin 'http://app.example' has been"
            + " blocked by CORS policy: The value of the 'Access-Control-Allow-Origin' header in the"
            + " response must not be the wildcard '*' when the request's credentials mode is"
            + " 'include'.\nit is behind nginx";
    assertFalse(said(credentials, Optional.empty()).contains("With nginx"));
  }
}

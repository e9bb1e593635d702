package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The same grant in the words of the server that answered: lines for its configuration. One origin
 * is a constant, so that no answer depends on the request and {@code Vary} is not needed.
 *
 * @param server its name, for people
 * @param lines to write
 * @param note what goes wrong there most often
 */
record ServerRemedy(String server, List<String> lines, String note) {

  /** As it is written at the console, and in the header Server. */
  enum Name {
    nginx,
    apache,
    haproxy,
    caddy,
    express,
    spring
  }

  private static final List<Cause> BY_HEADERS =
      List.of(
          Cause.ACAO_MISSING,
          Cause.ACAO_MULTIPLE,
          Cause.ACAO_INVALID,
          Cause.ACAO_MISMATCH,
          Cause.ACAO_WILDCARD_CREDENTIALS,
          Cause.ACAC_NOT_TRUE,
          Cause.PREFLIGHT_STATUS,
          Cause.METHOD_NOT_ALLOWED,
          Cause.HEADER_NOT_ALLOWED);

  /** Solved first by something else than headers. */
  private static final List<String> OTHERWISE =
      List.of("LOGIN_REDIRECT", "RATE_LIMIT", "FORBIDDEN", "CACHED_FOR_ANOTHER_ORIGIN");

  /**
   * The remedy of a refusal, if the response tells which server answered.
   *
   * @param remedy of it, for any server
   * @param named the server, if somebody knows it
   * @return empty if no header changes it, no policy is safe, or the server is not known
   */
  static Optional<ServerRemedy> of(
      NotShared refusal, Remedy remedy, WireResponse response, Optional<Name> named) {
    if (remedy.grant().isEmpty() || OTHERWISE.contains(remedy.code())) {
      return Optional.empty();
    }
    Grant grant = remedy.grant().get();
    if (!BY_HEADERS.contains(refusal.cause()) || grant.refusal().isPresent()) {
      return Optional.empty();
    }
    return named.isPresent() ? named.map(name -> of(name, grant)) : seen(response, grant);
  }

  private static Optional<ServerRemedy> seen(WireResponse response, Grant grant) {
    String server = Bytes.lowerCase(response.headers().get("Server").orElse(""));
    String poweredBy = Bytes.lowerCase(response.headers().get("X-Powered-By").orElse(""));
    String body = new String(response.body(), StandardCharsets.ISO_8859_1);
    if (isNamed(poweredBy, "express")) {
      return Optional.of(express(grant));
    }
    if (body.startsWith("Invalid CORS request")) {
      return Optional.of(spring(grant));
    }
    if (isNamed(server, "openresty")) {
      return Optional.of(nginx(grant));
    }
    return Stream.of(Name.nginx, Name.apache, Name.caddy)
        .filter(name -> isNamed(server, name.name()))
        .findFirst()
        .map(name -> of(name, grant));
  }

  private static ServerRemedy of(Name name, Grant grant) {
    return switch (name) {
      case nginx -> nginx(grant);
      case apache -> apache(grant);
      case haproxy -> haproxy(grant);
      case caddy -> caddy(grant);
      case express -> express(grant);
      case spring -> spring(grant);
    };
  }

  /** The name alone, or with a version or a comment after it. */
  private static boolean isNamed(String server, String name) {
    return server.equals(name) || server.startsWith(name + "/") || server.startsWith(name + " ");
  }

  /** The headers of both kinds of answer: those of a preflight do no harm on the other. */
  private static List<String[]> headers(Grant grant) {
    List<String> all =
        new ArrayList<>(grant.onPreflight().isEmpty() ? grant.onResponse() : grant.onPreflight());
    return all.stream()
        .filter(line -> !line.startsWith("Vary:"))
        .map(line -> line.split(": ", 2))
        .toList();
  }

  private static List<String> written(Grant grant, String form) {
    return headers(grant).stream()
        .map(header -> String.format(java.util.Locale.ROOT, form, header[0], header[1]))
        .toList();
  }

  private static ServerRemedy nginx(Grant grant) {
    List<String> lines = new ArrayList<>();
    lines.add("# in the location that serves this path");
    lines.addAll(written(grant, "add_header %s \"%s\" always;"));
    lines.add("proxy_hide_header Access-Control-Allow-Origin;");
    lines.add("proxy_hide_header Access-Control-Allow-Credentials;");
    if (!grant.onPreflight().isEmpty()) {
      lines.add("if ($request_method = OPTIONS) { return 204; }");
    }
    return new ServerRemedy(
        "nginx",
        lines,
        "Without always, errors have no headers. One add_header in a block drops all those outside"
            + " of it, also inside if: keep them together.");
  }

  private static ServerRemedy apache(Grant grant) {
    List<String> lines = new ArrayList<>();
    lines.add("# in the virtual host, with mod_headers and mod_rewrite");
    lines.add("Header unset Access-Control-Allow-Origin");
    lines.add("Header unset Access-Control-Allow-Credentials");
    lines.addAll(written(grant, "Header always set %s \"%s\""));
    if (!grant.onPreflight().isEmpty()) {
      lines.add("RewriteEngine On");
      lines.add("RewriteCond %{REQUEST_METHOD} =OPTIONS");
      lines.add("RewriteRule ^ - [R=204,L]");
    }
    return new ServerRemedy(
        "Apache httpd",
        lines,
        "Without always, Apache's own errors and the 204 have no headers. Set them by Header always"
            + " set alone: beside Header set there are two.");
  }

  private static ServerRemedy haproxy(Grant grant) {
    List<String> lines = new ArrayList<>();
    if (!grant.onPreflight().isEmpty()) {
      lines.add("http-request return status 204 if METH_OPTIONS");
    }
    lines.addAll(written(grant, "http-after-response set-header %s \"%s\""));
    return new ServerRemedy(
        "HAProxy",
        lines,
        "http-response in place of http-after-response leaves out HAProxy's own answers.");
  }

  private static ServerRemedy caddy(Grant grant) {
    List<String> lines = new ArrayList<>();
    lines.add("header {");
    lines.addAll(written(grant, "\t%s \"%s\""));
    lines.add("}");
    if (!grant.onPreflight().isEmpty()) {
      lines.add("@preflight method OPTIONS");
      lines.add("handle @preflight {");
      lines.add("\trespond 204");
      lines.add("}");
    }
    lines.add("handle {");
    lines.add("\treverse_proxy 127.0.0.1:8080 {");
    lines.add("\t\theader_down -Access-Control-*");
    lines.add("\t}");
    lines.add("}");
    return new ServerRemedy(
        "Caddy",
        lines.stream().map(line -> line.replace("\t", "  ")).toList(),
        "Your own address in place of 127.0.0.1:8080. With defer, errors have no headers.");
  }

  private static ServerRemedy express(Grant grant) {
    List<String> lines = new ArrayList<>();
    lines.add("const cors = require(\"cors\");");
    lines.add("app.use(cors({");
    lines.add("  origin: [\"" + grant.origin() + "\"],");
    if (grant.credentials()) {
      lines.add("  credentials: true,");
    }
    if (!grant.requestHeaders().isEmpty()) {
      lines.add("  allowedHeaders: [" + quoted(grant.requestHeaders()) + "],");
    }
    lines.add("}));");
    return new ServerRemedy(
        "Express",
        lines,
        "Before all routes, and before what authenticates. It has the usual methods by itself.");
  }

  private static ServerRemedy spring(Grant grant) {
    List<String> lines = new ArrayList<>();
    lines.add("registry.addMapping(\"/**\")");
    lines.add("    .allowedOrigins(\"" + grant.origin() + "\")");
    if (!grant.onPreflight().isEmpty()) {
      lines.add("    .allowedMethods(\"" + grant.method() + "\")");
    }
    if (!grant.requestHeaders().isEmpty()) {
      lines.add("    .allowedHeaders(" + quoted(grant.requestHeaders()) + ")");
    }
    if (grant.credentials()) {
      lines.add("    .allowCredentials(true)");
    }
    lines.set(lines.size() - 1, lines.get(lines.size() - 1) + ";");
    return new ServerRemedy(
        "Spring",
        lines,
        "In WebMvcConfigurer.addCorsMappings. With Spring Security, http.cors(withDefaults()) as"
            + " well, or it answers first. allowedMethods replaces GET, HEAD and POST.");
  }

  private static String quoted(List<String> names) {
    return names.stream().collect(Collectors.joining("\", \"", "\"", "\""));
  }
}

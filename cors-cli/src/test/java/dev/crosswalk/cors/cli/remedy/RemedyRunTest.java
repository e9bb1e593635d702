package dev.crosswalk.cors.cli.remedy;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.diagnose.Diagnosing;
import dev.crosswalk.cors.cli.diagnose.ServerCase;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.rules.Permissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each remedy on the software that it is for: pages of the allowed origins read what they asked
 * for, errors among it, others read nothing, and {@code check} finds nothing broken. It runs in the
 * profile {@code servers}.
 */
@Tag("servers")
class RemedyRunTest {

  /**
   * What a package does whatever its settings are: no browser sends such origins, or it is a note.
   * lighttpd knows no patterns, and hands OPTIONS to no application here.
   */
  private static final Map<Server, List<String>> LIMITATIONS =
      Map.of(
          Server.LIGHTTPD,
          List.of("refuses an origin", "one origin reads:   CAUSE   answers preflights"),
          Server.DJANGO,
          List.of("ignores a slash at the end", "LA15", "LA16", "LA17", "CR05"),
          Server.FASTAPI,
          List.of("no Vary", "CR05", "EX07", "CA05", "MA05"),
          Server.FLASK,
          List.of("no Vary", "ignores the case", "CA05", "CA07", "PF14", "it blocks /missing"));

  /** These know one origin: for several, their lines say who is to send the headers instead. */
  private static final List<Server> OF_ONE_ORIGIN = List.of(Server.H2O);

  /** How a server is started with a remedy: {@code {lines}} are those that it has. */
  private record Setting(Server server, String start, Map<String, String> files) {}

  private static final String NGINX =
      """
      user root;
      pid {dir}/tmp/pid;
      events {}
      http {
        access_log off;
        client_body_temp_path {dir}/tmp/body; proxy_temp_path {dir}/tmp/proxy;
        fastcgi_temp_path {dir}/tmp/fastcgi; uwsgi_temp_path {dir}/tmp/uwsgi;
        scgi_temp_path {dir}/tmp/scgi;
        {outside}
        server {
          listen 127.0.0.1:{port};
          location / {
            {lines}
            proxy_pass http://127.0.0.1:{upstream};
          }
        }
      }
      """;

  private static final String HAPROXY =
      """
      defaults
        mode http
        timeout client 10s
        timeout server 10s
        timeout connect 1s
      frontend web
        bind 127.0.0.1:{port}
        {lines}
        default_backend application
      backend application
        server one 127.0.0.1:{upstream}
      """;

  private static final String LIGHTTPD =
      """
      server.bind = "127.0.0.1"
      server.port = {port}
      server.document-root = "{dir}/htdocs"
      server.modules = ("mod_proxy")
      {lines}
      $HTTP["request-method"] != "OPTIONS" {
        proxy.server = ("" => (("host" => "127.0.0.1", "port" => {upstream})))
      }
      """;

  private static final String SQUID =
      """
      http_port 127.0.0.1:{port} accel defaultsite=127.0.0.1 no-vhost
      cache_peer 127.0.0.1 parent {upstream} 0 no-query originserver
      {lines}
      http_access allow all
      cache deny all
      cache_mem 8 MB
      memory_cache_shared off
      pid_filename none
      access_log none
      cache_log /dev/null
      coredump_dir none
      visible_hostname gateway
      """;

  private static final String H2O =
      """
      listen: { host: 127.0.0.1, port: {port} }
      hosts:
        default:
          paths:
            "/":
      {lines}
            - proxy.reverse.url: http://127.0.0.1:{upstream}/
      """;

  private static final String KOA =
      """
      const app = new (require("koa"))();
      {lines}
      app.use(context => { if (context.path === "/notes") context.body = {}; });
      app.listen({port}, "127.0.0.1");
      """;

  private static final String HONO =
      """
      const app = new (require("hono").Hono)();
      {lines}
      app.get("/notes", context => context.json({}));
      app.put("/notes", context => context.json({}));
      require("@hono/node-server").serve({fetch: app.fetch, port: {port}, hostname: "127.0.0.1"});
      """;

  private static final String DJANGO =
      """
      from django.conf import settings
      INSTALLED_APPS = []
      MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
      {lines}
      settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="x", **{k: v for k, v in globals().items() if k.isupper()})
      import django; django.setup()
      from django.urls import path
      from django.http import JsonResponse
      urlpatterns = [path("notes", lambda request: JsonResponse({}))]
      from django.core.management import execute_from_command_line
      execute_from_command_line(["x", "runserver", "--noreload", "127.0.0.1:{port}"])
      """;

  private static final String RACK =
      """
      require "sinatra"
      require "rack/cors"
      set :port, {port}
      set :bind, "127.0.0.1"
      set :environment, :production
      disable :protection
      {lines}
      get("/notes") { "[]" }
      put("/notes") { "[]" }
      """;

  private static final String TORNADO =
      """
      import asyncio, re, tornado.web
      {lines}
      class Notes(CorsHandler):
          def get(self): self.write({})
          def put(self): self.write({})
      class Missing(CorsHandler):
          def prepare(self):
              if self.request.method != "OPTIONS": raise tornado.web.HTTPError(404)
      async def main():
          tornado.web.Application([("/notes", Notes)], default_handler_class=Missing).listen({port}, "127.0.0.1")
          await asyncio.Event().wait()
      asyncio.run(main())
      """;

  private static final String AIOHTTP =
      """
      import re
      from aiohttp import web
      async def notes(request): return web.json_response({})
      app = web.Application()
      app.router.add_get("/notes", notes)
      app.router.add_put("/notes", notes)
      {lines}
      web.run_app(app, host="127.0.0.1", port={port}, print=None)
      """;

  private static final String GO =
      """
      package main
      import ("net/http"; "github.com/rs/cors")
      func main() {
      	mux := http.NewServeMux()
      	mux.HandleFunc("/notes", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("[]")) })
      {lines}
      }
      """;

  private static final String WORKER =
      """
      {lines}
      """;

  private static final String WORKERD =
      """
      import http from "http";
      globalThis.handle = async request => new URL(request.url).pathname === "/notes"
        ? new Response("{}", {headers: {"Access-Control-Allow-Origin": "https://wrong.example"}})
        : new Response("", {status: 404});
      const worker = (await import("./worker.mjs")).default;
      http.createServer(async (request, response) => {
        const headers = new Headers();
        for (let i = 0; i < request.rawHeaders.length; i += 2)
          headers.append(request.rawHeaders[i], request.rawHeaders[i + 1]);
        const answer = await worker.fetch(new Request("http://" + request.headers.host + request.url, {method: request.method, headers}));
        response.statusCode = answer.status;
        for (const [name, value] of answer.headers) response.setHeader(name, value);
        response.end(answer.status === 204 || request.method === "HEAD" ? undefined : Buffer.from(await answer.arrayBuffer()));
      }).listen({port}, "127.0.0.1");
      """;

  private static List<Setting> settings() {
    String apache = ServerCase.of("apache").get(0).files().get("httpd.conf");
    return List.of(
        new Setting(
            Server.NGINX,
            "nginx -p {dir} -c {dir}/nginx.conf -e stderr -g 'daemon off;'",
            Map.of("nginx.conf", NGINX)),
        new Setting(
            Server.APACHE,
            "apache2 -d {dir} -f {dir}/httpd.conf -DFOREGROUND",
            Map.of(
                "httpd.conf", apache,
                "htdocs/index.html", "",
                "site.conf", "ProxyPass / http://127.0.0.1:{upstream}/\n{lines}\n")),
        new Setting(
            Server.HAPROXY, "haproxy -f {dir}/haproxy.cfg -db", Map.of("haproxy.cfg", HAPROXY)),
        new Setting(
            Server.CADDY,
            "caddy run --config {dir}/Caddyfile --adapter caddyfile",
            Map.of("Caddyfile", "{\n  admin off\n}\nhttp://127.0.0.1:{port} {\n{lines}\n}\n")),
        new Setting(
            Server.LIGHTTPD,
            "lighttpd -D -f {dir}/lighttpd.conf",
            Map.of("lighttpd.conf", LIGHTTPD, "htdocs/index.html", "")),
        new Setting(
            Server.SQUID, "squid -n s{port} -N -f {dir}/squid.conf", Map.of("squid.conf", SQUID)),
        new Setting(Server.H2O, "h2o -c {dir}/h2o.conf", Map.of("h2o.conf", H2O)),
        new Setting(Server.KOA, "node {dir}/server.js", Map.of("server.js", KOA)),
        new Setting(Server.HONO, "node {dir}/server.js", Map.of("server.js", HONO)),
        new Setting(
            Server.EXPRESS,
            "node {dir}/server.js",
            Map.of(
                "server.js",
                "const app = require(\"express\")();\n{lines}\n"
                    + "app.all(\"/notes\", (req, res) => res.json({}));\n"
                    + "app.listen({port}, \"127.0.0.1\");\n")),
        new Setting(
            Server.FASTIFY,
            "node {dir}/server.js",
            Map.of(
                "server.js",
                "const fastify = require(\"fastify\")();\n(async () => {\n{lines}\n"
                    + "fastify.route({method: [\"GET\", \"PUT\"], url: \"/notes\", handler: async () => ({})});\n"
                    + "fastify.listen({port: {port}, host: \"127.0.0.1\"});\n})();\n")),
        new Setting(Server.DJANGO, "/usr/bin/python3 {dir}/server.py", Map.of("server.py", DJANGO)),
        new Setting(
            Server.FASTAPI,
            "/usr/bin/python3 {dir}/server.py",
            Map.of(
                "server.py",
                "import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI()\n{lines}\n"
                    + "@app.api_route(\"/notes\", methods=[\"GET\", \"HEAD\", \"PUT\"])\n"
                    + "def notes(): return {}\nuvicorn.run(app, port={port})\n")),
        new Setting(
            Server.FLASK,
            "/usr/bin/python3 {dir}/server.py",
            Map.of(
                "server.py",
                "from flask import Flask\napp = Flask(__name__)\n{lines}\n"
                    + "@app.route(\"/notes\", methods=[\"GET\", \"PUT\"])\n"
                    + "def notes(): return {}\napp.run(port={port})\n")),
        new Setting(
            Server.TORNADO, "/usr/bin/python3 {dir}/server.py", Map.of("server.py", TORNADO)),
        new Setting(
            Server.AIOHTTP, "/usr/bin/python3 {dir}/server.py", Map.of("server.py", AIOHTTP)),
        new Setting(
            Server.GO,
            "sh -c 'cd {dir} && GO111MODULE=off GOPATH=/usr/share/gocode"
                + " go build -o server server.go && exec ./server'",
            Map.of("server.go", GO)),
        new Setting(Server.RAILS, "ruby {dir}/server.rb", Map.of("server.rb", RACK)),
        new Setting(
            Server.PHP,
            "php -S 127.0.0.1:{port} -t {dir} {dir}/index.php",
            Map.of(
                "index.php",
                """
                <?php
                {lines}
                if ($_SERVER["REQUEST_URI"] === "/missing") { http_response_code(404); }
                echo "[]";
                """)),
        new Setting(
            Server.WORKERS,
            "node {dir}/server.mjs",
            Map.of("server.mjs", WORKERD, "worker.mjs", WORKER)));
  }

  private static final List<String> UPSTREAM =
      List.of("Access-Control-Allow-Origin: https://wrong.example", "Vary: Accept-Encoding");

  @Test
  void with_its_remedy_nothing_is_broken_and_nothing_is_wider() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    int run = 0;
    for (Setting setting : settings()) {
      if (!setting.server().toString().contains(System.getProperty("servers.only", ""))) {
        continue;
      }
      String program = RealServer.missing(setting.start());
      if (!program.isEmpty()) {
        missing.add(setting.server() + " (" + program + " is not installed)");
        continue;
      }
      for (Map.Entry<String, Permissions> wanted : ServerRemedyTest.wanted().entrySet()) {
        if (OF_ONE_ORIGIN.contains(setting.server()) && wanted.getValue().origins().size() > 1) {
          continue;
        }
        run++;
        try {
          wrong.addAll(judge(setting, wanted.getKey(), wanted.getValue()));
        } catch (Exception e) {
          wrong.add(setting.server() + ", " + wanted.getKey() + ": " + e);
        }
      }
    }
    System.out.println("remedies run: " + run);
    missing.forEach(line -> System.out.println("not run: " + line));
    assertEquals("", String.join("\n", wrong));
    assertEquals(List.of(), missing);
  }

  static List<String> judge(Setting setting, String name, Permissions wanted) throws Exception {
    ServerRemedy remedy = ServerRemedy.of(setting.server(), wanted).orElseThrow();
    int inside = 0;
    while (inside < remedy.lines().size()
        && !remedy.lines().get(inside).startsWith("# in server { }")) {
      inside++;
    }
    boolean split = inside < remedy.lines().size();
    Map<String, String> files = new LinkedHashMap<>(setting.files());
    String outside = split ? String.join("\n", remedy.lines().subList(0, inside)) : "";
    String lines =
        String.join("\n", remedy.lines().subList(split ? inside : 0, remedy.lines().size()))
            .replace("127.0.0.1:8080", "127.0.0.1:{upstream}")
            .replace("\":8080\"", "\"127.0.0.1:{port}\"")
            .replace("Rails.application.config.middleware.insert_before 0,", "use")
            .replace(
                "import { cors } from \"hono/cors\"", "const { cors } = require(\"hono/cors\")")
            .replaceAll(
                "(?m)^(?=- header.set|- mruby|    )",
                setting.server() == Server.H2O ? "      " : "");
    files.replaceAll((file, text) -> text.replace("{outside}", outside).replace("{lines}", lines));
    List<String> wrong = new ArrayList<>();
    String who = setting.server() + ", " + name + ": ";
    try (RealServer real = new RealServer(setting.start(), files, UPSTREAM)) {
      String base = "http://127.0.0.1:" + real.port();
      boolean any = wanted.origins().contains("*");
      List<String> asks = new ArrayList<>();
      wanted.requestHeaders().forEach(header -> asks.addAll(List.of("-H", header + ": x/y")));
      if (wanted.credentials()) {
        asks.add("--credentials");
      }
      for (String path : List.of("/notes", "/missing")) {
        if (!diagnose(base + path, ServerRemedyTest.APP, asks)) {
          wrong.add(who + "it blocks " + path);
        }
      }
      List<String> put = new ArrayList<>(asks);
      put.addAll(List.of("-X", "PUT"));
      if (diagnose(base + "/notes", ServerRemedyTest.APP, put)
          != wanted.methods().contains("PUT")) {
        wrong.add(who + "PUT is not as asked");
      }
      if (diagnose(base + "/notes", ServerRemedyTest.APP, List.of("-H", "X-Other: 1"))) {
        wrong.add(who + "it allows another header");
      }
      if (!wanted.credentials()
          && diagnose(base + "/notes", ServerRemedyTest.APP, List.of("--credentials"))) {
        wrong.add(who + "it allows credentials");
      }
      for (String other :
          List.of(
              "https://evil.example",
              "http://app.example.com",
              "https://appxexample.com",
              "https://app.example.com.evil.example",
              "https://example.org",
              "https://evilexample.org",
              "null")) {
        if (diagnose(base + "/notes", other, List.of()) != any) {
          wrong.add(who + "it allows " + other);
        }
      }
      check(base + "/notes", wanted).forEach(line -> wrong.add(who + line));
    }
    List<String> limitations = LIMITATIONS.getOrDefault(setting.server(), List.of());
    wrong.removeIf(line -> limitations.stream().anyMatch(line::contains));
    return wrong;
  }

  private static boolean diagnose(String url, String origin, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("--json", "--origin", origin));
    arguments.addAll(more);
    return Diagnosing.visit(url, arguments.toArray(new String[0])).exit() == 0;
  }

  /** The lines of what is broken; empty if nothing is. */
  private static List<String> check(String url, Permissions wanted) {
    List<String> arguments = new ArrayList<>(List.of("check", url));
    wanted.origins().forEach(origin -> arguments.addAll(List.of("--allowed-origin", origin)));
    if (!wanted.origins().contains("*")) {
      arguments.addAll(List.of("--refused-origin", "https://evil.example"));
    }
    wanted.methods().forEach(method -> arguments.addAll(List.of("--method", method)));
    wanted.requestHeaders().forEach(header -> arguments.addAll(List.of("--header", header)));
    if (wanted.credentials()) {
      arguments.add("--credentials");
    }
    Result result = crosswalk(arguments.toArray(new String[0]));
    return result.exit() == 0
        ? List.of()
        : (result.out() + result.err())
            .lines()
            .filter(line -> line.startsWith("  CAUSE") || line.startsWith("  BROKEN"))
            .toList();
  }
}

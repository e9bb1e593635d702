package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What answers requests, or is in front of what does: a server, a framework, a service, or one of
 * this library's adapters. Each has a remedy of its own.
 */
public enum Server {
  NGINX("nginx", "nginx", "nginx", "openresty", "tengine", "angie"),
  APACHE("apache", "Apache httpd", "apache"),
  HAPROXY("haproxy", "HAProxy"),
  CADDY("caddy", "Caddy", "caddy"),
  TRAEFIK("traefik", "Traefik"),
  LIGHTTPD("lighttpd", "lighttpd", "lighttpd"),
  SQUID("squid", "Squid", "squid"),
  H2O("h2o", "h2o", "h2o"),
  ENVOY("envoy", "Envoy", "envoy", "istio-envoy"),
  KONG("kong", "Kong", "kong"),
  EXPRESS("express", "Express"),
  FASTIFY("fastify", "Fastify"),
  NESTJS("nestjs", "NestJS"),
  KOA("koa", "Koa"),
  HONO("hono", "Hono"),
  KTOR("ktor", "Ktor", "ktor"),
  SPRING("spring", "Spring MVC"),
  SPRING_SECURITY("spring-security", "Spring Security"),
  WEBFLUX("webflux", "Spring WebFlux"),
  SPRING_CLOUD_GATEWAY("spring-cloud-gateway", "Spring Cloud Gateway"),
  ASPNET("aspnet", "ASP.NET Core", "kestrel", "microsoft-iis"),
  DJANGO("django", "Django", "wsgiserver"),
  FASTAPI("fastapi", "FastAPI and Starlette", "uvicorn", "hypercorn"),
  FLASK("flask", "Flask", "werkzeug"),
  JUPYTER("jupyter", "Jupyter Server"),
  TORNADO("tornado", "Tornado", "tornadoserver"),
  AIOHTTP("aiohttp", "aiohttp"),
  GO("go", "Go"),
  RAILS("rails", "Rails"),
  PHP("php", "PHP"),
  LARAVEL("laravel", "Laravel"),
  API_GATEWAY("api-gateway", "Amazon API Gateway"),
  S3("s3", "Amazon S3", "amazons3"),
  GCS("gcs", "Google Cloud Storage", "uploadserver"),
  CLOUDFRONT("cloudfront", "Amazon CloudFront", "cloudfront"),
  WORKERS("workers", "Cloudflare Workers"),
  INGRESS_NGINX("ingress-nginx", "the Kubernetes ingress of nginx"),
  CROSSWALK_SPRING("crosswalk-spring", "Crosswalk in Spring Boot"),
  CROSSWALK_QUARKUS("crosswalk-quarkus", "Crosswalk in Quarkus"),
  CROSSWALK_MICRONAUT("crosswalk-micronaut", "Crosswalk in Micronaut"),
  CROSSWALK_SERVLET("crosswalk-servlet", "Crosswalk in a servlet container"),
  CROSSWALK_VERTX("crosswalk-vertx", "Crosswalk in Vert.x"),
  CROSSWALK_JAVALIN("crosswalk-javalin", "Crosswalk in Javalin"),
  CROSSWALK_JAXRS("crosswalk-jaxrs", "Crosswalk in JAX-RS");

  /** Signs are at the beginning of a body. */
  private static final int MAX_BODY_BYTES = 4 * 1024;

  private static final List<Server> PROXIES =
      List.of(NGINX, APACHE, HAPROXY, CADDY, LIGHTTPD, SQUID, H2O, CLOUDFRONT);

  private final String option;
  private final String title;
  private final List<String> products;

  Server(String option, String title, String... products) {
    this.option = option;
    this.title = title;
    this.products = List.of(products);
  }

  /** As it is written at the console. */
  @Override
  public String toString() {
    return option;
  }

  /** As people call it. */
  public String title() {
    return title;
  }

  /**
   * Who wrote a response, as far as it tells: by what its errors look like, then by the header
   * {@code Server} where that names a proxy, which has the last word on every header, then by what
   * the application says about itself.
   *
   * @return empty if it does not tell
   */
  public static Optional<Server> seen(WireResponse response) {
    Optional<Server> product = byProduct(response);
    return byErrors(response)
        .or(() -> product.filter(PROXIES::contains))
        .or(() -> application(response))
        .or(() -> product);
  }

  /** Of Spring Security since version 6, and before. */
  private static final List<String> XSS_OF_SPRING = List.of("0", "1; mode=block");

  /** Names of cookies, and what sets them. */
  private static final Map<String, Server> COOKIES =
      Map.of(
          "csrftoken", DJANGO,
          "laravel_session", LARAVEL,
          "phpsessid", PHP,
          "connect.sid", EXPRESS,
          "asp.net_sessionid", ASPNET,
          ".aspnetcore.session", ASPNET);

  /** Whatever its base_url is; JupyterHub's own pages report to {@code /hub/}. */
  private static final Predicate<String> OF_JUPYTER =
      Pattern.compile("frame-ancestors .*/api/security/csp-report(?:;.*)?").asMatchPredicate();

  private static Optional<Server> application(WireResponse response) {
    Headers headers = response.headers();
    String poweredBy = Bytes.lowerCase(headers.get("X-Powered-By").orElse(""));
    if (isNamed(poweredBy, "express")) {
      return Optional.of(EXPRESS);
    }
    if (poweredBy.startsWith("asp.net")) {
      return Optional.of(ASPNET);
    }
    if (isNamed(poweredBy, "php")) {
      return Optional.of(PHP);
    }
    if (headers.has("X-Runtime") && headers.has("X-Request-Id")) {
      return Optional.of(RAILS);
    }
    // rack-cors sends all that it has on every response, and empty what is not set.
    if (headers.get(GrantHeaders.EXPOSE_HEADERS).equals(Optional.of(""))
        && headers.has(GrantHeaders.MAX_AGE)) {
      return Optional.of(RAILS);
    }
    if (headers.get("Content-Security-Policy").filter(OF_JUPYTER).isPresent()) {
      return Optional.of(JUPYTER);
    }
    if (headers.has("Apigw-Requestid")) {
      return Optional.of(API_GATEWAY);
    }
    // Spring Security sends these, if nobody has changed its settings.
    if (headers.get("X-XSS-Protection").filter(XSS_OF_SPRING::contains).isPresent()
        && headers.get("Expires").equals(Optional.of("0"))
        && headers.get("Pragma").equals(Optional.of("no-cache"))) {
      return Optional.of(SPRING_SECURITY);
    }
    // Django's SecurityMiddleware sends both, if nobody has changed its settings.
    if (headers.get("Referrer-Policy").equals(Optional.of("same-origin"))
        && headers.get("Cross-Origin-Opener-Policy").equals(Optional.of("same-origin"))
        && headers.get("X-Frame-Options").equals(Optional.of("DENY"))) {
      return Optional.of(DJANGO);
    }
    return headers.lines("Set-Cookie").stream()
        .map(line -> COOKIES.get(Bytes.lowerCase(line.split("=", 2)[0]).strip()))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static Optional<Server> byErrors(WireResponse response) {
    byte[] bytes = ContentCoding.decoded(response);
    String body =
        new String(
            Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BODY_BYTES)),
            StandardCharsets.ISO_8859_1);
    if (response.hasOkStatus() && !body.startsWith("Invalid CORS request")) {
      return Optional.empty();
    }
    if (body.startsWith("{\"timestamp\":") && body.contains("\"requestId\":")) {
      return Optional.of(WEBFLUX);
    }
    if (body.equals("404 page not found") || body.equals("404 page not found\n")) {
      return Optional.of(GO);
    }
    if (body.startsWith("Invalid CORS request")
        || body.contains("Whitelabel Error Page")
        || (body.startsWith("{\"timestamp\":") && body.contains("\"path\":"))) {
      return Optional.of(SPRING);
    }
    if (body.startsWith("{\"message\":\"Route ") && body.contains("\"statusCode\":404")) {
      return Optional.of(FASTIFY);
    }
    if (body.startsWith("{\"detail\":")) {
      // Django REST framework ends these sentences with a period.
      return Optional.of(body.contains(".\"") ? DJANGO : FASTAPI);
    }
    if (body.contains("<center>nginx")) {
      return Optional.of(NGINX);
    }
    if (body.contains("<pre>Cannot ") || body.contains("at Layer.handle ")) {
      return Optional.of(EXPRESS);
    }
    if (body.contains("<code>DEBUG = True</code>") || body.contains("CSRF verification failed")) {
      return Optional.of(DJANGO);
    }
    if (body.contains("<h1>Action Controller: Exception caught</h1>")
        || body.contains("<title>Action Controller: Exception caught</title>")) {
      return Optional.of(RAILS);
    }
    if (body.startsWith("<?xml")
        && Stream.of("<HostId>", "CORSResponse", "CORS is not enabled for this bucket")
            .anyMatch(body::contains)) {
      return Optional.of(S3);
    }
    boolean bare = !response.headers().has("Server");
    return bare && body.startsWith("<html><body><h1>" + response.status() + " ")
        ? Optional.of(HAPROXY)
        : Optional.empty();
  }

  /** Others run on the same server software, which says nothing of the framework. */
  public boolean isGuessedFrom(WireResponse response) {
    return this == RAILS && !response.headers().has("X-Runtime")
        || List.of(DJANGO, FASTAPI, FLASK).contains(this)
            && byErrors(response).isEmpty()
            && application(response).isEmpty();
  }

  /**
   * The server of Python's library is Django's while it is developed; Bottle and Pyramid use it,
   * and Falcon, which writes names in lower case.
   */
  public static boolean isOfAnotherFramework(WireResponse response) {
    String body = new String(ContentCoding.decoded(response), StandardCharsets.ISO_8859_1);
    return response.headers().has("DAV")
        || response.headers().fields().stream().anyMatch(f -> f.name().equals("content-type"))
        || body.contains("Sorry, the requested URL")
        || body.contains("The resource could not be found.");
  }

  private static Optional<Server> byProduct(WireResponse response) {
    String server = response.headers().get("Server").orElse("").toLowerCase(Locale.ROOT);
    if (server.contains(" aiohttp/")) {
      return Optional.of(AIOHTTP);
    }
    return Stream.of(values())
        .filter(known -> known != DJANGO || !isOfAnotherFramework(response))
        .filter(known -> known.products.stream().anyMatch(name -> isNamed(server, name)))
        .findFirst();
  }

  /** The name alone, or with a version or a comment after it. */
  private static boolean isNamed(String text, String name) {
    return text.equals(name) || text.startsWith(name + "/") || text.startsWith(name + " ");
  }
}

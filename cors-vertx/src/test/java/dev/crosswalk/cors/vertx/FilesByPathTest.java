package dev.crosswalk.cors.vertx;

import static dev.crosswalk.cors.vertx.CorsPolicyHandlerTckTest.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that is read has the policy of its own path, however the target is written: what {@code
 * StaticHandler} makes of a target and what core makes of it, side by side. {@code
 * -Dtargets=200000} tries more of them, {@code -Dseed=…} others.
 */
class FilesByPathTest {

  /** Targets as an attacker composes them, and as harmless pages do. */
  private static final List<String> PIECES =
      List.of(
          "/",
          "/",
          "/",
          "public",
          "private",
          "a.txt",
          "..",
          "..",
          ".",
          "%2e",
          "%2e%2e",
          "%252e",
          "%252e%252e",
          ".%252e",
          "%2F",
          "%252f",
          "\\",
          "%5C",
          ";",
          ";x=y",
          "%20",
          "%2520",
          "+",
          "%70rivate",
          "%2570rivate",
          "PUBLIC",
          "%C3%A9",
          "~",
          "%3F",
          "...",
          "%2e.");

  private static final List<String> BYPASSES =
      List.of(
          "/files/public/%252e%252e/private/a.txt",
          "/files/public/.%252e/private/a.txt",
          "/files/%2570rivate/a.txt",
          "/files/public/..%20/private/a.txt",
          "/files/public/%20../private/a.txt",
          "/files/private%20/a.txt",
          "/files/public/../private/a.txt",
          "/files/public/%2e%2e/private/a.txt",
          "/files/public/..%2Fprivate/a.txt",
          "/files/public/..;/private/a.txt",
          "/files//private/a.txt");

  private static final Cors POLICIES =
      Cors.byPath(
          Map.of(
              "/", CorsPolicy.builder().allowOrigins("https://evil.example").build(),
              "/files/public", CorsPolicy.builder().allowAnyOrigin().build(),
              "/files/private", CorsPolicy.builder().allowOrigins("https://app.example").build()));

  /** StaticHandler itself fails at some targets, with a long line for each. */
  private static final Logger FAILURES = Logger.getLogger("io.vertx.ext.web.RoutingContext");

  @TempDir Path directory;
  private final WireClient client = new WireClient();
  private int port;
  private Vertx vertx;

  @BeforeEach
  void listen() throws Exception {
    for (String file : List.of("public", "private")) {
      Files.createDirectories(directory.resolve(file));
      Files.writeString(directory.resolve(file).resolve("a.txt"), file);
    }
    FAILURES.setLevel(Level.OFF);
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(new CorsPolicyHandler(POLICIES));
    router
        .route("/files/*")
        .handler(StaticHandler.create(FileSystemAccess.ROOT, directory.toString()));
    HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
    port = await(vertx.createHttpServer(options).requestHandler(router).listen()).actualPort();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    await(vertx.close());
    FAILURES.setLevel(null);
  }

  @Test
  void aFileIsSharedByThePolicyOfItsOwnPath() throws Exception {
    Random random = new Random(Long.getLong("seed", 20_261_126));
    int targets = Integer.getInteger("targets", 1_500);
    Map<String, Integer> read = new TreeMap<>();
    for (int i = -BYPASSES.size(); i < targets; i++) {
      String target = i < 0 ? BYPASSES.get(-i - 1) : target(random);
      WireResponse response = get(target);
      List<String> allowed = response.headers().lines("Access-Control-Allow-Origin");
      String file = response.status() == 200 ? response.text().strip() : "none";
      boolean isShared = allowed.contains("*") || allowed.contains("https://evil.example");
      assertFalse(file.equals("private") && isShared, () -> target + " has " + allowed);
      read.merge(file, 1, Integer::sum);
      if (isShared) {
        read.merge("shared", 1, Integer::sum);
      }
    }
    assertTrue(
        read.getOrDefault("public", 0) > 3
            && read.getOrDefault("private", 0) > 0
            && read.getOrDefault("shared", 0) > targets / 20,
        read::toString);
  }

  private static String target(Random random) {
    StringBuilder target =
        new StringBuilder("/files/").append(random.nextInt(3) > 0 ? "public" : "");
    for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
      target
          .append(random.nextBoolean() ? "/" : "")
          .append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return target.append(random.nextInt(3) > 0 ? "/a.txt" : "").toString();
  }

  private WireResponse get(String target) throws Exception {
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: files.example\r\nOrigin: https://evil.example\r\n\r\n";
    return client.sendBytes("http://127.0.0.1:" + port, request, "GET").get(0);
  }
}

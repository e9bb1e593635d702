package dev.crosswalk.cors.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a response always has the policy of the path that the framework served, however the
 * request wrote that path. It compares what the framework's router and its file server make of a
 * target with what core makes of it. For the author of an adapter whose users choose policies by
 * path.
 *
 * <p>Most targets are composed at random as an attacker composes them. Every fourth is harmless: it
 * is below a public path to everybody, and must have the policy of that. A build tries a few. The
 * system property {@code dev.crosswalk.cors.tck.targets} sets how many, for routes and files
 * together, and prints the counts; {@code dev.crosswalk.cors.tck.seed} sets the random seed.
 */
public abstract class PathTck {

  private static final String TARGETS = "dev.crosswalk.cors.tck.targets";
  private static final String SEED = "dev.crosswalk.cors.tck.seed";

  /** What any page may read, and what only the app may. */
  private record Kind(String publicPath, String privatePath, String file, String secret) {}

  private static final Kind ROUTES = new Kind("/status", "/stream", "/429", "one two three");
  private static final Kind FILES =
      new Kind("/files/public", "/files/private", "/a.txt", "the private file");

  private static final List<String> PIECES =
      words(
          """
          / / / .. .. . %2e %2e%2e %252e %252e%252e .%252e %2F %252f \\ %5C ; ;x=y %20 %2520 +
          %C3%A9 ~ %3F ... %2e. %00 %09
          """);

  /** What pages write below a path, most of it by {@code encodeURIComponent}. */
  private static final List<String> HARMLESS =
      words(
          """
          a%2Fb %41 %7Euser ~user a;a=b ;jsessionid=A1/b /b a//b caf%C3%A9 a%20b a+b c++ c%2B%2B
          me%40mail.example 100%25 what%3F %23anchor https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc
          C%3A%5Cdir%5Ca.txt %7B%22id%22%3A7%7D 2026-11-27T00%3A00%3A00.000Z bG9uZw%3D%3D 1..2
          .well-known a.b.c !$&'()*,=:@-._~ %5B1%2C2%5D a/../b a/./b
          """,
          "");

  /** Between the directory that is public and the one that is not. */
  private static final List<String> CLIMBS =
      words(
          """
          /%252e%252e /.%252e /..%20 /%20.. /.. /%2e%2e /..%2F /..; /.;/.. /..\\ /..%5C //..
          /a/../.. /%2e%2e%2f
          """);

  private static Cors policies() {
    CorsPolicy others = CorsPolicy.builder().allowOrigins("https://evil.example").build();
    CorsPolicy anybody = CorsPolicy.builder().allowAnyOrigin().build();
    CorsPolicy app = CorsPolicy.builder().allowOrigins("https://app.example").build();
    return Cors.byPath(
        Map.of(
            "/",
            others,
            ROUTES.publicPath(),
            anybody,
            FILES.publicPath(),
            anybody,
            ROUTES.privatePath(),
            app,
            FILES.privatePath(),
            app));
  }

  private static List<String> words(String text, String... more) {
    return Stream.concat(Stream.of(text.split("\\s+")), Stream.of(more)).toList();
  }

  /** For the test of an adapter to extend. */
  protected PathTck() {}

  /**
   * Starts a server on a free port of the loopback address.
   *
   * @param cors what decides
   * @param application the routes to register, as for {@link CorsTck}
   * @param files a directory named {@code files} that the framework's own file server serves below
   *     {@code /files}; not looked at where the framework has none
   * @return the server that runs
   * @throws Exception if it does not start
   */
  protected abstract ServerUnderTest start(Cors cors, TestApplication application, Path files)
      throws Exception;

  /** {@return whether the server serves the files} */
  protected boolean servesFiles() {
    return true;
  }

  /**
   * Sends the targets.
   *
   * @param directory where to write what the file server serves
   * @throws Exception if the server does not start or stop, or does not answer
   */
  @Test
  void what_answers_has_the_policy_of_its_own_path(@TempDir Path directory) throws Exception {
    Path files = directory.resolve("files");
    for (String name : List.of("public", "private")) {
      Files.createDirectories(files.resolve(name));
      Files.writeString(files.resolve(name).resolve("a.txt"), "the " + name + " file");
    }
    List<Kind> kinds = servesFiles() ? List.of(ROUTES, FILES) : List.of(ROUTES);
    int targets = Integer.getInteger(TARGETS, 560 * kinds.size()) / kinds.size();
    ServerUnderTest server = start(policies(), new TestApplication(), files);
    try (WireClient client = new WireClient()) {
      String base = server.base().toString();
      for (Kind kind : kinds) {
        Random random = new Random(Long.getLong(SEED, 20_261_126));
        Map<String, Integer> hostile = sendHostile(client, base, kind, random, targets * 3 / 4);
        Map<String, Integer> harmless = sendHarmless(client, base, kind, random, targets / 4);
        if (System.getProperty(TARGETS) != null) {
          System.out.println(
              "%s, %s: hostile %s, harmless %s"
                  .formatted(getClass().getName(), kind.publicPath(), hostile, harmless));
        }
      }
    } finally {
      server.stop().close();
    }
  }

  private static Map<String, Integer> sendHostile(
      WireClient client, String server, Kind kind, Random random, int targets) throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < targets; i++) {
      String target =
          i < CLIMBS.size()
              ? kind.publicPath() + CLIMBS.get(i) + name(kind.privatePath()) + end(kind, true)
              : target(random, kind);
      WireResponse response = get(client, server, target);
      if (response == null) {
        counts.merge("unanswered", 1, Integer::sum);
        continue;
      }
      boolean isPrivate = response.status() == 200 && response.text().strip().equals(kind.secret());
      boolean isPublic = response.text().strip().matches("status 429|the public file");
      List<String> allowed = response.headers().lines("Access-Control-Allow-Origin");
      boolean isShared = allowed.contains("*") || allowed.contains("https://evil.example");
      assertFalse(isPrivate && isShared, () -> target + " is read by any page: " + allowed);
      counts.merge(isPrivate ? "private" : isPublic ? "public" : "other", 1, Integer::sum);
      if (isPublic && isShared) {
        counts.merge("public and shared", 1, Integer::sum);
      }
    }
    int isPublic = counts.getOrDefault("public", 0);
    assertTrue(
        counts.getOrDefault("unanswered", 0) < targets / 20
            && isPublic > targets / 100
            && counts.getOrDefault("private", 0) > targets / 100
            && counts.getOrDefault("public and shared", 0) > isPublic / 5,
        () -> kind + ": " + counts);
    return counts;
  }

  private static Map<String, Integer> sendHarmless(
      WireClient client, String server, Kind kind, Random random, int targets) throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    String without = "";
    for (int i = 0; i < targets; i++) {
      StringBuilder target = new StringBuilder(kind.publicPath());
      for (int left = i < HARMLESS.size() ? 0 : random.nextInt(3); left >= 0; left--) {
        int piece = i < HARMLESS.size() ? i : random.nextInt(HARMLESS.size());
        target.append('/').append(HARMLESS.get(piece));
      }
      WireResponse response = get(client, server, target.toString());
      // What a server refuses as it is never reaches an adapter.
      if (response == null || response.status() == 400 || response.status() == 414) {
        counts.merge("refused by the server", 1, Integer::sum);
      } else if (response.headers().lines("Access-Control-Allow-Origin").contains("*")) {
        counts.merge("shared", 1, Integer::sum);
      } else {
        counts.merge("without a policy", 1, Integer::sum);
        without = target + ": " + response.status() + " " + response.headers();
      }
    }
    assertEquals(
        0,
        counts.getOrDefault("without a policy", 0),
        kind + ": " + counts + ", such as " + without);
    assertTrue(counts.getOrDefault("shared", 0) > targets / 4, () -> kind + ": " + counts);
    return counts;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/'));
  }

  private static String end(Kind kind, boolean isPrivate) {
    return kind == ROUTES && isPrivate ? "" : kind.file();
  }

  private static String target(Random random, Kind kind) {
    boolean isPrivate = random.nextBoolean();
    String path = isPrivate ? kind.privatePath() : kind.publicPath();
    StringBuilder target = new StringBuilder(path.substring(0, path.lastIndexOf('/')));
    if (random.nextBoolean()) {
      target.append(name(isPrivate ? kind.publicPath() : kind.privatePath()));
      target.append(CLIMBS.get(random.nextInt(CLIMBS.size())));
    }
    int place = random.nextInt(4);
    target.append(place == 0 ? pieces(random) : "").append(spelled(name(path), random));
    target.append(place == 1 ? pieces(random) : "").append(end(kind, isPrivate));
    return target.append(place == 2 ? pieces(random) : "").toString();
  }

  private static String pieces(Random random) {
    StringBuilder pieces = new StringBuilder();
    for (int left = random.nextInt(3); left >= 0; left--) {
      pieces.append(random.nextBoolean() ? "/" : "");
      pieces.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return pieces.toString();
  }

  /** The same name, encoded once or twice, in another case, or as it is. */
  private static String spelled(String name, Random random) {
    int at = 1 + random.nextInt(name.length() - 1);
    String octet = Integer.toHexString(name.charAt(at));
    return switch (random.nextInt(6)) {
      case 0 -> name.substring(0, at) + "%" + octet + name.substring(at + 1);
      case 1 -> name.substring(0, at) + "%25" + octet + name.substring(at + 1);
      case 2 ->
          name.substring(0, at) + Character.toUpperCase(name.charAt(at)) + name.substring(at + 1);
      default -> name;
    };
  }

  /** Null if the server closes the connection of a target that it cannot read. */
  private static @Nullable WireResponse get(WireClient client, String server, String target)
      throws Exception {
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: files.example\r\nOrigin: https://evil.example\r\n\r\n";
    try {
      return client.sendBytes(server, request, "GET").get(0);
    } catch (WireException e) {
      return null;
    }
  }
}

package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A reloadable policy")
class ReloadableCorsTest {

  private static final String ORIGIN = "https://app.example.com";

  private enum Preflight implements RequestReader<String> {
    READER;

    @Override
    public String method(String request) {
      return "OPTIONS";
    }

    @Override
    public String path(String request) {
      return "/";
    }

    @Override
    public @Nullable String header(String request, String name) {
      return switch (name) {
        case "Origin" -> ORIGIN;
        case "Access-Control-Request-Method" -> request;
        default -> null;
      };
    }
  }

  private enum Headers implements ResponseWriter<Map<String, String>> {
    WRITER;

    @Override
    public @Nullable String get(Map<String, String> response, String name) {
      return response.get(name);
    }

    @Override
    public void set(Map<String, String> response, String name, String value) {
      response.put(name, value);
    }

    @Override
    public void remove(Map<String, String> response, String name) {
      response.remove(name);
    }
  }

  private static Map<String, String> answer(Cors cors, String method) {
    CorsDecision decision = cors.decide(method, Preflight.READER);
    Map<String, String> response = new TreeMap<>();
    decision.writeTo(response, Headers.WRITER);
    response.put("status", String.valueOf(((CorsDecision.Respond) decision).status()));
    return response;
  }

  private static CorsPolicy policy(String method, long seconds) {
    return CorsPolicy.builder()
        .allowOrigins(ORIGIN, "https://" + method.toLowerCase(Locale.ROOT) + ".example.com")
        .allowMethods(method)
        .allowRequestHeaders("X-" + method)
        .maxAge(Duration.ofSeconds(seconds))
        .build();
  }

  @Test
  void everyAnswerIsWhollyTheOldPolicysOrTheNewOnes() throws Exception {
    CorsPolicy one = policy("PUT", 1);
    CorsPolicy other = policy("DELETE", 2).toBuilder().allowCredentials().build();
    Map<String, String> ofOne = answer(one, "PUT");
    Map<String, String> ofOther = answer(other, "PUT");
    assertEquals("PUT", ofOne.get("Access-Control-Allow-Methods"));
    assertEquals("true", ofOther.get("Access-Control-Allow-Credentials"));

    ReloadableCors cors = Cors.reloadable(one);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<int[]>> counts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        counts.add(
            threads.submit(
                () -> {
                  int[] seen = new int[2];
                  while (!done.get()) {
                    Map<String, String> answer = answer(cors, "PUT");
                    if (answer.equals(ofOne)) {
                      seen[0]++;
                    } else {
                      assertEquals(ofOther, answer);
                      seen[1]++;
                    }
                  }
                  return seen;
                }));
      }
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
      int reloads = 0;
      while (System.nanoTime() < end) {
        cors.reload(reloads++ % 2 == 0 ? other : one);
        Thread.onSpinWait();
      }
      done.set(true);
      int[] all = new int[2];
      for (Future<int[]> count : counts) {
        all[0] += count.get()[0];
        all[1] += count.get()[1];
      }
      assertTrue(reloads > 1_000 && all[0] > 1_000 && all[1] > 1_000, reloads + ", " + all[0]);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  void refusesNoPolicyAndItself() {
    CorsPolicy policy = policy("PUT", 1);
    ReloadableCors cors = Cors.reloadable(policy);
    Cors[] wrongs = {
      null,
      cors,
      Cors.observed(cors, event -> {}),
      Cors.reportOnly(policy, cors, event -> {}),
      CrossOriginGuard.around(cors).build(),
      Cors.byPath(Map.of("/", policy, "/a", Cors.reloadable(cors)))
    };
    for (Cors wrong : wrongs) {
      InvalidCorsPolicyException e =
          assertThrows(InvalidCorsPolicyException.class, () -> cors.reload(wrong));
      assertEquals(
          wrong == null ? ProblemCode.POLICY_MISSING : ProblemCode.POLICY_ITSELF,
          e.problems().get(0).code());
      assertSame(policy, cors.current());
    }
    assertThrows(InvalidCorsPolicyException.class, () -> Cors.reloadable(null));
  }

  @Test
  void isReadBackAsThePolicyThatDecides() {
    ReloadableCors cors = Cors.reloadable(policy("PUT", 1));
    CorsPolicy doubtful = policy("patch", 2);
    cors.reload(doubtful);
    assertEquals(doubtful.toString(), cors.toString());
    assertEquals(doubtful.warnings(), cors.warnings());
    assertEquals(1, cors.warnings().size());
    cors.close();
  }

  private static ReloadableCors watching(
      Path file, BlockingQueue<List<PolicyProblem>> reports, Map<String, String> environment) {
    return ReloadableCors.watching(
        Configuration.files(file, environment, Map.of()),
        () -> Configuration.load(file, environment, Map.of()),
        reports::add,
        Duration.ofMillis(20));
  }

  private static CorsPolicy only(String origin) {
    return CorsPolicy.builder().allowOrigins(origin).build();
  }

  private static List<PolicyProblem> next(BlockingQueue<List<PolicyProblem>> reports)
      throws InterruptedException {
    List<PolicyProblem> report = reports.poll(10, TimeUnit.SECONDS);
    assertTrue(report != null, "nothing was reported");
    return report;
  }

  @Test
  @Timeout(60)
  void aWatchedFileIsLoadedWheneverItChanges(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    Files.writeString(file, "cors.allowed-origins=https://a.example");
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    ReloadableCors cors = watching(file, reports, Map.of());
    try {
      assertEquals(only("https://a.example"), cors.current());

      Files.writeString(file, "cors.allowed-origins=https://longer.example");
      assertEquals(List.of(), next(reports));
      assertEquals(only("https://longer.example"), cors.current());

      Files.writeString(file, "cors.allowed-origins=https://a.example/");
      assertEquals(
          List.of(ProblemCode.ORIGIN_TRAILING_SLASH),
          next(reports).stream().map(PolicyProblem::code).toList());
      assertEquals(only("https://longer.example"), cors.current(), "the old one stays");

      Files.delete(file);
      assertEquals(ProblemCode.CONFIGURATION_FILE_MISSING, next(reports).get(0).code());
      assertEquals(only("https://longer.example"), cors.current(), "the old one stays");

      Path elsewhere = directory.resolve("new.properties");
      Files.writeString(elsewhere, "cors.allowed-origins=https://b.example");
      Files.move(elsewhere, file, StandardCopyOption.ATOMIC_MOVE);
      assertEquals(List.of(), next(reports));
      assertEquals(only("https://b.example"), cors.current());

      cors.close();
      Files.writeString(file, "cors.allowed-origins=https://unseen.example");
      assertNull(reports.poll(300, TimeUnit.MILLISECONDS), "it is closed");
      assertEquals(only("https://b.example"), cors.current(), "what decides goes on");
    } finally {
      cors.close();
    }
  }

  @Test
  @Timeout(60)
  void whatIsLoadedAfterClosingComesTooLate(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    Files.writeString(file, "cors.allowed-origins=https://a.example");
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch loaded = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    ReloadableCors cors =
        ReloadableCors.watching(
            List.of(file),
            () -> {
              if (!first.getAndSet(false)) {
                loading.countDown();
                awaitUninterruptibly(closed);
                loaded.countDown();
              }
              return only("https://a.example");
            },
            reports::add,
            Duration.ofMillis(20));
    Files.writeString(file, "cors.allowed-origins=https://bb.example");
    assertTrue(loading.await(10, TimeUnit.SECONDS));
    cors.close();
    cors.reload(CorsPolicy.none());
    closed.countDown();
    assertTrue(loaded.await(10, TimeUnit.SECONDS));
    assertEquals(null, reports.poll(200, TimeUnit.MILLISECONDS));
    assertSame(CorsPolicy.none(), cors.current());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = true;
    while (interrupted) {
      try {
        latch.await();
        interrupted = false;
      } catch (InterruptedException e) {
        // Closing interrupts; this one has its work to do.
      }
    }
  }

  @Test
  @Timeout(60)
  void theProfilesFileIsWatchedToo(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    Path ofProfile = directory.resolve("cors-prod.properties");
    Files.writeString(file, "cors.allowed-origins=https://a.example");
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, reports, Map.of("CORS_PROFILE", "prod"))) {
      Files.writeString(ofProfile, "cors.allowed-origins=http://localhost:*");
      assertEquals(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION, next(reports).get(0).code());
      Files.writeString(ofProfile, "cors.allowed-origins=https://b.example");
      assertEquals(List.of(), next(reports));
      assertEquals(only("https://b.example"), cors.current());
    }
  }

  @Test
  @Timeout(60)
  void theGuardOfAWatchedFileComesAndGoes(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    String policy = "cors.allowed-origins=https://a.example\n";
    Files.writeString(file, policy);
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, reports, Map.of())) {
      CrossOriginGuard guard =
          CrossOriginGuard.around(only("https://a.example")).exemptPaths("/webhook").build();

      Files.writeString(
          file, policy + "cors.guard.enabled=true\ncors.guard.exempt-paths=/webhook\n");
      assertEquals(List.of(), next(reports));
      assertEquals(guard, cors.current());

      Files.writeString(file, policy + "cors.guard.exempt-paths=/webhook\n");
      assertEquals(
          List.of(ProblemCode.GUARD_NOT_ENABLED),
          next(reports).stream().map(PolicyProblem::code).toList());
      assertEquals(guard, cors.current(), "the old one stays");

      Files.writeString(file, policy + "cors.guard.enabled=false\n");
      assertEquals(List.of(), next(reports));
      assertEquals(only("https://a.example"), cors.current());
    }
  }

  @Test
  @Timeout(60)
  void aListenerThatFailsDoesNotEndTheWatch(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    Files.writeString(file, "cors.allowed-origins=https://a.example");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (ReloadableCors cors =
        ReloadableCors.watching(
            List.of(file),
            () -> Cors.fromConfiguration(file),
            problems -> {
              told.add("told");
              throw new IllegalStateException("on purpose");
            },
            Duration.ofMillis(20))) {
      for (String origin : List.of("https://bb.example", "https://ccc.example")) {
        Files.writeString(file, "cors.allowed-origins=" + origin);
        assertEquals("told", told.poll(10, TimeUnit.SECONDS));
        assertEquals(only(origin), cors.current());
      }
    }
  }

  @Test
  void aFileThatIsWrongToBeginWithIsAnError(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("cors.properties");
    assertThrows(InvalidCorsPolicyException.class, () -> Cors.watching(file));
    Files.writeString(file, "cors.allowed-origins=*");
    try (ReloadableCors cors = Cors.watching(file)) {
      assertEquals(only("*"), cors.current());
    }
  }
}

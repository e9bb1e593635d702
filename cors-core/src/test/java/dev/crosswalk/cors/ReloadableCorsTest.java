package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A reloadable policy")
class ReloadableCorsTest {

  private static final String ORIGIN = "https://app.example.com";

  private static Map<String, String> answer(Cors cors, String method) {
    CorsDecision decision = cors.decide(Message.preflight(ORIGIN, method), Message.READER);
    Map<String, String> response = decision.headers();
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
  @Tag("slow")
  void every_answer_is_wholly_the_old_policys_or_the_new_ones() throws Exception {
    CorsPolicy one = policy("PUT", 1);
    CorsPolicy other = policy("DELETE", 2).toBuilder().allowCredentials().build();
    Map<String, String> ofOne = answer(one, "PUT");
    Map<String, String> ofOther = answer(other, "PUT");
    assertEquals("PUT", ofOne.get("Access-Control-Allow-Methods"));
    assertEquals("true", ofOther.get("Access-Control-Allow-Credentials"));

    ReloadableCors cors = new ReloadableCors(one);
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
  void refuses_no_policy_and_itself() {
    CorsPolicy policy = policy("PUT", 1);
    ReloadableCors cors = new ReloadableCors(policy);
    Cors[] wrongs = {
      cors,
      Cors.observed(cors, event -> {}),
      Cors.reportOnly(policy, cors, event -> {}),
      CrossOriginGuard.around(cors).build(),
      Cors.byPath(Map.of("/", policy, "/a", new ReloadableCors(cors)))
    };
    for (Cors wrong : wrongs) {
      InvalidCorsPolicyException e =
          assertThrows(InvalidCorsPolicyException.class, () -> cors.reload(wrong));
      assertEquals(ProblemCode.POLICY_ITSELF, e.problems().get(0).code());
      assertSame(policy, cors.current());
    }
    assertThrows(NullPointerException.class, () -> cors.reload(null));
    assertSame(policy, cors.current());
    assertThrows(NullPointerException.class, () -> new ReloadableCors(null));
  }

  @Test
  void is_read_back_as_the_policy_that_decides() {
    ReloadableCors cors = new ReloadableCors(policy("PUT", 1));
    CorsPolicy doubtful = policy("patch", 2);
    cors.reload(doubtful);
    assertEquals(doubtful.toString(), cors.toString());
    assertEquals(doubtful.warnings(), cors.warnings());
    assertEquals(1, cors.warnings().size());
  }

  /** Each of the two is right alone, and both together would ask each other for ever. */
  @Test
  @Tag("slow")
  @Timeout(60)
  void two_that_are_replaced_by_each_other_at_once_do_not_ask_each_other() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 2_000; i++) {
        ReloadableCors one = new ReloadableCors(CorsPolicy.none());
        ReloadableCors other = new ReloadableCors(CorsPolicy.none());
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Boolean> first = threads.submit(() -> isReloaded(start, one, other));
        Future<Boolean> second = threads.submit(() -> isReloaded(start, other, one));
        assertEquals(1, (first.get() ? 1 : 0) + (second.get() ? 1 : 0));
        assertEquals(CorsPolicy.none().toString(), one.toString());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isReloaded(CyclicBarrier start, ReloadableCors cors, Cors next)
      throws Exception {
    start.await();
    try {
      cors.reload(next);
      return true;
    } catch (InvalidCorsPolicyException e) {
      return false;
    }
  }
}

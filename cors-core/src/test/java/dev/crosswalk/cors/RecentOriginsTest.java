package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The oracle is a policy that has never been asked before, and so has nothing to remember. */
@DisplayName("A policy that has been asked before")
class RecentOriginsTest {

  private static final long SEED = Long.getLong("seed", 20_261_125);

  private static CorsPolicy policy() {
    return CorsPolicy.builder()
        .allowOrigins("https://a.example", "https://*.b.example", "https://app-*.c.example")
        .allowMethods("PUT")
        .allowRequestHeaders("X-Foo", "Content-Type")
        .maxAge(Duration.ofMinutes(1))
        .build();
  }

  // More than are remembered, so that they push each other out; each allowed one has near misses.
  private static List<String> origins() {
    List<String> origins = new ArrayList<>(List.of("null", "https://a.example", "a, b", ""));
    for (int i = 0; i < 60; i++) {
      origins.add("https://x" + i + ".b.example");
      origins.add("https://x" + i + ".b.example.");
      origins.add("https://x" + i + ".b.example:8443");
      origins.add("http://x" + i + ".b.example");
      origins.add("https://app-" + i + ".c.example");
      origins.add("https://app" + i + ".c.example");
      origins.add("https://" + "x".repeat(5 * i + 1) + ".b.example");
    }
    // The strings of a pair have the same hash, and so the same place.
    origins.addAll(List.of("https://Aa.b.example", "https://BB.b.example"));
    origins.addAll(List.of("https://a1-1.b.example", "https://a1-1.c.example"));
    return origins;
  }

  private static List<Message> requests() {
    List<Message> requests = new ArrayList<>();
    for (String origin : origins()) {
      requests.add(Message.request("GET").with("Origin", origin));
      requests.add(
          Message.request("POST").with("Origin", origin).with("Host", "x1.b.example:8443"));
      for (String names : List.of("x-foo", "x-bar", "content-type,x-foo", "x-foo,x-foo")) {
        for (String method : List.of("PUT", "PATCH")) {
          requests.add(
              Message.request("OPTIONS")
                  .with("Origin", origin)
                  .with("Access-Control-Request-Method", method)
                  .with("Access-Control-Request-Headers", names));
        }
      }
    }
    return requests;
  }

  private static String answer(Cors cors, Message request) {
    CorsDecision decision = cors.decide(request, READER);
    Message response = Message.response();
    decision.writeTo(response, Message.WRITER);
    return decision + "\n" + response;
  }

  @Test
  void answers_as_one_that_was_not_whatever_came_before() {
    List<Message> requests = requests();
    List<String> expected = requests.stream().map(each -> answer(policy(), each)).toList();
    for (Outcome outcome :
        List.of(Outcome.ALLOWED, Outcome.ORIGIN_NOT_ALLOWED, Outcome.METHOD_NOT_ALLOWED)) {
      long count = expected.stream().filter(answer -> answer.contains(outcome.name())).count();
      assertTrue(count > 100, outcome + ": " + count);
    }
    CorsPolicy asked = policy();
    Random random = new Random(SEED);
    int rounds = Rounds.of(60_000);
    for (int i = 0; i < rounds; i++) {
      int any = random.nextInt(requests.size());
      assertEquals(expected.get(any), answer(asked, requests.get(any)));
    }
  }

  @Test
  @Tag("slow")
  void answers_so_to_several_threads_at_once() throws Exception {
    List<Message> requests = requests();
    List<String> expected = requests.stream().map(each -> answer(policy(), each)).toList();
    CorsPolicy asked = policy();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Random random = new Random(SEED + thread);
        tasks.add(
            () -> {
              int answered = 0;
              for (; answered < 20_000; answered++) {
                int any = random.nextInt(requests.size());
                assertEquals(expected.get(any), answer(asked, requests.get(any)));
              }
              return answered;
            });
      }
      int answered = 0;
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        answered += task.get();
      }
      assertEquals(160_000, answered);
    } finally {
      threads.shutdownNow();
    }
  }
}

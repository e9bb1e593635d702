package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.config.WatchedFiles;
import dev.crosswalk.cors.internal.config.WatchedFiles.Content;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing waits here: a test writes the files, moves the clock, and says when to look. */
@DisplayName("A policy whose file is watched")
class WatchedPolicyTest {

  private final FilesByHand files = new FilesByHand();

  @AfterEach
  void end() throws InterruptedException {
    files.end();
  }

  /** Of each report the problems; none if the new policy is in force. */
  private final List<List<ProblemCode>> reports = new ArrayList<>();

  private void report(List<PolicyProblem> problems) {
    reports.add(problems.stream().map(PolicyProblem::code).toList());
  }

  /** Returns what has been reported since it was last asked. */
  private List<List<ProblemCode>> reported() {
    List<List<ProblemCode>> next = List.copyOf(reports);
    reports.clear();
    return next;
  }

  private static final List<List<ProblemCode>> NOTHING = List.of();
  private static final List<List<ProblemCode>> LOADED = List.of(List.of());

  private static List<List<ProblemCode>> refused(ProblemCode code) {
    return List.of(List.of(code));
  }

  @Test
  void is_loaded_whenever_the_file_changes() throws Exception {
    WatchedCors cors = files.watch(this::report);
    assertEquals(only("https://a.example"), cors.current());
    files.look();
    assertEquals(NOTHING, reported());

    files.write("cors.allowed-origins=https://b.example");
    files.look();
    assertEquals(LOADED, reported());
    assertEquals(only("https://b.example"), cors.current());

    files.write("cors.allowed-origins=https://c.example/");
    files.look();
    assertEquals(refused(ProblemCode.ORIGIN_TRAILING_SLASH), reported());
    assertEquals(only("https://b.example"), cors.current(), "the old one stays");

    files.delete();
    files.look();
    assertEquals(refused(ProblemCode.CONFIGURATION_FILE_MISSING), reported());
    assertEquals(only("https://b.example"), cors.current(), "the old one stays");

    files.write("cors.allowed-origins=https://d.example");
    files.look();
    assertEquals(LOADED, reported());
    assertEquals(only("https://d.example"), cors.current());

    cors.close();
    assertTrue(files.isClosed);
    files.write("cors.allowed-origins=https://unseen.example");
    files.lookForTheLastTime();
    assertEquals(NOTHING, reported());
    assertEquals(only("https://d.example"), cors.current(), "what decides goes on");
  }

  @Test
  void tells_when_it_was_loaded_and_why_not() {
    WatchedCors cors = files.watch(this::report);
    Instant first = cors.loadedAt();
    assertEquals(List.of(), cors.problems());
    files.makeUnreadable();
    files.look();
    assertEquals(ProblemCode.CONFIGURATION_UNREADABLE, cors.problems().get(0).code());
    assertTrue(cors.problems().get(0).toString().contains("too many open files"));
    assertEquals(first, cors.loadedAt());

    files.write("cors.allowed-origins=https://b.example");
    files.look();
    assertEquals(List.of(), cors.problems());
    assertTrue(cors.loadedAt().isAfter(first));
  }

  /** Nor does the next change of the file replace what code has passed in. */
  @Test
  void keeps_its_problems_where_code_replaces_it_by_another_policy() {
    WatchedCors file = files.watch(this::report);
    ReloadableCors cors = new ReloadableCors(file);
    files.makeUnreadable();
    files.look();
    cors.reload(only("https://b.example"));
    assertEquals(1, file.problems().size());
    files.write("cors.allowed-origins=https://c.example");
    files.look();
    assertEquals(only("https://b.example"), cors.current());
    assertEquals(only("https://c.example"), file.current());
  }

  @Test
  void may_allow_credentials_later_for_all_that_a_guard_knows() {
    CrossOriginGuard guard =
        CrossOriginGuard.around(files.watch(this::report))
            .trustOriginsAllowedWithCredentials()
            .build();
    assertEquals(List.of(), guard.warnings());
  }

  @Test
  void looks_at_least_once_in_an_interval() {
    files.watch(this::report);
    files.look();
    assertEquals(List.of(FilesByHand.INTERVAL, FilesByHand.INTERVAL), files.waits);
  }

  /** The half of a list is a list, too, and not the one that was meant. */
  @Test
  void is_not_loaded_while_the_file_is_being_written() {
    List<Duration> expected = new ArrayList<>(List.of(FilesByHand.INTERVAL));
    WatchedCors cors = files.watch(this::report);
    AtomicReference<String> text = new AtomicReference<>("cors.allowed-origins=https://b.example");
    List<Cors> meanwhile = new ArrayList<>();
    files.write(text.get());
    for (int i = 0; i < 3; i++) {
      String more = ", https://b" + i + ".example";
      files.whileItSettles.add(
          () -> {
            files.write(text.updateAndGet(before -> before + more));
            meanwhile.add(cors.current());
          });
      expected.add(FilesByHand.INTERVAL.dividedBy(4));
    }
    files.look();
    expected.addAll(List.of(FilesByHand.INTERVAL.dividedBy(4), FilesByHand.INTERVAL));
    assertEquals(expected, files.waits);
    Cors a = only("https://a.example");
    assertEquals(List.of(a, a, a), meanwhile, "half of it is loaded");
    assertEquals(LOADED, reported());
    assertEquals(
        CorsPolicy.builder()
            .allowOrigins(
                "https://b.example",
                "https://b0.example",
                "https://b1.example",
                "https://b2.example")
            .build(),
        cors.current());
  }

  @Test
  void a_change_that_is_taken_back_is_none() {
    files.watch(this::report);
    files.write("");
    files.whileItSettles.add(() -> files.write("cors.allowed-origins=https://a.example"));
    files.look();
    assertEquals(NOTHING, reported());
  }

  @Test
  void is_not_loaded_once_it_is_closed() throws Exception {
    WatchedCors cors = files.watch(this::report);
    files.write("cors.allowed-origins=https://b.example");
    files.whileItSettles.add(cors::close);
    files.lookForTheLastTime();
    assertEquals(NOTHING, reported());
    assertEquals(only("https://a.example"), cors.current());
  }

  @Test
  void what_is_loaded_after_closing_comes_too_late() throws Exception {
    AtomicReference<WatchedCors> watched = new AtomicReference<>();
    Function<WatchedFiles.Look, Cors> source =
        look -> {
          WatchedCors cors = watched.get();
          if (cors != null) {
            cors.close();
            return only("https://b.example");
          }
          return only("https://a.example");
        };
    WatchedCors cors = files.watch(Map.of(), source, this::report);
    watched.set(cors);
    files.write("cors.allowed-origins=https://b.example");
    files.lookForTheLastTime();
    assertEquals(NOTHING, reported());
    assertEquals(only("https://a.example"), cors.current());
  }

  @Test
  void the_profiles_file_is_watched_too() {
    Path ofProfile = Path.of("cors-prod.properties");
    WatchedCors cors = files.watch(Map.of("CORS_PROFILE", "prod"), this::report);
    files.write(ofProfile, "cors.allowed-origins=http://localhost:*");
    files.look();
    assertEquals(refused(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION), reported());
    files.write(ofProfile, "cors.allowed-origins=https://b.example");
    files.look();
    assertEquals(LOADED, reported());
    assertEquals(only("https://b.example"), cors.current());
  }

  @Test
  void the_guard_comes_and_goes() {
    String policy = "cors.allowed-origins=https://a.example\n";
    WatchedCors cors = files.watch(this::report);
    CrossOriginGuard guard =
        CrossOriginGuard.around(only("https://a.example")).exemptPaths("/webhook").build();

    files.write(policy + "cors.guard.enabled=true\ncors.guard.exempt-paths=/webhook\n");
    files.look();
    assertEquals(LOADED, reported());
    assertEquals(guard, cors.current());

    files.write(policy + "cors.guard.exempt-paths=/webhook\n");
    files.look();
    assertEquals(refused(ProblemCode.GUARD_NOT_ENABLED), reported());
    assertEquals(guard, cors.current(), "the old one stays");

    files.write(policy + "cors.guard.enabled=false\n");
    files.look();
    assertEquals(LOADED, reported());
    assertEquals(only("https://a.example"), cors.current());
  }

  @Test
  void a_failure_that_lasts_is_reported_every_ten_minutes() {
    long tenMinutes = Duration.ofMinutes(10).toNanos();
    files.watch(this::report);
    files.now.addAndGet(2 * tenMinutes);
    files.look();
    assertEquals(NOTHING, reported(), "there is no failure");

    files.now.addAndGet(1);
    files.makeUnreadable();
    files.look();
    assertEquals(refused(ProblemCode.CONFIGURATION_UNREADABLE), reported());
    for (int i = 0; i < 2; i++) {
      files.now.addAndGet(tenMinutes);
      files.look();
      assertEquals(NOTHING, reported(), "not yet");
      files.now.addAndGet(1);
      files.look();
      assertEquals(refused(ProblemCode.CONFIGURATION_UNREADABLE), reported());
      files.look();
      assertEquals(NOTHING, reported());
    }

    files.delete();
    files.look();
    assertEquals(refused(ProblemCode.CONFIGURATION_FILE_MISSING), reported(), "another one");

    files.write("cors.allowed-origins=https://a.example");
    files.look();
    assertEquals(LOADED, reported());
    files.now.addAndGet(2 * tenMinutes);
    files.look();
    assertEquals(NOTHING, reported(), "it is over");
  }

  @Test
  void the_same_failure_of_another_content_is_not_reported_again() {
    files.watch(this::report);
    files.write("cors.allowed-origins=https://b.example/");
    files.look();
    assertEquals(refused(ProblemCode.ORIGIN_TRAILING_SLASH), reported());
    files.write("cors.allowed-origins = https://b.example/");
    files.look();
    assertEquals(NOTHING, reported());
  }

  @Test
  void the_log_tells_what_is_loaded_and_what_is_not() {
    LogLines log = files.log();
    WatchedCors cors = files.watch(this::report);
    assertEquals(List.of(), log.next());
    files.write("cors.allowed-origins=https://b.example\ncors.allowed-methods=patch");
    files.look();
    assertEquals(
        List.of(
            "Reloaded the CORS policy from cors.properties.", cors.warnings().get(0).toString()),
        log.next());

    files.write("cors.allowed-origins=https://b.example/");
    files.look();
    List<String> lines = log.next();
    assertEquals(1, lines.size());
    assertTrue(
        lines.get(0).startsWith("The old CORS policy stays. The CORS policy has 1 problem:\n"),
        lines::toString);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_listener_that_fails_does_not_end_the_watch(boolean withError) {
    LogLines log = files.log();
    WatchedCors cors =
        files.watch(
            problems -> {
              if (withError) {
                throw new AssertionError("on purpose");
              }
              throw new IllegalStateException("on purpose");
            });
    for (String origin : List.of("https://b.example", "https://c.example")) {
      files.write("cors.allowed-origins=" + origin);
      files.look();
      assertEquals(only(origin), cors.current());
      assertEquals(
          List.of(
              "Reloaded the CORS policy from cors.properties.",
              "A listener to the reloading of the CORS policy failed."),
          log.next());
    }
  }

  @Test
  void a_handler_of_the_log_that_fails_does_not_end_the_watch() {
    LogLines log = files.log();
    WatchedCors cors = files.watch(this::report);
    log.fails = true;
    files.write("cors.allowed-origins=https://b.example\ncors.allowed-methods=patch");
    files.look();
    assertEquals(LOADED, reported(), "what the log does not take, the listener hears");
    files.write("cors.allowed-origins=https://c.example/");
    files.look();
    assertEquals(refused(ProblemCode.ORIGIN_TRAILING_SLASH), reported());
    files.write("cors.allowed-origins=https://d.example");
    files.look();
    assertEquals(only("https://d.example"), cors.current());
  }

  @Test
  void a_look_that_fails_does_not_end_the_watch() {
    LogLines log = files.log();
    files.watch(this::report);
    Function<Path, Content> reader = files.reader;
    files.reader =
        path -> {
          throw new StackOverflowError();
        };
    files.look();
    assertEquals(List.of("The watcher of the CORS policy failed. It tries again."), log.next());
    files.reader = reader;
    files.write("cors.allowed-origins=https://b.example");
    files.look();
    assertEquals(LOADED, reported());
  }

  @Test
  void what_fails_to_make_a_policy_is_a_problem() {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Function<WatchedFiles.Look, Cors> source =
        look -> {
          if (failure.get() instanceof Error error) {
            throw error;
          } else if (failure.get() instanceof RuntimeException e) {
            throw e;
          }
          return only("https://a.example");
        };
    WatchedCors cors = files.watch(Map.of(), source, this::report);
    for (Throwable wrong : List.of(new IllegalStateException("one"), new AssertionError("two"))) {
      failure.set(wrong);
      files.write(wrong.getMessage());
      files.look();
      assertEquals(refused(ProblemCode.CONFIGURATION_UNREADABLE), reported());
      assertTrue(cors.problems().get(0).toString().contains(wrong.toString()));
    }
  }

  @Test
  void is_not_watched_if_it_is_wrong_to_begin_with() {
    files.write("cors.allowed-origins=https://a.example/");
    assertThrows(InvalidCorsPolicyException.class, () -> files.watch(this::report));
    assertTrue(files.isClosed);
  }

  @Test
  void is_not_watched_if_there_is_no_thread_for_it() {
    WatchedFiles watched = files.files(Map.of());
    assertFalse(watched.isClosed());
    assertThrows(
        OutOfMemoryError.class,
        () ->
            WatchedCors.watching(
                watched,
                look -> CorsPolicy.none(),
                this::report,
                watch -> {
                  throw new OutOfMemoryError("unable to create native thread");
                },
                System::nanoTime));
    assertTrue(watched.isClosed());
  }
}

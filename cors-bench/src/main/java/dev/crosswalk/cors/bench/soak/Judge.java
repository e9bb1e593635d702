package dev.crosswalk.cors.bench.soak;

import dev.crosswalk.cors.bench.soak.SoakRequest.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Says of each answer whether it is that of one policy, whole. Safe for use by several threads. */
final class Judge {

  /** A changed file is in force within two seconds. A machine with other work may take longer. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final int MOST_TOLD = 5;

  private volatile SoakPolicy policy;
  private volatile long since;

  private final AtomicLong right = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final List<String> told = new ArrayList<>();

  Judge(SoakPolicy first) {
    policy = first;
    since = System.nanoTime();
  }

  /** To be called after the file has the policy. */
  void replaced(SoakPolicy next) {
    since = System.nanoTime();
    policy = next;
  }

  /**
   * Judges an answer.
   *
   * @param given the answer
   * @param sent when the request was sent, in the nanoseconds of {@link System#nanoTime()}
   */
  void judge(SoakRequest request, Answer given, long sent) {
    Answer answer = request.judged(given);
    SoakPolicy newest = policy;
    boolean isSettled = sent - since > GRACE.toNanos();
    if (answer.equals(request.answer(newest))
        || !isSettled && answer.equals(request.answer(newest.other()))) {
      right.incrementAndGet();
    } else {
      wrong(
          answer.equals(request.answer(newest.other()))
              ? request + " is answered by the policy of " + GRACE.toSeconds() + " s ago"
              : request + " is answered by " + answer + ", which is neither policy's");
    }
  }

  void wrong(String why) {
    wrong.incrementAndGet();
    synchronized (told) {
      if (told.size() < MOST_TOLD) {
        told.add(why);
      }
    }
  }

  void right() {
    right.incrementAndGet();
  }

  long answers() {
    return right.get() + wrong.get();
  }

  long wrongAnswers() {
    return wrong.get();
  }

  /** The first wrong answers. */
  List<String> told() {
    synchronized (told) {
      return List.copyOf(told);
    }
  }
}

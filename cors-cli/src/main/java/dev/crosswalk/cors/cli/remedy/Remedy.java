package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is wrong, and what to change.
 *
 * @param code of the cause, for programs: {@link Cause}'s, or of what is not CORS
 * @param cause one sentence, or two
 * @param advice what to do, in the order in which to follow them
 * @param grant what the server has to grant; empty if no CORS header changes it
 * @param write what to write word for word, where it is not CORS: header lines, or an element
 */
public record Remedy(
    String code,
    String cause,
    List<Advice> advice,
    Optional<RequiredGrant> grant,
    List<String> write) {

  /**
   * Where the answer shows no other fault: the end of an advice about {@link Topic#NOTHING_ELSE}.
   */
  public static final String NOTHING_ELSE =
      " Nothing else of its CORS configuration is to be changed.";

  /** Solved first by something else than headers. */
  private static final List<String> OTHERWISE =
      List.of(
          "LOGIN_REDIRECT",
          "RATE_LIMIT",
          "FORBIDDEN",
          "CSRF_REFUSED",
          "CACHED_FOR_ANOTHER_ORIGIN",
          "WRONG_PATH",
          "REDIRECT_DOWNGRADE",
          "PREFLIGHT_REDIRECT",
          "ALLOW_ORIGIN_REMOVED",
          "ORIGIN_REMOVED",
          "PREFLIGHT_STRIPPED");

  public Remedy {
    advice = List.copyOf(advice);
    write = List.copyOf(write);
  }

  /** What to do, only in words. */
  public List<String> words() {
    return advice.stream().map(Advice::words).toList();
  }

  /** On what condition the grant helps; empty if there is none. */
  Optional<String> condition() {
    return switch (code) {
      case "HIDDEN", "NOT_A_BROWSER" -> Optional.of("If it turns out to be CORS");
      case "SERVER_REFUSES", "ORIGIN_REFUSED" -> Optional.of("If that origin is yours");
      default -> Optional.empty();
    };
  }

  /** Whether this library answers, so that its policy is what has to grant it. */
  public boolean isOfCrosswalk() {
    return advice.stream().anyMatch(each -> each.isAbout(Topic.POLICY_OF_CROSSWALK));
  }

  /** What to add to a policy of this library. Credentials are judged before methods and headers. */
  List<String> toAdd(RequiredGrant wanted) {
    boolean credentialsAllowed =
        code.equals("METHOD_NOT_ALLOWED") || code.equals("HEADER_NOT_ALLOWED");
    return wanted.additions(credentialsAllowed);
  }

  /** What a server has to grant, if that alone helps. */
  public Optional<RequiredGrant> byHeaders() {
    boolean otherwise =
        OTHERWISE.contains(code)
            || advice.stream()
                .anyMatch(each -> each.isAbout(Topic.VALUE_ALONE, Topic.NOTHING_ELSE));
    return otherwise ? Optional.empty() : grant;
  }

  /** The same, so that it keeps what the server's answers list already. */
  public Remedy keeping(ExistingGrant kept) {
    return new Remedy(code, cause, advice, grant.map(wanted -> wanted.keeping(kept)), write);
  }

  /** The same, with credentials, which the server allows this page already; over http to nobody. */
  public Remedy keepingCredentials() {
    return new Remedy(
        code,
        cause,
        advice,
        grant.map(
            wanted -> {
              RequiredGrant all = wanted.withCredentials();
              return all.policy().isEmpty() ? wanted : all;
            }),
        write);
  }

  /** The same, and what else its answer shows. */
  public Remedy andThen(List<String> next) {
    return next.isEmpty()
        ? this
        : withOnlyAdvice(
                advice.stream()
                    .map(
                        each ->
                            each.isAbout(Topic.NOTHING_ELSE)
                                ? each.about(Topic.NONE)
                                    .worded(words -> words.replace(NOTHING_ELSE, ""))
                                : each)
                    .toList())
            .withAdvice(next);
  }

  /** The same, and more to do. */
  public Remedy withAdvice(List<String> more) {
    List<Advice> all = new ArrayList<>(advice);
    Advice.all(more).stream().filter(each -> !all.contains(each)).forEach(all::add);
    return withOnlyAdvice(all);
  }

  /**
   * The same, and one thing more to do.
   *
   * @param place how many others come before it; it is the last if there are fewer
   */
  public Remedy withAdvice(int place, Advice more) {
    List<Advice> all = new ArrayList<>(advice);
    all.add(Math.min(place, all.size()), more);
    return withOnlyAdvice(all);
  }

  /** The same, with this to do and nothing else. */
  public Remedy withOnlyAdvice(List<Advice> all) {
    return new Remedy(code, cause, all, grant, write);
  }

  /** The same, with this to grant. */
  public Remedy granting(RequiredGrant all) {
    return new Remedy(code, cause, advice, Optional.of(all), write);
  }

  /** The same, with each text changed. */
  public Remedy worded(UnaryOperator<String> change) {
    return new Remedy(
        code,
        change.apply(cause),
        advice.stream().map(each -> each.worded(change)).toList(),
        grant,
        write.stream().map(change).toList());
  }

  /** The same, with what is wrong in other words. */
  public Remedy withCause(String words) {
    return new Remedy(code, words, advice, grant, write);
  }

  public static Remedy of(String code, String cause, List<String> advice, RequiredGrant grant) {
    return of(code, cause, advice, Optional.of(grant), List.of());
  }

  /** With advice of which none has a topic. */
  public static Remedy of(
      String code,
      String cause,
      List<String> advice,
      Optional<RequiredGrant> grant,
      List<String> write) {
    return new Remedy(code, cause, Advice.all(advice), grant, write);
  }

  /** What a server has to grant, with advice that may have topics. */
  public static Remedy granting(
      String code, String cause, List<Advice> advice, RequiredGrant grant) {
    return new Remedy(code, cause, advice, Optional.of(grant), List.of());
  }

  public static Remedy notCors(String code, String cause, String... advice) {
    return of(code, cause, List.of(advice), Optional.empty(), List.of());
  }

  /** Which answer, by its role and status, at the start of a sentence. */
  public static String answer(Where where) {
    return (where.preflight() ? "The answer to the preflight" : "The response")
        + (where.status() == 0 ? "" : " (" + where.status() + ")");
  }
}

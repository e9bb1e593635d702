package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsObserver.Event;
import dev.crosswalk.cors.internal.syntax.PathTable;
import dev.crosswalk.cors.internal.syntax.RequestPath;
import dev.crosswalk.cors.internal.syntax.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Cors} that asks others. For each request it asks one of them, and may do something about
 * the decision. All that is the same whichever it asks is here: deciding again, warnings, and
 * whether asking would lead back to where it began.
 */
abstract class Combined implements Cors {

  private static final Proceed NOT_CORS = new Proceed(Kind.NOT_CORS);
  private static final Proceed ACTUAL = new Proceed(Kind.ACTUAL);
  private static final Proceed PREFLIGHT = new Proceed(Kind.PREFLIGHT);

  /** Returns all that it may ask, as far as it is known. */
  abstract Collection<? extends Cors> parts();

  /** Returns the one to ask about a request; null if the request has no policy. */
  abstract <Q> @Nullable Cors chosen(Q request, RequestReader<? super Q> reader);

  /** Makes of a decision what this decides. */
  <Q> CorsDecision made(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
    return decision;
  }

  /** Tells whoever has to know of a decision, once for each request. */
  <Q> void tell(CorsDecision decision, Q request, RequestReader<? super Q> reader) {}

  @Override
  public final <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    Cors cors = chosen(request, reader);
    CorsDecision decision =
        cors == null ? withoutPolicy(request, reader) : cors.decide(request, reader);
    CorsDecision made = made(decision, request, reader);
    tell(made, request, reader);
    return made;
  }

  @Override
  public final <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
    Cors cors = chosen(request, reader);
    CorsDecision decision =
        cors == null ? withoutPolicy(request, reader) : cors.decideAgain(request, reader);
    return made(decision, request, reader);
  }

  private static <Q> Proceed withoutPolicy(Q request, RequestReader<? super Q> reader) {
    if (reader.header(request, "Origin") == null) {
      return NOT_CORS;
    }
    String method =
        reader.method(request).equals("OPTIONS")
            ? reader.header(request, "Access-Control-Request-Method")
            : null;
    return method == null || method.isEmpty() ? ACTUAL : PREFLIGHT;
  }

  @Override
  public List<PolicyProblem> warnings() {
    Set<PolicyProblem> warnings = new LinkedHashSet<>();
    for (Cors part : parts()) {
      warnings.addAll(part.warnings());
    }
    return List.copyOf(warnings);
  }

  /** Whether to ask one may be to ask another. */
  static boolean leads(Cors from, Cors to) {
    return leads(from, to, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean leads(Cors from, Cors to, Set<Cors> asked) {
    return from == to
        || from instanceof Combined combined
            && asked.add(from)
            && combined.parts().stream().anyMatch(part -> leads(part, to, asked));
  }

  /** The policy of the longest path that covers the request's. See {@link Cors#byPath}. */
  static final class ByPath extends Combined {

    static final String PATHS = Setting.PATHS.key();

    /** Segments that some servers drop, or read as something else. */
    private static final Pattern DROPPED = Pattern.compile("//|\\.(/|$)|/\\.\\.");

    /** By path, the longest first, then in alphabetical order. */
    private final Map<String, Cors> policies;

    private final PathTable<Cors> table;

    /**
     * @param policies policies by paths that {@link #problem} finds nothing wrong with
     */
    ByPath(Map<String, ? extends Cors> policies) {
      this.policies =
          new TreeMap<>(
              Comparator.comparingInt((String path) -> path.equals("/") ? 0 : path.length())
                  .reversed()
                  .thenComparing(Comparator.naturalOrder()));
      this.policies.putAll(policies);
      table = new PathTable<>(Map.of(), policies);
    }

    /** As {@link Cors#byPath} describes it. */
    static ByPath of(@Nullable Map<String, ? extends Cors> policies) {
      List<PolicyProblem> problems = new ArrayList<>();
      if (policies == null || policies.isEmpty()) {
        problems.add(missing(PATHS, null));
        throw new InvalidCorsPolicyException(problems);
      }
      Map<String, String> spellings = new HashMap<>();
      int index = 0;
      for (Map.Entry<String, ? extends Cors> entry : policies.entrySet()) {
        PolicyProblem problem = problem(entry.getKey(), PATHS, index, null, spellings);
        if (problem != null) {
          problems.add(problem);
        } else if (entry.getValue() == null) {
          problems.add(ProblemCode.POLICY_MISSING.at(PATHS, entry.getKey(), index, null));
        }
        index++;
      }
      if (!problems.isEmpty()) {
        throw new InvalidCorsPolicyException(problems);
      }
      return new ByPath(policies);
    }

    static PolicyProblem missing(String setting, @Nullable String source) {
      return ProblemCode.PATH_MISSING.at(setting, null, -1, source);
    }

    /**
     * Returns what is wrong with the path of a policy, or null.
     *
     * @param spellings of the paths so far, as {@link RequestPath#inAnotherCase} takes them
     */
    static @Nullable PolicyProblem problem(
        @Nullable String path,
        String setting,
        int index,
        @Nullable String source,
        Map<String, String> spellings) {
      ProblemCode code;
      String meant = "";
      if (path == null || path.isBlank()) {
        code = ProblemCode.PATH_EMPTY;
      } else if (path.contains("://")) {
        code = ProblemCode.PATH_URL;
      } else if (path.endsWith("/*") || path.endsWith("/**")) {
        meant = path.substring(0, path.lastIndexOf('/'));
        code = isWild(meant) ? ProblemCode.PATH_VARIABLE : ProblemCode.PATH_WILDCARD;
      } else if (isWild(path)) {
        code = ProblemCode.PATH_VARIABLE;
      } else if (path.charAt(0) != '/') {
        code = ProblemCode.PATH_RELATIVE;
        meant = "/" + path;
      } else if (path.length() > 1 && path.endsWith("/") && RequestPath.isPrefix(trimmed(path))) {
        code = ProblemCode.PATH_TRAILING_SLASH;
        meant = path;
      } else if (DROPPED.matcher(path).find()) {
        code = ProblemCode.PATH_NOT_NORMAL;
      } else if (!RequestPath.isPrefix(path)) {
        code = ProblemCode.PATH_INVALID;
      } else {
        String other = RequestPath.inAnotherCase(path, spellings);
        return other == null
            ? null
            : ProblemCode.PATH_CASE.at(setting, path, index, source, Text.quote(other));
      }
      boolean isPath = !meant.isEmpty() && RequestPath.isPrefix(trimmed(meant));
      return code.at(setting, path, index, source)
          .instead(isPath ? List.of(trimmed(meant)) : List.of());
    }

    private static boolean isWild(String path) {
      return path.indexOf('*') >= 0 || path.indexOf('{') >= 0;
    }

    private static String trimmed(String path) {
      String trimmed = path;
      while (trimmed.endsWith("/")) {
        trimmed = trimmed.substring(0, trimmed.length() - 1);
      }
      return trimmed.isEmpty() ? "/" : trimmed;
    }

    @Override
    Collection<Cors> parts() {
      return policies.values();
    }

    @Override
    <Q> @Nullable Cors chosen(Q request, RequestReader<? super Q> reader) {
      return table.get(reader.path(request));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ByPath byPath && policies.equals(byPath.policies);
    }

    @Override
    public int hashCode() {
      return policies.hashCode();
    }

    /** Returns the policies as named ones in a configuration file, the longest path first. */
    @Override
    public String toString() {
      Map<Cors, List<String>> paths = new LinkedHashMap<>();
      policies.forEach(
          (path, cors) -> paths.computeIfAbsent(cors, unnamed -> new ArrayList<>()).add(path));
      List<String> lines = new ArrayList<>();
      Set<String> names = new LinkedHashSet<>();
      paths.forEach(
          (cors, covered) -> {
            String prefix = "cors.policies." + name(covered.get(0), names) + ".";
            lines.add(prefix + PATHS + "=" + String.join(", ", covered));
            cors.toString()
                .lines()
                .map(line -> cors instanceof CorsPolicy ? prefix + line.substring(5) : "# " + line)
                .forEach(lines::add);
          });
      return String.join("\n", lines);
    }

    private static String name(String path, Set<String> names) {
      StringBuilder name = new StringBuilder();
      for (char c : path.toLowerCase(Locale.ROOT).substring(1).toCharArray()) {
        name.append(Character.isLetterOrDigit(c) ? c : '-');
      }
      String base = name.isEmpty() ? "root" : name.toString();
      String unique = base;
      for (int i = 2; !names.add(unique); i++) {
        unique = base + "-" + i;
      }
      return unique;
    }
  }

  /** Tells an observer of each decision. See {@link Cors#observed}. */
  static final class Observed extends Combined {

    private final Cors cors;
    private final Told told;

    Observed(Cors cors, CorsObserver observer) {
      this.cors = cors;
      this.told = new Told(observer);
    }

    @Override
    List<Cors> parts() {
      return List.of(cors);
    }

    @Override
    <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
      return cors;
    }

    @Override
    <Q> void tell(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
      told.of(decision, request, reader);
    }

    /** {@return what is observed} */
    @Override
    public String toString() {
      return cors.toString();
    }
  }

  /** Enforces one policy and reports what another would refuse. See {@link Cors#reportOnly}. */
  static final class ReportOnly extends Combined {

    private final Cors enforced;
    private final Cors stricter;
    private final Told told;

    ReportOnly(Cors enforced, Cors stricter, CorsObserver observer) {
      this.enforced = enforced;
      this.stricter = stricter;
      this.told = new Told(observer);
    }

    @Override
    List<Cors> parts() {
      return List.of(enforced, stricter);
    }

    @Override
    <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
      return enforced;
    }

    @Override
    <Q> void tell(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
      CorsDecision tried = stricter.decide(request, reader);
      if (isStricter(decision.outcome(), tried.outcome())) {
        told.of(tried, request, reader);
      }
    }

    private static boolean isStricter(Outcome enforced, Outcome tried) {
      if (tried.isWriteRefusal()) {
        return !enforced
            .isWriteRefusal(); // A request that no policy allows is handled all the same.
      }
      return enforced == Outcome.ALLOWED && (tried.isRefusal() || tried == Outcome.NO_POLICY);
    }

    /** {@return what is enforced} */
    @Override
    public String toString() {
      return enforced.toString();
    }
  }

  /** An observer that cannot break a request. */
  static final class Told {

    private final CorsObserver observer;
    private final AtomicBoolean failed = new AtomicBoolean();

    Told(CorsObserver observer) {
      this.observer = observer;
    }

    <Q> void of(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
      try {
        observer.decided(new Event(decision, request, reader));
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        if (!failed.getAndSet(true)) {
          System.getLogger("dev.crosswalk.cors")
              .log(
                  System.Logger.Level.WARNING,
                  "An observer of CORS decisions failed. The request proceeds, and further failures"
                      + " are not logged.",
                  e);
        }
      }
    }
  }
}

package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import dev.crosswalk.cors.NoPolicy.By;
import dev.crosswalk.cors.internal.log.Log;
import dev.crosswalk.cors.internal.origin.RequestHost;
import dev.crosswalk.cors.internal.syntax.PathTable;
import dev.crosswalk.cors.internal.syntax.RequestPath;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import dev.crosswalk.cors.internal.syntax.TokenList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Cors} that asks another one for each request. Here is what all of them share: deciding
 * again, warnings, and the check for cycles.
 */
abstract class Combined implements Cors {

  /** Returns all that it may ask, as far as that is known. */
  abstract Collection<? extends Cors> parts();

  /** Returns the one to ask about a request. */
  abstract <Q> Cors chosen(Q request, RequestReader<? super Q> reader);

  /** Turns the other one's decision into this one's. */
  <Q> CorsDecision adapted(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
    return decision;
  }

  /** Reports a decision, once for each request. */
  <Q> void tell(CorsDecision decision, Q request, RequestReader<? super Q> reader) {}

  @Override
  public final <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    CorsDecision decision = chosen(request, Argument.reader(reader)).decide(request, reader);
    CorsDecision adapted = adapted(decision, request, reader);
    tell(adapted, request, reader);
    return adapted;
  }

  @Override
  public final <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
    CorsDecision decision = chosen(request, Argument.reader(reader)).decideAgain(request, reader);
    return adapted(decision, request, reader);
  }

  /** Covers no request. */
  private record Nothing(Proceed notCors, Proceed actual, Proceed preflight) implements Cors {

    Nothing(By by) {
      this(
          new Proceed(new NoPolicy(by, Kind.NOT_CORS)),
          new Proceed(new NoPolicy(by, Kind.ACTUAL)),
          new Proceed(new NoPolicy(by, Kind.PREFLIGHT)));
    }

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      if (reader.header(request, "Origin") == null) {
        return notCors;
      }
      return Protocol.requestedMethod(request, reader) == null ? actual : preflight;
    }
  }

  @Override
  public List<PolicyProblem> warnings() {
    Set<PolicyProblem> warnings = new LinkedHashSet<>();
    for (Cors part : parts()) {
      warnings.addAll(part.warnings());
    }
    return List.copyOf(warnings);
  }

  /** Whether asking the one may lead to asking the other. */
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

    private static final Cors NOTHING = new Nothing(By.PATH);

    /** Longest path first, then in alphabetical order. */
    private final Map<String, Cors> policies;

    private final PathTable<Cors> table;

    /**
     * @param policies policies by paths that {@link PathValidation} finds nothing wrong with
     */
    ByPath(Map<String, ? extends Cors> policies) {
      this.policies =
          new TreeMap<>(
              Comparator.comparingInt(String::length)
                  .reversed()
                  .thenComparing(Comparator.naturalOrder()));
      this.policies.putAll(policies);
      table = new PathTable<>(Map.of(), policies);
    }

    /** See {@link Cors#byPath}. */
    static ByPath of(Map<String, ? extends Cors> policies) {
      List<PolicyProblem> problems = new ArrayList<>();
      if (policies.isEmpty()) {
        problems.add(ProblemCode.PATH_MISSING.at(PATHS, null, -1, null));
        throw new InvalidCorsPolicyException(problems);
      }
      PathValidation validation = new PathValidation();
      for (Map.Entry<String, ? extends Cors> entry : policies.entrySet()) {
        PolicyProblem problem = validation.problem(entry.getKey(), PATHS, -1, null);
        if (problem != null) {
          problems.add(problem);
        } else if (entry.getValue() == null) {
          problems.add(ProblemCode.POLICY_MISSING.at(PATHS, entry.getKey(), -1, null));
        }
      }
      if (!problems.isEmpty()) {
        throw new InvalidCorsPolicyException(problems);
      }
      return new ByPath(policies);
    }

    @Override
    Collection<Cors> parts() {
      return policies.values();
    }

    Set<String> paths() {
      return policies.keySet();
    }

    @Override
    <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
      Cors cors = table.get(reader.path(request));
      return cors == null ? NOTHING : cors;
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
            String prefix = Setting.PREFIX + Setting.POLICIES + name(covered.get(0), names) + ".";
            lines.add(prefix + PATHS + "=" + String.join(", ", covered));
            cors.toString()
                .lines()
                .map(
                    line ->
                        cors instanceof CorsPolicy
                            ? prefix + line.substring(Setting.PREFIX.length())
                            : "# " + line)
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

  /** The policy of the request's host. See {@link Cors#byHost}. */
  static final class ByHost extends Combined {

    private static final String HOSTS = "hosts";

    private static final Cors NOTHING = new Nothing(By.HOST);

    private final Map<String, Cors> policies;

    /**
     * @param policies policies by hosts that browsers send, in any case
     */
    private ByHost(Map<String, Cors> policies) {
      this.policies = policies;
    }

    /** See {@link Cors#byHost}. */
    static ByHost of(Map<String, ? extends Cors> policies) {
      Map<String, Cors> right = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      List<PolicyProblem> problems = new ArrayList<>();
      for (Map.Entry<String, ? extends Cors> entry : policies.entrySet()) {
        String host = entry.getKey();
        if (host != null && RequestHost.hasDefaultPort(host)) {
          problems.add(ProblemCode.HOST_PORT_DEFAULT.at(HOSTS, host, -1, null));
        } else if (host != null && host.contains("*")) {
          problems.add(ProblemCode.HOST_WILDCARD.at(HOSTS, host, -1, null));
        } else if (host == null || !RequestHost.isSent(host)) {
          List<String> meant = host == null ? List.of() : RequestHost.suggestions(host);
          problems.add(ProblemCode.HOST_INVALID.at(HOSTS, host, -1, null).instead(meant));
        } else if (entry.getValue() == null) {
          problems.add(ProblemCode.POLICY_MISSING.at(HOSTS, host, -1, null));
        } else if (right.put(host, entry.getValue()) != null) {
          problems.add(ProblemCode.HOST_DUPLICATE.at(HOSTS, host, -1, null));
        }
      }
      if (policies.isEmpty()) {
        problems.add(ProblemCode.HOST_MISSING.at(HOSTS, null, -1, null));
      }
      if (!problems.isEmpty()) {
        throw new InvalidCorsPolicyException(problems);
      }
      return new ByHost(right);
    }

    @Override
    Collection<Cors> parts() {
      return policies.values();
    }

    @Override
    <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
      String text = RequestSite.host(request, reader);
      RequestHost host = text == null ? null : RequestHost.of(text);
      if (host == null) {
        return NOTHING;
      }
      Cors cors = policies.get(host.name() + host.port());
      return cors != null ? cors : policies.getOrDefault(host.name(), NOTHING);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ByHost byHost && policies.equals(byHost.policies);
    }

    /** Of the policies alone, because the case of a host makes no difference. */
    @Override
    public int hashCode() {
      return new HashSet<>(policies.values()).hashCode();
    }

    @Override
    public String toString() {
      return "# by host: " + policies.keySet();
    }
  }

  /** The policy that a function chooses. See {@link Cors#choosing}. */
  static final class Choosing extends Combined {

    /** Headers that reveal the origin or the kind of request. Only policies may decide by these. */
    private static final Set<String> REVEALING_HEADERS =
        Set.of(
            "origin",
            "referer",
            "sec-fetch-site",
            "access-control-request-method",
            "access-control-request-headers");

    /** One for all requests, so it keeps neither a stack trace nor what else was thrown. */
    private static final RuntimeException SEVERAL_READINGS =
        new RuntimeException("The path can be read in several ways", null, false, false) {
          private static final long serialVersionUID = 1L;
        };

    private static final Cors NOTHING = new Nothing(By.FUNCTION);

    /** How many decisions are kept; a power of two. */
    private static final int VARIED = 64;

    private record Varied(CorsDecision chosen, CorsDecision varied) {}

    private final Chooser chooser;
    private final Set<String> headers;

    /** What {@code Vary} has to name. */
    private final TokenList varying;

    /** Recent decisions of policies, and the same with {@code Vary}. A race makes one again. */
    private final @Nullable Varied[] varied = new Varied[VARIED];

    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * @param headers names of headers that reveal nothing of the origin, in any case
     */
    private Choosing(Chooser chooser, Set<String> headers) {
      this.chooser = chooser;
      this.headers = headers;
      varying = new TokenList(headers);
    }

    /** See {@link Cors#choosing}. */
    static Choosing of(Chooser chooser, String... headers) {
      Set<String> right = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      List<PolicyProblem> problems = new ArrayList<>();
      for (int i = 0; i < headers.length; i++) {
        String name = headers[i];
        if (name == null || !Token.isToken(name) || name.contains("*")) {
          problems.add(ProblemCode.REQUEST_HEADER_INVALID.at("headers", name, i, null));
        } else if (REVEALING_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
          problems.add(ProblemCode.CHOICE_BY_ORIGIN.at("headers", name, i, null));
        } else if (name.equalsIgnoreCase("host")) {
          problems.add(ProblemCode.CHOICE_BY_HOST_HEADER.at("headers", name, i, null));
        } else {
          right.add(name);
        }
      }
      if (!problems.isEmpty()) {
        throw new InvalidCorsPolicyException(problems);
      }
      return new Choosing(chooser, right);
    }

    @Override
    List<Cors> parts() {
      return List.of();
    }

    @Override
    <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
      try {
        CorsPolicy policy = chooser.choose(facts(request, reader));
        return policy == null ? NOTHING : policy;
      } catch (Throwable e) {
        if (e != SEVERAL_READINGS) {
          Log.firstFailure(
              failed,
              "Choosing a CORS policy failed. The request has no policy, and further failures are"
                  + " not logged.",
              e);
        }
        return NOTHING;
      }
    }

    private <Q> Chooser.Facts facts(Q request, RequestReader<? super Q> reader) {
      return new Chooser.Facts() {
        @Override
        public String path() {
          String path = reader.path(request);
          if (!RequestPath.isPlain(path)) {
            throw SEVERAL_READINGS;
          }
          return path;
        }

        @Override
        public @Nullable String host() {
          String host = RequestSite.host(request, reader);
          return host == null ? null : RequestHost.normalized(host);
        }

        @Override
        public @Nullable String header(String name) {
          if (!headers.contains(name)) {
            throw new IllegalArgumentException(
                "Name the header " + Text.quote(name) + " in choosing(...), so that Vary has it");
          }
          return reader.header(request, name);
        }
      };
    }

    @Override
    <Q> CorsDecision adapted(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
      if (headers.isEmpty()) {
        return decision;
      }
      int slot = System.identityHashCode(decision) & VARIED - 1;
      Varied known = varied[slot];
      if (known == null || known.chosen != decision) {
        known =
            new Varied(
                decision,
                decision instanceof Proceed proceed
                    ? new Proceed(proceed, varying)
                    : new Respond((Respond) decision, varying));
        varied[slot] = known;
      }
      return known.varied;
    }

    @Override
    public String toString() {
      return "# chosen for each request";
    }
  }
}

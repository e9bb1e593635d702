package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a reviewer has to know of policies: what is dangerous or doubtful, then who may do what.
 *
 * @param alerts the worst first
 * @param rows a policy each, the shortest path first
 * @param guard who may change something, as sentences; empty if nothing is guarded
 */
public record Overview(List<Alert> alerts, List<Row> rows, List<String> guard) {

  /** Next to any website may read then, as where every origin may. */
  private static final Set<ProblemCode> OF_ANYONE =
      Set.of(
          ProblemCode.ORIGIN_ANY_DOMAIN_WITHOUT_CREDENTIALS,
          ProblemCode.ORIGIN_PUBLIC_SUFFIX_WITHOUT_CREDENTIALS);

  /** How bad an alert is. */
  public enum Level {
    /** Anybody can be one of the origins. */
    DANGER,
    /** It is open to everybody, which is right for public data. */
    OPEN,
    /** It does what it says, but that is probably not what was meant. */
    WARNING
  }

  /**
   * Something to look at first.
   *
   * @param text a sentence, for a person
   */
  public record Alert(Level level, String text) {}

  /**
   * What one policy grants, for a person.
   *
   * @param paths where, with everything below
   * @param sample a path of them
   * @param origins who may read
   * @param keptFor how long browsers keep the answer to a preflight
   * @param further what pages may do beside that
   */
  public record Row(
      List<String> paths,
      String sample,
      List<String> origins,
      boolean credentials,
      List<String> methods,
      List<String> requestHeaders,
      List<String> exposedHeaders,
      String keptFor,
      List<String> further) {}

  /**
   * What a page of one origin may do on the paths of one policy.
   *
   * @param answer what the policy says to it, with the reason
   */
  public record Answer(List<String> paths, boolean allowed, String answer) {}

  /**
   * Makes the overview of all policies, or of the one that decides about a path.
   *
   * @param path of a request; empty for all
   * @throws IllegalArgumentException if no policy covers the path
   */
  public static Overview of(Policies policies, Optional<String> path) {
    Map<CorsPolicy, List<String>> byPolicy = new LinkedHashMap<>();
    if (path.isPresent()) {
      Rights rights =
          policies
              .at(path.get())
              .filter(covering -> isCovered(policies, path.get()))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "No policy covers "
                              + path.get()
                              + (policies.at(path.get()).isEmpty()
                                  ? ""
                                  : ": servers may read this path in several ways, by its case or"
                                      + " its encoding, and these have different policies")
                              + ". There are policies for "
                              + String.join(", ", policies.policies().keySet())
                              + "."));
      byPolicy.put(rights.policy(), List.of(path.get()));
    } else {
      policies
          .policies()
          .forEach(
              (covered, rights) ->
                  byPolicy
                      .computeIfAbsent(rights.policy(), unseen -> new ArrayList<>())
                      .add(covered));
    }
    List<Alert> alerts = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    byPolicy.forEach(
        (policy, paths) -> {
          Rights rights = Rights.of(policy);
          dangers(paths, rights, alerts);
          rows.add(row(paths, rights));
        });
    for (PolicyProblem warning : policies.cors().warnings()) {
      Level level = OF_ANYONE.contains(warning.code()) ? Level.OPEN : Level.WARNING;
      alerts.add(new Alert(level, warning.toString()));
    }
    alerts.sort(java.util.Comparator.comparing(Alert::level));
    return new Overview(
        alerts.stream().distinct().toList(),
        rows,
        policies.guard().map(Overview::guard).orElse(List.of()));
  }

  private static boolean isCovered(Policies policies, String path) {
    return Right.NO_POLICY.ask(policies.cors(), path, "https://some.example", "") == 0;
  }

  /** What a validation would say if the origin were not called dangerous. */
  private static void dangers(List<String> paths, Rights rights, List<Alert> alerts) {
    String where = GrantText.paths(paths);
    for (String origin : rights.dangerous()) {
      CorsPolicy.Builder alone = CorsPolicy.builder().allowOrigins(origin);
      String reason = "anyone can send this origin";
      try {
        CorsPolicy policy = (rights.credentials() ? alone.allowCredentials() : alone).build();
        reason =
            policy.warnings().stream()
                .filter(warning -> OF_ANYONE.contains(warning.code()))
                .map(PolicyProblem::reason)
                .findFirst()
                .orElse("anyone on the network can forge its pages");
      } catch (InvalidCorsPolicyException e) {
        reason = e.problems().get(0).reason();
      }
      alerts.add(new Alert(Level.DANGER, origin + " may read " + where + ": " + reason + "."));
    }
    if (rights.origins().isAny()) {
      alerts.add(
          new Alert(Level.OPEN, "Every website may read " + where + ", without credentials."));
    }
    if (rights.embedding()) {
      alerts.add(new Alert(Level.OPEN, "Every website may embed the responses of " + where + "."));
    }
  }

  private static Row row(List<String> paths, Rights rights) {
    List<String> origins = new ArrayList<>();
    if (rights.origins().isAny()) {
      origins.add("every origin");
    } else if (rights.origins().isEmpty()) {
      origins.add("no one");
    } else {
      origins.addAll(rights.written("allowed-origins"));
      rights.dangerous().forEach(origin -> origins.add(origin + " (dangerous)"));
    }
    List<String> methods = new ArrayList<>(List.of("GET", "HEAD", "POST"));
    if (rights.methods().isAny()) {
      methods = List.of("every method");
    } else {
      methods.addAll(rights.methods().listed());
    }
    List<String> further = new ArrayList<>();
    if (rights.timing()) {
      further.add("see in detail how long a response took");
    }
    if (rights.embedding()) {
      further.add("embed responses without CORS");
    }
    return new Row(
        paths,
        paths.get(0),
        origins,
        rights.credentials(),
        methods,
        named(rights.written("allowed-request-headers"), "every header"),
        named(rights.written("exposed-response-headers"), "every header"),
        rights
            .maxAge()
            .map(maxAge -> GrantText.duration(maxAge.toSeconds()))
            .orElse("5 s (the browsers' default)"),
        further);
  }

  private static List<String> named(List<String> names, String every) {
    return names.stream().map(name -> name.equals("*") ? every : name).toList();
  }

  private static List<String> guard(Policies.Guard guard) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        guard.trusted().isEmpty()
            ? "Pages of no other origin may send requests that change something."
            : "These origins may send requests that change something: "
                + String.join(", ", guard.trusted().patterns())
                + ".");
    if (!guard.exempt().isEmpty()) {
      sentences.add("Not guarded: " + String.join(", ", guard.exempt()) + ".");
    }
    if (!guard.exemptBelow().isEmpty()) {
      sentences.add(
          "Not guarded, with everything below: " + String.join(", ", guard.exemptBelow()) + ".");
    }
    return sentences;
  }

  /** Asks what decides about a page of an origin, on the paths of each row. */
  public List<Answer> answers(Policies policies, String origin) {
    List<Answer> answers = new ArrayList<>();
    for (Row row : rows) {
      Cors.Request get = Cors.Request.of("GET", row.sample()).from(origin);
      CorsDecision decision = policies.cors().decide(get);
      boolean allowed = decision.outcome() == CorsDecision.Outcome.ALLOWED;
      StringBuilder answer =
          new StringBuilder(decision.explanation(get, Cors.Request.READER).strip());
      if (allowed) {
        answer.append(
            row.credentials() ? " Its scripts may send credentials." : " Without credentials.");
        answer.append(" Methods: ").append(String.join(", ", row.methods())).append('.');
        if (!row.requestHeaders().isEmpty()) {
          answer
              .append(" Request headers: ")
              .append(String.join(", ", row.requestHeaders()))
              .append('.');
        }
      }
      answers.add(new Answer(row.paths(), allowed, answer.toString()));
    }
    return answers;
  }
}

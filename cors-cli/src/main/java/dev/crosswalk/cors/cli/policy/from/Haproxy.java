package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HAProxy: headers of {@code http-response} and {@code http-after-response}, with ACLs. */
final class Haproxy {

  private static final Set<String> SECTIONS =
      Set.of("frontend", "backend", "listen", "defaults", "global");

  /** What {@code return} answers itself. */
  private static final String RETURNED = "return";

  private final Map<String, List<Directive>> acls = new HashMap<>();
  private final Map<String, Directive> variables = new HashMap<>();
  private final String file;
  private final List<Finding> findings;

  private Haproxy(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<Draft> read(Directive root, String file, List<Finding> findings) {
    Haproxy haproxy = new Haproxy(file, findings);
    List<Draft> drafts = new ArrayList<>();
    List<Directive> section = new ArrayList<>();
    for (Directive line : root.block()) {
      if (SECTIONS.contains(line.name())) {
        haproxy.section(section, drafts);
        section.clear();
      }
      section.add(line);
    }
    haproxy.section(section, drafts);
    return drafts;
  }

  private void section(List<Directive> lines, List<Draft> drafts) {
    acls.clear();
    variables.clear();
    for (Directive line : lines) {
      if (line.is("acl")) {
        acls.computeIfAbsent(line.word(0), unseen -> new ArrayList<>()).add(line);
      } else if (line.is("http-request") && line.word(0).startsWith("set-var(")) {
        variables.put(line.word(0).substring("set-var(".length()).replace(")", ""), line);
      } else if (line.rest(0).startsWith("lua.cors")) {
        new Draft(file, findings)
            .report(
                Level.DROPPED,
                line.line(),
                "a script decides here, and is not read; list its origins in the policy");
      }
    }
    List<Directive> headers =
        lines.stream()
            .filter(line -> line.is("http-response") || line.is("http-after-response"))
            .filter(line -> line.word(0).equals("set-header") || line.word(0).equals("add-header"))
            .collect(Collectors.toCollection(ArrayList::new));
    lines.stream().filter(line -> line.is("rspadd")).map(Haproxy::added).forEach(headers::add);
    lines.stream().flatMap(Haproxy::returned).forEach(headers::add);
    List<Directive> origins =
        headers.stream()
            .filter(line -> line.word(1).equalsIgnoreCase(GrantHeaders.ALLOW_ORIGIN))
            .toList();
    if (origins.isEmpty()) {
      return;
    }
    Draft draft = new Draft(file, findings);
    draft.line = origins.get(0).line();
    boolean credentials =
        headers.stream().anyMatch(l -> l.word(1).equalsIgnoreCase(GrantHeaders.ALLOW_CREDENTIALS));
    for (Directive line : origins) {
      if (isLeftOut(line, draft)) {
        continue;
      }
      origin(line, draft, credentials);
      if (line.is("http-response")) {
        draft.report(
            Level.BROKEN,
            line.line(),
            "http-response leaves out HAProxy's own answers, such as a 503; http-after-response is on"
                + " them, too");
      }
      if (line.word(0).equals("add-header")) {
        draft.report(
            Level.BROKEN,
            line.line(),
            "add-header sends a second header where the upstream has one: browsers refuse two");
      }
    }
    boolean isAfter =
        origins.stream()
            .filter(line -> !line.word(0).equals(RETURNED))
            .allMatch(line -> line.is("http-after-response"));
    lines.stream()
        .filter(line -> line.is("http-request") && line.word(0).equals("return"))
        .filter(line -> !isAfter && line.words().contains("METH_OPTIONS"))
        .filter(line -> !line.words().contains("hdr"))
        .forEach(
            line ->
                draft.report(
                    Level.BROKEN,
                    line.line(),
                    "http-response is not on what return answers, so the preflight has no headers, and"
                        + " nothing that needs one ever worked; the policy allows it"));
    for (Directive line : headers) {
      boolean isOfCors = line.word(1).toLowerCase(Locale.ROOT).startsWith("access-control-");
      if (isOfCors && !isLeftOut(line, draft)) {
        draft.field(line.word(1), line.word(2), line.line());
        draft.limits.on(
            line.word(1),
            line.word(2),
            new HaproxyCondition(acls, variables).methods(line),
            line.line());
      }
    }
    drafts.add(draft);
  }

  private boolean isLeftOut(Directive line, Draft draft) {
    HaproxyCondition condition = new HaproxyCondition(acls, variables);
    condition.methods(line);
    variable(line.word(2)).ifPresent(condition::methods);
    condition
        .other()
        .ifPresent(
            test ->
                draft.report(
                    Level.DROPPED,
                    line.line(),
                    "this header has a condition that is not read, so it is left out: " + test));
    return condition.other().isPresent();
  }

  /** {@code http-request return … hdr NAME VALUE … if …}: each header as a line of its own. */
  private static Stream<Directive> returned(Directive line) {
    if (!line.is("http-request") || !line.word(0).equals("return")) {
      return Stream.empty();
    }
    int at = Math.max(line.words().indexOf("if"), line.words().indexOf("unless"));
    int end = at < 0 ? line.words().size() : at;
    List<Directive> headers = new ArrayList<>();
    for (int i = 0; i + 2 < end; i++) {
      if (line.word(i).equals("hdr")) {
        List<String> words = new ArrayList<>(List.of(RETURNED, line.word(++i), line.word(++i)));
        words.addAll(line.words().subList(end, line.words().size()));
        headers.add(new Directive("http-after-response", words, List.of(), line.line()));
      }
    }
    return headers.stream();
  }

  /** HAProxy 1: {@code rspadd Name:\ value}. */
  private static Directive added(Directive line) {
    String field = line.word(0);
    int colon = Math.max(0, field.indexOf(':'));
    List<String> words =
        new ArrayList<>(
            List.of("add-header", field.substring(0, colon), field.substring(colon + 1).strip()));
    words.addAll(line.words().subList(Math.min(1, line.words().size()), line.words().size()));
    return new Directive("http-response", words, List.of(), line.line());
  }

  private void origin(Directive line, Draft draft, boolean credentials) {
    String value = line.word(2);
    List<String> condition = condition(line);
    if (value.startsWith("%[var(")) {
      Optional<Directive> variable = variable(value);
      if (variable.isEmpty()) {
        draft.report(Level.DROPPED, line.line(), "what " + value + " means is not in this section");
        return;
      }
      condition = new ArrayList<>(condition);
      condition.addAll(condition(variable.get()));
    }
    boolean isSentBack = value.contains("%[");
    boolean isStar = value.equals("*");
    if ((isSentBack || isStar) && isTested(condition, line.line(), draft, credentials)) {
      if (isStar) {
        draft.starForSome(line.line());
      }
    } else if (isSentBack) {
      draft.everybody(line.line(), credentials);
    } else if (isStar && !new HaproxyCondition(acls, variables).methods(line).test("GET")) {
      draft.starForPreflights(line.line());
    } else {
      draft.origin(value, line.line());
    }
  }

  /** Returns what sets the variable that a value is; empty if it is none, or if nothing does. */
  private Optional<Directive> variable(String value) {
    return value.startsWith("%[var(")
        ? Optional.ofNullable(
            variables.get(value.substring("%[var(".length()).replaceAll("\\).*", "")))
        : Optional.empty();
  }

  /** Whether a condition says whose origin it is. */
  private boolean isTested(List<String> condition, int line, Draft draft, boolean credentials) {
    boolean known = false;
    for (int i = 0; i < condition.size(); i++) {
      String word = condition.get(i);
      if (word.equals("{") && (i == 0 || !condition.get(i - 1).equals("!"))) {
        int end = condition.subList(i, condition.size()).indexOf("}") + i;
        known |= test(condition.subList(i + 1, Math.max(i + 1, end)), line, draft, credentials);
      }
      for (Directive acl : acls.getOrDefault(word, List.of())) {
        known |= test(acl.words().subList(1, acl.words().size()), acl.line(), draft, credentials);
      }
    }
    return known;
  }

  private static List<String> condition(Directive line) {
    int at = line.words().indexOf("if");
    return at < 0 ? List.of() : line.words().subList(at + 1, line.words().size());
  }

  /** Whether it is a test of the origin. */
  private static boolean test(List<String> words, int line, Draft draft, boolean credentials) {
    if (words.isEmpty()) {
      return false;
    }
    String fetch = words.get(0).toLowerCase(Locale.ROOT);
    boolean isOrigin = fetch.contains("(origin") || fetch.startsWith("capture.req.hdr");
    if (!isOrigin || fetch.contains("cnt(")) {
      return false;
    }
    String method = "str";
    boolean inAnyCase = false;
    List<String> values = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).equals("-m") && i + 1 < words.size()) {
        method = words.get(++i);
      } else if (words.get(i).equals("-i")) {
        inAnyCase = true;
      } else if (!words.get(i).startsWith("-")) {
        values.add(words.get(i));
      }
    }
    int underscore = fetch.indexOf("hdr_");
    String kind = underscore < 0 ? method : fetch.substring(underscore + 4, fetch.indexOf('('));
    if (kind.equals("found") || kind.equals("len")) {
      return false;
    }
    for (String value : values) {
      if (kind.equals("str")) {
        draft.origin(value, line);
        continue;
      }
      String quoted = value.replaceAll("([.\\[\\](){}?*+^$|\\\\])", "\\\\$1");
      String expression =
          switch (kind) {
            case "reg" -> value.replace("\\\\", "\\");
            case "end" -> quoted + "$";
            case "beg" -> "^" + quoted;
            case "dom" -> "(^|[./:-])" + quoted + "([./:-]|$)";
            default -> quoted;
          };
      draft.expression(
          new Expression(expression, Anchoring.SEARCH, inAnyCase),
          kind.equals("reg") ? value : kind + " " + value,
          line,
          credentials);
    }
    return true;
  }
}

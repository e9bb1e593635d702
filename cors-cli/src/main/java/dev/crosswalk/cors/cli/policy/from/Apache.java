package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Apache httpd: {@code Header}, with {@code SetEnvIf} and {@code <If>}. */
final class Apache {

  private static final Pattern IF_ORIGIN =
      Pattern.compile(
          "(?i).*(?:%\\{HTTP:Origin}|req\\(['\"]Origin['\"]\\)|%\\{req:Origin})\\s*(=~|==)\\s*(?:m?([/#])(.*)\\2|'([^']*)').*");

  private static final Pattern REWRITTEN =
      Pattern.compile("\\[(?:.*,)?E=(\\w+):%\\{HTTP:Origin}(?:,.*)?]", Pattern.CASE_INSENSITIVE);

  /** What {@code SetEnvIf} sets a variable by, and whether it gets the matched part alone. */
  private record Variable(String expression, boolean inAnyCase, boolean isMatch, int line) {}

  private final Map<String, List<Variable>> variables = new HashMap<>();
  private final String file;
  private final List<Finding> findings;
  private final List<Draft> drafts = new ArrayList<>();

  private Apache(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<Draft> read(Directive root, String file, List<Finding> findings) {
    Apache apache = new Apache(file, findings);
    apache.rewrites(root);
    root.all()
        .filter(line -> line.is("setenvif") || line.is("setenvifnocase"))
        .forEach(apache::set);
    Draft draft = new Draft(file, findings);
    apache.drafts.add(draft);
    apache.section(root, "", draft);
    return apache.drafts.stream().filter(one -> !one.isEmpty()).toList();
  }

  private void set(Directive line) {
    if (!line.word(0).equalsIgnoreCase("Origin")) {
      return;
    }
    for (String assigned :
        line.words().subList(Math.min(2, line.words().size()), line.words().size())) {
      int equals = assigned.indexOf('=');
      String name = equals < 0 ? assigned : assigned.substring(0, equals);
      boolean isMatch = assigned.endsWith("=$0");
      variables
          .computeIfAbsent(name, unseen -> new ArrayList<>())
          .add(new Variable(line.word(1), line.is("setenvifnocase"), isMatch, line.line()));
    }
  }

  /** {@code RewriteCond %{HTTP:Origin}}, and the rule that keeps the origin in a variable. */
  private void rewrites(Directive section) {
    List<Directive> conditions = new ArrayList<>();
    for (Directive line : section.block()) {
      rewrites(line);
      if (line.is("rewritecond") && line.word(0).equalsIgnoreCase("%{HTTP:Origin}")) {
        conditions.add(line);
      } else if (line.is("rewriterule")) {
        Matcher variable = REWRITTEN.matcher(line.word(2));
        if (variable.matches()) {
          for (Directive condition : conditions) {
            boolean inAnyCase = condition.word(2).contains("NC");
            variables
                .computeIfAbsent(variable.group(1), unseen -> new ArrayList<>())
                .add(new Variable(condition.word(1), inAnyCase, false, condition.line()));
          }
        }
        conditions.clear();
      }
    }
  }

  private void section(Directive section, String condition, Draft draft) {
    boolean credentials =
        section
            .all()
            .anyMatch(
                l -> isHeader(l, "Access-Control-Allow-Credentials") && value(l).equals("true"));
    int origins = 0;
    int added = 0;
    for (Directive line : section.block()) {
      if (line.is("location")) {
        Draft inside = new Draft(file, findings);
        inside.line = line.line();
        String path = line.word(0);
        inside.paths = List.of(Where.withoutSlash(path));
        drafts.add(inside);
        section(line, condition, inside);
      } else if (line.is("filesmatch") || line.is("files") || line.is("locationmatch")) {
        Draft ignored = new Draft(file, new ArrayList<>());
        section(line, condition, ignored);
        if (!ignored.isEmpty()) {
          draft.find(
              Level.DROPPED,
              line.line(),
              "<" + line.name() + "> is not a path, and policies are for paths; it is left out");
        }
      } else if (!line.block().isEmpty()) {
        section(line, line.is("if") ? line.rest(0) : condition, draft);
      } else if (isHeader(line, "Access-Control-Allow-Origin")) {
        String limit = line.word(at(line) + 3);
        if (limit.startsWith("expr=") && !limit.contains("Origin")) {
          draft.find(
              Level.DROPPED,
              line.line(),
              "this header has a condition that is not read, so it is left out: " + limit);
          continue;
        }
        origins++;
        origin(line, condition, draft, credentials);
        if (!line.word(0).equals("always")) {
          draft.find(
              Level.BROKEN,
              line.line(),
              "without always, Apache's own errors, such as a 404 or 503, have no headers");
        }
        if (action(line).equals("add")) {
          draft.find(
              Level.BROKEN,
              line.line(),
              "add sends a second header where the upstream has one: browsers refuse two");
          if (limit.isEmpty() && added++ > 0) {
            draft.find(
                Level.BROKEN,
                line.line(),
                "it is added twice: browsers refuse two, so nobody is allowed; the policy allows"
                    + " both");
          }
        }
      } else if (line.is("header")) {
        draft.field(name(line), value(line), line.line());
      }
    }
    boolean hasVary =
        section.all().anyMatch(l -> isHeader(l, "Vary") && value(l).contains("Origin"));
    if (origins > 0 && !hasVary && section.all().anyMatch(Apache::varies)) {
      draft.find(
          Level.BROKEN,
          section.line(),
          "the header depends on the Origin, and no Vary says so: caches give one site's answer to"
              + " another");
    }
  }

  private static boolean varies(Directive line) {
    return isHeader(line, "Access-Control-Allow-Origin") && value(line).contains("%");
  }

  private static boolean isHeader(Directive line, String name) {
    return line.is("header") && name(line).equalsIgnoreCase(name) && !action(line).equals("unset");
  }

  private static int at(Directive line) {
    return line.word(0).equals("always") || line.word(0).equals("onsuccess") ? 1 : 0;
  }

  private static String action(Directive line) {
    return line.word(at(line)).toLowerCase(java.util.Locale.ROOT);
  }

  private static String name(Directive line) {
    return line.word(at(line) + 1).replaceAll(":$", "");
  }

  private static String value(Directive line) {
    return line.word(at(line) + 2);
  }

  private void origin(Directive line, String condition, Draft draft, boolean credentials) {
    String value = value(line);
    String environment = line.word(at(line) + 3);
    Matcher variable = Pattern.compile("%\\{(\\w+)}e").matcher(value);
    boolean isEcho =
        value.contains("{Origin}i")
            || value.contains("req:Origin")
            || value.contains("HTTP:Origin");
    if (variable.matches() && variables.containsKey(variable.group(1))) {
      variables(variable.group(1), draft, credentials, false);
      if (!environment.startsWith("env=")) {
        draft.find(
            Level.BROKEN,
            line.line(),
            "without env=" + variable.group(1) + ", everybody else gets the origin (null)");
      }
    } else if (isEcho && environment.startsWith("env=")) {
      variables(environment.substring(4), draft, credentials, true);
    } else if (isEcho || variable.matches() && variable.group(1).equals("HTTP_ORIGIN")) {
      Matcher origin = IF_ORIGIN.matcher(condition);
      if (!origin.matches()) {
        draft.everybody(line.line(), credentials);
      } else if (origin.group(1).equals("==")) {
        draft.origin(origin.group(4), line.line());
      } else {
        Expression expression = new Expression(origin.group(3), Anchoring.SEARCH, false);
        draft.expression(expression, origin.group(3), line.line(), credentials);
      }
    } else if (value.contains("%{")) {
      draft.find(Level.DROPPED, line.line(), "what " + value + " means is not in this file");
    } else if (value.contains(",") || value.strip().contains(" ")) {
      draft.find(
          Level.BROKEN,
          line.line(),
          "several origins in one header: browsers refuse that, so nobody is allowed; list them in"
              + " cors.allowed-origins");
    } else {
      draft.origin(value, line.line());
    }
  }

  /** Where only the matched part is sent, it has to be the whole origin, or browsers refuse it. */
  private void variables(String name, Draft draft, boolean credentials, boolean isEcho) {
    for (Variable variable : variables.getOrDefault(name, List.of())) {
      Anchoring anchoring = variable.isMatch() && !isEcho ? Anchoring.WHOLE : Anchoring.SEARCH;
      Expression expression =
          new Expression(variable.expression(), anchoring, variable.inAnyCase());
      draft.expression(expression, variable.expression(), variable.line(), credentials);
    }
  }
}

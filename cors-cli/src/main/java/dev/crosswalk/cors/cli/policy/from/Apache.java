package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Apache httpd: {@code Header}, with {@code SetEnvIf} and {@code <If>}. */
final class Apache {

  private static final Pattern IF_ORIGIN =
      Pattern.compile(
          "(?i).*(?:%\\{HTTP:Origin}|req\\(['\"]Origin['\"]\\)|%\\{req:Origin})\\s*(=~|==)\\s*(?:m?([/#])(.*)\\2|'([^']*)').*");

  private static final Pattern IN_LIST =
      Pattern.compile(
          "(?i)\\(?\\s*(?:%\\{HTTP:Origin}|req\\(['\"]Origin['\"]\\)|%\\{req:Origin})\\s*-?in\\s*\\{([^}]*)}\\s*\\)?");

  /** Somebody asks from another site. */
  private static final Pattern ANY_ORIGIN =
      Pattern.compile("(?i)\\(?\\s*(?:-n\\s.*|.*!=\\s*(?:''|\"\"))\\s*\\)?");

  private static final Pattern REWRITTEN =
      Pattern.compile("\\[(?:.*,)?E=(\\w+):%\\{HTTP:Origin}(?:,.*)?]", Pattern.CASE_INSENSITIVE);

  /** What {@code SetEnvIf} sets a variable by, and whether it gets the matched part alone. */
  private record Variable(String expression, boolean inAnyCase, boolean isMatch, int line) {}

  private final Map<String, List<Variable>> variables = new HashMap<>();

  /** Variables that do not depend on the origin. */
  private final Map<String, ApacheCondition> conditions = new HashMap<>();

  private final String file;
  private final List<Finding> findings;
  private final List<Draft> drafts = new ArrayList<>();
  private final Set<String> roots = new HashSet<>();

  private Apache(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<Draft> read(Directive root, String file, List<Finding> findings) {
    Apache apache = new Apache(file, findings);
    apache.rewrites(root);
    root.all().forEach(apache::set);
    root.all()
        .filter(line -> line.is("documentroot"))
        .forEach(line -> apache.roots.add(PathMatch.withoutSlash(line.word(0))));
    Draft draft = new Draft(file, findings);
    apache.drafts.add(draft);
    apache.section(root, ApacheCondition.NONE, draft);
    return apache.drafts.stream().filter(one -> !one.isEmpty()).toList();
  }

  private void set(Directive line) {
    boolean isIf = line.is("setenvif") || line.is("setenvifnocase");
    if (line.is("setenv")) {
      conditions.put(line.word(0), ApacheCondition.NONE);
    } else if (line.is("setenvifexpr")) {
      conditions.put(line.word(1).replaceAll("=.*", ""), ApacheCondition.NONE.and(line.word(0)));
    } else if (isIf && line.word(0).equalsIgnoreCase("Request_Method")) {
      Expression expression = new Expression(line.word(1), Anchoring.SEARCH, false);
      conditions.put(
          line.word(2).replaceAll("=.*", ""), ApacheCondition.NONE.on(expression::matches));
    }
    if (!isIf || !line.word(0).equalsIgnoreCase("Origin")) {
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
        String flags = line.word(2);
        boolean isLong = flags.length() > ApacheCondition.MAX_CONDITION;
        Matcher variable = REWRITTEN.matcher(isLong ? "" : flags);
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

  private void section(Directive section, ApacheCondition condition, Draft draft) {
    boolean credentials =
        section
            .all()
            .anyMatch(l -> isHeader(l, GrantHeaders.ALLOW_CREDENTIALS) && value(l).equals("true"));
    int origins = 0;
    int added = 0;
    ApacheCondition otherwise = condition;
    for (Directive line : section.block()) {
      if (line.is("location") || line.is("virtualhost")) {
        Draft inside = new Draft(file, findings);
        inside.line = line.line();
        inside.site = line.is("location") ? draft.site : line;
        inside.paths =
            line.is("location") ? List.of(PathMatch.withoutSlash(line.word(0))) : List.of("");
        drafts.add(inside);
        section(line, condition, inside);
      } else if (line.is("filesmatch")
          || line.is("files")
          || line.is("locationmatch")
          || line.is("directorymatch")) {
        Draft ignored = new Draft(file, new ArrayList<>());
        section(line, condition, ignored);
        if (!ignored.isEmpty()) {
          draft.report(
              Level.DROPPED,
              line.line(),
              "<" + line.name() + "> is not a path, and policies are for paths; it is left out");
        }
      } else if (!line.block().isEmpty()) {
        ApacheCondition inside = inside(line, condition, otherwise);
        otherwise = line.is("if") || line.is("elseif") ? inside.otherwise(condition) : condition;
        if (line.is("directory")) {
          directory(line, draft);
        }
        section(line, inside, draft);
      } else if (isHeader(line, GrantHeaders.ALLOW_ORIGIN)) {
        ApacheCondition own = own(line, condition);
        String limit = line.word(at(line) + 3);
        if (isLeftOut(own, line, draft)) {
          continue;
        }
        origins++;
        if (value(line).equals("*") && !own.methods().test("GET")) {
          draft.starForPreflights(line.line());
        } else {
          origin(line, own.origin(), draft, credentials);
        }
        draft.limits.on(name(line), value(line), own.methods(), line.line());
        if (!line.word(0).equals("always")) {
          draft.report(
              Level.BROKEN,
              line.line(),
              "without always, Apache's own errors, such as a 404 or 503, have no headers");
        }
        if (action(line).equals("add")) {
          draft.report(
              Level.BROKEN,
              line.line(),
              "add sends a second header where the upstream has one: browsers refuse two");
          if (limit.isEmpty() && added++ > 0) {
            draft.report(
                Level.BROKEN,
                line.line(),
                "it is added twice: browsers refuse two, so nobody is allowed; the policy allows"
                    + " both");
          }
        }
      } else if (isHeader(line, name(line))
          && name(line).toLowerCase(Locale.ROOT).startsWith("access-control-")) {
        ApacheCondition own = own(line, condition);
        if (!isLeftOut(own, line, draft)) {
          draft.field(name(line), value(line), line.line());
          draft.limits.on(name(line), value(line), own.methods(), line.line());
        }
      }
    }
    boolean hasVary =
        section.all().anyMatch(l -> isHeader(l, "Vary") && value(l).contains("Origin"));
    if (origins > 0 && !hasVary && section.all().anyMatch(Apache::varies)) {
      draft.report(
          Level.BROKEN,
          section.line(),
          "the header depends on the Origin, and no Vary says so: caches give one site's answer to"
              + " another");
    }
  }

  /** The condition inside a section. */
  private static ApacheCondition inside(
      Directive section, ApacheCondition around, ApacheCondition otherwise) {
    if (section.is("if")) {
      return around.and(section.rest(0));
    }
    if (section.is("elseif")) {
      return otherwise.and(section.rest(0));
    }
    if (section.is("else")) {
      return otherwise;
    }
    boolean isExcept = section.is("limitexcept");
    return section.is("limit") || isExcept
        ? around.on(method -> section.words().contains(method) != isExcept)
        : around;
  }

  private static boolean isLeftOut(ApacheCondition condition, Directive line, Draft draft) {
    if (!condition.other().isEmpty()) {
      draft.report(
          Level.DROPPED,
          line.line(),
          "this header has a condition that is not read, so it is left out: " + condition.other());
    }
    return !condition.other().isEmpty();
  }

  private void directory(Directive section, Draft draft) {
    boolean isOfOrigin = section.all().anyMatch(line -> isHeader(line, GrantHeaders.ALLOW_ORIGIN));
    if (isOfOrigin && !roots.contains(PathMatch.withoutSlash(section.word(0)))) {
      draft.report(
          Level.WIDER,
          section.line(),
          "the headers are for the files in "
              + section.word(0)
              + ", and the policy is for every path");
    }
  }

  /** The condition of a header, which may have its own at its end. */
  private ApacheCondition own(Directive line, ApacheCondition around) {
    String limit = line.word(at(line) + 3);
    if (limit.startsWith("expr=")) {
      return around.and(limit.substring("expr=".length()));
    }
    String name = limit.startsWith("env=") ? limit.substring("env=".length()) : "";
    if (name.isEmpty() || variables.containsKey(name)) {
      return around;
    }
    ApacheCondition of = conditions.get(name);
    return of == null
        ? new ApacheCondition(around.origin(), around.methods(), limit)
        : new ApacheCondition(
            of.origin().isEmpty() ? around.origin() : of.origin(),
            around.methods().and(of.methods()),
            of.other().isEmpty() ? around.other() : of.other());
  }

  private static boolean varies(Directive line) {
    return isHeader(line, GrantHeaders.ALLOW_ORIGIN) && value(line).contains("%");
  }

  private static boolean isHeader(Directive line, String name) {
    return line.is("header") && name(line).equalsIgnoreCase(name) && !action(line).equals("unset");
  }

  private static int at(Directive line) {
    return line.word(0).equals("always") || line.word(0).equals("onsuccess") ? 1 : 0;
  }

  private static String action(Directive line) {
    return line.word(at(line)).toLowerCase(Locale.ROOT);
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
    String named = environment.replaceFirst("^env=", "");
    if (value.equals("*") && variables.containsKey(named) && isOfSome(named)) {
      variables(named, draft, credentials, true);
      draft.starForSome(line.line());
    } else if (variable.matches() && variables.containsKey(variable.group(1))) {
      variables(variable.group(1), draft, credentials, false);
      if (!environment.startsWith("env=")) {
        draft.report(
            Level.BROKEN,
            line.line(),
            "without env=" + variable.group(1) + ", everybody else gets the origin (null)");
      }
    } else if (isEcho && environment.startsWith("env=")) {
      variables(environment.substring(4), draft, credentials, true);
    } else if (isEcho || variable.matches() && variable.group(1).equals("HTTP_ORIGIN")) {
      Matcher origin = IF_ORIGIN.matcher(condition);
      Matcher listed = IN_LIST.matcher(condition);
      if (listed.matches()) {
        for (String one : listed.group(1).split(",", -1)) {
          draft.origin(one.replaceAll("['\"\\s]", ""), line.line());
        }
      } else if (!origin.matches() && tellsApart(condition)) {
        draft.report(
            Level.DROPPED,
            line.line(),
            "this header has a condition that is not read, so it is left out: " + condition);
      } else if (!origin.matches()) {
        draft.everybody(line.line(), credentials);
      } else if (origin.group(1).equals("==")) {
        draft.origin(origin.group(4), line.line());
      } else {
        Expression expression = new Expression(origin.group(3), Anchoring.SEARCH, false);
        draft.expression(expression, origin.group(3), line.line(), credentials);
      }
    } else if (value.contains("%{")) {
      draft.report(Level.DROPPED, line.line(), "what " + value + " means is not in this file");
    } else if (value.contains(",") || value.strip().contains(" ")) {
      draft.report(
          Level.BROKEN,
          line.line(),
          "several origins in one header: browsers refuse that, so nobody is allowed; list them in"
              + " cors.allowed-origins");
    } else {
      draft.origin(value, line.line());
    }
  }

  /** Whether a condition tells some origins from others. */
  private static boolean tellsApart(String condition) {
    return !condition.isEmpty() && !ANY_ORIGIN.matcher(condition).matches();
  }

  /** Whether a variable tells some origins from others. */
  private boolean isOfSome(String name) {
    return variables.getOrDefault(name, List.of()).stream()
        .map(one -> new Expression(one.expression(), Anchoring.SEARCH, one.inAnyCase()))
        .noneMatch(Expression::isEverything);
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

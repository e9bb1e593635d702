package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Caddy: {@code header}, with matchers and snippets. */
final class Caddy {

  private final Map<String, List<Directive>> matchers = new HashMap<>();
  private final Map<String, Directive> snippets = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private Caddy() {}

  static List<Draft> read(Directive root, String file, List<Finding> findings) {
    Caddy caddy = new Caddy();
    Draft draft = new Draft(file, findings);
    draft.line = 1;
    for (Directive line : root.block()) {
      if (line.name().startsWith("(")) {
        caddy.snippets.put(line.name().replaceAll("[()]", ""), line);
      }
    }
    root.block().stream()
        .filter(line -> !line.name().startsWith("("))
        .forEach(line -> caddy.block(line, List.of(), draft));
    return draft.isEmpty() && draft.settings().isEmpty() ? List.of() : List.of(draft);
  }

  private void block(Directive block, List<String> arguments, Draft draft) {
    for (Directive line : block.block()) {
      if (line.name().startsWith("@")) {
        List<Directive> tests = new ArrayList<>(line.block());
        if (!line.words().isEmpty()) {
          tests.add(
              new Directive(
                  line.word(0),
                  line.words().subList(1, line.words().size()),
                  List.of(),
                  line.line()));
        }
        matchers.put(line.name(), tests);
      }
    }
    boolean credentials =
        block
            .all()
            .anyMatch(
                l ->
                    l.name().endsWith("Access-Control-Allow-Credentials")
                        || l.is("header")
                            && l.rest(0).contains("Access-Control-Allow-Credentials"));
    for (Directive line : block.block()) {
      if (line.is("import")) {
        Directive snippet = snippets.get(line.word(0));
        if (snippet != null && open.add(line.word(0))) { // It may import itself.
          block(snippet, line.words().subList(1, line.words().size()), draft);
          open.remove(line.word(0));
        }
      } else if (line.is("cors")) {
        draft.find(
            Level.DROPPED,
            line.line(),
            "the directive cors belongs to a plugin, and is not read; list its origins in the policy");
      } else if (line.is("header")) {
        header(line, arguments, draft, credentials);
      } else if (!line.block().isEmpty() && !line.name().startsWith("@")) {
        block(line, arguments, draft);
      }
    }
  }

  private void header(Directive line, List<String> arguments, Draft draft, boolean credentials) {
    String matcher = line.word(0).startsWith("@") ? line.word(0) : "";
    String path = line.word(0).startsWith("/") ? line.word(0) : "";
    if (!path.isEmpty()) {
      draft.find(
          Level.DROPPED,
          line.line(),
          "the header is for the path "
              + path
              + ", and the policy is for every path; add cors.policies");
    }
    int from = matcher.isEmpty() && path.isEmpty() ? 0 : 1;
    if (line.block().isEmpty()) {
      field(
          line.word(from),
          line.word(from + 1),
          line.line(),
          matcher,
          arguments,
          draft,
          credentials);
    }
    for (Directive field : line.block()) {
      if (field.is("defer")) {
        draft.find(Level.BROKEN, field.line(), "with defer, errors such as a 502 have no headers");
      } else {
        field(field.name(), field.word(0), field.line(), matcher, arguments, draft, credentials);
      }
    }
  }

  private void field(
      String name,
      String value,
      int line,
      String matcher,
      List<String> arguments,
      Draft draft,
      boolean credentials) {
    String header = name.replaceAll("^[+?>]", "");
    if (header.startsWith("-")) {
      return;
    }
    if (!header.equalsIgnoreCase("Access-Control-Allow-Origin")) {
      draft.field(header, value, line);
      return;
    }
    String origin = replaced(value, arguments);
    if (!origin.contains("{")) {
      draft.origin(origin, line);
    } else if (!origin.contains("header.Origin")
        && !origin.contains("header.origin")
        && !origin.contains("re.")) {
      draft.find(Level.DROPPED, line, "what " + origin + " means is not in this file");
    } else if (matcher.isEmpty()
        || !tests(matchers.getOrDefault(matcher, List.of()), arguments, draft, credentials)) {
      draft.everybody(line, credentials);
    }
  }

  /** Whether a matcher tests the origin. */
  private static boolean tests(
      List<Directive> tests, List<String> arguments, Draft draft, boolean credentials) {
    boolean found = false;
    for (Directive test : tests) {
      int at = test.words().indexOf("Origin");
      if (at < 0) {
        continue;
      }
      String value = replaced(test.word(at + 1), arguments);
      if (test.is("header_regexp")) {
        Expression expression = new Expression(value, Anchoring.SEARCH, false);
        draft.expression(expression, value, test.line(), credentials);
      } else if (value.equals("*")) {
        continue;
      } else if (value.startsWith("*") || value.endsWith("*")) {
        String quoted = value.replace("*", "").replaceAll("([.\\[\\](){}?+^$|\\\\])", "\\\\$1");
        String expression = value.startsWith("*") ? quoted + "$" : "^" + quoted;
        draft.expression(
            new Expression(expression, Anchoring.SEARCH, false), value, test.line(), credentials);
      } else if (value.contains("*")) {
        draft.find(
            Level.BROKEN,
            test.line(),
            "a * in the middle of \"" + value + "\" matches nothing; nobody is allowed by it");
      } else {
        draft.origin(value, test.line());
      }
      found = true;
    }
    return found;
  }

  private static String replaced(String value, List<String> arguments) {
    String replaced = value;
    for (int i = 0; i < arguments.size(); i++) {
      replaced =
          replaced
              .replace("{args." + i + "}", arguments.get(i))
              .replace("{args[" + i + "]}", arguments.get(i));
    }
    return replaced;
  }
}

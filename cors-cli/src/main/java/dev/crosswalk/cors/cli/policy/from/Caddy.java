package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Caddy: {@code header}, with matchers and snippets. */
final class Caddy {

  /** What can be at the top where a file is for one site. */
  private static final Set<String> DIRECTIVES =
      Set.of("header", "handle", "handle_path", "route", "reverse_proxy");

  /** What has to be so for a header. */
  private record Inside(
      List<PathMatch> paths, Predicate<String> methods, List<Directive> origins, String other) {

    static final Inside SITE = new Inside(List.of(), method -> true, List.of(), "");

    Inside at(List<PathMatch> own) {
      return new Inside(own, methods, origins, other);
    }

    Inside on(Predicate<String> some) {
      return new Inside(paths, methods.and(some), origins, other);
    }

    Inside from(Directive test) {
      List<Directive> all = new ArrayList<>(origins);
      all.add(test);
      return new Inside(paths, methods, all, other);
    }

    Inside where(String something) {
      return new Inside(paths, methods, origins, something);
    }
  }

  private final Map<String, List<Directive>> matchers = new HashMap<>();
  private final Map<String, Directive> snippets = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Map<Object, Draft> drafts = new LinkedHashMap<>();
  private final String file;
  private final List<Finding> findings;
  private Object site = "";
  private int siteNumber;

  private Caddy(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<Draft> read(Directive root, String file, List<Finding> findings) {
    Caddy caddy = new Caddy(file, findings);
    List<Directive> ofOneSite = new ArrayList<>();
    for (Directive line : root.block()) {
      if (line.name().startsWith("(")) {
        caddy.snippets.put(line.name().replaceAll("[()]", ""), line);
      } else if (isOfOneSite(line)) {
        ofOneSite.add(line);
      }
    }
    Directive oneSite = new Directive("", List.of(), ofOneSite, 1);
    caddy.block(oneSite, List.of(), Inside.SITE);
    for (Directive line : root.block()) {
      caddy.site = line;
      caddy.siteNumber++;
      if (!line.name().startsWith("(") && !isOfOneSite(line)) {
        caddy.block(line, List.of(), Inside.SITE);
      }
    }
    return caddy.drafts.values().stream().filter(draft -> !draft.isEmpty()).toList();
  }

  private static boolean isOfOneSite(Directive line) {
    return line.block().isEmpty() || DIRECTIVES.contains(line.name());
  }

  private void block(Directive block, List<String> arguments, Inside inside) {
    for (Directive line : block.block()) {
      if (line.name().startsWith("@")) {
        List<Directive> tests = new ArrayList<>(line.block());
        if (!line.words().isEmpty()) {
          tests.add(inline(line.words(), line.line()));
        }
        matchers.put(line.name(), tests);
      }
    }
    boolean credentials =
        block
            .all()
            .anyMatch(
                l ->
                    l.name().endsWith(GrantHeaders.ALLOW_CREDENTIALS)
                        || l.is("header") && l.rest(0).contains(GrantHeaders.ALLOW_CREDENTIALS));
    for (Directive line : block.block()) {
      if (line.is("import")) {
        Directive snippet = snippets.get(line.word(0));
        if (snippet != null && open.add(line.word(0))) { // It may import itself.
          block(snippet, line.words().subList(1, line.words().size()), inside);
          open.remove(line.word(0));
        }
      } else if (line.is("cors")) {
        new Draft(file, findings)
            .report(
                Level.DROPPED,
                line.line(),
                "the directive cors belongs to a plugin, and is not read; list its origins in the"
                    + " policy");
      } else if (line.is("header")) {
        header(line, arguments, inside, credentials);
      } else if (line.is("header_down")) {
        field(line, arguments, inside, credentials);
      } else if (!line.block().isEmpty() && !line.name().startsWith("@")) {
        block(line, arguments, matched(line.word(0), line.line(), arguments, inside));
      }
    }
  }

  private static Directive inline(List<String> words, int line) {
    return new Directive(words.get(0), words.subList(1, words.size()), List.of(), line);
  }

  /** What a matcher adds, which may be a name or a path; another word is none. */
  private Inside matched(String word, int line, List<String> arguments, Inside around) {
    if (word.startsWith("/")) {
      return around.at(List.of(path(word, line)));
    }
    if (!word.startsWith("@")) {
      return around;
    }
    Inside inside = around;
    for (Directive test : matchers.getOrDefault(word, List.of(inline(List.of(word), line)))) {
      inside = tested(test, arguments, inside);
    }
    return inside;
  }

  private static Inside tested(Directive test, List<String> arguments, Inside inside) {
    boolean isOfOrigin = test.words().indexOf("Origin") >= 0;
    if (test.is("method")) {
      return inside.on(test.words()::contains);
    }
    if (test.is("path")) {
      return inside.at(
          test.words().stream().map(word -> path(replaced(word, arguments), test.line())).toList());
    }
    if (test.is("header") || test.is("header_regexp")) {
      return isOfOrigin
          ? inside.from(test)
          : test.rest(0).contains("Access-Control-Request-Method")
              ? inside.on("OPTIONS"::equals)
              : inside.where(test.name() + " " + test.rest(0));
    }
    if (test.is("not") && test.word(0).equals("method")) {
      return inside.on(method -> !test.words().contains(method));
    }
    for (Directive inner : test.is("not") ? test.block() : List.<Directive>of()) {
      if (inner.is("method")) {
        // Whatever else is in it: requests with other methods are not excluded.
        return inside.on(method -> !inner.words().contains(method));
      }
    }
    return inside.where(test.name() + " " + test.rest(0));
  }

  private static PathMatch path(String pattern, int line) {
    String path = pattern.replaceAll("\\*$", "");
    PathMatch.Kind kind =
        path.equals("/") && !path.equals(pattern)
            ? PathMatch.Kind.BELOW
            : path.contains("*")
                ? PathMatch.Kind.OTHER
                : path.equals(pattern)
                    ? PathMatch.Kind.EXACTLY
                    : path.endsWith("/") ? PathMatch.Kind.BELOW : PathMatch.Kind.PREFIX;
    return new PathMatch(path, kind, line);
  }

  private void header(Directive line, List<String> arguments, Inside around, boolean credentials) {
    boolean isMatched = line.word(0).startsWith("@") || line.word(0).startsWith("/");
    Inside inside = isMatched ? matched(line.word(0), line.line(), arguments, around) : around;
    int from = isMatched || line.word(0).equals("*") ? 1 : 0;
    if (line.block().isEmpty() && from < line.words().size()) {
      field(
          inline(line.words().subList(from, line.words().size()), line.line()),
          arguments,
          inside,
          credentials);
    }
    for (Directive field : line.block()) {
      if (field.is("defer")) {
        new Draft(file, findings)
            .report(Level.BROKEN, field.line(), "with defer, errors such as a 502 have no headers");
      } else {
        field(field, arguments, inside, credentials);
      }
    }
  }

  /** A policy for each path of each site; empty if there is no such path. */
  private Optional<Draft> draft(Inside inside) {
    Object key = List.of(siteNumber, inside.paths);
    Draft draft = drafts.get(key);
    if (draft == null) {
      draft = new Draft(file, findings);
      draft.line = site instanceof Directive of ? of.line() : 1;
      draft.site = site;
      if (!PathMatch.covered(inside.paths, draft)) {
        return Optional.empty();
      }
      drafts.put(key, draft);
    }
    return Optional.of(draft);
  }

  private void field(Directive field, List<String> arguments, Inside inside, boolean credentials) {
    Directive bare = field.is("header_down") ? inline(field.words(), field.line()) : field;
    String header = bare.name().replaceAll("^[+?>]", "");
    int line = field.line();
    boolean isOfCors = header.toLowerCase(Locale.ROOT).startsWith("access-control-");
    Optional<Draft> own = isOfCors ? draft(inside) : Optional.empty();
    if (own.isEmpty()) {
      return;
    }
    Draft draft = own.get();
    if (!inside.other.isEmpty()) {
      draft.report(
          Level.DROPPED,
          line,
          "this header has a condition that is not read, so it is left out: " + inside.other);
      return;
    }
    String value = replaced(bare.word(0), arguments);
    draft.limits.on(header, value, inside.methods, line);
    if (!header.equalsIgnoreCase(GrantHeaders.ALLOW_ORIGIN)) {
      draft.field(header, value, line);
    } else if (!value.contains("{")) {
      boolean isForSome = value.equals("*") && tests(inside.origins, arguments, draft, credentials);
      if (isForSome) {
        draft.starForSome(line);
      } else if (value.equals("*") && !inside.methods.test("GET")) {
        draft.starForPreflights(line);
      } else {
        draft.origin(value, line);
      }
    } else if (!value.contains("header.Origin")
        && !value.contains("header.origin")
        && !value.contains("re.")) {
      draft.report(Level.DROPPED, line, "what " + value + " means is not in this file");
    } else if (!tests(inside.origins, arguments, draft, credentials)) {
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
        draft.report(
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

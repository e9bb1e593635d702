package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Directive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** When HAProxy sends a header: by the tests behind {@code if} and {@code unless}. */
final class HaproxyCondition {

  private final Map<String, List<Directive>> acls;
  private final Map<String, Directive> variables;
  private final Set<String> open = new HashSet<>();
  private Optional<String> other = Optional.empty();

  HaproxyCondition(Map<String, List<Directive>> acls, Map<String, Directive> variables) {
    this.acls = acls;
    this.variables = variables;
  }

  /** Returns a test about neither the origin nor the method; empty if there was none. */
  Optional<String> other() {
    return other;
  }

  /** Returns the methods for which a line counts. */
  Predicate<String> methods(Directive line) {
    int unless = line.words().indexOf("unless");
    int at = Math.max(line.words().indexOf("if"), unless);
    if (at < 0) {
      return method -> true;
    }
    Predicate<String> any = method -> false;
    Predicate<String> all = method -> true;
    List<String> test = new ArrayList<>();
    boolean isInside = false;
    for (String word : line.words().subList(at + 1, line.words().size())) {
      boolean isOr = !isInside && (word.equals("or") || word.equals("||"));
      if (isOr) {
        any = any.or(all);
        all = method -> true;
        continue;
      }
      test.add(word);
      isInside = isInside ? !word.equals("}") : word.endsWith("{");
      if (!isInside && !word.equals("!")) {
        all = all.and(tested(test));
        test.clear();
      }
    }
    any = any.or(all);
    if (unless >= 0 && any.test("GET") && any.test("OPTIONS")) {
      other = other.or(() -> Optional.of(line.rest(at)));
    }
    return unless >= 0 ? any.negate() : any;
  }

  /** A name, or words in braces, with or without a mark of negation. */
  private Predicate<String> tested(List<String> words) {
    String first = words.get(0);
    boolean isNegated = first.startsWith("!");
    List<String> bare = new ArrayList<>(words);
    bare.set(0, first.replaceFirst("^!", ""));
    bare.removeIf(word -> word.isEmpty() || word.equals("{") || word.equals("}"));
    if (bare.isEmpty()) {
      return method -> true;
    }
    Predicate<String> methods = positive(bare);
    boolean isOfMethods = !(methods.test("GET") && methods.test("OPTIONS") && methods.test("PUT"));
    return isNegated && isOfMethods ? methods.negate() : methods;
  }

  private Predicate<String> positive(List<String> words) {
    String first = words.get(0);
    if (first.startsWith("METH_")) {
      String name = first.substring("METH_".length());
      return method -> method.equals(name);
    }
    List<Directive> named = acls.getOrDefault(first, List.of());
    if (words.size() == 1 && !named.isEmpty()) {
      Predicate<String> any = method -> false;
      for (Directive acl : named) {
        any = any.or(fetched(acl.words().subList(1, acl.words().size())));
      }
      return any;
    }
    return fetched(words);
  }

  private Predicate<String> fetched(List<String> words) {
    String fetch = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
    if (fetch.equals("method")) {
      return method -> words.subList(1, words.size()).contains(method);
    }
    if (fetch.contains("access-control-request-")) {
      return "OPTIONS"::equals;
    }
    boolean isOfOrigin = fetch.contains("(origin") || fetch.startsWith("capture.req.hdr");
    // What the upstream has said of CORS, it may say.
    boolean isOfUpstream = fetch.contains("hdr(access-control-");
    if (isOfOrigin || isOfUpstream || fetch.equals("true")) {
      return method -> true;
    }
    if (fetch.startsWith("var(")) {
      String name = words.get(0).substring("var(".length()).replaceAll("\\).*", "");
      Directive variable = variables.get(name);
      if (variable != null && open.add(name)) {
        return methods(variable);
      }
    }
    other = other.or(() -> Optional.of(String.join(" ", words)));
    return method -> true;
  }
}

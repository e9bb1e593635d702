package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Node;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which header is on the responses to which methods. A policy's headers are on those to every
 * method, so where the original's are not, the policy allows more.
 */
final class MethodLimits {

  /** What a response has for the page, whatever its method is. */
  private static final List<String> FOR_PAGES =
      List.of(
          GrantHeaders.ALLOW_ORIGIN, GrantHeaders.ALLOW_CREDENTIALS, GrantHeaders.EXPOSE_HEADERS);

  /** A header with a value, and where some line of the original adds it. */
  private record Added(String name, String value, Predicate<String> methods, int line) {}

  /** A header that the policy has on the responses to more methods. */
  record Wider(String name, String missing, int line) {
    String sentence() {
      String because = ", because it is for every method";
      return name.equals(GrantHeaders.ALLOW_ORIGIN)
          ? "there, pages cannot read responses to " + missing + "; the policy lets them" + because
          : "there, responses to "
              + missing
              + " do not have "
              + name
              + "; with the policy they do"
              + because;
    }
  }

  private final List<Added> all = new ArrayList<>();

  /** Says on the responses to which methods a line adds a header; others are for preflights. */
  void on(String name, String value, Predicate<String> methods, int line) {
    FOR_PAGES.stream()
        .filter(name::equalsIgnoreCase)
        .forEach(known -> all.add(new Added(known, value, methods, line)));
  }

  /** Says that pages can read the responses to some methods alone; {@code *} is every method. */
  void readableOnly(List<Node> methods, int line) {
    Set<String> names = new HashSet<>();
    methods.forEach(method -> names.add(method.text().strip()));
    if (!names.contains("*")) {
      on(GrantHeaders.ALLOW_ORIGIN, "", names::contains, line);
    }
  }

  /**
   * Returns what the policy has on more responses. A policy always allows GET and POST; HEAD tells
   * what GET tells (RFC 9110 §9.3.2).
   *
   * @param allowed the methods that the policy allows beside those
   */
  List<Wider> wider(List<Node> allowed) {
    Set<String> asked = new LinkedHashSet<>(List.of("GET", "POST"));
    allowed.forEach(method -> asked.add(method.text().equals("*") ? "PUT" : method.text()));
    Set<Wider> wider = new LinkedHashSet<>();
    Set<List<String>> done = new HashSet<>();
    for (Added added : all) {
      String missing =
          asked.stream().filter(m -> !isOn(added, m)).collect(Collectors.joining(", "));
      if (!missing.isEmpty() && done.add(List.of(added.name, added.value))) {
        wider.add(new Wider(added.name, missing, added.line));
      }
    }
    return List.copyOf(wider);
  }

  private boolean isOn(Added added, String method) {
    return all.stream()
        .filter(other -> other.name.equals(added.name) && other.value.equals(added.value))
        .anyMatch(other -> other.methods.test(method));
  }
}

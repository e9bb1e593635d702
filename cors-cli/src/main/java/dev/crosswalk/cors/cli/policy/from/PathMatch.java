package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Node;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The path that a part of another server's configuration is for, as its format writes it.
 *
 * @param text as it is written
 * @param kind what it covers
 */
record PathMatch(String text, Kind kind, int line) {

  enum Kind {
    /** The path and what is below it. */
    BELOW,
    /** Every path that begins with the same characters. */
    PREFIX,
    /** The path alone. */
    EXACTLY,
    /** What is not a path. */
    OTHER
  }

  /** Takes the paths into a policy; false if none of them is one. */
  static boolean covered(List<PathMatch> where, Draft draft) {
    Set<String> paths = new LinkedHashSet<>();
    for (PathMatch one : where) {
      String path = withoutSlash(one.text);
      if (one.kind == Kind.OTHER || !one.text.startsWith("/")) {
        draft.report(
            Level.DROPPED,
            one.line,
            "\"" + one.text + "\" is not a path, and policies are for paths; it is left out");
        continue;
      }
      if (one.kind == Kind.EXACTLY) {
        draft.report(
            Level.WIDER,
            one.line,
            "the original is exactly for "
                + path
                + ", and the policy also covers what is below it");
      } else if (one.kind == Kind.PREFIX && !one.text.endsWith("/")) {
        draft.report(
            Level.DROPPED,
            one.line,
            "the original also covers " + path + "x, and the policy only what is below " + path);
      }
      paths.add(path);
    }
    draft.paths = paths.isEmpty() || paths.contains("/") ? List.of("") : List.copyOf(paths);
    return where.isEmpty() || !paths.isEmpty();
  }

  /** Returns a path without a slash at its end, as policies have it. */
  static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Returns the paths that a member of a document names for what is in it; empty if none. */
  static List<PathMatch> of(Format format, String name, Node node) {
    return switch (format) {
      case SPRING_CLOUD_GATEWAY -> ofSpring(name, node);
      case ISTIO -> ofMatches(node, "match", "uri");
      case GATEWAY_API -> ofMatches(node, "matches", "path");
      case ENVOY -> node.named("match").map(match -> List.of(ofMatch(match))).orElse(List.of());
      default -> List.of();
    };
  }

  private static List<PathMatch> ofMatches(Node node, String list, String member) {
    List<PathMatch> where = new ArrayList<>();
    for (Node match : node.named(list).map(Node::items).orElse(List.of())) {
      where.add(
          match
              .named(member)
              .map(PathMatch::ofMatch)
              .orElse(new PathMatch("/", Kind.BELOW, match.line())));
    }
    return where;
  }

  /** Envoy and what is made of it, and the Gateway API: a kind of comparison, and its value. */
  private static PathMatch ofMatch(Node match) {
    Optional<Node> type = match.named("type");
    Optional<Node> value = match.named("value");
    if (value.isPresent()) {
      Kind kind =
          switch (type.map(Node::text).orElse("PathPrefix")) {
            case "PathPrefix" -> Kind.BELOW;
            case "Exact" -> Kind.EXACTLY;
            default -> Kind.OTHER;
          };
      return new PathMatch(value.get().text(), kind, value.get().line());
    }
    for (Named named : Named.values()) {
      Optional<Node> found = match.named(named.name());
      if (found.isPresent()) {
        String text = found.get().isScalar() ? found.get().text() : "a regular expression";
        return new PathMatch(text, text.equals("/") ? Kind.BELOW : named.kind, found.get().line());
      }
    }
    return new PathMatch("/", Kind.BELOW, match.line());
  }

  /** What Envoy and Istio call their comparisons of paths. */
  private enum Named {
    PREFIX(Kind.PREFIX),
    PATH_SEPARATED_PREFIX(Kind.BELOW),
    EXACT(Kind.EXACTLY),
    PATH(Kind.EXACTLY),
    REGEX(Kind.OTHER),
    SAFE_REGEX(Kind.OTHER);

    private final Kind kind;

    Named(Kind kind) {
      this.kind = kind;
    }
  }

  /** Spring names its mappings by patterns of paths; a route has a predicate. */
  private static List<PathMatch> ofSpring(String name, Node node) {
    if (name.equals("management")) {
      return List.of(new PathMatch("/actuator", Kind.BELOW, node.line()));
    }
    String path = name.replaceAll("^\\[|]$", "");
    if (path.startsWith("/")) {
      return List.of(ofPattern(path, node.line()));
    }
    List<PathMatch> where = new ArrayList<>();
    for (Node predicate : node.named("predicates").map(Node::items).orElse(List.of())) {
      if (predicate.text().startsWith("Path=")) {
        for (String pattern : predicate.text().substring("Path=".length()).split(",", -1)) {
          where.add(ofPattern(pattern.strip(), predicate.line()));
        }
      }
    }
    return where;
  }

  private static PathMatch ofPattern(String pattern, int line) {
    String path = pattern.replaceAll("/\\*\\*?$", "");
    boolean isBelow = !path.equals(pattern);
    return path.contains("*") || path.contains("{")
        ? new PathMatch(pattern, Kind.OTHER, line)
        : new PathMatch(path.isEmpty() ? "/" : path, isBelow ? Kind.BELOW : Kind.EXACTLY, line);
  }

  /** A mapping of a servlet filter. */
  static PathMatch ofServlet(Node pattern) {
    return pattern.text().startsWith("/")
        ? ofPattern(pattern.text(), pattern.line())
        : new PathMatch(pattern.text(), Kind.OTHER, pattern.line());
  }
}

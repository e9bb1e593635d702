package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document whose dotted names are levels: {@code a.b[0]=x} is the first of the list {@code b} in
 * {@code a}. So settings are found in one way, whether a file of properties, YAML or labels has
 * them.
 */
final class NestedDocument {

  /** A level of a name, such as {@code cors-configurations}, {@code [/**]} or {@code [0]}. */
  private static final Pattern LEVEL = Pattern.compile("\\[[^\\]]*]|[^.\\[]+");

  private static final int MAX_DEPTH = 50;

  private final Map<String, Object> members = new LinkedHashMap<>();
  private final int line;

  private NestedDocument(int line) {
    this.line = line;
  }

  static Node of(Node document) {
    if (document.members().isEmpty()) {
      return document;
    }
    NestedDocument root = new NestedDocument(document.line());
    document.members().forEach((name, value) -> root.put(name, of(value)));
    return root.node();
  }

  /** Container labels of Traefik, wherever the document has them, as what they configure. */
  static Node ofLabels(Node document) {
    NestedDocument root = new NestedDocument(1);
    document.walk(
        (name, value) -> {
          label(name, value.text(), value.line(), root);
          for (Node item : value.items()) {
            int equals = item.text().indexOf('=');
            if (equals > 0) {
              label(
                  item.text().substring(0, equals),
                  item.text().substring(equals + 1),
                  item.line(),
                  root);
            }
          }
        });
    return root.node();
  }

  private static void label(String name, String value, int line, NestedDocument root) {
    if (name.startsWith("traefik.")) {
      // Compose files write a dollar sign twice.
      root.put(name, Node.scalar(value.replace("$$", "$"), line));
    }
  }

  private void put(String name, Node value) {
    List<String> levels = new ArrayList<>();
    Matcher level = LEVEL.matcher(name);
    while (level.find()) {
      levels.add(level.group());
    }
    if (levels.size() > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "a name has more than " + MAX_DEPTH + " levels, in line " + value.line());
    }
    NestedDocument nested = this;
    for (int i = 0; i < levels.size() - 1; i++) {
      Object inner = nested.members.get(levels.get(i));
      if (!(inner instanceof NestedDocument)) {
        inner = new NestedDocument(value.line());
        nested.members.put(levels.get(i), inner);
      }
      nested = (NestedDocument) inner;
    }
    String last = levels.isEmpty() ? name : levels.get(levels.size() - 1);
    if (nested.members.get(last) instanceof NestedDocument merged) {
      value.members().forEach(merged::put);
    } else if (value.members().isEmpty()) {
      nested.members.put(last, value);
    } else {
      NestedDocument inner = new NestedDocument(value.line());
      value.members().forEach(inner.members::put);
      nested.members.put(last, inner);
    }
  }

  private Node node() {
    Map<String, Node> nodes = new LinkedHashMap<>();
    members.forEach(
        (name, value) ->
            nodes.put(name, value instanceof NestedDocument n ? n.node() : (Node) value));
    boolean isList =
        !nodes.isEmpty() && nodes.keySet().stream().allMatch(name -> name.matches("\\[[0-9]+]"));
    return isList ? Node.list(List.copyOf(nodes.values()), line) : Node.members(nodes, line);
  }
}

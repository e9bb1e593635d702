package dev.crosswalk.cors.cli.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A value of a document, with its line: a text, a list, or members by name.
 *
 * @param text of a scalar; empty for lists and members
 */
public record Node(String text, List<Node> items, Map<String, Node> members, int line) {

  /** Nobody's CORS has more; anchors of YAML can make a thousand lines out of ten. */
  private static final int MAX_VALUES = 20_000;

  public static Node scalar(String text, int line) {
    return new Node(text, List.of(), Map.of(), line);
  }

  public static Node list(List<Node> items, int line) {
    return new Node("", items, Map.of(), line);
  }

  public static Node members(Map<String, Node> members, int line) {
    return new Node("", List.of(), members, line);
  }

  /** Returns what is at the end of some names; empty if a name is missing on the way. */
  public Optional<Node> at(String... path) {
    Node node = this;
    for (String name : path) {
      node = node.members.get(name);
      if (node == null) {
        return Optional.empty();
      }
    }
    return Optional.of(node);
  }

  /** Returns the member whose name is the same but for case, hyphens and underscores. */
  public Optional<Node> named(String name) {
    return members.entrySet().stream()
        .filter(member -> relaxed(member.getKey()).equals(relaxed(name)))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String relaxed(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  public boolean isScalar() {
    return items.isEmpty() && members.isEmpty();
  }

  /** Returns the texts of a list, or the members of a text that commas separate. */
  public List<Node> values() {
    if (!isScalar()) {
      return items.stream().filter(Node::isScalar).toList();
    }
    List<Node> values = new ArrayList<>();
    for (String value : text.split(",", -1)) {
      if (!value.isBlank()) {
        values.add(scalar(value.strip(), line));
      }
    }
    return values;
  }

  /** Visits every member at any depth, by its name. */
  public void walk(BiConsumer<String, Node> visitor) {
    walk(visitor, new int[1]);
  }

  private void walk(BiConsumer<String, Node> visitor, int[] count) {
    if (count[0]++ > MAX_VALUES) {
      throw new IllegalArgumentException("the document has more than " + MAX_VALUES + " values");
    }
    items.forEach(item -> item.walk(visitor, count));
    members.forEach(
        (name, member) -> {
          visitor.accept(name, member);
          member.walk(visitor, count);
        });
  }

  /** Returns all texts by their dotted names, those of a list by the name of the list. */
  public Map<String, Node> flat() {
    Map<String, Node> flat = new LinkedHashMap<>();
    flatten("", flat, new int[1]);
    return flat;
  }

  private void flatten(String name, Map<String, Node> flat, int[] count) {
    if (count[0]++ > MAX_VALUES) {
      throw new IllegalArgumentException("the document has more than " + MAX_VALUES + " values");
    }
    boolean isList = !items.isEmpty() && items.stream().allMatch(Node::isScalar);
    if (isScalar() || isList) {
      if (!name.isEmpty()) { // An empty document is nothing.
        flat.put(name, this);
      }
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      items.get(i).flatten(name + "[" + i + "]", flat, count);
    }
    String prefix = name.isEmpty() ? "" : name + ".";
    members.forEach((key, member) -> member.flatten(prefix + key, flat, count));
  }
}

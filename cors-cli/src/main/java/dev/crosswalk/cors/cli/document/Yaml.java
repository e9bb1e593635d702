package dev.crosswalk.cors.cli.document;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads YAML as texts: no tag makes an object of it. */
public final class Yaml {

  private static final int MAX_DEPTH = 50;
  private static final int MAX_ALIASES = 20;
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private final String file;
  private final Map<org.yaml.snakeyaml.nodes.Node, @Nullable Node> known = new IdentityHashMap<>();

  private Yaml(String file) {
    this.file = file;
  }

  /** Returns the documents of a file. */
  public static List<Node> read(String file, String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new BrokenDocumentException(
          file, 0, "the YAML is longer than " + MAX_CHARACTERS + " characters");
    }
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    List<Node> documents = new ArrayList<>();
    try {
      for (var node : new org.yaml.snakeyaml.Yaml(options).composeAll(new StringReader(text))) {
        documents.add(new Yaml(file).node(node));
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new BrokenDocumentException(file, line, "this is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new BrokenDocumentException(file, 0, "this YAML is not read: " + e.getMessage());
    }
    return documents;
  }

  private Node node(org.yaml.snakeyaml.nodes.Node node) {
    int line = node.getStartMark().getLine() + 1;
    if (known.containsKey(node)) {
      Node same = known.get(node);
      if (same == null) {
        throw new BrokenDocumentException(file, line, "this value contains itself");
      }
      return same;
    }
    known.put(node, null);
    Node made;
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      // A function of whoever reads the file, such as !Ref: its value is not what is written here.
      made = Node.scalar((tag + " " + (node instanceof ScalarNode s ? s.getValue() : "…")), line);
    } else if (node instanceof ScalarNode scalar) {
      made = Node.scalar(scalar.getValue(), line);
    } else if (node instanceof SequenceNode sequence) {
      made = Node.list(sequence.getValue().stream().map(this::node).toList(), line);
    } else if (node instanceof MappingNode mapping) {
      made = Node.members(members(mapping), line);
    } else {
      throw new BrokenDocumentException(
          file, line, "expected a value, a list or names with values");
    }
    known.put(node, made);
    return made;
  }

  private Map<String, Node> members(MappingNode mapping) {
    Map<String, Node> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = tuple.getKeyNode().getStartMark().getLine() + 1;
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new BrokenDocumentException(file, line, "expected a text in front of the colon");
      }
      if (key.getValue().equals("<<")) {
        throw new BrokenDocumentException(
            file, line, "merging (<<) is not read; write the values out");
      }
      if (members.put(key.getValue(), node(tuple.getValueNode())) != null) {
        throw new BrokenDocumentException(file, line, key.getValue() + " is set twice; remove one");
      }
    }
    return members;
  }
}

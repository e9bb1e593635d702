package dev.crosswalk.cors.cli.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as texts. */
public final class Json {

  private static final int MAX_DEPTH = 50;
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxDocumentLength(MAX_CHARACTERS)
                  .build())
          .build();

  private final String file;

  private Json(String file) {
    this.file = file;
  }

  public static Node read(String file, String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return new Json(file).node(parser);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      throw new BrokenDocumentException(file, line, "this is not JSON: " + e.getOriginalMessage());
    }
  }

  private Node node(JsonParser parser) {
    int line = Math.max(0, parser.currentTokenLocation().getLineNr());
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser));
      }
      return Node.list(items, line);
    }
    if (token == JsonToken.START_OBJECT) {
      Map<String, Node> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (members.put(name, node(parser)) != null) {
          throw new BrokenDocumentException(file, line, name + " is set twice; remove one");
        }
      }
      return Node.members(members, line);
    }
    if (token == null) {
      throw new BrokenDocumentException(file, 0, "the file is empty; expected JSON");
    }
    return Node.scalar(parser.getString(), line);
  }
}

package dev.crosswalk.cors.cli.terminal;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a command prints for programs. */
public final class JsonOutput {

  /** In ASCII: Firefox has quotation marks that not every terminal's encoding has. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** The format of what {@code explain} prints. */
  public static final int EXPLANATION = 2;

  private JsonOutput() {}

  /** An empty object that names the version of its format. */
  public static ObjectNode ofFormat(int format) {
    return JSON.createObjectNode().put("format", format);
  }

  public static String text(ObjectNode root) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  /** What is wrong with the command; of the same format as its answer. */
  public static String ofMistake(String command, String sentence) {
    int format = command.equals("explain") ? EXPLANATION : 1;
    return text(ofFormat(format).put("error", sentence));
  }
}

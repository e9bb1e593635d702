package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.remedy.RemedyJson;
import dev.crosswalk.cors.cli.terminal.JsonOutput;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What messages mean, for programs. */
final class ExplanationJson {

  private ExplanationJson() {}

  static String of(List<ConsoleMessage> messages) {
    ObjectNode root = JsonOutput.ofFormat(JsonOutput.EXPLANATION);
    ArrayNode all = root.putArray("messages");
    messages.forEach(message -> write(message, all.addObject()));
    return JsonOutput.text(root);
  }

  private static void write(ConsoleMessage message, ObjectNode node) {
    node.put("whose", message.whose());
    if (!message.url().isEmpty()) {
      node.put("url", ExplanationText.asked(message));
      node.put("otherUrls", message.otherUrls());
    }
    if (!message.origin().isEmpty()) {
      node.put("origin", message.origin());
    }
    RemedyJson.write(message.remedy(), node);
    message.configuration().ifPresent(configuration -> RemedyJson.write(configuration, node));
  }
}

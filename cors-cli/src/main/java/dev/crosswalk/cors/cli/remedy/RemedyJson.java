package dev.crosswalk.cors.cli.remedy;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What to change, for programs. */
public final class RemedyJson {

  private RemedyJson() {}

  public static void write(Remedy remedy, ObjectNode node) {
    node.put("cause", remedy.code());
    node.put("explanation", remedy.cause());
    ArrayNode advice = node.putArray("advice");
    remedy.words().forEach(advice::add);
    if (!remedy.write().isEmpty()) {
      ArrayNode lines = node.putArray("write");
      remedy.write().forEach(lines::add);
    }
    remedy
        .grant()
        .ifPresent(
            grant -> {
              ObjectNode change = node.putObject("change");
              if (grant.refusal().isEmpty()) {
                change.put("policy", String.join("\n", grant.policy()));
              } else {
                change.put("noPolicy", grant.refusal().get());
              }
              ArrayNode onPreflight = change.putArray("preflightHeaders");
              grant.onPreflight().forEach(onPreflight::add);
              ArrayNode onResponse = change.putArray("responseHeaders");
              grant.onResponse().forEach(onResponse::add);
            });
  }

  /** The same in the configuration of a server. */
  public static void write(ServerRemedy remedy, ObjectNode node) {
    ObjectNode server = node.putObject("server");
    remedy.server().ifPresent(named -> server.put("name", named.toString()));
    ArrayNode lines = server.putArray("configuration");
    remedy.lines().forEach(lines::add);
    if (!remedy.note().isEmpty()) {
      server.put("note", remedy.note());
    }
  }
}

package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.wire.Exchange;
import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A diagnosis, or the meaning of a message, for programs. */
final class DiagnosisJson {

  /** In ASCII: Firefox has quotation marks that not every terminal's encoding has. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private DiagnosisJson() {}

  static String of(Diagnosis diagnosis) {
    Request request = diagnosis.request();
    ObjectNode root = JSON.createObjectNode();
    root.put("format", 1);
    root.put("method", request.method());
    root.put("url", request.url());
    root.put("origin", request.origin());
    root.put("credentials", request.includesCredentials());
    root.put("allowed", diagnosis.isFine());
    diagnosis.remedy().ifPresent(remedy -> write(remedy, root));
    diagnosis
        .serverRemedy()
        .ifPresent(
            remedy -> {
              ObjectNode server = root.putObject("server");
              server.put("name", remedy.server().toString());
              ArrayNode lines = server.putArray("configuration");
              remedy.lines().forEach(lines::add);
              server.put("note", remedy.note());
            });
    ObjectNode browsers = root.putObject("browsers");
    for (Engine engine : Diagnosis.BROWSERS) {
      ObjectNode browser = browsers.putObject(JsonReport.name(engine));
      String message = diagnosis.console().get(engine);
      browser.put("allowed", message == null);
      if (message != null) {
        browser.put("console", message);
      }
      Long age = diagnosis.preflightAge().get(engine);
      if (age != null) {
        browser.put("preflightKeptForSeconds", age);
      }
    }
    ArrayNode exchanges = root.putArray("exchanges");
    diagnosis
        .outcome()
        .exchanges()
        .forEach(exchange -> write(exchange, diagnosis, exchanges.addObject()));
    if (diagnosis.isFine()) {
      ObjectNode script = root.putObject("script");
      script.put("status", diagnosis.outcome().status());
      ArrayNode readable = script.putArray("headers");
      diagnosis.outcome().headers().forEach(field -> readable.add(field.toString()));
      ArrayNode hidden = script.putArray("hiddenHeaders");
      diagnosis.hidden().forEach(hidden::add);
      script.put("bodyBytes", diagnosis.outcome().body().length);
    }
    ArrayNode warnings = root.putArray("warnings");
    diagnosis.warnings().forEach(warnings::add);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  /** What is wrong with the command. */
  static String ofMistake(String sentence) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", 1);
    root.put("error", sentence);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  static String of(List<ConsoleMessage> messages) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", 2);
    ArrayNode all = root.putArray("messages");
    messages.forEach(message -> write(message, all.addObject()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void write(ConsoleMessage message, ObjectNode node) {
    node.put("whose", message.whose());
    if (!message.url().isEmpty()) {
      node.put("url", message.url());
      node.put("otherUrls", message.otherUrls());
    }
    if (!message.origin().isEmpty()) {
      node.put("origin", message.origin());
    }
    write(message.remedy(), node);
  }

  private static void write(Remedy remedy, ObjectNode root) {
    root.put("cause", remedy.code());
    root.put("explanation", remedy.cause());
    ArrayNode advice = root.putArray("advice");
    remedy.advice().forEach(advice::add);
    if (!remedy.write().isEmpty()) {
      ArrayNode lines = root.putArray("write");
      remedy.write().forEach(lines::add);
    }
    remedy
        .grant()
        .ifPresent(
            grant -> {
              ObjectNode change = root.putObject("change");
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

  private static void write(Exchange exchange, Diagnosis diagnosis, ObjectNode node) {
    node.put("preflight", exchange.preflight());
    node.put("method", exchange.request().method());
    node.put("url", exchange.request().url());
    ArrayNode sent = node.putArray("requestHeaders");
    exchange.request().headers().forEach(field -> sent.add(DiagnosisText.shown(field)));
    node.put("status", exchange.response().status());
    ArrayNode received = node.putArray("responseHeaders");
    exchange.response().headers().forEach(field -> received.add(DiagnosisText.shown(field)));
    diagnosis.decidingHeader(exchange).ifPresent(name -> node.put("decidingHeader", name));
  }
}

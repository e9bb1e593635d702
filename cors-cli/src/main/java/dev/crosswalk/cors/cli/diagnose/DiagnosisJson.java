package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.RemedyJson;
import dev.crosswalk.cors.cli.terminal.JsonOutput;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Exchange;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A diagnosis for programs. */
final class DiagnosisJson {

  private DiagnosisJson() {}

  static String of(Diagnosis diagnosis) {
    Request request = diagnosis.request();
    ObjectNode root = JsonOutput.ofFormat(1);
    root.put("method", request.method());
    root.put("url", diagnosis.webSocket().orElse(request.url()));
    root.put("origin", request.origin());
    root.put("credentials", request.includesCredentials());
    root.put("allowed", diagnosis.isFine());
    diagnosis.remedy().ifPresent(remedy -> RemedyJson.write(remedy, root));
    diagnosis.serverRemedy().ifPresent(remedy -> RemedyJson.write(remedy, root));
    ObjectNode browsers = root.putObject("browsers");
    for (Engine engine : Diagnosis.BROWSERS) {
      ObjectNode browser = browsers.putObject(Bytes.lowerCase(engine.name()));
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
    if (diagnosis.isFine() && diagnosis.webSocket().isEmpty()) {
      ObjectNode script = root.putObject("script");
      script.put("status", diagnosis.outcome().status());
      ArrayNode readable = script.putArray("headers");
      diagnosis.outcome().headers().forEach(field -> readable.add(DiagnosisText.shown(field)));
      ArrayNode hidden = script.putArray("hiddenHeaders");
      diagnosis.hidden().forEach(hidden::add);
      script.put("bodyBytes", diagnosis.outcome().body().length);
    }
    ArrayNode warnings = root.putArray("warnings");
    diagnosis.warnings().forEach(warnings::add);
    return JsonOutput.text(root);
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

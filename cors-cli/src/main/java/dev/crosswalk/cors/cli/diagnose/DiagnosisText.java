package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.RemedyText;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Secrets;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A diagnosis for people. */
final class DiagnosisText {

  /** Response headers that have to do with who may read, and with who answered. */
  private static final Set<String> TELLING =
      Set.of(
          "vary",
          "location",
          "server",
          "via",
          "allow",
          "set-cookie",
          "content-type",
          "www-authenticate",
          "cross-origin-resource-policy");

  /** A circle of redirects is seen in its first ones. */
  private static final int MANY = 8;

  private static final int FIRST = 3;

  private final Lines lines;
  private final RemedyText remedies;

  DiagnosisText(PrintWriter out, boolean colors) {
    lines = new Lines(out, colors);
    remedies = new RemedyText(lines);
  }

  void print(Diagnosis diagnosis) {
    Request request = diagnosis.request();
    lines.strong(
        diagnosis
                .webSocket()
                .map(url -> "WebSocket " + url)
                .orElse(request.method() + " " + request.url())
            + " from "
            + request.origin()
            + (request.includesCredentials() ? ", with credentials" : ""));
    lines.blank();
    int number = 0;
    int all = diagnosis.outcome().exchanges().size();
    for (Exchange exchange : diagnosis.outcome().exchanges()) {
      number++;
      if (all <= MANY || number <= FIRST || number == all) {
        print(number, exchange, diagnosis);
      } else if (number == all - 1) {
        lines.wrap("  ", "  ", "(and " + (all - FIRST - 1) + " more redirects like these)");
        lines.blank();
      }
    }
    Optional<WireRequest> unanswered = diagnosis.unansweredPreflight();
    if (unanswered.isPresent()) {
      request(number + 1, true, unanswered.get());
      field(true, "(no answer)");
      lines.blank();
    }
    if (diagnosis.remedy().isPresent()) {
      lines.refused(
          diagnosis.isUnanswered()
              ? "NO RESPONSE: no browser gets one."
              : "BLOCKED" + where(diagnosis));
      remedies.print(diagnosis.remedy().get(), false, diagnosis.serverRemedy(), Optional.empty());
      lines.heading("What browsers print");
      diagnosis
          .console()
          .forEach(
              (engine, message) -> {
                lines.wrap("  ", "  ", engine.browser() + ":");
                message.lines().forEach(line -> lines.wrap("      ", "      ", line));
              });
    } else {
      shared(diagnosis);
    }
    if (!diagnosis.warnings().isEmpty()) {
      lines.heading("Worth knowing");
      diagnosis.warnings().forEach(warning -> lines.wrap("  - ", "    ", warning));
    }
    lines.flush();
  }

  private static String where(Diagnosis diagnosis) {
    int browsers = diagnosis.console().size();
    return browsers == Diagnosis.BROWSERS.size()
        ? " by every browser."
        : " by "
            + String.join(
                " and ", diagnosis.console().keySet().stream().map(Engine::browser).toList())
            + " only.";
  }

  /** More of them are of no server that works. */
  private static final int MAX_FIELDS = 50;

  private void print(int number, Exchange exchange, Diagnosis diagnosis) {
    request(number, exchange.preflight(), exchange.request());
    Optional<String> deciding = diagnosis.decidingHeader(exchange);
    boolean last = isRefused(exchange, diagnosis);
    WireResponse response = exchange.response();
    for (WireResponse interim : response.interim()) {
      field(false, (interim.status() + " " + interim.reason()).strip());
      interim.headers().fields().stream()
          .filter(field -> Bytes.lowerCase(field.name()).startsWith("access-control-"))
          .forEach(field -> field(false, shown(field)));
    }
    field(last && deciding.isEmpty(), (response.status() + " " + response.reason()).strip());
    int others = 0;
    int telling = 0;
    for (Headers.Field field : response.headers()) {
      String lower = Bytes.lowerCase(field.name());
      boolean decides = deciding.isPresent() && Bytes.equalIgnoringCase(deciding.get(), lower);
      if ((decides || lower.startsWith("access-control-") || TELLING.contains(lower))
          && telling < MAX_FIELDS) {
        telling++;
        field(decides, shown(field));
      } else {
        others++;
      }
    }
    if (deciding.isPresent() && !response.headers().has(deciding.get())) {
      field(true, "(no " + deciding.get() + ")");
    }
    if (others > 0) {
      lines.wrap(
          "       ",
          "       ",
          "(and " + others + (others == 1 ? " other header)" : " other headers)"));
    }
    lines.blank();
  }

  private void request(int number, boolean preflight, WireRequest request) {
    lines.strong(number + "  " + (preflight ? "Preflight: the browser sends it first" : "Request"));
    lines.wrap("     > ", "         ", request.method() + " " + request.url());
    for (Headers.Field field : request.headers()) {
      String lower = Bytes.lowerCase(field.name());
      if (!lower.equals("accept") && !lower.startsWith("sec-fetch-")) {
        lines.wrap("     > ", "         ", shown(field));
      }
    }
  }

  private static boolean isRefused(Exchange exchange, Diagnosis diagnosis) {
    List<Exchange> all = diagnosis.outcome().exchanges();
    return diagnosis.refusal().filter(found -> found.where().status() != 0).isPresent()
        && all.get(all.size() - 1) == exchange;
  }

  /** What is secret stays so: people paste reports into forums. */
  static String shown(Headers.Field field) {
    return field.name() + ": " + Secrets.hiddenValue(field.name(), field.value());
  }

  private void field(boolean decides, String text) {
    if (decides) {
      lines.refused("  !  < ", "         ", text);
    } else {
      lines.wrap("     < ", "         ", text);
    }
  }

  private void shared(Diagnosis diagnosis) {
    Outcome outcome = diagnosis.outcome();
    if (diagnosis.webSocket().isPresent()) {
      lines.allowed("ALLOWED by every browser: the WebSocket opens.");
      lines.wrap(
          "  ", "  ", "CORS does not apply to it: the server alone decides who may open it.");
      return;
    }
    if (diagnosis.stopsAtRedirect()) {
      lines.allowed("ALLOWED so far: the server redirects, and the redirect was not followed.");
      return;
    }
    lines.allowed("ALLOWED by every browser: the script may read the response.");
    if (diagnosis.isSameOrigin()) {
      lines.wrap("  ", "  ", "The page and the URL have the same origin, so CORS does not apply.");
    }
    lines.heading("What the script can read");
    row("status", String.valueOf(outcome.status()));
    String label = "headers";
    for (Headers.Field field : outcome.headers()) {
      row(label, shown(field));
      label = "";
    }
    if (!diagnosis.hidden().isEmpty()) {
      row("hidden", String.join(", ", diagnosis.hidden()));
      row(
          "",
          "To show one: .exposeResponseHeaders(\"Name\"), or Access-Control-Expose-Headers: Name");
    }
    row("body", diagnosis.bodyLength());
    if (!diagnosis.preflightAge().isEmpty()) {
      row(
          "preflight",
          "kept for "
              + String.join(
                  ", ",
                  diagnosis.preflightAge().entrySet().stream().map(DiagnosisText::keeps).toList()));
    }
  }

  private void row(String label, String text) {
    lines.wrap(String.format(Locale.ROOT, "  %-11s", label), " ".repeat(13), text);
  }

  private static String keeps(Map.Entry<Engine, Long> age) {
    return age.getValue() + " s by " + age.getKey().browser();
  }
}

package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A diagnosis, or the meaning of a message, for people: lines of at most 100 columns. */
final class DiagnosisText {

  private static final int MAX_COLUMNS = 100;

  /** A line is as long as the terminal is wide; a longer one reads badly. */
  private static final int COLUMNS = Math.min(MAX_COLUMNS, Crosswalk.columns().orElse(MAX_COLUMNS));

  /** Of a header's value, and of a message, at most so much is shown. */
  private static final int MAX_SHOWN = 2_000;

  /** Names of headers that carry a key; CORS' own, which list names, and WebSocket's are none. */
  private static final Pattern SECRET =
      Pattern.compile(
          "^(?!access-control|sec-).*(?:api-?key|token|secret|passw|proxy-auth)",
          Pattern.CASE_INSENSITIVE);

  private static final String BOLD = "1";
  private static final String RED = "31;1";
  private static final String GREEN = "32;1";

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

  private final PrintWriter out;
  private final boolean colours;

  DiagnosisText(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  // ---------------------------------------------------------------------------------- diagnosis

  void print(Diagnosis diagnosis) {
    Request request = diagnosis.request();
    line(
        BOLD,
        request.method()
            + " "
            + request.url()
            + " from "
            + request.origin()
            + (request.includesCredentials() ? ", with credentials" : ""));
    out.println();
    int number = 0;
    for (Exchange exchange : diagnosis.outcome().exchanges()) {
      number++;
      print(number, exchange, diagnosis);
    }
    if (diagnosis.remedy().isPresent()) {
      line(RED, "BLOCKED" + where(diagnosis));
      print(diagnosis.remedy().get(), false);
      diagnosis.serverRemedy().ifPresent(this::print);
      heading("What browsers print");
      diagnosis
          .console()
          .forEach(
              (engine, message) -> {
                wrap("  ", "  ", name(engine) + ":");
                message.lines().forEach(line -> wrap("      ", "      ", line));
              });
    } else {
      shared(diagnosis);
    }
    if (!diagnosis.warnings().isEmpty()) {
      heading("Worth knowing");
      diagnosis.warnings().forEach(warning -> wrap("  - ", "    ", warning));
    }
    out.flush();
  }

  private static String where(Diagnosis diagnosis) {
    int browsers = diagnosis.console().size();
    return browsers == Diagnosis.BROWSERS.size()
        ? " by every browser."
        : " by "
            + String.join(
                " and ", diagnosis.console().keySet().stream().map(DiagnosisText::name).toList())
            + " only.";
  }

  static String name(Engine engine) {
    return switch (engine) {
      case CHROMIUM -> "Chrome";
      case FIREFOX -> "Firefox";
      case WEBKIT -> "Safari";
      case STANDARD -> "the standard";
    };
  }

  private void print(int number, Exchange exchange, Diagnosis diagnosis) {
    line(
        BOLD,
        number + "  " + (exchange.preflight() ? "Preflight: the browser asks first" : "Request"));
    WireRequest request = exchange.request();
    wrap("     > ", "         ", request.method() + " " + request.url());
    for (Headers.Field field : request.headers()) {
      String lower = Bytes.lowerCase(field.name());
      if (!lower.equals("accept") && !lower.startsWith("sec-fetch-")) {
        wrap("     > ", "         ", shown(field));
      }
    }
    Optional<String> deciding = diagnosis.decidingHeader(exchange);
    boolean last = isRefused(exchange, diagnosis);
    WireResponse response = exchange.response();
    field(last && deciding.isEmpty(), (response.status() + " " + response.reason()).strip());
    int others = 0;
    for (Headers.Field field : response.headers()) {
      String lower = Bytes.lowerCase(field.name());
      boolean decides = deciding.isPresent() && Bytes.equalIgnoringCase(deciding.get(), lower);
      if (decides || lower.startsWith("access-control-") || TELLING.contains(lower)) {
        field(decides, shown(field));
      } else {
        others++;
      }
    }
    if (deciding.isPresent() && !response.headers().has(deciding.get())) {
      field(true, "(no " + deciding.get() + ")");
    }
    if (others > 0) {
      wrap(
          "       ",
          "       ",
          "(and " + others + (others == 1 ? " other header)" : " other headers)"));
    }
    out.println();
  }

  private static boolean isRefused(Exchange exchange, Diagnosis diagnosis) {
    List<Exchange> all = diagnosis.outcome().exchanges();
    return diagnosis.refusal().filter(found -> found.where().status() != 0).isPresent()
        && all.get(all.size() - 1) == exchange;
  }

  /** What is secret stays so: people paste reports into forums. */
  static String shown(Headers.Field field) {
    return switch (Bytes.lowerCase(field.name())) {
      case "authorization", "cookie" -> field.name() + ": (not shown)";
      case "set-cookie" -> {
        int attributes = field.value().indexOf(';');
        yield field.name()
            + ": "
            + Warnings.cookieName(field.value())
            + "=(not shown)"
            + (attributes < 0 ? "" : field.value().substring(attributes));
      }
      default ->
          SECRET.matcher(field.name()).find() ? field.name() + ": (not shown)" : field.toString();
    };
  }

  private void field(boolean decides, String text) {
    if (decides) {
      colour(RED, () -> wrap("  !  < ", "         ", text));
    } else {
      wrap("     < ", "         ", text);
    }
  }

  private void shared(Diagnosis diagnosis) {
    Outcome outcome = diagnosis.outcome();
    if (diagnosis.stopsAtRedirect()) {
      line(GREEN, "ALLOWED so far: the server redirects, and the redirect was not followed.");
      return;
    }
    line(GREEN, "ALLOWED by every browser: the script may read the response.");
    if (diagnosis.isSameOrigin()) {
      wrap("  ", "  ", "The page and the URL are of one origin, so that CORS has no part in it.");
    }
    heading("What the script can read");
    wrap("  status   ", "           ", String.valueOf(outcome.status()));
    String label = "  headers  ";
    for (Headers.Field field : outcome.headers()) {
      wrap(label, "             ", field.toString());
      label = "           ";
    }
    if (!diagnosis.hidden().isEmpty()) {
      wrap("  hidden   ", "           ", String.join(", ", diagnosis.hidden()));
      wrap(
          "           ",
          "           ",
          "To show one: .exposeResponseHeaders(\"Name\"), or Access-Control-Expose-Headers: Name");
    }
    wrap("  body     ", "           ", diagnosis.bodyLength());
    if (!diagnosis.preflightAge().isEmpty()) {
      wrap(
          "  preflight  ",
          "             ",
          "kept for "
              + String.join(
                  ", ",
                  diagnosis.preflightAge().entrySet().stream().map(DiagnosisText::keeps).toList()));
    }
  }

  private static String keeps(Map.Entry<Engine, Long> age) {
    return age.getValue() + " s by " + name(age.getKey());
  }

  private void print(ServerRemedy remedy) {
    wrap("  ", "  ", "With " + remedy.server().title() + ":");
    // Not wrapped: they are to be pasted into a file.
    remedy.lines().forEach(line -> out.println("      " + line));
    wrap("  ", "  ", remedy.note());
  }

  // -------------------------------------------------------------------------------- explanation

  /** So many messages are explained; more of them at once help nobody. */
  private static final int MAX_EXPLAINED = 6;

  void print(List<ConsoleMessage> messages) {
    int shown = Math.min(messages.size(), MAX_EXPLAINED);
    for (int i = 0; i < shown; i++) {
      if (i > 0) {
        out.println();
      }
      String number = messages.size() == 1 ? "" : " (" + (i + 1) + " of " + messages.size() + ")";
      print(messages.get(i), number);
    }
    if (messages.size() > shown) {
      out.println();
      wrap("", "", "The others are not shown. Solve these first, or paste fewer lines.");
    }
    out.flush();
  }

  private void print(ConsoleMessage message, String number) {
    line(BOLD, message.title() + number);
    if (!message.url().isEmpty()) {
      int others = message.otherUrls();
      wrap(
          "  about ",
          "        ",
          message.url()
              + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others")));
    }
    if (!message.origin().isEmpty()) {
      wrap("  from  ", "        ", message.origin());
    }
    print(message.remedy(), message.origin().isEmpty());
    Optional<Grant> grant = message.remedy().grant();
    if (message.url().startsWith("http") && grant.isPresent()) {
      heading("To see it happen");
      // Not wrapped: it is to be pasted into a shell.
      out.println("  " + command(message, grant.get()));
      if (grant.get().asksForMore()) {
        wrap(
            "  ",
            "  ",
            "The message does not tell what made the browser ask first. Put the method (-X) and the"
                + " headers (-H) of the page's own request in place of that header.");
      }
    }
  }

  /** The request of the message, as far as it is known. */
  private static String command(ConsoleMessage message, Grant grant) {
    StringBuilder command = new StringBuilder("crosswalk diagnose ");
    command.append(quote(message.url(), "URL")).append(" --origin ");
    // A page of the disk sends null.
    command.append(
        message.origin().isEmpty()
            ? Grant.SOME_ORIGIN
            : message.origin().equals("file://")
                ? "null"
                : quote(message.origin(), Grant.SOME_ORIGIN));
    if (!message.method().equals("GET")) {
      command.append(" -X ").append(message.method());
    }
    for (String name : grant.requestHeaders()) {
      command.append(" -H '").append(name).append(": ");
      command.append(name.equals("content-type") ? "application/json" : "x").append("'");
    }
    if (grant.asksForMore()) {
      command.append(" -H 'content-type: application/json'");
    }
    return command.append(grant.credentials() ? " --credentials" : "").toString();
  }

  /** For a shell; what is not a plain URL is not offered for pasting. */
  private static String quote(String text, String otherwise) {
    boolean plain =
        text.chars().allMatch(c -> Bytes.isAlphanumeric(c) || ":/.-_~%[]@?=&+,".indexOf(c) >= 0);
    return plain
        ? text.chars().anyMatch(c -> "?&[]".indexOf(c) >= 0) ? "'" + text + "'" : text
        : otherwise;
  }

  private void print(Remedy remedy, boolean originUnknown) {
    heading("Cause");
    wrap("  ", "  ", remedy.cause());
    heading("What to change");
    remedy.advice().forEach(advice -> wrap("  - ", "    ", advice));
    if (!remedy.write().isEmpty()) {
      out.println();
      remedy.write().forEach(line -> wrap("      ", "          ", line));
    }
    if (remedy.grant().isEmpty()) {
      return;
    }
    Grant grant = remedy.grant().get();
    out.println();
    Optional<String> refusal = grant.refusal();
    if (refusal.isPresent()) {
      wrap("  ", "  ", refusal.get());
    } else {
      wrap(
          "  ",
          "  ",
          (remedy.isCertain() ? "With Crosswalk" : "If it turns out to be CORS, with Crosswalk")
              + (originUnknown ? ", your page's origin in place of " + grant.origin() : "")
              + ":");
      grant.policy().forEach(line -> wrap("      ", "          ", line));
    }
    if (!grant.onPreflight().isEmpty()) {
      wrap("  ", "  ", "With any server, on the answer to the preflight (OPTIONS, status 204):");
      grant.onPreflight().forEach(line -> wrap("      ", "          ", line));
      if (grant.asksForMore()) {
        wrap(
            "      ",
            "          ",
            "and Access-Control-Allow-Methods and -Headers with what the page's request uses");
      }
    }
    wrap(
        "  ",
        "  ",
        (grant.onPreflight().isEmpty()
                ? "With any server, on every response"
                : "and on every other response")
            + ", errors among them:");
    grant.onResponse().forEach(line -> wrap("      ", "          ", line));
  }

  // --------------------------------------------------------------------------------------- lines

  private void heading(String text) {
    out.println();
    line(BOLD, text);
  }

  private void line(String style, String text) {
    colour(style, () -> wrap("", "    ", text));
  }

  private void colour(String style, Runnable lines) {
    if (!colours) {
      lines.run();
      return;
    }
    out.print("\u001B[" + style + "m");
    lines.run();
    out.print("\u001B[0m");
  }

  /**
   * What a server sent never reaches a terminal as it is: it could hold the terminal's commands.
   */
  private void wrap(String first, String next, String text) {
    List<String> lines = new ArrayList<>();
    String safe = Observation.printable(Observation.cut(text, MAX_SHOWN));
    int indent = 0;
    while (indent < safe.length() && safe.charAt(indent) == ' ') {
      indent++;
    }
    StringBuilder line = new StringBuilder(first).append(" ".repeat(indent));
    boolean empty = true;
    for (String word : safe.substring(indent).split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(next).append(word);
      } else {
        line.append(empty ? "" : " ").append(word);
      }
      empty = false;
    }
    lines.add(line.toString());
    lines.forEach(out::println);
  }
}

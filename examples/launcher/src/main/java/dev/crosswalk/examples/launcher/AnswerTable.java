package dev.crosswalk.examples.launcher;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table for a terminal of 100 columns: what was sent, what came back from the services, what a
 * browser does about it, and why.
 */
final class AnswerTable {

  private static final int SENT = 33;
  private static final int CAME_BACK = 40;
  private static final int BROWSER = 23;
  private static final String GAP = "  ";
  private static final int WIDTH = SENT + CAME_BACK + BROWSER + 2 * GAP.length();
  private static final String RULE = "-".repeat(WIDTH);

  /** What is shown of a request, and of an answer: that which takes part in the protocol. */
  private static final List<String> REQUEST_HEADERS =
      List.of(
          "Origin",
          "Access-Control-Request-Method",
          "Access-Control-Request-Headers",
          "Content-Type",
          "Authorization");

  private static final List<String> RESPONSE_HEADERS =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Max-Age",
          "Access-Control-Expose-Headers",
          "Vary");

  private static final RequestReader<WireRequest> READER =
      new RequestReader<>() {
        @Override
        public String method(WireRequest request) {
          return request.method();
        }

        @Override
        public String path(WireRequest request) {
          return URI.create(request.url()).getRawPath();
        }

        @Override
        public @Nullable String header(WireRequest request, String name) {
          return request.headers().get(name).orElse(null);
        }
      };

  private final PrintWriter out;
  private final Cors cors;

  /**
   * @param out where to
   * @param cors what the services decide by; it is asked for its reasons
   */
  AnswerTable(PrintWriter out, Cors cors) {
    this.out = out;
    this.cors = cors;
  }

  void printHead() {
    printRow(List.of("SENT"), List.of("CAME BACK"), List.of("A BROWSER, AND WHY"));
  }

  /** Services that gave the same answer, and what came of the first one's. */
  private record Alike(Outcome outcome, List<Example> services) {}

  /** Prints what came of a scenario at each of the services: those that answer alike as one. */
  void print(int number, Scenario scenario, Map<Example, Outcome> outcomes) {
    out.println(RULE);
    out.println(number + "  " + scenario.title());
    int exchanges = outcomes.values().stream().mapToInt(o -> o.exchanges().size()).max().getAsInt();
    for (int i = 0; i < exchanges; i++) {
      Map<List<String>, Alike> alike = new LinkedHashMap<>();
      for (Map.Entry<Example, Outcome> entry : outcomes.entrySet()) {
        if (i < entry.getValue().exchanges().size()) {
          List<String> answer = answer(entry.getValue().exchanges().get(i));
          alike
              .computeIfAbsent(answer, any -> new Alike(entry.getValue(), new ArrayList<>()))
              .services()
              .add(entry.getKey());
        }
      }
      for (Map.Entry<List<String>, Alike> entry : alike.entrySet()) {
        Outcome outcome = entry.getValue().outcome();
        List<String> cameBack = new ArrayList<>(entry.getKey());
        String names = names(entry.getValue().services(), outcomes.size());
        cameBack.set(0, cameBack.get(0) + " from " + names);
        Exchange exchange = outcome.exchanges().get(i);
        printRow(sent(exchange.request()), cameBack, List.of(browser(outcome, i)));
        wrap(List.of("Why: " + why(cors, exchange)), WIDTH).forEach(out::println);
      }
    }
  }

  /** Why a policy answers as it does. */
  static String why(Cors cors, Exchange exchange) {
    return cors.decide(exchange.request(), READER).explanation(exchange.request(), READER);
  }

  private static String names(List<Example> examples, int services) {
    return examples.size() == services
        ? "all of them"
        : String.join(", ", examples.stream().map(Example::toString).toList());
  }

  /** Says whether all is as expected, and what is not. */
  void printFoot(List<String> surprises) {
    out.println(RULE);
    out.println("AC- is short for Access-Control-.");
    out.println();
    if (surprises.isEmpty()) {
      out.println("The four agree, and every answer is as expected.");
    } else {
      out.println("Not as expected:");
      surprises.forEach(surprise -> out.println("  " + surprise));
    }
  }

  /** What is shown of an answer; two that are equal here are alike. */
  static List<String> answer(Exchange exchange) {
    List<String> lines = new ArrayList<>();
    lines.add(Integer.toString(exchange.response().status()));
    lines.addAll(shown(exchange.response().headers(), RESPONSE_HEADERS));
    return lines;
  }

  static List<String> sent(WireRequest request) {
    List<String> lines = new ArrayList<>();
    lines.add(request.method() + " " + URI.create(request.url()).getPath());
    lines.addAll(shown(request.headers(), REQUEST_HEADERS));
    return lines;
  }

  private static List<String> shown(Headers headers, List<String> names) {
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      for (String value : headers.lines(name)) {
        lines.add((name + ": " + value).replace("Access-Control-", "AC-"));
      }
    }
    return lines;
  }

  private static String browser(Outcome outcome, int index) {
    Exchange exchange = outcome.exchanges().get(index);
    if (!exchange.preflight()) {
      return outcome.verdict().isShared() ? "shows it to the page" : "hides it from the page";
    }
    String method = exchange.request().headers().get("Access-Control-Request-Method").orElse("");
    return (index + 1 < outcome.exchanges().size() ? "sends the " : "sends no ") + method;
  }

  private void printRow(List<String> sent, List<String> cameBack, List<String> browser) {
    List<String> left = wrap(sent, SENT);
    List<String> middle = wrap(cameBack, CAME_BACK);
    List<String> right = wrap(browser, BROWSER);
    int lines = Math.max(left.size(), Math.max(middle.size(), right.size()));
    for (int i = 0; i < lines; i++) {
      String line = pad(left, i, SENT) + GAP + pad(middle, i, CAME_BACK) + GAP + pad(right, i, 0);
      out.println(line.stripTrailing());
    }
  }

  private static String pad(List<String> lines, int index, int width) {
    String line = index < lines.size() ? lines.get(index) : "";
    return line + " ".repeat(Math.max(0, width - line.length()));
  }

  /** Breaks lines at spaces; what follows is indented. A word that is too long stays whole. */
  private static List<String> wrap(List<String> lines, int width) {
    List<String> wrapped = new ArrayList<>();
    for (String line : lines) {
      StringBuilder part = new StringBuilder();
      for (String word : line.split(" ")) {
        if (!part.isEmpty() && part.length() + 1 + word.length() > width) {
          wrapped.add(part.toString());
          part.setLength(0);
          part.append(" ");
        }
        part.append(part.isEmpty() ? "" : " ").append(word);
      }
      wrapped.add(part.toString());
    }
    return wrapped;
  }
}

package dev.crosswalk.cors.cli.grant;

import com.samskivert.mustache.Mustache;
import dev.crosswalk.cors.cli.grant.Overview.Answer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The overview of policies for a browser, as one page that needs no other file, and as JSON. */
public final class OverviewPage {

  private static final String TEMPLATE = "policy.html.mustache";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private OverviewPage() {}

  // What the template shows, by the names that it uses.

  private record Page(
      String title, List<AlertShown> alerts, List<RowShown> rows, List<String> guard) {}

  private record AlertShown(String level, String text) {}

  private record RowShown(
      String paths,
      List<String> origins,
      String credentials,
      String methods,
      String requestHeaders,
      String exposedHeaders,
      String keptFor,
      List<String> further) {}

  /** Returns the page. */
  public static String html(String title, Overview overview) {
    Page page =
        new Page(
            title,
            overview.alerts().stream()
                .map(a -> new AlertShown(a.level().name().toLowerCase(Locale.ROOT), a.text()))
                .toList(),
            overview.rows().stream()
                .map(
                    row ->
                        new RowShown(
                            OverviewText.paths(row.paths()),
                            row.origins(),
                            row.credentials() ? "yes" : "no",
                            String.join(", ", row.methods()),
                            String.join(", ", row.requestHeaders()),
                            String.join(", ", row.exposedHeaders()),
                            row.keptFor(),
                            row.further()))
                .toList(),
            overview.guard());
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(OverviewPage.class.getResourceAsStream(TEMPLATE), TEMPLATE),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler()
          .escapeHTML(true)
          .emptyStringIsFalse(true)
          .compile(reader)
          .execute(page);
    } catch (IOException e) {
      throw new UncheckedIOException(TEMPLATE + " cannot be read", e);
    }
  }

  /** Returns the overview for programs. */
  public static String json(Overview overview) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode alerts = root.putArray("alerts");
    for (Overview.Alert alert : overview.alerts()) {
      alerts
          .addObject()
          .put("level", alert.level().name().toLowerCase(Locale.ROOT))
          .put("text", alert.text());
    }
    ArrayNode policies = root.putArray("policies");
    for (Overview.Row row : overview.rows()) {
      ObjectNode policy = policies.addObject();
      all(policy, "paths", row.paths());
      all(policy, "origins", row.origins());
      policy.put("credentials", row.credentials());
      all(policy, "methods", row.methods());
      all(policy, "requestHeaders", row.requestHeaders());
      all(policy, "responseHeaders", row.exposedHeaders());
      policy.put("preflightsKeptFor", row.keptFor());
      all(policy, "further", row.further());
    }
    all(root, "guard", overview.guard());
    return printed(root);
  }

  /** Returns for programs what an origin may do. */
  public static String json(String origin, List<Answer> answers) {
    ObjectNode root = JSON.createObjectNode().put("origin", origin);
    ArrayNode all = root.putArray("answers");
    for (Answer answer : answers) {
      ObjectNode one = all.addObject();
      all(one, "paths", answer.paths());
      one.put("allowed", answer.allowed()).put("explanation", answer.answer());
    }
    return printed(root);
  }

  /** Returns differences for programs. */
  public static String json(List<Difference> differences) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("differences");
    for (Difference difference : differences) {
      Difference.Witness witness = difference.witness();
      all.addObject()
          .put("kind", difference.kind().name().toLowerCase(Locale.ROOT))
          .put("paths", difference.where())
          .put("difference", difference.sentence())
          .putObject("witness")
          .put("right", witness.right().name().toLowerCase(Locale.ROOT))
          .put("path", witness.path())
          .put("origin", witness.origin())
          .put("subject", witness.subject())
          .put("before", witness.before())
          .put("after", witness.after());
    }
    return printed(root);
  }

  private static void all(ObjectNode node, String name, List<String> values) {
    values.forEach(node.putArray(name)::add);
  }

  private static String printed(ObjectNode root) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}

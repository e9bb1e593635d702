package dev.crosswalk.examples.browser;

import dev.crosswalk.examples.browser.BrowserTest.Sight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of scenarios, adapters and browsers, as {@code target/browser-report.md}. */
final class Report {

  private final Map<Scenario, Map<Browser.Kind, Map<Adapter, List<Sight>>>> cells =
      new LinkedHashMap<>();

  synchronized void add(Scenario scenario, Adapter adapter, Browser.Kind kind, List<Sight> sights) {
    cells
        .computeIfAbsent(scenario, key -> new EnumMap<>(Browser.Kind.class))
        .computeIfAbsent(kind, key -> new EnumMap<>(Adapter.class))
        .put(adapter, sights);
  }

  void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# What browsers did");
    lines.add("");
    StringBuilder head = new StringBuilder("| scenario |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Browser.Kind kind : Browser.Kind.values()) {
      for (Adapter adapter : Adapter.values()) {
        head.append(' ').append(kind.name().toLowerCase(Locale.ROOT));
        head.append(", ").append(adapter).append(" |");
        rule.append("---|");
      }
    }
    lines.add(head.toString());
    lines.add(rule.toString());
    List<String> differences = new ArrayList<>();
    cells.forEach(
        (scenario, kinds) -> {
          StringBuilder row = new StringBuilder("| ").append(scenario.title()).append(" |");
          Set<String> endings = new TreeSet<>();
          for (Browser.Kind kind : Browser.Kind.values()) {
            for (Adapter adapter : Adapter.values()) {
              String ending = endings(kinds.getOrDefault(kind, Map.of()).get(adapter));
              endings.add(ending);
              row.append(' ').append(ending).append(" |");
            }
          }
          lines.add(row.toString());
          if (endings.size() > 1) {
            differences.add("- " + scenario.title() + ": " + String.join("; ", endings));
          }
        });
    lines.add("");
    lines.add("## Where engines differ");
    lines.add("");
    lines.addAll(differences);
    lines.add("");
    lines.add("## Where they depart from the model");
    lines.add("");
    for (Departure departure : Departure.values()) {
      lines.add("- " + departure);
    }
    Files.write(Path.of("target", "browser-report.md"), lines);
  }

  private static String endings(List<Sight> sights) {
    return sights == null
        ? "not run"
        : sights.stream()
            .map(sight -> sight.ending().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "));
  }
}

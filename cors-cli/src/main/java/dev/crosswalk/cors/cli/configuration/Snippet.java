package dev.crosswalk.cors.cli.configuration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of a server's configuration.
 *
 * @param lines to put into it
 * @param limits what the server cannot hold, so that less is granted, and what to know of it
 * @param comment what begins a comment there; empty if there are none
 */
public record Snippet(List<String> lines, List<Limit> limits, String comment) {

  public Snippet {
    lines = lines.stream().flatMap(String::lines).toList();
    limits = List.copyOf(limits);
  }

  /** Of settings that would mean everybody, or nothing, without any origin. */
  static Snippet ofSettings(ExportedPolicy policy, List<String> lines) {
    return policy.isNobody()
        ? of(policy, List.of("# No origin is left, so there is nothing to allow."))
        : of(policy, lines);
  }

  static Snippet of(ExportedPolicy policy, List<String> lines) {
    return new Snippet(lines, policy.limits(), "#");
  }

  /** Returns the lines, below a comment for each limit. */
  public String text() {
    String said =
        comment.isEmpty()
            ? ""
            : limits.stream()
                .map(limit -> comment + " " + limit + "\n")
                .collect(Collectors.joining());
    return said + String.join("\n", lines) + "\n";
  }
}

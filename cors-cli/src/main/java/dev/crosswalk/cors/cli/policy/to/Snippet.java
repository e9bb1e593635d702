package dev.crosswalk.cors.cli.policy.to;

import java.util.List;

/**
 * A piece of a server's configuration.
 *
 * @param text the lines to put into it
 * @param limits what the server cannot hold, so that less is granted or said; sentences
 */
public record Snippet(String text, List<String> limits) {

  /** Of settings that would mean everybody, or nothing, without any origin. */
  static Snippet ofSettings(Grant grant, List<String> lines) {
    return grant.isNobody()
        ? of(grant, "#", List.of("# No origin is left, so there is nothing to allow."))
        : of(grant, "#", lines);
  }

  static Snippet of(Grant grant, String comment, List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String limit : grant.limits()) {
      text.append(comment).append(" Not held: ").append(limit).append(".\n");
    }
    lines.forEach(line -> text.append(line).append('\n'));
    return new Snippet(text.toString(), grant.limits());
  }
}

package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.cli.terminal.Lines;
import java.util.Optional;

/** What to change, for people. */
public final class RemedyText {

  private final Lines lines;

  public RemedyText(Lines lines) {
    this.lines = lines;
  }

  /** With a place for the page's origin where that is not known. */
  public void print(Remedy remedy, boolean originUnknown) {
    lines.heading("Cause");
    lines.wrap("  ", "  ", remedy.cause());
    lines.heading("What to change");
    remedy.words().forEach(advice -> lines.wrap("  - ", "    ", advice));
    if (!remedy.write().isEmpty()) {
      lines.blank();
      remedy.write().forEach(line -> lines.wrap("      ", "          ", line));
    }
    if (remedy.grant().isEmpty()) {
      return;
    }
    RequiredGrant grant = remedy.grant().get();
    lines.blank();
    Optional<String> refusal = grant.refusal();
    if (refusal.isPresent()) {
      lines.wrap("  ", "  ", refusal.get());
    } else {
      lines.wrap(
          "  ",
          "  ",
          remedy.offer()
              + (originUnknown ? ", your page's origin instead of " + grant.origin() : "")
              + ":");
      grant.policy().forEach(line -> lines.wrap("      ", "          ", line));
    }
    if (!grant.onPreflight().isEmpty()) {
      lines.wrap(
          "  ", "  ", "With any server, on the answer to the preflight (OPTIONS, status 204):");
      grant.onPreflight().forEach(line -> lines.wrap("      ", "          ", line));
      if (grant.asksForMore()) {
        lines.wrap(
            "      ",
            "          ",
            "and Access-Control-Allow-Methods and -Headers with what the page's request uses");
      }
    }
    lines.wrap(
        "  ",
        "  ",
        (grant.onPreflight().isEmpty()
                ? "With any server, on every response"
                : "and on every other response")
            + ", including errors:");
    grant.onResponse().forEach(line -> lines.wrap("      ", "          ", line));
  }

  /** The same in the configuration of a server. */
  public void print(ServerRemedy remedy) {
    lines.wrap(
        "  ",
        "  ",
        (remedy.guess()
                ? "If the application is written with " + remedy.server().title()
                : "With " + remedy.server().title())
            + ", beside what you allow already:");
    remedy.lines().forEach(line -> lines.unwrapped("      " + line));
    lines.wrap("  ", "  ", remedy.note());
  }
}

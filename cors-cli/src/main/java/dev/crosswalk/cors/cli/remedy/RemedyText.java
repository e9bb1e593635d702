package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.terminal.Lines;
import java.util.List;
import java.util.Optional;

/** What to change, for people: in words, then for their own server, then for any. */
public final class RemedyText {

  private final Lines lines;

  public RemedyText(Lines lines) {
    this.lines = lines;
  }

  /**
   * Prints a remedy.
   *
   * @param placeholder whether the grant's origin stands for the page's, which is not known
   * @param server the same in the configuration of a server
   * @param lack what that configuration may still lack
   */
  public void print(
      Remedy remedy, boolean placeholder, Optional<ServerRemedy> server, Optional<String> lack) {
    lines.heading("Cause");
    text(remedy.cause());
    lines.heading("What to change");
    remedy.words().forEach(advice -> lines.wrap("  - ", "    ", advice));
    if (!remedy.write().isEmpty()) {
      lines.blank();
      toWrite(remedy.write());
    }
    Optional<RequiredGrant> grant = remedy.grant();
    if (grant.isPresent() || server.isPresent()) {
      lines.blank();
    }
    grant.ifPresent(offered -> condition(remedy, placeholder, offered));
    server.ifPresent(this::configuration);
    lack.ifPresent(this::text);
    if (grant.isPresent() && server.isPresent()) {
      lines.blank();
    }
    if (remedy.isOfCrosswalk()) {
      grant.map(remedy::toAdd).ifPresent(this::ownPolicy);
    } else {
      grant.ifPresent(this::headersAndPolicy);
    }
  }

  private void condition(Remedy remedy, boolean placeholder, RequiredGrant grant) {
    String origin = "your page's origin instead of " + grant.origin();
    Optional<String> condition = remedy.condition();
    if (condition.isPresent()) {
      text(condition.get() + (placeholder ? ", write " + origin : "") + ":");
    } else if (placeholder) {
      text("Write " + origin + ".");
    }
    grant.refusal().ifPresent(this::text);
  }

  private void configuration(ServerRemedy remedy) {
    text(
        (remedy.guess()
                ? "If the application is written with "
                : remedy.server().isEmpty() ? "In " : "With ")
            + remedy.title()
            + (remedy.changes()
                ? ", these lines change; the rest stays as it is:"
                : ", beside what you allow already:"));
    remedy.lines().forEach(line -> lines.unwrapped(("      " + line).stripTrailing()));
    if (!remedy.note().isEmpty()) {
      text(remedy.note());
    }
  }

  private void ownPolicy(List<String> added) {
    if (!added.isEmpty()) {
      text("Add to your policy:");
      toWrite(added);
    }
  }

  private void headersAndPolicy(RequiredGrant grant) {
    if (grant.onPreflight().isEmpty()) {
      text("With any server, on every response, including errors:");
    } else {
      text("With any server, on the answer to the preflight (OPTIONS, status 204):");
      toWrite(grant.onPreflight());
      if (grant.asksForMore()) {
        boolean lists =
            grant.onPreflight().stream()
                .anyMatch(line -> line.startsWith(GrantHeaders.ALLOW_HEADERS));
        text(
            lists
                ? "There, Access-Control-Allow-Methods and Access-Control-Allow-Headers also have to name"
                    + " what else the page's request uses."
                : "Add Access-Control-Allow-Methods and Access-Control-Allow-Headers there, with what the"
                    + " page's request uses.");
      }
      text("On every other response, including errors:");
    }
    toWrite(grant.onResponse());
    if (!grant.policy().isEmpty()) {
      lines.blank();
      text("With Crosswalk, on the JVM:");
      toWrite(grant.policy());
    }
  }

  private void text(String sentences) {
    lines.wrap("  ", "  ", sentences);
  }

  private void toWrite(List<String> written) {
    written.forEach(line -> lines.copied("      ", line));
  }
}

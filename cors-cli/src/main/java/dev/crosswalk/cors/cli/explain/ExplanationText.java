package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.remedy.ExistingGrant;
import dev.crosswalk.cors.cli.remedy.RemedyText;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Secrets;
import dev.crosswalk.cors.tck.url.Bytes;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** What messages mean, for people. */
final class ExplanationText {

  /** At most this many messages are explained in full; more of them at once help nobody. */
  private static final int MAX_EXPLAINED = 6;

  private final Lines lines;
  private final RemedyText remedies;

  ExplanationText(PrintWriter out, boolean colors) {
    lines = new Lines(out, colors);
    remedies = new RemedyText(lines);
  }

  void print(List<ConsoleMessage> messages) {
    int shown = Math.min(messages.size(), MAX_EXPLAINED);
    for (int i = 0; i < shown; i++) {
      if (i > 0) {
        lines.blank();
      }
      String number = messages.size() == 1 ? "" : " (" + (i + 1) + " of " + messages.size() + ")";
      print(messages.get(i), number);
    }
    if (messages.size() > shown) {
      lines.heading("Also there: solve the others first, or paste these alone");
      messages
          .subList(shown, messages.size())
          .forEach(message -> lines.wrap("  - ", "    ", listed(message)));
    }
    lines.flush();
  }

  /** The first sentence about a message, and where it is. */
  private static String listed(ConsoleMessage message) {
    String url = asked(message);
    return (url.isEmpty() ? "" : url + ": ") + message.remedy().cause().split("(?<=\\.) ", 2)[0];
  }

  private void print(ConsoleMessage message, String number) {
    lines.strong(message.title() + number);
    String url = asked(message);
    if (!message.url().isEmpty()) {
      int others = message.otherUrls();
      lines.wrap(
          "  about ",
          "        ",
          url + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others")));
    }
    if (!message.origin().isEmpty()) {
      lines.wrap("  from  ", "        ", message.origin());
    }
    Optional<RequiredGrant> grant = message.remedy().grant();
    boolean placeholder =
        grant.isPresent()
            && grant.get().origin().equals(RequiredGrant.SOME_ORIGIN)
            && !message.origin().equals(RequiredGrant.SOME_ORIGIN);
    Optional<ServerRemedy> server = message.configuration();
    remedies.print(
        message.remedy(),
        placeholder,
        server,
        server.flatMap(written -> grant.flatMap(each -> lack(written, each))));
    if (message.url().startsWith("ws") && message.remedy().code().contains("SOCKET")) {
      lines.heading("To see it happen");
      lines.unwrapped("  " + diagnose(message));
      tellWhatIsNotShown(url);
    }
    // Of a redirect to a login, the URL is that of the login service.
    boolean own = !message.remedy().code().equals("LOGIN_REDIRECT");
    if (message.url().startsWith("http") && grant.isPresent() && own) {
      lines.heading("To see it happen");
      lines.unwrapped("  " + command(message, grant.get()));
      tellWhatIsNotShown(url);
      if (message.url().equals(AskedUrl.origin(message.url()))) {
        lines.wrap("  ", "  ", "The message names only the server: write the whole URL instead.");
      }
      if (grant.get().asksForMore()) {
        lines.wrap(
            "  ",
            "  ",
            "The message does not say why the browser sent a preflight. Write the "
                + (message.method().equals("GET") ? "method (-X) and the " : "")
                + "headers (-H) of the page's request instead of that header.");
      }
    }
  }

  private void tellWhatIsNotShown(String url) {
    if (url.contains(Secrets.NOT_SHOWN)) {
      lines.wrap(
          "  ",
          "  ",
          "What may be a secret in the URL is not shown: write it instead of "
              + Secrets.NOT_SHOWN
              + " before you run this.");
    }
  }

  /** What a configuration may lack, because a message does not tell the whole request. */
  private static Optional<String> lack(ServerRemedy written, RequiredGrant grant) {
    if (written.changes()) {
      return Optional.empty();
    }
    ExistingGrant kept = grant.kept();
    List<String> open = written.without(kept);
    if (!open.isEmpty()) {
      return Optional.of(
          "Your paste allows " + String.join(" and ", open) + ": keep that as it is.");
    }
    if (kept.anyHeader()) {
      return Optional.empty();
    }
    boolean untold = written.allowsUntold() && grant.permissions().requestHeaders().isEmpty();
    if (untold) {
      return grant.permissions().methods().isEmpty()
          ? Optional.of(
              "The message does not say everything that the script sends. Add the methods PUT, PATCH"
                  + " or DELETE, if it uses them.")
          : Optional.empty();
    }
    if (grant.asksForMore()) {
      return Optional.of("Add the method and the headers that the page's request uses.");
    }
    return grant.permissions().requestHeaders().isEmpty()
        ? Optional.of(
            "The message does not say everything that the script sends. Add what it uses: the"
                + " header content-type for JSON, authorization for a token, and the methods PUT,"
                + " PATCH or DELETE.")
        : Optional.empty();
  }

  /** The request of the message, as far as it is known. */
  private static String command(ConsoleMessage message, RequiredGrant grant) {
    StringBuilder command = new StringBuilder(diagnose(message));
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

  /** The URL as a command can be given it. No browser sends a fragment. */
  static String asked(ConsoleMessage message) {
    return Secrets.hidden(message.url().replaceFirst("#.*", ""));
  }

  /** The URL and the page; a page of the disk sends null. */
  private static String diagnose(ConsoleMessage message) {
    return "crosswalk diagnose "
        + quote(asked(message), "URL")
        + " --origin "
        + (message.origin().isEmpty()
            ? message.remedy().grant().map(RequiredGrant::origin).orElse(RequiredGrant.SOME_ORIGIN)
            : message.origin().equals("file://")
                ? "null"
                : quote(message.origin(), RequiredGrant.SOME_ORIGIN));
  }

  /** For a shell; what is not a plain URL is not offered for pasting. */
  private static String quote(String text, String otherwise) {
    boolean plain =
        text.chars()
            .allMatch(c -> Bytes.isAlphanumeric(c) || ":/.-_~%[]@?=&+,{}();*!|#$".indexOf(c) >= 0);
    return plain
        ? text.chars().anyMatch(c -> "?&[]{}();*!|#$".indexOf(c) >= 0) ? "'" + text + "'" : text
        : otherwise;
  }
}

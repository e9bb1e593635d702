package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.page.PageHeaders;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.Secrets;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.url.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crosswalk explain}: what a message in a browser's console means. */
@Command(
    name = "explain",
    description = {
      "Tells what a message in a browser's console means, and what to change on the server.",
      "",
      "Nothing is sent. It understands Chrome, Edge, Firefox in every language, Safari, Internet"
          + " Explorer, older versions, and what libraries and servers make of a failure. Paste one"
          + " line or the whole console.",
      "",
      "Messages contain quotation marks and backticks, which a shell changes. So give no argument:"
          + " then the message is read from standard input. Paste it there, and end it with Ctrl-D"
          + " (on Windows, Ctrl-Z and Enter). Or save it in a file, and give the file's name."
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:Something in your paste is explained.",
      "2:Nothing in your paste is known, or the command is wrong."
    },
    footer = {
      "  crosswalk explain \"Access to fetch at 'https://api.example.com/items'",
      "    from origin 'https://app.example.com' has been blocked by CORS policy: ...\""
    })
public final class Explain implements Callable<Integer> {

  /** More failures than these help nobody. */
  private static final int MAX_LISTED = 200;

  private static final int MAX_LINE = 300;

  /** What looks like the name of a file: it has no spaces, and an extension. */
  private static final Pattern FILE_NAME = Pattern.compile("[\\w.~/\\\\-]+\\.\\w{1,5}");

  /** What is longer than this is refused as too long, whatever its characters are. */
  private static final int MAX_BYTES = 4 * Paste.MAX_LENGTH + 4;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "MESSAGE",
      description =
          "The whole line, as the console shows it, or the name of a file that has it. With -, it is"
              + " read from standard input.")
  private List<String> words = List.of();

  @Option(
      names = "--har",
      paramLabel = "FILE",
      description = {
        "Reads a HAR file instead of a message: what the browser's network panel exports. Each"
            + " request to another origin that failed is explained."
      })
  private @Nullable Path har;

  @Option(
      names = "--for",
      paramLabel = "SERVER",
      description =
          "Writes the remedy for one of the servers below; by default for the one that the message"
              + " shows.")
  private @Nullable Server server;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    CommandLine command = Usage.bound(spec).commandLine();
    if (har != null) {
      return recorded(har, command);
    }
    boolean colors = command.getColorScheme().ansi().enabled();
    Answer answer = answer(words, Optional.ofNullable(server), json, colors, command.getOut());
    if (answer.complaint().isPresent()) {
      throw Usage.mistake(command, answer.complaint().get());
    }
    return answer.exit();
  }

  /**
   * What came of a text.
   *
   * @param complaint what is wrong with it; empty if something was printed
   * @param exit the exit code
   */
  public record Answer(Optional<String> complaint, int exit) {

    private static Answer complaint(String sentence) {
      return new Answer(Optional.of(sentence), ExitCode.USAGE);
    }
  }

  /**
   * Explains a message.
   *
   * @param words of the message, or the name of a file that has it; empty, or "-": it is read from
   *     standard input
   * @param server for which the remedy is written; empty: the one that the message shows
   */
  public static Answer answer(
      List<String> words, Optional<Server> server, boolean json, boolean colors, PrintWriter out) {
    if (words.size() > 1 && words.stream().allMatch(Explain::isFile)) {
      return Answer.complaint("Give one file at a time: crosswalk explain " + words.get(0) + ".");
    }
    boolean isPasted = words.isEmpty() || words.equals(List.of("-"));
    String given = String.join(" ", words);
    boolean isFile = !isPasted && isFile(given);
    String source = isPasted ? "Standard input" : Printable.cut(given, MAX_LINE);
    String text;
    try {
      text = isPasted ? standardInput() : isFile ? content(Path.of(given)) : given;
    } catch (IOException e) {
      return Answer.complaint(Usage.unreadable(source, e));
    }
    if (text.isBlank()) {
      return Answer.complaint(
          Usage.empty(isPasted || isFile ? source : "The message")
              + " Paste the whole line of the console.");
    }
    List<ConsoleMessage> messages = Console.read(text);
    if (messages.isEmpty()) {
      boolean isName = !isPasted && !isFile && FILE_NAME.matcher(given).matches();
      return Answer.complaint(
          text.length() > Paste.MAX_LENGTH
              ? "That is too long to read. Paste the lines about CORS only."
              : (isName
                      ? "There is no file " + source + ". It is not a known message either."
                      : "This message is not known.")
                  + " Paste the whole line of the console, or test the server: crosswalk diagnose"
                  + " URL --origin ORIGIN.");
    }
    print(written(messages, text, server), json, colors, out);
    if (!json && messages.size() == Console.MAX_MESSAGES) {
      out.println(
          "These are the first "
              + Console.MAX_MESSAGES
              + " messages. If there are more, paste only those.");
      out.flush();
    }
    boolean known = messages.stream().anyMatch(ConsoleMessage::isKnown);
    return new Answer(Optional.empty(), known ? ExitCode.HOLDS : ExitCode.USAGE);
  }

  /**
   * The same, for whoever only wants to know whether something was printed.
   *
   * @return what is wrong with it; empty if something was printed
   */
  public static Optional<String> explain(
      List<String> words, Optional<Server> server, boolean json, boolean colors, PrintWriter out) {
    return answer(words, server, json, colors, out).complaint();
  }

  /** With the remedy for a server, once: the first message that headers help. */
  private static List<ConsoleMessage> written(
      List<ConsoleMessage> messages, String text, Optional<Server> named) {
    List<ConsoleMessage> written = new ArrayList<>(messages);
    for (int i = 0; i < written.size(); i++) {
      ConsoleMessage message = written.get(i);
      if (message.remedy().byHeaders().isPresent()) {
        written.set(i, written(message, text, named));
        if (written.get(i).configuration().isPresent()) {
          break;
        }
      }
    }
    return written;
  }

  private static ConsoleMessage written(
      ConsoleMessage message, String pasted, Optional<Server> named) {
    String text =
        PageHeaders.elsewhere(message.url(), message.origin(), pasted)
            .map(ofPage -> ofPage.without(pasted))
            .orElse(pasted);
    return named
        .map(message::writtenFor)
        .or(() -> Software.in(text, message).map(server -> message.writtenFor(server, text)))
        .or(() -> Software.ofLines(text, message).map(server -> message.changedFor(server, text)))
        .orElse(message);
  }

  private int recorded(Path file, CommandLine command) {
    if (!words.isEmpty()) {
      throw Usage.mistake(command, "Write --har FILE or a message, not both.");
    }
    Usage.requireFile(command, "--har " + file, file);
    Recording.Findings findings;
    try {
      findings = Recording.findings(Har.read(file));
    } catch (IllegalArgumentException e) {
      throw Usage.mistake(command, "--har: " + e.getMessage() + ".");
    } catch (IOException e) {
      throw Usage.unreadable(command, "--har " + file, e);
    }
    List<ConsoleMessage> failures = findings.failures();
    if (!json) {
      PrintWriter out = command.getOut();
      int requests = findings.requests();
      out.println(
          failures.isEmpty()
              ? noneFailed(requests)
              : failures.size() + " of " + requests + " requests to other origins failed:");
      failures.stream().limit(MAX_LISTED).forEach(failure -> out.println("  " + listed(failure)));
      if (failures.size() > MAX_LISTED) {
        out.println("  and " + (failures.size() - MAX_LISTED) + " more");
      }
      if (!findings.unsure().isEmpty()) {
        out.println(unsure(findings.unsure()));
      }
      if (!failures.isEmpty()) {
        out.println();
      }
    }
    if (json || !failures.isEmpty()) {
      boolean colors = command.getColorScheme().ansi().enabled();
      print(
          written(Recording.grouped(failures), "", Optional.ofNullable(server)),
          json,
          colors,
          command.getOut());
    }
    command.getOut().flush();
    return ExitCode.HOLDS;
  }

  private static String noneFailed(int requests) {
    return switch (requests) {
      case 0 -> "This file has no requests to other origins.";
      case 1 -> "The only request to another origin in this file did not fail.";
      default -> "None of the " + requests + " requests to other origins in this file failed.";
    };
  }

  /** Firefox' file does not tell. */
  private static String unsure(List<String> urls) {
    String first = Printable.printable(Printable.cut(Secrets.hidden(urls.get(0)), MAX_LINE));
    return (urls.size() == 1
            ? "One more is blocked if it was sent with credentials, which Firefox does not record: "
            : urls.size()
                + " more are blocked if they were sent with credentials, which Firefox does not record."
                + " The first is ")
        + first;
  }

  private static String listed(ConsoleMessage failure) {
    return Printable.printable(
        Printable.cut(
            failure.remedy().code()
                + "  "
                + failure.method()
                + " "
                + ExplanationText.asked(failure),
            MAX_LINE));
  }

  private static void print(
      List<ConsoleMessage> messages, boolean json, boolean colors, PrintWriter out) {
    if (json) {
      out.println(ExplanationJson.of(messages));
    } else {
      new ExplanationText(out, colors).print(messages);
    }
    out.flush();
  }

  /** Not closed: it is the program's, not ours. */
  private static String standardInput() throws IOException {
    if (System.console() != null) {
      System.err.println("Paste the message, then press Ctrl-D (on Windows, Ctrl-Z and Enter).");
    }
    return new String(System.in.readNBytes(MAX_BYTES), Charset.defaultCharset());
  }

  private static boolean isFile(String words) {
    try {
      return Files.exists(Path.of(words));
    } catch (InvalidPathException e) {
      return false; // On Windows, no file's name has the quotation marks of a message.
    }
  }

  private static String content(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return new String(bytes.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    }
  }
}

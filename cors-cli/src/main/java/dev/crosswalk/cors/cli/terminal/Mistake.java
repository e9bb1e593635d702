package dev.crosswalk.cors.cli.terminal;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments of a command, in a sentence. */
public final class Mistake {

  private static final int MAX_ARGUMENT = 100;

  private static final List<Class<?>> WHOLE_NUMBERS =
      List.of(int.class, Integer.class, long.class, Long.class);

  private Mistake() {}

  /** With the nearest name for one that is not known. */
  public static String sentence(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing);
    }
    if (e instanceof MutuallyExclusiveArgsException) {
      return onlyOne(exclusive(e));
    }
    ArgSpec argument = e.getArgSpec();
    if (e instanceof OverwrittenOptionException overwritten) {
      return name(overwritten.getOverwritten()) + " is there twice. Write it once.";
    }
    return argument == null || e.getValue() == null
        ? String.valueOf(e.getMessage())
        : invalid(argument, shown(e.getValue()));
  }

  /** Of options that contradict each other. */
  static String onlyOne(List<String> names) {
    String last = names.get(names.size() - 1);
    return "Write only one of "
        + String.join(", ", names.subList(0, names.size() - 1))
        + " and "
        + last
        + ".";
  }

  /** A request that a browser has copied, pasted behind the command instead of into a file. */
  public static Optional<String> copied(String... words) {
    boolean pasted =
        words.length > 1
            && words[0].equals("diagnose")
            && (words[1].equals("curl")
                || words[1].startsWith("fetch(")
                || words[1].startsWith("@"));
    return pasted
        ? Optional.of(
            "Save the request that you copied in a file, and name the file: crosswalk diagnose"
                + " --copied request.txt.")
        : Optional.empty();
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String argument = shown(e.getUnmatched().get(0));
    if (!argument.startsWith("-")) {
      return e.getCommandLine().getSubcommands().isEmpty()
          ? "There is one argument too many: " + argument + "."
          : noCommand(e.getCommandLine(), argument);
    }
    return "There is no option " + argument + "." + meant(e.getSuggestions().stream().findFirst());
  }

  /** A command that is not there, with the one that was probably meant. */
  public static String noCommand(CommandLine above, String name) {
    if (name.startsWith("http://") || name.startsWith("https://")) {
      return "The command is missing: write crosswalk diagnose URL --origin ORIGIN.";
    }
    if (name.contains(" ")) {
      return "The command is missing: write crosswalk explain, and then paste the message.";
    }
    Map<String, String> known = new LinkedHashMap<>();
    CommandLine root = above;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    add(known, root, "");
    above.getSubcommands().keySet().forEach(each -> known.put(each, each));
    Optional<String> nearest = Typo.nearest(name, known.keySet());
    return "There is no command " + shown(name) + "." + meant(nearest.map(known::get));
  }

  /** The commands below one, by their names, as they are written behind the program's name. */
  private static void add(Map<String, String> known, CommandLine above, String before) {
    above
        .getSubcommands()
        .forEach(
            (name, command) -> {
              known.put(name, before + name);
              add(known, command, before + name + " ");
            });
  }

  /** A name that is not one of those that are known. */
  public static String unknown(String noun, String name, Collection<String> known) {
    String said = "There is no " + noun + " \"" + shown(name) + "\".";
    Optional<String> nearest = Typo.nearest(name, known);
    return said
        + (nearest.isPresent() ? meant(nearest) : " There are " + String.join(", ", known) + ".");
  }

  /** A name behind "There is no", with the nearest of those that are known, if one is near. */
  public static String nameAndMeant(String name, Collection<String> known) {
    return "\"" + shown(name) + "\"." + meant(Typo.nearest(name, known));
  }

  /** Hidden before it is cut: of half a URL nobody can tell what is a secret. */
  private static String shown(String argument) {
    return Printable.shown(Secrets.hidden(argument), MAX_ARGUMENT);
  }

  private static String meant(Optional<String> near) {
    return near.map(name -> " Did you mean " + name + "?").orElse("");
  }

  /** No command has two such groups. */
  private static List<String> exclusive(ParameterException e) {
    return e.getCommandLine().getCommandSpec().argGroups().stream()
        .filter(ArgGroupSpec::exclusive)
        .flatMap(group -> group.args().stream())
        .map(Mistake::name)
        .toList();
  }

  private static String missing(MissingParameterException e) {
    ArgSpec first = e.getMissing().get(0);
    // Nobody has to write this option, so it is there, and its value is missing.
    if (first instanceof OptionSpec option && !option.required()) {
      return name(first) + " needs a value: " + labelled(first) + ".";
    }
    return e.getMissing().stream().map(Mistake::labelled).collect(Collectors.joining(" and "))
        + (e.getMissing().size() == 1 ? " is missing." : " are missing.");
  }

  private static String invalid(ArgSpec argument, String value) {
    if (argument.type() == boolean.class || argument.type() == Boolean.class) {
      return name(argument) + " accepts true or false, and not \"" + value + "\".";
    }
    if (WHOLE_NUMBERS.contains(argument.type())) {
      return name(argument) + " accepts a whole number, and not \"" + value + "\".";
    }
    if (argument.completionCandidates() == null || !argument.type().isEnum()) {
      return name(argument) + " does not accept \"" + value + "\".";
    }
    List<String> known = new ArrayList<>();
    StreamSupport.stream(argument.completionCandidates().spliterator(), false).forEach(known::add);
    return unknown(Bytes.lowerCase(argument.paramLabel()), value, known);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String labelled(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }
}

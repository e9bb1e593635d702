package dev.crosswalk.cors.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What all commands have in common: their version, their width, and how a mistake is reported. */
public final class Usage {

  /** As the build has it, so that a snapshot does not look like a release. */
  public static final String VERSION = version();

  /** Help needs as much, and reads badly in less. */
  private static final int MIN_COLUMNS = 55;

  private Usage() {}

  private static String version() {
    try (InputStream file = Usage.class.getResourceAsStream("version.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As wide as the terminal says it is. */
  public static OptionalInt columns() {
    String columns = System.getenv("COLUMNS");
    boolean number = columns != null && columns.matches("[0-9]{1,4}");
    return number
        ? OptionalInt.of(Math.max(MIN_COLUMNS, Integer.parseInt(columns)))
        : OptionalInt.empty();
  }

  /** What picocli sets before it calls a command: the command's description, and its parameters. */
  public static <T> T bound(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("picocli sets it before it calls");
    }
    return value;
  }

  /**
   * A file that cannot be read, and why.
   *
   * @param file as it was given, with the option in front if there is one
   */
  public static ParameterException unreadable(CommandLine command, String file, Exception e) {
    return mistake(command, unreadable(file, e));
  }

  /** The same sentence, without a command. */
  public static String unreadable(String file, Exception e) {
    return file + " cannot be read: " + reason(e) + ".";
  }

  /** A file in which nothing is. */
  public static String empty(String file) {
    return file + " is empty.";
  }

  /**
   * Refuses a file that is not there, is a folder, may not be read, or has nothing in it. A pipe
   * has no length, and is not empty.
   *
   * @param given the file as it was given, with the option in front if there is one
   */
  public static void requireFile(CommandLine command, String given, Path file) {
    String why =
        !Files.exists(file)
            ? "there is no such file"
            : Files.isDirectory(file)
                ? "it is a folder"
                : Files.isReadable(file) ? "" : "you may not read it";
    if (!why.isEmpty()) {
      throw mistake(command, given + " cannot be read: " + why + ".");
    }
    if (Files.isRegularFile(file) && file.toFile().length() == 0) {
      throw mistake(command, empty(given));
    }
  }

  /** Refuses a number outside of a range. */
  public static void requireRange(
      CommandLine command, String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw mistake(
          command,
          option + " accepts from " + least + " to " + most + " seconds, and not " + value + ".");
    }
  }

  /** Refuses options of which only one can be meant. */
  public static void requireOne(CommandLine command, Map<String, Boolean> given) {
    List<String> names =
        given.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
    if (names.size() > 1) {
      throw mistake(command, Mistake.onlyOne(names));
    }
  }

  /** Without the names of classes. */
  public static String reason(Exception e) {
    if (e instanceof UncheckedIOException unchecked) {
      return reason(Objects.requireNonNull(unchecked.getCause()));
    }
    if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "you may not read it";
    }
    if ("Is a directory".equals(e.getMessage())) {
      return "it is a folder";
    }
    return String.valueOf(e.getMessage());
  }

  /** A mistake in the command, told in a sentence. */
  public static ParameterException mistake(CommandLine command, String sentence) {
    return new ParameterException(command, sentence);
  }
}

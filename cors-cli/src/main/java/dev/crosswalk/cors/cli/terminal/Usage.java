package dev.crosswalk.cors.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
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

  /** A file that cannot be read, and why. */
  public static ParameterException unreadable(CommandLine command, String file, Exception e) {
    return mistake(command, file + " cannot be read: " + reason(e) + ".");
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
    return String.valueOf(e.getMessage());
  }

  /** A mistake in the command, told in a sentence. */
  public static ParameterException mistake(CommandLine command, String sentence) {
    return new ParameterException(command, sentence);
  }
}

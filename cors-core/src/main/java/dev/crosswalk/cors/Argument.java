package dev.crosswalk.cors;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an adapter passes with each request, and what it is told if that is null. */
final class Argument {

  private Argument() {}

  static <R> R reader(@Nullable R reader) {
    return Objects.requireNonNull(
        reader, "The reader is null: pass what reads a request of this framework");
  }

  static <W> W writer(@Nullable W writer) {
    return Objects.requireNonNull(
        writer, "The writer is null: pass what writes to a response of this framework");
  }

  /** The name of a header. */
  static String name(@Nullable String name) {
    return Objects.requireNonNull(name, "The header's name is null: pass one, such as Vary");
  }
}

package dev.crosswalk.examples.micronaut;

import java.util.Objects;

/**
 * A note, as JSON has it.
 *
 * @param id its number; 0 in what a page sends
 * @param text what it says
 */
public record Note(int id, String text) {
  /** A note without a text is none. */
  public Note {
    Objects.requireNonNull(text, "A note has a text");
  }
}

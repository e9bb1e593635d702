package dev.crosswalk.cors.cli.explain.spring;

import java.util.Map;

/**
 * Something in a Spring application that is wrong for a request, or that nothing is.
 *
 * @param name under which the words about it are kept
 * @param words that fill the holes in them
 */
public record Fault(String name, Map<String, String> words) {

  static Fault of(String name) {
    return new Fault(name, Map.of());
  }

  static Fault of(String name, String hole, String word) {
    return new Fault(name, Map.of(hole, word));
  }

  static Fault of(String name, String hole, String word, String other, String otherWord) {
    return new Fault(name, Map.of(hole, word, other, otherWord));
  }
}

package dev.crosswalk.cors.cli.explain.paste;

import java.util.BitSet;

/**
 * A text in which thousands of words are looked for, few of which are there. It knows which three
 * letters stand in a row somewhere, and most words have three that do not.
 */
final class IndexedText {

  private static final int SIZE = 1 << 13;

  private final String text;
  private final BitSet triples = new BitSet(SIZE);

  IndexedText(String text) {
    this.text = text;
    for (int at = 0; at + 3 <= text.length(); at++) {
      triples.set(triple(text, at));
    }
  }

  boolean contains(String word) {
    for (int at = 0; at + 3 <= word.length(); at++) {
      if (!triples.get(triple(word, at))) {
        return false;
      }
    }
    return text.contains(word);
  }

  @Override
  public String toString() {
    return text;
  }

  private static int triple(String text, int at) {
    return ((text.charAt(at) * 31 + text.charAt(at + 1)) * 31 + text.charAt(at + 2)) & (SIZE - 1);
  }
}

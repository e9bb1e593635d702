package dev.crosswalk.cors.cli.document;

import dev.crosswalk.cors.tck.url.Printable;

/** A file cannot be read; the message says where, what is wrong, and what was expected. */
public final class BrokenDocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Longer than every sentence of ours; what is quoted of a file may be longer still. */
  private static final int MAX_SENTENCE = 500;

  /**
   * @param line where it is wrong, from 1; 0 if that is the whole file
   * @param sentence what is wrong, without a full stop
   */
  public BrokenDocumentException(String file, int line, String sentence) {
    super(
        file + (line > 0 ? ":" + line : "") + ": " + Printable.shown(sentence, MAX_SENTENCE) + ".");
  }
}

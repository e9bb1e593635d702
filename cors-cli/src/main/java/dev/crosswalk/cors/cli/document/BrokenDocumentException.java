package dev.crosswalk.cors.cli.document;

/** A file cannot be read; the message says where, what is wrong, and what was expected. */
public final class BrokenDocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param line where it is wrong, from 1; 0 if that is the whole file
   * @param sentence what is wrong, without a full stop
   */
  public BrokenDocumentException(String file, int line, String sentence) {
    super(file + (line > 0 ? ":" + line : "") + ": " + sentence);
  }
}

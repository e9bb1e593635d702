package dev.crosswalk.cors;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the headers of a response of some framework.
 *
 * <p>A writer has no state: one constant serves every response and every thread. Names are
 * case-insensitive throughout.
 *
 * @param <S> the framework's type of a response
 */
public interface ResponseWriter<S> {

  /**
   * Returns the combined field value of a header (RFC 9110 §5.2), as {@link RequestReader#header}
   * does for requests: of all field lines that the response would leave with now, whoever wrote
   * them. These are the application, the framework, and this writer before. One that sees only its
   * own lines loses the application's {@code Vary}, because {@link #set} replaces it.
   *
   * @param response the response to read
   * @param name the header's name
   * @return the combined value, or null if the response has no such field line yet
   */
  @Nullable String get(S response, String name);

  /**
   * Makes a value the only value of a header, in one field line. Replaces every other line of that
   * header, no matter who wrote it.
   *
   * @param response the response to write
   * @param name the header's name
   * @param value the value; printable ASCII, never empty
   */
  void set(S response, String name, String value);

  /**
   * Removes all field lines of a header. Does nothing if there is none.
   *
   * @param response the response to write
   * @param name the header's name
   */
  void remove(S response, String name);

  /**
   * Returns a writer that does the same but never sets {@code Vary}. It is for an adapter that
   * writes twice: some code sets {@code Vary} only where there is none, so the first writing leaves
   * it out. The second one must be certain.
   *
   * @return the writer; keep it in a constant
   */
  default ResponseWriter<S> withoutVary() {
    ResponseWriter<S> writer = this;
    return new ResponseWriter<>() {
      @Override
      public @Nullable String get(S response, String name) {
        return writer.get(response, name);
      }

      @Override
      public void set(S response, String name, String value) {
        if (!name.equals("Vary")) {
          writer.set(response, name, value);
        }
      }

      @Override
      public void remove(S response, String name) {
        writer.remove(response, name);
      }
    };
  }
}

package dev.crosswalk.cors.internal.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Reads a file that is in the jar beside a class. */
public final class Resource {

  private Resource() {}

  /**
   * Returns the bytes of a file.
   *
   * @throws IllegalStateException if it is missing, because somebody has made another jar of this
   *     one, or an image without its files
   */
  public static byte[] of(Class<?> type, String name) {
    try (InputStream stream = type.getResourceAsStream(name)) {
      if (stream == null) {
        String path = type.getPackageName().replace('.', '/') + "/" + name;
        throw new IllegalStateException("The resource " + path + " is missing: keep it in the jar");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what a file of properties says, which is written in UTF-8. */
  public static Properties properties(Class<?> type, String name) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(new String(of(type, name), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}

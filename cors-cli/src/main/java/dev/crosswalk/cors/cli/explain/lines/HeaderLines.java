package dev.crosswalk.cors.cli.explain.lines;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines that have to change in code and in configurations that have no CORS layer with
 * settings: what they look like is in the file {@code header-lines.txt}.
 */
public final class HeaderLines {

  private static final String FILE = "header-lines.txt";

  private HeaderLines() {}

  static List<Pattern> patterns(String kind) {
    return Facts.lines(HeaderLines.class, FILE).stream()
        .map(line -> line.split(" +\\| ", 2))
        .filter(columns -> columns[0].equals(kind))
        .map(columns -> Pattern.compile(columns[1], Pattern.MULTILINE))
        .toList();
  }

  /**
   * These lines, as they should be; none if nothing has to change, or if the place is not certain.
   *
   * @param text as it was pasted
   * @param code of what the browser complains of
   */
  public static List<String> changed(String text, RequiredGrant grant, String code) {
    return Stream.<Supplier<List<String>>>of(
            () -> RepeatedLine.changed(text, grant, code),
            () -> OriginList.changed(text, grant, code),
            () -> new SentHeaders(text).changed(grant, code))
        .map(Supplier::get)
        .filter(lines -> !lines.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** The same of the list to which a layer in the text refers by its name. */
  public static List<String> changedList(String text, RequiredGrant grant, String code) {
    return OriginList.changed(text, grant, code);
  }
}

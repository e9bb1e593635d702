package dev.crosswalk.cors.cli.explain.lines;

import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list that has a line for each value: rows of a map, elements of XML, calls. One value more is
 * one more of these lines.
 *
 * @param pattern of such a line; the name of a group says what it has
 */
record RepeatedLine(Pattern pattern) {

  private static final class Holder {
    private static final List<RepeatedLine> ALL =
        HeaderLines.patterns("lines").stream().map(RepeatedLine::new).toList();
  }

  /**
   * The last of these lines, and what comes behind it; none if nothing lacks, or if the text has
   * several lists.
   */
  static List<String> changed(String text, RequiredGrant grant, String code) {
    return Holder.ALL.stream()
        .map(each -> each.longer(text, each.lacking(grant, code)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(List.of());
  }

  private List<String> lacking(RequiredGrant grant, String code) {
    return switch (code) {
      case "METHOD_NOT_ALLOWED" -> has("method") ? List.of(grant.method()) : List.of();
      case "HEADER_NOT_ALLOWED" -> has("header") ? grant.requestHeaders() : List.of();
      case "ACAO_MISSING", "ACAO_MISMATCH" ->
          has("method") || has("header") || grant.origin().equals(RequiredGrant.SOME_ORIGIN)
              ? List.of()
              : List.of(grant.origin());
      default -> List.of();
    };
  }

  private Optional<List<String>> longer(String text, List<String> lacking) {
    if (lacking.isEmpty()) {
      return Optional.empty();
    }
    List<MatchResult> found =
        pattern
            .matcher(text)
            .results()
            .filter(line -> !WrittenSetting.isComment(text, line.start()))
            .toList();
    for (int i = 1; i < found.size(); i++) {
      if (!text.substring(found.get(i - 1).end(), found.get(i).start()).isBlank()) {
        return Optional.empty();
      }
    }
    List<String> lines = new ArrayList<>();
    for (String value : lacking) {
      boolean there = found.stream().anyMatch(line -> has(line.group(), value));
      if (!there && !found.isEmpty()) {
        String last = found.get(found.size() - 1).group().strip();
        lines.addAll(lines.isEmpty() ? List.of(last) : List.of());
        lines.add(with(last, value));
      }
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private boolean has(String group) {
    return pattern.pattern().contains("(?<" + group + ">");
  }

  /** Also as a constant without hyphens, such as {@code HttpHeaders.ContentType}. */
  private static boolean has(String line, String value) {
    String host = value.substring(value.indexOf("://") + 1).replace("//", "");
    String plain = Bytes.lowerCase(line).replace("\\", "");
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(Bytes.lowerCase(host)) + "(?![\\w:-])")
            .matcher(plain)
            .find()
        || plain.endsWith("." + Bytes.lowerCase(host).replace("-", "") + ")");
  }

  /** The same line with another value. */
  private String with(String line, String value) {
    int end = value.indexOf("://");
    String longer = with(line, "scheme", value.substring(0, Math.max(0, end)));
    longer = with(longer, "host", value.substring(end < 0 ? 0 : end + 3));
    longer = with(longer, "expression", value.replace(".", "\\."));
    longer = with(longer, "origin", value);
    longer = with(longer, "method", value);
    return with(longer, "header", value);
  }

  private String with(String line, String group, String value) {
    Matcher found = pattern.matcher(line);
    if (!has(group) || !found.find()) {
      return line;
    }
    String there = found.group(group);
    boolean word = there.length() > 1 && there.equals(capitalized(there));
    String written =
        group.equals("method") && word
            ? capitalized(value)
            : there.startsWith("\"") || there.contains(".") && group.equals("header")
                ? '"' + value + '"'
                : value;
    return line.substring(0, found.start(group)) + written + line.substring(found.end(group));
  }

  private static String capitalized(String word) {
    return word.charAt(0) + Bytes.lowerCase(word.substring(1));
  }
}

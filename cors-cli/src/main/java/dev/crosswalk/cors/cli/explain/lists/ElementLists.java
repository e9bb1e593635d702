package dev.crosswalk.cors.cli.explain.lists;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists in XML that have an element for each value, as the policy cors of Azure API Management has
 * them: {@code <allowed-methods><method>GET</method></allowed-methods>}.
 */
public final class ElementLists {

  private static final Pattern LIST =
      Pattern.compile(
          "<((?:allowed|expose)-(?:origins|methods|headers))\\b[^<>]{0,80}>"
              + "((?:\\s{0,80}<(?:origin|method|header)>[^<>]{1,200}</(?:origin|method|header)>){1,60})"
              + "\\s{0,80}</\\1>");

  private static final Pattern ITEM =
      Pattern.compile(">\\s{0,40}([^<>\\s][^<>]{0,200}?)\\s{0,40}</");

  /** Ruby's list of words. */
  private static final Pattern WORDS =
      Pattern.compile("%[wi](?:\\[([^\\[\\]\\n]{1,300})]|\\(([^()\\n]{1,300})\\))");

  /** The three lists of ASP.NET Web API, which have no names. */
  private static final Pattern PLACES =
      Pattern.compile(
          "\\benablecors(?:attribute)?\\(\\s{0,20}(\"[^\"\\n]{0,400}\")\\s{0,9},\\s{0,20}(\"[^\"\\n]{0,400}\")\\s{0,9},\\s{0,20}(\"[^\"\\n]{0,200}\")");

  /** CloudFront's lists, in CloudFormation, in JSON and in Terraform. */
  private static final Pattern ITEMS =
      Pattern.compile(
          "(access_?control_?(?:allow|expose)_?(?:origins|headers|methods)[\"']?\\s?:?)\\s{0,40}\\{?\\s{0,40}"
              + "(?:[\"']?quantity[\"']?\\s?:\\s?[0-9]{1,3},?\\s{0,40})?[\"']?items[\"']?(\\s?[:=])");

  private ElementLists() {}

  /**
   * Writes them as other programs write a list: {@code allowed-methods: ["get"]}.
   *
   * @param text in lower case, as it was pasted
   */
  public static String flat(String text) {
    String plain = named(text);
    return LIST.matcher(plain)
        .replaceAll(
            list ->
                Matcher.quoteReplacement(
                    list.group(1)
                        + ": ["
                        + ITEM.matcher(list.group(2))
                            .results()
                            .map(item -> '"' + item.group(1) + '"')
                            .collect(Collectors.joining(", "))
                        + "]"));
  }

  private static String named(String text) {
    String listed =
        text.contains("%w") || text.contains("%i")
            ? WORDS
                .matcher(text)
                .replaceAll(
                    words ->
                        Matcher.quoteReplacement(
                            Stream.of(
                                    (words.group(1) == null ? words.group(2) : words.group(1))
                                        .strip()
                                        .split("\\s+"))
                                .map(word -> '"' + word + '"')
                                .collect(Collectors.joining(", ", "[", "]"))))
            : text;
    String plain =
        ITEMS.matcher(listed).replaceAll(found -> ofItems(found.group(1), found.group(2)));
    return PLACES
        .matcher(plain)
        .replaceAll("enablecors(origins: $1, allowed_headers: $2, allowed_methods: $3");
  }

  private static String ofItems(String name, String separator) {
    return Matcher.quoteReplacement(name.endsWith(":") ? name : name + separator);
  }
}

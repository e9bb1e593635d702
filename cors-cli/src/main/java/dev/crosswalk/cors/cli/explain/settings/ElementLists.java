package dev.crosswalk.cors.cli.explain.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  private ElementLists() {}

  /**
   * Writes them as other programs write a list: {@code allowed-methods: ["get"]}.
   *
   * @param text in lower case, as it was pasted
   */
  public static String flat(String text) {
    return LIST.matcher(text)
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
}

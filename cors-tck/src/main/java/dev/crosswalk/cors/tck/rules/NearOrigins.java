package dev.crosswalk.cors.tck.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Origins, and what is not an origin, that differ from one by a single step: a character, a part, a
 * spelling, something in front or behind. What compares less than exactly takes one of them for it.
 */
final class NearOrigins {

  private static final List<String> IN_FRONT =
      List.of(
          "https://evil.example/", "https://evil.example, ", "https://evil.example ", "x", "//");

  private static final List<String> BEHIND =
      List.of(
          """
          .evil.example @evil.example / /index.html ?x #x . : :https :8443 :65979 x 2
          `.evil.example \\.evil.example %00.evil.example
          """
              .split("\\s+"));

  private NearOrigins() {}

  /**
   * Makes them.
   *
   * @param origin serialized, with a scheme and a host
   * @return each once, in an order that stays; {@code origin} is not among them
   */
  static List<String> of(String origin) {
    int start = origin.indexOf("://") + "://".length();
    String scheme = origin.substring(0, start);
    String host = origin.substring(start);
    Set<String> all = new LinkedHashSet<>();
    for (int i = 0; i < origin.length(); i++) {
      String before = origin.substring(0, i);
      String after = origin.substring(i + 1);
      char c = origin.charAt(i);
      all.add(before + after);
      all.add(before + c + c + after);
      all.add(before + (c == 'x' ? 'y' : 'x') + after);
      all.add(before + String.valueOf(c).toUpperCase(Locale.ROOT) + after);
      if (c == '.') {
        all.add(before + '_' + after);
        all.add(before + "%2e" + after);
      }
    }
    IN_FRONT.forEach(text -> all.add(text + origin));
    BEHIND.forEach(text -> all.add(origin + text));
    all.addAll(List.of(origin + ", https://evil.example", origin + " https://evil.example"));
    all.add(origin + (scheme.equals("http://") ? ":80" : ":443"));
    for (String label : List.of("evil", "evil-", "x.", ".", "evil.example@", "[")) {
      all.add(scheme + label + host + (label.equals("[") ? "]" : ""));
    }
    for (String other : List.of("http://", "https://", "https:", "https:///", "//", "")) {
      all.add(other + host);
    }
    all.add(scheme + host.substring(host.indexOf('.') + 1));
    all.add(scheme + "*" + host.substring(Math.max(0, host.indexOf('.'))));
    all.add('"' + origin + '"');
    all.add("*");
    all.remove(origin);
    return List.copyOf(all);
  }
}

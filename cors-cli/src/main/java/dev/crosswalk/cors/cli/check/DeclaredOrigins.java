package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The origins that a server is meant to allow: origins, patterns of them, or {@code *} for
 * everyone. {@code https://*.example.com} stands for one or more labels, a {@code *} inside a label
 * for characters of it, and {@code :*} for any port or none.
 *
 * @param declarations as they are written; each of them {@linkplain #isDeclaration is one}
 */
record DeclaredOrigins(List<String> declarations) {

  private static final String EVERYONE = "*";
  private static final String LABEL = "[a-z0-9_-]+";

  /** More origins are not asked for one by one: we are guests. */
  private static final int MOST = 40;

  DeclaredOrigins {
    declarations = List.copyOf(declarations);
  }

  /** Whether a text is an origin, a pattern of origins, or {@code *}. */
  static boolean isDeclaration(String text) {
    return text.equals(EVERYONE) || isOrigin(example(text));
  }

  /** Whether it is an origin as a browser writes it, or {@code null}. */
  static boolean isOrigin(String text) {
    // Not the grammar alone: it has no underscores, which browsers do send, and default ports,
    // which they leave out.
    return Url.parse(text)
        .filter(Url::isHttp)
        .map(url -> url.origin().serialize().equals(text))
        .orElseGet(() -> Origin.isOriginOrNull(text));
  }

  /** Whether everyone is meant to read. */
  boolean includeEveryone() {
    return declarations.contains(EVERYONE);
  }

  /** For each declaration an origin that it includes; none for {@code *}. */
  List<String> examples() {
    return declarations.stream()
        .filter(declaration -> !declaration.equals(EVERYONE))
        .map(DeclaredOrigins::example)
        .distinct()
        .toList();
  }

  /**
   * Origins that are all meant to read, and that careless patterns leave out; no more than that.
   */
  List<String> members() {
    if (includeEveryone()) {
      return List.of("https://anybody.example", "http://127.0.0.1:3000", "null");
    }
    return declarations.stream().flatMap(DeclaredOrigins::members).distinct().limit(MOST).toList();
  }

  private static Stream<String> members(String declaration) {
    List<String> members = new ArrayList<>(List.of(example(declaration)));
    if (declaration.contains("://*.")) {
      members.add(example(declaration.replace("://*.", "://a-1.b.")));
      members.add(example(declaration.replace("://*.", "://a_b.")));
    }
    if (declaration.endsWith(":*")) {
      String rest = declaration.substring(0, declaration.length() - 2);
      members.add(example(rest));
      members.add(example(rest + ":65535"));
    }
    return members.stream();
  }

  /**
   * What an attacker sends who knows the declarations: none of them is meant to read. An attacker
   * knows the server's own origin, too, which many servers trust with all its neighbors.
   */
  List<LookAlike> lookAlikes(List<String> own) {
    List<String> bases = new ArrayList<>(examples());
    bases.addAll(own);
    List<LookAlike> all = new ArrayList<>(LookAlike.of(bases));
    declarations.forEach(pattern -> all.addAll(LookAlike.ofPattern(pattern)));
    return all.stream()
        .filter(next -> !include(next.origin()) && !own.contains(next.origin()))
        .toList();
  }

  /** Whether an origin is meant to read. */
  boolean include(String origin) {
    return includeEveryone()
        || declarations.stream().anyMatch(declaration -> matches(declaration, origin));
  }

  private static String example(String declaration) {
    String text = declaration.replace("://*.", "://app.");
    if (text.endsWith(":*")) {
      text = text.substring(0, text.length() - 1) + "8443";
    }
    return text.replace("*", "x");
  }

  private static boolean matches(String declaration, String origin) {
    boolean anyPort = declaration.endsWith(":*");
    String rest = anyPort ? declaration.substring(0, declaration.length() - 2) : declaration;
    StringBuilder expression = new StringBuilder();
    int star = rest.indexOf("://*.");
    if (star >= 0) {
      expression.append(Pattern.quote(rest.substring(0, star + 3)));
      expression.append("(?:").append(LABEL).append("\\.)+");
      rest = rest.substring(star + 5);
    }
    String[] parts = rest.split("\\*", -1);
    for (int i = 0; i < parts.length; i++) {
      expression.append(i == 0 ? "" : LABEL).append(Pattern.quote(parts[i]));
    }
    expression.append(anyPort ? "(?::[0-9]{1,5})?" : "");
    return Pattern.matches(expression.toString(), origin);
  }
}

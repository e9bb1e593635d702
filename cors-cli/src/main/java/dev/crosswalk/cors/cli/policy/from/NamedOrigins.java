package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Node;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.List;
import java.util.Locale;

/**
 * Origins as a format writes them: by themselves, with a *, as expressions, or by their parts.
 *
 * @param format that they are in
 * @param draft of the policy that they are for
 * @param credentials whether requests of these origins may include them
 */
record NamedOrigins(Format format, Draft draft, boolean credentials) {

  /**
   * Those of a list.
   *
   * @param isSentBack whether a server sends back any origin where it allows *
   */
  void origins(Node value, boolean isSentBack) {
    if (format == Format.ENVOY || format == Format.ISTIO) {
      value.items().forEach(this::matcher);
    } else {
      value.items().stream()
          .filter(item -> !item.isScalar())
          .forEach(
              item ->
                  draft.report(
                      Level.DROPPED,
                      item.line(),
                      "this origin is computed, and its value is not in this file; write the value"
                          + " itself"));
    }
    for (Node origin : value.values()) {
      String text = origin.text();
      boolean isExpression =
          format == Format.QUARKUS
              && text.startsWith("/")
              && text.endsWith("/")
              && text.length() > 2;
      if (isExpression) {
        String expression = text.substring(1, text.length() - 1);
        if (value.isScalar() && expression.contains("\\")) {
          draft.report(
              Level.BROKEN,
              origin.line(),
              "Quarkus drops the backslashes of \""
                  + expression
                  + "\", because they escape commas in a list: write [.] for a dot");
          expression = expression.replaceAll("\\\\(.)", "$1");
        }
        expression(Node.scalar(expression, origin.line()));
      } else if (text.equals("*") && credentials && isSentBack) {
        draft.everybody(origin.line(), true);
      } else if (text.matches("https?://\\*")) {
        draft.report(
            Level.DANGER,
            origin.line(),
            "\""
                + text
                + "\" allows every website, such as "
                + text.replace("*", "evil.example")
                + "; no policy says that, so list the origins of your pages");
      } else if (format == Format.INGRESS_NGINX && text.contains("*.")) {
        oneLabel(origin);
      } else {
        boolean isOfS3 = format == Format.S3 && text.contains("*") && !text.equals("*");
        if (isOfS3 && !isAnyPort(origin)) {
          acrossDots(origin);
        }
        draft.origin(text, origin.line());
      }
    }
  }

  /** Behind the colon of a port, a * that is any text is a port: nothing else is in an origin. */
  private boolean isAnyPort(Node origin) {
    String text = origin.text();
    boolean isAnyPort = text.matches("[a-z]+://(\\*\\.)?[^*\\[]+:\\*");
    if (isAnyPort) {
      draft.report(
          Level.WIDER,
          origin.line(),
          text
              + " also allows "
              + text.replace(":*", "").replace("*", "some")
              + ", which has no port; the original needs one");
    }
    return isAnyPort;
  }

  /** The * of S3 is any text. */
  private void acrossDots(Node origin) {
    if (!origin.text().matches("[a-z]+://\\*\\.[^*]+")) {
      draft.report(
          Level.DROPPED,
          origin.line(),
          "the * in \""
              + origin.text()
              + "\" also crosses dots there, and in a policy it does not");
    }
  }

  private void oneLabel(Node origin) {
    draft.report(
        Level.DROPPED,
        origin.line(),
        "\""
            + origin.text()
            + "\" means hosts with one label more, and a pattern means every depth; it is left out:"
            + " list the hosts or, if every depth is fine, write it into the policy");
  }

  private void matcher(Node matcher) {
    matcher
        .named("exact")
        .ifPresent(
            exact -> {
              if (exact.text().equals("*")) {
                draft.everybody(exact.line(), credentials);
              } else {
                draft.origin(exact.text(), exact.line());
              }
            });
    matcher
        .at("safe_regex", "regex")
        .or(() -> matcher.named("regex").filter(Node::isScalar))
        .ifPresent(this::expression);
    for (String kind : List.of("prefix", "suffix", "contains")) {
      matcher
          .named(kind)
          .ifPresent(
              part -> {
                String quoted = part.text().replaceAll("([.\\[\\](){}?*+^$|\\\\])", "\\\\$1");
                String regex =
                    switch (kind) {
                      case "prefix" -> quoted + ".*";
                      case "suffix" -> ".*" + quoted;
                      default -> ".*" + quoted + ".*";
                    };
                // Envoy also compares a * itself, and then allows everybody.
                if (new Expression(regex, format.anchoring(), false).matches("*")) {
                  draft.everybody(part.line(), credentials);
                  return;
                }
                draft.expression(
                    new Expression(regex, format.anchoring(), false),
                    kind + " " + part.text(),
                    part.line(),
                    credentials);
              });
    }
  }

  void expression(Node expression) {
    Expression regular = new Expression(expression.text(), format.anchoring(), false);
    boolean isOfEnvoy = format == Format.ENVOY || format == Format.ISTIO;
    // Envoy also compares a * itself, and then allows everybody.
    if (isOfEnvoy && regular.matches("*") && !regular.isEverything()) {
      draft.everybody(expression.line(), credentials);
      return;
    }
    draft.expression(regular, expression.text(), expression.line(), credentials);
  }

  /** Spring's patterns: a * that crosses dots, and lists of ports. */
  void pattern(Node value) {
    String text = value.text();
    if (text.equals("*") || text.toLowerCase(Locale.ROOT).equals("https://*")) {
      draft.everybody(value.line(), credentials);
      return;
    }
    boolean isOurs = text.matches("[a-z]+://(\\*\\.)?[^*\\[]+(:\\[\\*])?") || isAnyPort(value);
    if (!isOurs) {
      draft.report(
          Level.DROPPED,
          value.line(),
          "the pattern \""
              + text
              + "\" lets * cross dots, and no pattern says the same; list the hosts");
      return;
    }
    draft.origin(text.replace(":[*]", ":*"), value.line());
  }
}

package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Node;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Formats that are settings by their names, wherever in a document they are. */
final class Keyed {

  private final Format format;
  private final Format.Names names;
  private final String file;
  private final List<Finding> findings;
  private final List<Draft> drafts = new ArrayList<>();

  Keyed(Format format, Format.Names names, String file, List<Finding> findings) {
    this.format = format;
    this.names = names;
    this.file = file;
    this.findings = findings;
  }

  List<Draft> drafts() {
    return drafts;
  }

  void read(Node document) {
    grouped(document).forEach(this::holder);
    document.walk(this::holder);
    document.walk((name, member) -> member.items().forEach(item -> holder(name, item)));
    document.items().forEach(item -> holder("", item));
    holder("", document);
  }

  /** Settings with dotted names, init-params and labels are members of what they configure. */
  private Map<String, Node> grouped(Node document) {
    Map<String, Map<String, Node>> groups = new LinkedHashMap<>();
    for (Map.Entry<String, Node> entry : document.flat().entrySet()) {
      Node value = entry.getValue();
      if (format == Format.TRAEFIK) {
        List<Node> texts = value.items().isEmpty() ? List.of(value) : value.items();
        texts.forEach(text -> label(text.text(), text.line(), groups));
      }
      String name = entry.getKey();
      int dot = name.lastIndexOf('.');
      if (dot > 0 && document.members().containsKey(name)) {
        groups
            .computeIfAbsent(name.substring(0, dot), unseen -> new LinkedHashMap<>())
            .put(name.substring(dot + 1), value);
      }
    }
    if (format == Format.TOMCAT || format == Format.JETTY) {
      params(document, groups.computeIfAbsent("", unseen -> new LinkedHashMap<>()));
    }
    Map<String, Node> holders = new LinkedHashMap<>();
    groups.forEach(
        (name, members) -> {
          int line = members.values().stream().mapToInt(Node::line).min().orElse(1);
          holders.put(name.substring(name.lastIndexOf('.') + 1), Node.members(members, line));
        });
    return holders;
  }

  private static void label(String text, int line, Map<String, Map<String, Node>> groups) {
    int equals = text.indexOf('=');
    int dot = equals < 0 ? -1 : text.lastIndexOf('.', equals);
    if (text.startsWith("traefik.") && dot > 0) {
      groups
          .computeIfAbsent(text.substring(0, dot), unseen -> new LinkedHashMap<>())
          .put(text.substring(dot + 1, equals), Node.scalar(text.substring(equals + 1), line));
    }
  }

  private static void params(Node document, Map<String, Node> members) {
    document.walk(
        (name, member) -> {
          if (name.equals("init-param")) {
            List<Node> all = member.items().isEmpty() ? List.of(member) : member.items();
            for (Node param : all) {
              String key = param.at("param-name").map(Node::text).orElse("");
              param.at("param-value").ifPresent(value -> members.put(key, value));
            }
          }
        });
  }

  private Optional<Node> setting(Node holder, String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return holder
        .named(name)
        .or(() -> holder.named(name + "s"))
        .filter(value -> !value.values().isEmpty() || !value.items().isEmpty());
  }

  /** A member that has one of the names of origins holds a policy. */
  private void holder(String name, Node holder) {
    Optional<Node> origins = setting(holder, names.origins());
    Optional<Node> expressions = setting(holder, names.expressions());
    Optional<Node> patterns = setting(holder, names.patterns());
    boolean isEnabled =
        setting(holder, names.enabled()).filter(flag -> flag.text().equals("true")).isPresent();
    if (origins.isEmpty() && expressions.isEmpty() && patterns.isEmpty() && !isEnabled) {
      return;
    }
    if (!names.enabled().isEmpty() && !isEnabled) {
      return;
    }
    Draft draft = new Draft(file, findings);
    draft.line = holder.line();
    path(name, draft);
    boolean credentials = credentials(holder, draft);
    origins.ifPresent(value -> origins(value, draft, credentials));
    for (Node expression : expressions.map(Node::values).orElse(List.of())) {
      expression(expression, draft, credentials);
    }
    patterns
        .map(Node::values)
        .orElse(List.of())
        .forEach(value -> pattern(value, draft, credentials));
    if (origins.isEmpty() && isEnabled) {
      draft.find(
          Level.DANGER,
          holder.line(),
          "no origins are listed, which means every origin, with credentials");
      draft.origin("*", holder.line());
    }
    boolean listsAll =
        format != Format.INGRESS_NGINX && format != Format.MICRONAUT && format != Format.QUARKUS;
    if (!listsAll
        && (setting(holder, names.methods()).isEmpty()
            || setting(holder, names.requestHeaders()).isEmpty())) {
      draft.find(
          Level.DROPPED,
          holder.line(),
          "methods or request headers that are not listed are the format's own, which are many; the"
              + " policy allows none of them, so list those that your pages use");
    }
    setting(holder, names.methods()).ifPresent(value -> draft.methods(value.values()));
    setting(holder, names.requestHeaders())
        .ifPresent(value -> draft.requestHeaders(value.values()));
    setting(holder, names.exposed()).ifPresent(value -> draft.exposed(value.values()));
    setting(holder, names.maxAge()).ifPresent(draft::maxAge);
    drafts.add(draft);
  }

  private boolean credentials(Node holder, Draft draft) {
    Optional<Node> flag = setting(holder, names.credentials());
    boolean byDefault =
        format == Format.INGRESS_NGINX || format == Format.MICRONAUT || format == Format.JETTY;
    if (flag.isPresent() ? flag.get().text().equals("true") : byDefault) {
      int line = flag.map(Node::line).orElse(holder.line());
      draft.credentials(line);
      if (flag.isEmpty()) {
        draft.find(
            Level.DANGER,
            line,
            "credentials are on unless they are turned off, and nothing does that");
      }
      return true;
    }
    return false;
  }

  /** Spring names its mappings by paths; others do not tell where a policy applies. */
  private void path(String name, Draft draft) {
    String path = name.replaceAll("^\\[|]$", "");
    if (format == Format.SPRING && path.equals("cors")) {
      draft.path = "/actuator";
    }
    if (format == Format.SPRING && path.startsWith("/")) {
      String prefix = path.replaceAll("/\\*\\*?$", "");
      if (prefix.contains("*") || prefix.contains("{")) {
        draft.find(
            Level.DROPPED,
            draft.line,
            "the path \"" + path + "\" has a wildcard inside; write the paths yourself");
      } else {
        draft.path = prefix;
      }
    }
  }

  private void origins(Node value, Draft draft, boolean credentials) {
    if (format == Format.ENVOY) {
      value.items().forEach(matcher -> matcher(matcher, draft, credentials));
      return;
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
        expression(Node.scalar(expression, origin.line()), draft, credentials);
      } else if (text.equals("*") && credentials && echoes()) {
        draft.everybody(origin.line(), true);
      } else if (format == Format.INGRESS_NGINX && text.contains("*.")) {
        oneLabel(origin, draft);
      } else {
        draft.origin(text, origin.line());
      }
    }
  }

  /** Where the * is not sent but the origin that asks, credentials work for everybody. */
  private boolean echoes() {
    return switch (format) {
      case GATEWAY_API, MICRONAUT, JETTY, ENVOY -> true;
      default -> false;
    };
  }

  private static void oneLabel(Node origin, Draft draft) {
    draft.find(
        Level.DROPPED,
        origin.line(),
        "\""
            + origin.text()
            + "\" means hosts with one label more, and a pattern means every depth; it is left out:"
            + " list the hosts or, if every depth is fine, write it into the policy");
  }

  private void matcher(Node matcher, Draft draft, boolean credentials) {
    matcher.named("exact").ifPresent(exact -> draft.origin(exact.text(), exact.line()));
    matcher
        .at("safe_regex", "regex")
        .or(() -> matcher.named("regex").filter(Node::isScalar))
        .ifPresent(regex -> expression(regex, draft, credentials));
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
                expression(Node.scalar(regex, part.line()), draft, credentials);
              });
    }
  }

  private void expression(Node expression, Draft draft, boolean credentials) {
    draft.expression(
        new Expression(expression.text(), format.anchoring(), false),
        expression.text(),
        expression.line(),
        credentials);
  }

  /** Spring's patterns: a * that crosses dots, and lists of ports. */
  private static void pattern(Node value, Draft draft, boolean credentials) {
    String text = value.text();
    if (text.equals("*") || text.toLowerCase(Locale.ROOT).equals("https://*")) {
      draft.everybody(value.line(), credentials);
      return;
    }
    boolean isOurs = text.matches("[a-z]+://(\\*\\.)?[^*\\[]+(:\\[\\*])?");
    if (!isOurs) {
      draft.find(
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

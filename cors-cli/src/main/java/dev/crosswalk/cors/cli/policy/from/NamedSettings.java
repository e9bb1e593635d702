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

/** Formats in which a setting is known by its name, wherever in a document it is. */
final class NamedSettings {

  private final Format format;
  private final Format.Names names;
  private final String file;
  private final List<Finding> findings;
  private final List<Draft> drafts = new ArrayList<>();

  NamedSettings(Format format, Format.Names names, String file, List<Finding> findings) {
    this.format = format;
    this.names = names;
    this.file = file;
    this.findings = findings;
  }

  List<Draft> drafts() {
    return drafts;
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it is too large
   */
  void read(Node document) {
    if (isOfAProfile(document)) {
      return;
    }
    switch (format) {
      case SPRING_CLOUD_GATEWAY, MICRONAUT, QUARKUS ->
          visit("", withoutOthers(NestedDocument.of(withoutProfiles(document))), List.of());
      case TRAEFIK -> {
        // In Kubernetes, a middleware is a document, and its name is in the metadata.
        visit(document.at("metadata", "name").map(Node::text).orElse(""), document, List.of());
        visit("", NestedDocument.ofLabels(document), List.of());
      }
      case TOMCAT, JETTY -> filters(document);
      default -> visit("", document, List.of());
    }
  }

  /** Where a framework has settings, that is all it reads; others are the application's own. */
  private static final Map<Format, List<String>> ROOTS =
      Map.of(
          Format.SPRING_CLOUD_GATEWAY,
          List.of("spring.cloud", "spring.graphql", "management"),
          Format.MICRONAUT,
          List.of("micronaut"),
          Format.QUARKUS,
          List.of("quarkus"));

  /** A whole file without what the framework does not read; a part of one is read as it is. */
  private Node withoutOthers(Node document) {
    List<String> roots = ROOTS.getOrDefault(format, List.of());
    boolean isWhole =
        roots.stream().anyMatch(root -> document.members().containsKey(root.split("\\.", -1)[0]));
    return isWhole ? kept("", document, roots) : document;
  }

  private Node kept(String path, Node node, List<String> roots) {
    Map<String, Node> members = new LinkedHashMap<>();
    node.members()
        .forEach(
            (name, value) -> {
              String own = path.isEmpty() ? name : path + "." + name;
              if (roots.contains(own)) {
                members.put(name, value);
              } else if (roots.stream().anyMatch(root -> root.startsWith(own + "."))) {
                members.put(name, kept(own, value, roots));
              } else {
                ofTheApplication(own, value);
              }
            });
    return Node.members(members, node.line());
  }

  private void ofTheApplication(String path, Node value) {
    value.walk(
        (name, setting) -> {
          if (setting(setting, names.origins()).isPresent()
              || setting(setting, names.patterns()).isPresent()
              || setting(setting, names.expressions()).isPresent()) {
            new Draft(file, findings)
                .find(
                    Level.DROPPED,
                    setting.line(),
                    "the settings of "
                        + path
                        + " are not read by "
                        + format.word()
                        + ", and what your own code makes of them is not in this file; write it into"
                        + " the policy");
          }
        });
  }

  /** Traefik: the rules of routers that are not for every path, by the middlewares they have. */
  private final Map<String, Node> rules = new LinkedHashMap<>();

  /** The one of the middleware that is being read. */
  private Optional<Node> rule = Optional.empty();

  /** Keeps what the routers of a document say, which may be before or behind the middlewares. */
  void routers(Node document) {
    if (format == Format.TRAEFIK) {
      routersOf(document);
      routersOf(NestedDocument.ofLabels(document));
    }
  }

  private void routersOf(Node document) {
    document.walk(
        (name, node) -> {
          router(node);
          node.items().forEach(this::router);
        });
  }

  private void router(Node node) {
    Optional<Node> of = node.named("rule").or(() -> node.named("match"));
    Optional<Node> uses = node.named("middlewares");
    if (of.filter(one -> one.text().contains("Path")).isEmpty() || uses.isEmpty()) {
      return;
    }
    for (Node use : uses.get().values()) {
      rules.put(use.text().replaceAll("@.*", ""), of.get());
    }
    for (Node use : uses.get().items()) {
      use.named("name").ifPresent(called -> rules.put(called.text(), of.get()));
    }
  }

  /** Spring: a document of its own for a profile. */
  private boolean isOfAProfile(Node document) {
    Map<String, Node> flat = document.flat();
    Node profile = flat.get("spring.config.activate.on-profile");
    profile = profile == null ? flat.get("spring.profiles") : profile;
    if (format != Format.SPRING_CLOUD_GATEWAY || profile == null) {
      return false;
    }
    ofAProfile(profile.text(), profile.line());
    return true;
  }

  /** Quarkus: settings of a profile have its name in front. */
  private Node withoutProfiles(Node document) {
    Map<String, Node> members = new LinkedHashMap<>();
    document
        .members()
        .forEach(
            (name, value) -> {
              if (format != Format.QUARKUS || !name.matches("\"?%.*")) {
                members.put(name, value);
              } else if (name.contains("cors") || value.flat().toString().contains("cors")) {
                ofAProfile(name.replaceAll("\"?%([^.\"]*).*", "$1"), value.line());
              }
            });
    return document.members().isEmpty() ? document : Node.members(members, document.line());
  }

  private void ofAProfile(String profile, int line) {
    new Draft(file, findings)
        .find(
            Level.DROPPED,
            line,
            "what is only for the profile "
                + profile
                + " is not read; write it into the file of that profile, such as"
                + " cors-"
                + profile
                + ".properties");
  }

  /** Servlet filters: their init-params, and the paths that they are mapped to. */
  private void filters(Node document) {
    for (Node filter : elements(document, "filter")) {
      Map<String, Node> params = new LinkedHashMap<>();
      for (Node param : elements(filter, "init-param")) {
        String key = param.at("param-name").map(Node::text).orElse("");
        param.at("param-value").ifPresent(value -> params.put(key, value));
      }
      String name = filter.at("filter-name").map(Node::text).orElse("");
      String type = filter.at("filter-class").map(Node::text).orElse("");
      if (format == Format.JETTY && type.endsWith(".CrossOriginFilter")) {
        params.putIfAbsent("allowedOrigins", Node.scalar("*", filter.line())); // Its default.
      }
      List<PathMatch> where = new ArrayList<>();
      for (Node mapping : elements(document, "filter-mapping")) {
        if (mapping.at("filter-name").filter(of -> of.text().equals(name)).isPresent()) {
          elements(mapping, "url-pattern")
              .forEach(pattern -> where.add(PathMatch.ofServlet(pattern)));
        }
      }
      holder("", Node.members(params, filter.line()), where);
    }
  }

  private static List<Node> elements(Node parent, String name) {
    return parent
        .at(name)
        .map(node -> node.items().isEmpty() ? List.of(node) : node.items())
        .orElse(List.of());
  }

  private void visit(String name, Node node, List<PathMatch> inherited) {
    List<PathMatch> own = PathMatch.of(format, name, node);
    List<PathMatch> where = own.isEmpty() ? inherited : own;
    holder(name, node, where);
    if (format == Format.API_GATEWAY && node.isScalar()) {
      shorthand(name, node);
    }
    if (format == Format.MICRONAUT) {
      everybodyOfMicronaut(name, node);
    }
    if (format == Format.TRAEFIK && name.equalsIgnoreCase("customResponseHeaders")) {
      constants(node);
    }
    if (format == Format.TRAEFIK && rules.containsKey(name)) {
      rule = Optional.of(rules.get(name));
    }
    node.items().forEach(item -> visit(name, item, where));
    node.members().forEach((key, member) -> visit(key, member, where));
    if (rules.containsKey(name)) {
      rule = Optional.empty();
    }
  }

  /** Micronaut: every origin is allowed where none is listed, with credentials. */
  private void everybodyOfMicronaut(String name, Node node) {
    boolean isBare =
        name.equals("cors")
            && node.named("enabled").filter(flag -> flag.text().equals("true")).isPresent()
            && node.named("configurations").isEmpty();
    List<Node> open = new ArrayList<>(isBare ? List.of(node) : List.of());
    if (name.equals("configurations")) {
      node.members().values().stream()
          .filter(one -> setting(one, names.origins()).isEmpty())
          .filter(one -> setting(one, names.expressions()).isEmpty())
          .forEach(open::add);
    }
    for (Node one : open) {
      Draft draft = new Draft(file, findings);
      draft.everybody(one.line(), credentials(one, draft));
    }
  }

  /** SAM: {@code CorsConfiguration: true} or {@code Cors: "'*'"}. */
  private void shorthand(String name, Node value) {
    boolean isTrue =
        (name.equals("CorsConfiguration") || name.equals("cors")) && value.text().equals("true");
    if (isTrue || name.equals("Cors")) {
      Draft draft = new Draft(file, findings);
      draft.line = value.line();
      draft.origin(isTrue ? "*" : unquoted(value).text(), value.line());
      if (name.equals("cors")) {
        draft.find(
            Level.DROPPED,
            value.line(),
            "methods or request headers that are not listed are the format's own, which are many;"
                + " the policy allows none of them, so list those that your pages use");
      }
      drafts.add(draft);
    }
  }

  /** Traefik: headers that every response has, for every origin. */
  private void constants(Node headers) {
    Optional<Node> origin = headers.named("Access-Control-Allow-Origin");
    if (origin.isEmpty()) {
      return;
    }
    Draft draft = new Draft(file, findings);
    draft.line = headers.line();
    draft.origin(origin.get().text(), origin.get().line());
    headers.members().forEach((name, value) -> draft.field(name, value.text(), value.line()));
    draft.find(
        Level.BROKEN,
        headers.line(),
        "customResponseHeaders does not answer preflights, so what needs one never worked unless the"
            + " service answers them; the policy allows it");
    drafts.add(draft);
  }

  private Optional<Node> setting(Node holder, String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    for (String one : name.split("\\|", -1)) {
      Optional<Node> value = holder.named(one).or(() -> holder.named(one + "s"));
      if (value.isPresent() && !(value.get().values().isEmpty() && value.get().items().isEmpty())) {
        return value.map(this::unquoted);
      }
    }
    return Optional.empty();
  }

  /** API Gateway writes a value that is sent as it is in quotation marks. */
  private Node unquoted(Node value) {
    String text = value.text();
    boolean isQuoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
    return format == Format.API_GATEWAY && isQuoted
        ? Node.scalar(text.substring(1, text.length() - 1), value.line())
        : value;
  }

  /** A member that has one of the names of origins holds a policy. */
  private void holder(String name, Node holder, List<PathMatch> where) {
    Optional<Node> origins = setting(holder, names.origins());
    Optional<Node> expressions = setting(holder, names.expressions());
    Optional<Node> patterns = setting(holder, names.patterns());
    boolean isEnabled =
        setting(holder, names.enabled()).filter(flag -> flag.text().equals("true")).isPresent();
    if (origins.isEmpty() && expressions.isEmpty() && patterns.isEmpty() && !isEnabled) {
      return;
    }
    Draft draft = new Draft(file, findings);
    draft.line = holder.line();
    if (!names.enabled().isEmpty() && !isEnabled) {
      draft.find(
          Level.DROPPED,
          origins.orElse(holder).line(),
          "without "
              + names.enabled()
              + ": \"true\", this setting does nothing: the original grants nothing");
      return;
    }
    if (!PathMatch.covered(where, draft)) {
      return;
    }
    boolean credentials = credentials(holder, draft);
    boolean isSentBack =
        format.echoes() || format == Format.AZURE && holder.named("allowCredentials").isPresent();
    origins.ifPresent(value -> origins(value, draft, credentials, isSentBack));
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
        format != Format.INGRESS_NGINX
            && format != Format.MICRONAUT
            && format != Format.QUARKUS
            && format != Format.AZURE;
    if (format == Format.TOMCAT || format == Format.JETTY) {
      if (setting(holder, names.requestHeaders()).isEmpty()) {
        draft.requestHeaders(
            Node.scalar("X-Requested-With, Content-Type, Accept", holder.line()).values());
      }
    } else if (!listsAll
        && (setting(holder, names.methods()).isEmpty()
            || setting(holder, names.requestHeaders()).isEmpty())) {
      draft.find(
          Level.DROPPED,
          holder.line(),
          "methods or request headers that are not listed are the format's own, which are many; the"
              + " policy allows none of them, so list those that your pages use");
    }
    if (format == Format.TRAEFIK) {
      ofTraefik(holder, origins.or(() -> expressions), draft);
    }
    if (format.echoesWhatIsAsked()) {
      draft.wildcardsWorkWithCredentials();
    }
    Optional<Node> methods = setting(holder, names.methods());
    methods.ifPresent(value -> draft.methods(value.values()));
    if (format.refusesOtherMethods()) {
      Node readable = methods.orElse(Node.scalar(format.methodsByDefault(), holder.line()));
      draft.limits.readableOnly(readable.values(), readable.line());
    }
    setting(holder, names.requestHeaders())
        .ifPresent(value -> draft.requestHeaders(value.values()));
    setting(holder, names.exposed()).ifPresent(value -> draft.exposed(value.values()));
    setting(holder, names.maxAge()).ifPresent(draft::maxAge);
    drafts.add(draft);
  }

  private void ofTraefik(Node holder, Optional<Node> origins, Draft draft) {
    boolean isStar =
        origins.stream().flatMap(o -> o.values().stream()).allMatch(o -> o.text().equals("*"));
    boolean varies =
        holder.named("addVaryHeader").filter(flag -> flag.text().equals("true")).isPresent();
    if (!isStar && !varies) {
      draft.find(
          Level.BROKEN,
          holder.line(),
          "the header depends on the Origin, and without addVaryHeader no Vary says so: caches give"
              + " one site's answer to another");
    }
    rule.ifPresent(
        of ->
            draft.find(
                Level.WIDER,
                of.line(),
                "the router is for "
                    + of.text()
                    + ", and the policy is for every path; write its path into"
                    + " cors.policies.NAME.paths"));
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

  private void origins(Node value, Draft draft, boolean credentials, boolean isSentBack) {
    if (format == Format.ENVOY || format == Format.ISTIO) {
      value.items().forEach(matcher -> matcher(matcher, draft, credentials));
    } else {
      value.items().stream()
          .filter(item -> !item.isScalar())
          .forEach(
              item ->
                  draft.find(
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
          draft.find(
              Level.BROKEN,
              origin.line(),
              "Quarkus drops the backslashes of \""
                  + expression
                  + "\", because they escape commas in a list: write [.] for a dot");
          expression = expression.replaceAll("\\\\(.)", "$1");
        }
        expression(Node.scalar(expression, origin.line()), draft, credentials);
      } else if (text.equals("*") && credentials && isSentBack) {
        draft.everybody(origin.line(), true);
      } else if (text.matches("https?://\\*")) {
        draft.find(
            Level.DANGER,
            origin.line(),
            "\""
                + text
                + "\" allows every website, such as "
                + text.replace("*", "evil.example")
                + "; no policy says that, so list the origins of your pages");
      } else if (format == Format.INGRESS_NGINX && text.contains("*.")) {
        oneLabel(origin, draft);
      } else {
        if (format == Format.S3 && text.contains("*") && !text.equals("*")) {
          if (!isAnyPort(origin, draft)) {
            acrossDots(origin, draft);
          }
        }
        draft.origin(text, origin.line());
      }
    }
  }

  /** Behind the colon of a port, a * that is any text is a port: nothing else is in an origin. */
  private static boolean isAnyPort(Node origin, Draft draft) {
    String text = origin.text();
    boolean isAnyPort = text.matches("[a-z]+://(\\*\\.)?[^*\\[]+:\\*");
    if (isAnyPort) {
      draft.find(
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
  private static void acrossDots(Node origin, Draft draft) {
    if (!origin.text().matches("[a-z]+://\\*\\.[^*]+")) {
      draft.find(
          Level.DROPPED,
          origin.line(),
          "the * in \""
              + origin.text()
              + "\" also crosses dots there, and in a policy it does not");
    }
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

  private void expression(Node expression, Draft draft, boolean credentials) {
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
  private static void pattern(Node value, Draft draft, boolean credentials) {
    String text = value.text();
    if (text.equals("*") || text.toLowerCase(Locale.ROOT).equals("https://*")) {
      draft.everybody(value.line(), credentials);
      return;
    }
    boolean isOurs =
        text.matches("[a-z]+://(\\*\\.)?[^*\\[]+(:\\[\\*])?") || isAnyPort(value, draft);
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

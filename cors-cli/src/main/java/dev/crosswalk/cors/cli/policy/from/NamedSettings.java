package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Node;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import dev.crosswalk.cors.cli.policy.from.Imported.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Formats in which a setting is known by its name, wherever in a document it is. */
final class NamedSettings {

  /** Where a framework has settings, that is all it reads; others are the application's own. */
  private static final Map<Format, List<String>> ROOTS =
      Map.of(
          Format.SPRING_CLOUD_GATEWAY,
          List.of("spring.cloud", "spring.graphql", "management"),
          Format.MICRONAUT,
          List.of("micronaut"),
          Format.QUARKUS,
          List.of("quarkus"));

  private final Format format;
  private final Format.Names names;
  private final String file;
  private final List<Finding> findings;
  private final List<Draft> drafts = new ArrayList<>();
  private final TraefikRouters routers = new TraefikRouters();

  /** Traefik: the rule of the middleware that is being read. */
  private Optional<Node> rule = Optional.empty();

  NamedSettings(Format format, Format.Names names, String file, List<Finding> findings) {
    this.format = format;
    this.names = names;
    this.file = file;
    this.findings = findings;
  }

  List<Draft> drafts() {
    return drafts;
  }

  /** Keeps what the routers of a document say, which may be before or behind the middlewares. */
  void routers(Node document) {
    if (format == Format.TRAEFIK) {
      routers.read(document);
      routers.read(NestedDocument.ofLabels(document));
    }
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
                .report(
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
        .report(
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
    List<PathMatch> paths = PathMatch.of(format, name, node);
    List<PathMatch> where = paths.isEmpty() ? inherited : paths;
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
    Optional<Node> own = routers.rule(name);
    if (own.isPresent()) {
      rule = own;
    }
    node.items().forEach(item -> visit(name, item, where));
    node.members().forEach((key, member) -> visit(key, member, where));
    if (own.isPresent()) {
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
        unlisted(value, draft);
      }
      drafts.add(draft);
    }
  }

  private static void unlisted(Node holder, Draft draft) {
    draft.report(
        Level.DROPPED,
        holder.line(),
        "methods or request headers that are not listed are the format's own, which are many; the"
            + " policy allows none of them, so list those that your pages use");
  }

  /** Traefik: headers that every response has, for every origin. */
  private void constants(Node headers) {
    Optional<Node> origin = headers.named(GrantHeaders.ALLOW_ORIGIN);
    if (origin.isEmpty()) {
      return;
    }
    Draft draft = new Draft(file, findings);
    draft.line = headers.line();
    draft.origin(origin.get().text(), origin.get().line());
    headers.members().forEach((name, value) -> draft.field(name, value.text(), value.line()));
    draft.report(
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
      draft.report(
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
    NamedOrigins named = new NamedOrigins(format, draft, credentials);
    origins.ifPresent(value -> named.origins(value, isSentBack));
    expressions.map(Node::values).orElse(List.of()).forEach(named::expression);
    patterns.map(Node::values).orElse(List.of()).forEach(named::pattern);
    if (origins.isEmpty() && isEnabled) {
      draft.report(
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
      unlisted(holder, draft);
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
      draft.report(
          Level.BROKEN,
          holder.line(),
          "the header depends on the Origin, and without addVaryHeader no Vary says so: caches give"
              + " one site's answer to another");
    }
    rule.ifPresent(
        of ->
            draft.report(
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
        draft.report(
            Level.DANGER,
            line,
            "credentials are on unless they are turned off, and nothing does that");
      }
      return true;
    }
    return false;
  }
}

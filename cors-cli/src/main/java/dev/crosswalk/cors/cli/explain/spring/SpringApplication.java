package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Kind;
import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Position;
import dev.crosswalk.cors.cli.explain.spring.SourceCode.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Spring application in a paste, as far as it is there.
 *
 * @param layers all that does CORS, but filters of one's own
 * @param filters of one's own that write its headers
 * @param chains of Spring Security
 */
record SpringApplication(
    SourceCode code,
    Configuration configuration,
    List<CorsLayer> layers,
    List<HandWrittenFilter> filters,
    List<SecurityChain> chains) {

  /** A paste without any of these has nothing to read. */
  private static final Pattern SPRING =
      Pattern.compile(
          "CorsRegistry|@CrossOrigin\\b|CorsConfiguration\\b|HttpSecurity\\b|SecurityFilterChain|globalcors|addMapping\\(|addCorsMappings|CorsFilter\\b|\\bcors\\(|csrf\\(|OncePerRequestFilter|GenericFilterBean|authorizeHttpRequests|authorizeRequests|registerCorsConfiguration|[sS]etAllowedOrigin|addAllowedOrigin|SecurityWebFilterChain|WebFluxConfigurer|implements (?:\\w+\\.){0,3}Filter\\b|@RestController|spring");

  private static final Values ANY = Values.byItself(Values.ANY);
  private static final Values SIMPLE = Values.byItself("GET", "HEAD", "POST");
  private static final Values READING = Values.byItself("GET", "HEAD");
  private static final Values NONE = Values.byItself();

  private static final Pattern MADE =
      Pattern.compile(
          "(?:\\b(\\w{1,40})\\s{0,3}(?::\\s?\\w{1,40}\\s{0,3})?=\\s{0,9})?(?:\\bnew\\s{1,3}|(?<=[=(\\s]))CorsConfiguration\\s?\\(\\s{0,3}\\)");

  private static final Pattern CUT =
      Pattern.compile(
          "\\b(\\w{1,40})\\.(?:setAllowedOrigins|setAllowedOriginPatterns|addAllowedOrigin|addAllowedOriginPattern|allowedOrigins\\s?=(?!=))");

  private static final Pattern ANNOTATION = Pattern.compile("@CrossOrigin\\b(\\s{0,3}\\()?");

  private static final Pattern REQUESTS =
      Pattern.compile(
          "@RequestMapping\\s?\\(\\s{0,9}(?:(?:value|path)\\s?=\\s?)?\\{?\\s{0,9}\"([^\"\\n]{1,120})\"");

  private static final Pattern FILTER_BEAN =
      Pattern.compile(
          "\\bCors(?:Web)?Filter\\s{1,3}\\w{1,40}\\s?\\(|\\bfun\\s\\w{1,40}\\s?\\([^)]{0,80}\\)\\s?:\\s?Cors(?:Web)?Filter\\b|\\bnew\\s+Cors(?:Web)?Filter\\s?\\(|[=(\\s]Cors(?:Web)?Filter\\(\\w");

  private static final Pattern FILTER_IN_CHAIN =
      Pattern.compile(
          "\\baddFilter(?:Before|At|After)?\\s?\\(\\s{0,9}(?:new\\s+)?[^,;)]{0,30}[cC]ors\\w{0,30}");

  static boolean isIn(String text) {
    return SPRING.matcher(text).find();
  }

  static SpringApplication of(String pasted) {
    SourceCode code = SourceCode.of(pasted);
    Configuration configuration = Configuration.of(pasted);
    List<CorsLayer> layers = new ArrayList<>();
    layers.addAll(mappings(code, configuration));
    layers.addAll(annotations(code, configuration));
    layers.addAll(configurations(code, configuration));
    layers.addAll(properties(configuration));
    return new SpringApplication(
        code,
        configuration,
        List.copyOf(layers),
        HandWrittenFilter.in(code, configuration),
        SecurityChain.in(code, configuration));
  }

  private static List<CorsLayer> mappings(SourceCode code, Configuration configuration) {
    List<CorsLayer> layers = new ArrayList<>();
    for (Call call : code.calls("addMapping")) {
      int end = code.endOfChain(call.end());
      Grant grant =
          Grant.in(
                  code.text().substring(call.end(), Math.max(call.end(), end)),
                  "",
                  code,
                  configuration)
              .withDefaults(ANY, SIMPLE, ANY);
      layers.add(
          new CorsLayer(
              Kind.MAPPING, paths(call.arguments(), code, configuration), grant, Position.LAST));
    }
    return layers;
  }

  private static List<PathPattern> paths(
      String arguments, SourceCode code, Configuration configuration) {
    Values paths = Values.read(arguments, code, configuration);
    return paths.whole() ? paths.items().stream().map(PathPattern::new).toList() : List.of();
  }

  private static List<CorsLayer> annotations(SourceCode code, Configuration configuration) {
    List<CorsLayer> layers = new ArrayList<>();
    String text = code.text();
    Matcher annotation = ANNOTATION.matcher(text);
    while (annotation.find()) {
      String arguments =
          annotation.group(1) == null
              ? ""
              : text.substring(
                  annotation.end(), Math.max(annotation.end(), code.closing(annotation.end() - 1)));
      Grant grant = Grant.in(arguments, "", code, configuration);
      boolean bare = !arguments.isBlank() && !arguments.matches("(?s)\\s*\\w+\\s*=.*");
      boolean value = arguments.matches("(?s)\\s*value\\s*=.*");
      if (bare || value) {
        grant =
            grant.withOrigins(
                Values.read(
                    arguments
                        .replaceFirst("(?s)^\\s*value\\s*=", "")
                        .replaceFirst("(?s),\\s*\\w+\\s*=.*", ""),
                    code,
                    configuration));
      }
      layers.add(
          new CorsLayer(
              Kind.ANNOTATION,
              pathsOf(code, annotation.start()),
              grant.withDefaults(ANY, Values.UNKNOWN, ANY),
              Position.LAST));
    }
    return layers;
  }

  /** The paths of the controller at which an annotation stands; none if the paste does not tell. */
  private static List<PathPattern> pathsOf(SourceCode code, int at) {
    String text = code.text();
    int open = text.indexOf('{', Math.max(at, code.endOfChain(at)));
    Matcher type =
        Pattern.compile("\\b(?:class|interface)\\s+\\w+")
            .matcher(text)
            .region(at, Math.min(text.length(), at + 600));
    if (!type.find() || open < 0 && type.start() < 0) {
      return List.of();
    }
    String before = text.substring(at, type.start());
    if (before.contains(";") || before.contains("}")) {
      return List.of();
    }
    int begins = Math.max(text.lastIndexOf('}', at), text.lastIndexOf(';', at));
    Matcher requests = REQUESTS.matcher(text.substring(Math.max(0, begins), type.start()));
    return requests.find()
        ? List.of(new PathPattern(requests.group(1).replaceFirst("/$", "") + "/**"))
        : List.of();
  }

  private static List<CorsLayer> configurations(SourceCode code, Configuration configuration) {
    List<CorsLayer> layers = new ArrayList<>();
    String text = code.text();
    Matcher made = MADE.matcher(text);
    while (made.find()) {
      String name = Optional.ofNullable(made.group(1)).orElse("");
      int end = scope(text, made.end(), name);
      int chained = code.endOfChain(made.end());
      String chain = text.substring(made.end(), chained);
      String piece = text.substring(made.end(), Math.max(chained, end));
      Grant set =
          name.isEmpty()
              ? Grant.in(piece, "", code, configuration)
              : Grant.in(chain, "", code, configuration)
                  .and(Grant.in(piece, name, code, configuration));
      boolean usual = piece.contains("applyPermitDefaultValues");
      Grant grant =
          usual ? set.withDefaults(ANY, SIMPLE, ANY) : set.withDefaults(NONE, READING, NONE);
      layers.add(
          new CorsLayer(
              Kind.CONFIGURATION,
              registered(name, piece, code, configuration),
              grant,
              position(code)));
    }
    Matcher cut = CUT.matcher(text);
    if (layers.isEmpty() && cut.find()) {
      Grant grant = Grant.in(text, cut.group(1), code, configuration);
      boolean usual = text.contains("applyPermitDefaultValues");
      layers.add(
          new CorsLayer(
              Kind.CONFIGURATION,
              registered(cut.group(1), text, code, configuration),
              usual
                  ? grant.withDefaults(ANY, SIMPLE, ANY)
                  : grant.withDefaults(NONE, Values.UNKNOWN, Values.UNKNOWN),
              position(code)));
    }
    if (layers.isEmpty() && code.text().contains("registerCorsConfiguration")) {
      layers.add(
          new CorsLayer(
              Kind.CONFIGURATION,
              registered("", text, code, configuration),
              Grant.UNKNOWN,
              position(code)));
    }
    return layers;
  }

  /** To the end of the block in which it is made, or to where another one gets its name. */
  private static int scope(String text, int from, String name) {
    int depth = 0;
    Matcher again =
        Pattern.compile(
                "\\b"
                    + Pattern.quote(name)
                    + "\\s{0,3}(?::\\s?\\w{1,40}\\s{0,3})?=\\s{0,9}(?:new\\s{1,3})?CorsConfiguration\\b")
            .matcher(text);
    int last = !name.isEmpty() && again.find(from) ? again.start() : text.length();
    for (int at = from; at < last; at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (depth < 0) {
        return at;
      }
    }
    return last;
  }

  private static List<PathPattern> registered(
      String name, String piece, SourceCode code, Configuration configuration) {
    SourceCode part = SourceCode.of(piece);
    List<PathPattern> paths = new ArrayList<>();
    for (Call call : part.calls("registerCorsConfiguration")) {
      int comma = call.arguments().lastIndexOf(',');
      boolean ofThis =
          name.isEmpty()
              || call.arguments()
                  .substring(comma + 1)
                  .matches("(?s)\\s*" + Pattern.quote(name) + "\\b.*");
      if (comma > 0 && ofThis) {
        paths.addAll(paths(call.arguments().substring(0, comma), code, configuration));
      }
    }
    return paths;
  }

  /** Where the bean is used for which it is made. */
  private static Position position(SourceCode code) {
    if (!code.has(FILTER_BEAN)) {
      return Position.LAST;
    }
    return Order.isFirst(code.text())
        ? Position.FIRST
        : code.has(FILTER_IN_CHAIN) ? Position.IN_CHAIN : Position.BEHIND;
  }

  private static List<CorsLayer> properties(Configuration configuration) {
    return Stream.of(
            "corsconfigurations",
            "graphql.cors",
            "graphql.servlet.cors",
            "endpoints.web.cors",
            "jhipster.cors")
        .flatMap(
            parent ->
                configuration.policies(parent).entrySet().stream()
                    .map(
                        policy ->
                            new CorsLayer(
                                Kind.PROPERTIES,
                                pathOf(policy.getKey()),
                                Grant.of(policy.getValue()).withDefaults(NONE, READING, NONE),
                                Position.LAST)))
        .toList();
  }

  private static List<PathPattern> pathOf(String name) {
    int open = name.indexOf('[');
    int close = name.indexOf(']', open);
    return open < 0 || close < 0
        ? List.of()
        : List.of(new PathPattern(name.substring(open + 1, close)));
  }

  /** The folder below which it is; empty if the configuration has none. */
  String context() {
    return Stream.of(
            "server.servlet.context-path", "server.context-path", "spring.webflux.base-path")
        .flatMap(name -> configuration.value(name).stream())
        .findFirst()
        .orElse("");
  }

  /** The chain of Spring Security for a path. */
  Optional<SecurityChain> chain(String path) {
    return chains.stream().filter(chain -> chain.isFor(path)).findFirst();
  }

  /** Whether something does CORS in front of Spring Security, or within its chain. */
  boolean isCorsFirst() {
    return everything()
        .anyMatch(
            layer -> layer.position() == Position.FIRST || layer.position() == Position.IN_CHAIN);
  }

  /** Whether a filter does CORS that is asked behind Spring Security. */
  boolean isCorsBehind() {
    return everything().anyMatch(layer -> layer.position() == Position.BEHIND)
        || layers.stream().noneMatch(CorsLayer::isBean) && position(code) == Position.BEHIND;
  }

  Stream<CorsLayer> everything() {
    return Stream.concat(filters.stream().map(HandWrittenFilter::layer), layers.stream());
  }

  private static final Pattern ROUTES =
      Pattern.compile("\\bRouteLocator\\b|\\bRouteLocatorBuilder\\b");

  /** Whether it is a gateway that passes requests on. */
  boolean isGateway() {
    return code.has(ROUTES)
        || configuration.settings().keySet().stream()
            .anyMatch(name -> name.contains("cloud.gateway.") && name.contains("routes"));
  }

  boolean isReactive() {
    return code.text().contains("ServerHttpSecurity")
        || code.text().contains("CorsWebFilter")
        || configuration.settings().keySet().stream().anyMatch(each -> each.contains("globalcors"));
  }

  /**
   * The layers that decide about a request: the first ones that are asked. A filter that has
   * answered leaves nothing to those behind it.
   */
  List<CorsLayer> deciding(String path) {
    for (Position position : List.of(Position.FIRST, Position.IN_CHAIN, Position.BEHIND)) {
      List<CorsLayer> at = everything().filter(layer -> layer.position() == position).toList();
      if (!at.isEmpty()) {
        return at;
      }
    }
    boolean bean = layers.stream().anyMatch(CorsLayer::isBean);
    boolean secured =
        chain(path)
            .filter(
                chain ->
                    chain.cors() == SecurityChain.Cors.ON
                        || chain.cors() == SecurityChain.Cors.WITH_SOURCE)
            .isPresent();
    return layers.stream()
        // http.cors() takes the bean, if there is one, and the mappings of MVC otherwise.
        .filter(
            layer ->
                layer.isBean()
                    ? secured || chains.isEmpty() || layers.stream().noneMatch(CorsLayer::isOfMvc)
                    : !(secured && bean))
        .toList();
  }
}

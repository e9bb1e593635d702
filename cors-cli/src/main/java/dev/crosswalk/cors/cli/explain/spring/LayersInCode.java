package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Kind;
import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Position;
import dev.crosswalk.cors.cli.explain.spring.Grant.Setting;
import dev.crosswalk.cors.cli.explain.spring.SourceCode.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The CORS layers in code and configuration that use Spring's own: mappings, annotations, beans and
 * properties.
 */
record LayersInCode(SourceCode code, Configuration configuration) {

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

  private static final Pattern ANNOTATION =
      Pattern.compile(
          "@CrossOrigin\\b(?! annotations?\\b(?! (?:to|on|at|in|above)\\b))(\\s{0,3}\\()?");

  private static final Pattern REQUESTS =
      Pattern.compile(
          "@RequestMapping\\s?\\(\\s{0,9}(?:(?:value|path)\\s?=\\s?)?\\{?\\s{0,9}\"([^\"\\n]{1,120})\"");

  private static final Pattern FILTER_BEAN =
      Pattern.compile(
          "\\bCors(?:Web)?Filter\\s{1,3}\\w{1,40}\\s?\\(|\\bfun\\s\\w{1,40}\\s?\\([^)]{0,80}\\)\\s?:\\s?Cors(?:Web)?Filter\\b|\\bnew\\s+Cors(?:Web)?Filter\\s?\\(|[=(\\s]Cors(?:Web)?Filter\\(\\w");

  /** WebFlux looks at the order of the method, and a class of one's own may have one. */
  private static final Pattern ORDER_COUNTS =
      Pattern.compile("\\bCorsWebFilter\\b|\\bextends\\s{1,3}CorsFilter\\b|:\\s?CorsFilter\\(");

  private static final Pattern FILTER_IN_CHAIN =
      Pattern.compile(
          "\\baddFilter(?:Before|At|After)?\\s?\\(\\s{0,9}(?:new\\s+)?[^,;)]{0,30}[cC]ors\\w{0,30}");

  /** A line of a properties file, which has no quotation marks and no brackets around a value. */
  private static final Pattern PROPERTY =
      Pattern.compile("(?:[\\w-]|\\])\\.(?:allowed|allow|exposed)-?\\w{1,20}\\s{0,3}=(?!=)");

  private static final Pattern OF_SOCKETS =
      Pattern.compile(
          "StompEndpointRegistry|registerStompEndpoints|WebSocketHandlerRegistry|registerWebSocketHandlers|withSockJS|\\)\\s{0,40}\\.setAllowedOrigin");

  private static final int MAX_ANNOTATIONS = 600;

  private static final Pattern TYPE = Pattern.compile("[^;{}]*?\\bclass\\b");

  private static final Pattern OTHER_CLASS =
      Pattern.compile(
          "(?s)^(?!.*Controller\\b).*@(?:Component|Service|Configuration)\\b.*\\bclass$");

  /** The older starter for GraphQL reads another name than Spring's own. */
  private static final Pattern OF_GRAPHQL =
      Pattern.compile(
          "spring-boot-starter-graphql|(?i:spring for graphql)|@(?:Query|Mutation|Schema|Subscription)Mapping\\b");

  List<CorsLayer> all() {
    return Stream.of(mappings(), annotations(), configurations(), properties())
        .flatMap(List::stream)
        .toList();
  }

  private List<CorsLayer> mappings() {
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
      layers.add(new CorsLayer(Kind.MAPPING, paths(call.arguments()), grant, Position.LAST));
    }
    return layers;
  }

  /** What WebSockets and SockJS have of their own: a list of origins, which is empty by itself. */
  List<CorsLayer> endpoints() {
    return code.has(OF_SOCKETS)
        ? Stream.concat(code.calls("addEndpoint").stream(), code.calls("addHandler").stream())
            .flatMap(call -> endpoint(call).stream())
            .toList()
        : List.of();
  }

  private Optional<CorsLayer> endpoint(Call call) {
    String text = code.text();
    int end = Math.max(call.end(), code.endOfChain(call.end()));
    String chain = text.substring(call.end(), end);
    boolean sockJs = chain.contains("withSockJS");
    boolean whole = sockJs || text.substring(end).stripLeading().startsWith(";");
    Grant grant =
        Grant.in(chain, "", code, configuration)
            .withDefaults(whole ? NONE : Values.UNKNOWN, ANY, ANY)
            .withOnly(Setting.EXPOSED, ANY)
            .withOnly(Setting.CREDENTIALS, sockJs ? Values.of(List.of("true")) : Values.UNKNOWN);
    List<PathPattern> paths =
        Values.read(call.arguments(), code, configuration).items().stream()
            .filter(each -> each.startsWith("/"))
            .map(each -> new PathPattern(each + "/**"))
            .toList();
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(new CorsLayer(Kind.ENDPOINT, paths, grant, Position.LAST));
  }

  private List<PathPattern> paths(String arguments) {
    Values paths = Values.read(arguments, code, configuration);
    return paths.whole() ? paths.items().stream().map(PathPattern::new).toList() : List.of();
  }

  private List<CorsLayer> annotations() {
    List<CorsLayer> layers = new ArrayList<>();
    String text = code.text();
    Matcher annotation = ANNOTATION.matcher(text);
    while (annotation.find()) {
      if (isOfOther(annotation.start())) {
        continue;
      }
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
            grant.withOnly(
                Setting.ORIGINS,
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
              pathsOf(annotation.start()),
              grant.withDefaults(ANY, Values.UNKNOWN, ANY),
              Position.LAST));
    }
    return layers;
  }

  /** Whether an annotation stands above a class that is no controller, and does nothing there. */
  private boolean isOfOther(int at) {
    String text = code.text();
    int begins = Math.max(text.lastIndexOf('}', at), text.lastIndexOf(';', at)) + 1;
    Matcher type = TYPE.matcher(text).region(at, Math.min(text.length(), at + MAX_ANNOTATIONS));
    return type.lookingAt() && OTHER_CLASS.matcher(text.substring(begins, type.end())).find();
  }

  /** The paths of the controller at which an annotation stands; none if the paste does not tell. */
  private List<PathPattern> pathsOf(int at) {
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

  private List<CorsLayer> configurations() {
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
      layers.add(new CorsLayer(Kind.CONFIGURATION, registered(name, piece), grant, position(code)));
    }
    Matcher cut = CUT.matcher(text);
    if (layers.isEmpty() && cut.find()) {
      Grant grant = Grant.in(text, cut.group(1), code, configuration);
      boolean usual = text.contains("applyPermitDefaultValues");
      layers.add(
          new CorsLayer(
              Kind.CONFIGURATION,
              registered(cut.group(1), text),
              usual
                  ? grant.withDefaults(ANY, SIMPLE, ANY)
                  : grant.withDefaults(NONE, Values.UNKNOWN, Values.UNKNOWN),
              position(code)));
    }
    if (layers.isEmpty() && code.text().contains("registerCorsConfiguration")) {
      layers.add(
          new CorsLayer(Kind.CONFIGURATION, registered("", text), Grant.UNKNOWN, position(code)));
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

  private List<PathPattern> registered(String name, String piece) {
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
        paths.addAll(paths(call.arguments().substring(0, comma)));
      }
    }
    return paths;
  }

  /** Where the bean is used for which it is made. */
  static Position position(SourceCode code) {
    if (!code.has(FILTER_BEAN)) {
      return Position.LAST;
    }
    boolean first =
        code.has(ORDER_COUNTS) ? Order.isFirst(code.text()) : Order.isFirstBean(code.text());
    return first ? Position.FIRST : code.has(FILTER_IN_CHAIN) ? Position.IN_CHAIN : Position.BEHIND;
  }

  private List<CorsLayer> properties() {
    Kind kind = code.has(PROPERTY) ? Kind.PROPERTIES : Kind.YAML;
    return Stream.of(
            "corsconfigurations",
            "graphql.cors",
            "graphql.servlet.cors",
            "endpoints.web.cors",
            "jhipster.cors")
        .filter(parent -> !parent.contains("servlet") || !code.has(OF_GRAPHQL))
        .flatMap(
            parent ->
                configuration.policies(parent).entrySet().stream()
                    // Without brackets, Spring drops the signs of a pattern.
                    .filter(policy -> !policy.getKey().matches(".*\\./[*/]*"))
                    .map(
                        policy ->
                            new CorsLayer(
                                kind,
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
}

package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Position;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Spring application in a paste, as far as it is there.
 *
 * @param old whether the text names a version before 5.3 (Boot 2.4), which sends the page's origin
 *     where any is allowed together with credentials
 * @param layers all that does CORS, but filters of one's own
 * @param endpoints of WebSockets and SockJS, which no other layer decides about
 * @param filters of one's own that write its headers
 * @param chains of Spring Security
 */
record SpringApplication(
    SourceCode code,
    Configuration configuration,
    boolean old,
    List<CorsLayer> layers,
    List<CorsLayer> endpoints,
    List<HandWrittenFilter> filters,
    List<SecurityChain> chains) {

  /** A paste without any of these has nothing to read. */
  private static final Pattern SPRING =
      Pattern.compile(
          "CorsRegistry|@CrossOrigin\\b|CorsConfiguration\\b|HttpSecurity\\b|SecurityFilterChain|globalcors|addMapping\\(|addCorsMappings|CorsFilter\\b|\\bcors\\(|csrf\\(|OncePerRequestFilter|GenericFilterBean|authorizeHttpRequests|authorizeRequests|registerCorsConfiguration|[sS]etAllowedOrigin|addAllowedOrigin|SecurityWebFilterChain|WebFluxConfigurer|implements (?:\\w+\\.){0,3}Filter\\b|@RestController|\\baddEndpoint\\(|WebSocketHandler|spring|@Value\\(|\\ballowedOrigins\\s{0,3}=\\s{0,3}(?:listOf|List\\.of|mutableListOf|Arrays\\.asList)");

  private static final Pattern OLD =
      Pattern.compile(
          "(?i)\\bspring[- ]?(?:web[- ]?mvc|mvc|framework|core|web)?[ :=v(-]{0,3}(?:version )?(?:[34]|5\\.[0-2])\\.[0-9]"
              + "|\\bspring[- ]?boot[ :=v(-]{0,3}(?:version )?(?:1|2\\.[0-3])\\.[0-9]"
              // What only the first version of Spring Boot has.
              + "|\\bACCESS_OVERRIDE_ORDER\\b|\\bboot\\.context\\.(?:embedded|web)\\."
              + "|\\bspring-boot-starter-parent</artifactId>\\s{0,40}<version>(?:1|2\\.[0-3])\\.");

  /** They have annotations and classes of the same names. */
  private static final Pattern OF_OTHERS =
      Pattern.compile("(?is)^(?!.*spring).*\\b(?:micronaut|helidon)\\b");

  private static final Pattern ROUTES =
      Pattern.compile("\\bRouteLocator\\b|\\bRouteLocatorBuilder\\b");

  static boolean isIn(String text) {
    return SPRING.matcher(text).find() && !OF_OTHERS.matcher(text).find();
  }

  static SpringApplication of(String pasted) {
    SourceCode code = SourceCode.of(pasted);
    Configuration configuration = Configuration.of(pasted);
    LayersInCode layers = new LayersInCode(code, configuration);
    return new SpringApplication(
        code,
        configuration,
        OLD.matcher(pasted).find(),
        layers.all(),
        layers.endpoints(),
        HandWrittenFilter.in(code, configuration),
        SecurityChain.in(code, configuration));
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
        || layers.stream().noneMatch(CorsLayer::isBean)
            && LayersInCode.position(code) == Position.BEHIND;
  }

  Stream<CorsLayer> everything() {
    return Stream.concat(filters.stream().map(HandWrittenFilter::layer), layers.stream());
  }

  /** Whether it is a gateway that passes requests on. */
  boolean isGateway() {
    return code.has(ROUTES)
        || configuration.settings().keySet().stream()
            .anyMatch(name -> name.contains("cloud.gateway.") && name.contains("routes"));
  }

  /** The endpoint that a path is of. */
  List<CorsLayer> endpoints(String path) {
    return endpoints.stream().filter(each -> !path.isEmpty() && each.covers(path)).toList();
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
    List<CorsLayer> own = endpoints(path);
    if (!own.isEmpty()) {
      return own;
    }
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

package dev.crosswalk.cors.cli.explain.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is read in a Spring application, and what is wrong with it, in the order in which it bites.
 */
class SpringFaultsTest {

  private static final String PAGE = "http://localhost:4200";

  private static final AskedRequest GET = request("GET", List.of(), false);
  private static final AskedRequest PREFLIGHT = request("GET", List.of("authorization"), true);

  private static AskedRequest request(String method, List<String> headers, boolean preflight) {
    return new AskedRequest(
        PAGE, "http://localhost:8080", "/api/items", method, headers, false, preflight, 0, "");
  }

  private static AskedRequest preflight(String method, String... headers) {
    return request(method, List.of(headers), true);
  }

  /** Without those that count only for a message about them. */
  private static List<String> faults(String code, AskedRequest request) {
    return SpringFaults.in(PastedText.ofWords(code), code, request).stream()
        .map(fault -> fault.what().name())
        .filter(name -> !List.of("NO_CREDENTIALS", "NOTHING_EXPOSED", "TWO_LAYERS").contains(name))
        .toList();
  }

  private static String mapping(String settings) {
    return "@Configuration class Web implements WebMvcConfigurer { public void addCorsMappings(CorsRegistry registry) {"
        + " registry.addMapping(\"/**\")"
        + settings
        + "; } }\n";
  }

  private static String source(String settings) {
    return "@Bean CorsConfigurationSource corsConfigurationSource() {\n  CorsConfiguration config = new CorsConfiguration();\n"
        + settings
        + "\n  UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();\n"
        + "  source.registerCorsConfiguration(\"/**\", config);\n  return source;\n}\n";
  }

  private static String chain(String calls) {
    return "@Bean SecurityFilterChain chain(HttpSecurity http) throws Exception { return http"
        + calls
        + ".build(); }\n";
  }

  private static final String LOGIN = ".authorizeHttpRequests(a -> a.anyRequest().authenticated())";

  @Test
  void a_mapping_that_lists_the_page_grants_it() {
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults(mapping(".allowedOrigins(\"http://localhost:4200\")"), GET));
  }

  @Test
  void a_mapping_by_itself_allows_any_origin_and_GET_HEAD_and_POST() {
    assertEquals(List.of("GRANTED_WITHOUT_SECURITY"), faults(mapping(""), GET));
    assertEquals(List.of("METHOD_UNTOLD"), faults(mapping(""), preflight("DELETE")));
  }

  @Test
  void a_configuration_by_itself_allows_no_header_and_only_GET_and_HEAD() {
    String origins = "config.setAllowedOrigins(List.of(\"http://localhost:4200\"));";
    assertEquals(
        List.of("ONLY_ORIGINS"), faults(source(origins), preflight("POST", "content-type")));
    assertEquals(
        List.of("METHOD_UNTOLD"),
        faults(
            source(origins + "config.addAllowedHeader(\"*\");"),
            preflight("POST", "content-type")));
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults(
            source(origins + "config.applyPermitDefaultValues();"),
            preflight("POST", "content-type")));
  }

  @Test
  void an_origin_is_compared_letter_by_letter() {
    assertEquals(
        List.of("ORIGIN_UNLISTED"),
        faults(mapping(".allowedOrigins(\"http://localhost:3000\")"), GET));
    assertEquals(
        List.of("ORIGIN_WITH_SLASH"),
        faults(mapping(".allowedOrigins(\"http://localhost:4200/\")"), GET));
    assertEquals(
        List.of("ORIGIN_WITH_PATH"),
        faults(mapping(".allowedOrigins(\"http://localhost:4200/app\")"), GET));
    assertEquals(
        List.of("ORIGIN_WITHOUT_SCHEME"),
        faults(mapping(".allowedOrigins(\"localhost:4200\")"), GET));
    assertEquals(
        List.of("ORIGIN_OF_SERVER"),
        faults(mapping(".allowedOrigins(\"http://localhost:8080\")"), GET));
    assertEquals(
        List.of("PATTERN_AS_ORIGIN"),
        faults(mapping(".allowedOrigins(\"http://localhost:*\")"), GET));
    assertEquals(
        List.of("ORIGINS_IN_ONE_TEXT"),
        faults(mapping(".allowedOrigins(\"http://localhost:4200,http://localhost:3000\")"), GET));
  }

  @Test
  void a_pattern_of_origins_covers_ports_and_names() {
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults(mapping(".allowedOriginPatterns(\"http://localhost:[*]\")"), GET));
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults(mapping(".allowedOriginPatterns(\"http://*:4200\")"), GET));
    assertEquals(
        List.of("PATTERN_UNFIT"),
        faults(mapping(".allowedOriginPatterns(\"https://*.example.com\")"), GET));
  }

  @Test
  void a_value_may_be_a_constant_a_variable_or_a_property() {
    assertEquals(
        List.of("ORIGIN_UNLISTED"),
        faults(
            "static final String UI = \"http://localhost:3000\";\n"
                + mapping(".allowedOrigins(UI)"),
            GET));
    assertEquals(
        List.of("ORIGIN_UNLISTED"),
        faults(
            "@Value(\"${app.cors.origins}\")\nprivate String[] origins;\n"
                + mapping(".allowedOrigins(origins)")
                + "\napp.cors.origins=http://localhost:3000\n",
            GET));
    assertEquals(List.of(), faults(mapping(".allowedOrigins(settings.getOrigins())"), GET));
    assertEquals(
        List.of("METHOD_UNLISTED"),
        faults(
            mapping(".allowedMethods(HttpMethod.GET.name(), RequestMethod.POST.name())"),
            preflight("PUT")));
  }

  @Test
  void a_list_of_methods_or_headers_has_each_by_itself() {
    assertEquals(
        List.of("METHODS_IN_ONE_TEXT"),
        faults(mapping(".allowedMethods(\"GET, POST, PUT\")"), preflight("PUT")));
    assertEquals(
        List.of("METHOD_IN_LOWER_CASE"),
        faults(mapping(".allowedMethods(\"get\", \"put\")"), preflight("PUT")));
    assertEquals(
        List.of("HEADERS_IN_ONE_TEXT"),
        faults(mapping(".allowedHeaders(\"Content-Type, Authorization\")"), PREFLIGHT));
    assertEquals(
        List.of("HEADER_WITH_TYPO"),
        faults(mapping(".allowedHeaders(\"Authorizaton\")"), PREFLIGHT));
    assertEquals(
        List.of("HEADER_UNLISTED"),
        faults(mapping(".allowedHeaders(\"Content-Type\")"), PREFLIGHT));
  }

  @Test
  void several_faults_are_told_in_their_order() {
    assertEquals(
        List.of("ORIGIN_UNLISTED", "METHOD_UNLISTED", "HEADER_UNLISTED"),
        faults(
            mapping(
                ".allowedOrigins(\"http://localhost:3000\").allowedMethods(\"GET\").allowedHeaders(\"X-A\")"),
            preflight("PUT", "content-type")));
  }

  @Test
  void any_origin_and_credentials_do_not_go_together() {
    assertEquals(
        List.of("ANY_WITH_CREDENTIALS"),
        faults(mapping(".allowedOrigins(\"*\").allowCredentials(true)"), GET));
    assertEquals(List.of("ANY_WITH_CREDENTIALS"), faults(mapping(".allowCredentials(true)"), GET));
    assertEquals(
        List.of("ANY_WITH_CREDENTIALS_ANNOTATED"),
        faults("@CrossOrigin(allowCredentials = \"true\") @RestController class A {}", GET));
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults(mapping(".allowedOriginPatterns(\"*\").allowCredentials(true)"), GET));
  }

  @Test
  void Spring_has_to_find_the_code() {
    assertEquals(
        "NO_CONFIGURATION", faults(mapping("").replace("@Configuration ", ""), GET).get(0));
    assertEquals(
        "NOT_IMPLEMENTED",
        faults(mapping("").replace(" implements WebMvcConfigurer", ""), GET).get(0));
    assertEquals(
        "NO_BEAN",
        faults(
                "@Configuration class A { public WebMvcConfigurer cors() { return new WebMvcConfigurer() { } } }",
                GET)
            .get(0));
  }

  @Test
  void a_path_has_to_be_covered() {
    assertEquals(List.of("PATH_OUTSIDE"), faults(mapping("").replace("/**", "/users/**"), GET));
    assertEquals(List.of("PATH_OUTSIDE"), faults(mapping("").replace("/**", "/"), GET));
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"), faults(mapping("").replace("/**", "/api/**"), GET));
    assertEquals(
        List.of("CONTEXT_PATH"),
        faults(
            mapping("").replace("/**", "/api/**") + "\nserver.servlet.context-path=/api\n", GET));
  }

  @Test
  void an_annotation_counts_for_its_controller() {
    String controller =
        "@CrossOrigin(\"http://localhost:4200\")\n@RestController\n@RequestMapping(\"/api/users\")\npublic class Users {}";
    assertEquals(List.of("OTHER_CONTROLLER"), faults(controller, GET));
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"), faults(controller.replace("/users", "/items"), GET));
  }

  @Test
  void an_endpoint_of_a_WebSocket_has_a_list_of_its_own() {
    String endpoint = "registry.addEndpoint(\"/api\")%s.withSockJS();\n";
    String others = mapping(".allowedOrigins(\"http://localhost:4200\")");
    assertEquals(List.of("NO_ORIGIN_OF_ENDPOINT"), faults(endpoint.formatted("") + others, GET));
    assertEquals(
        List.of("ORIGIN_UNLISTED"),
        faults(endpoint.formatted(".setAllowedOrigins(\"http://localhost:3000\")") + others, GET));
    assertEquals(
        List.of("ANY_ORIGIN_OF_SOCKJS"),
        faults(endpoint.formatted(".setAllowedOrigins(\"*\")") + others, GET));
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults(endpoint.formatted(".setAllowedOriginPatterns(\"*\")"), GET));
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults(endpoint.formatted("").replace("/api", "/ws") + others, GET));
  }

  @Test
  void a_chain_without_cors_refuses_preflights() {
    assertEquals(List.of("CHAIN_WITHOUT_CORS"), faults(chain(LOGIN), PREFLIGHT));
    assertEquals(
        List.of("MAPPINGS_BEHIND_SECURITY"), faults(chain(LOGIN) + mapping(""), PREFLIGHT));
    assertEquals(
        List.of("CORS_DISABLED"), faults(chain(".cors(c -> c.disable())" + LOGIN), PREFLIGHT));
    assertEquals(
        List.of("CORS_DISABLED"),
        faults(
            "http { cors { disable() }\n authorizeHttpRequests { authorize(anyRequest, authenticated) } }",
            PREFLIGHT));
    assertEquals(
        List.of("GRANTED"),
        faults(chain(".cors(withDefaults())" + LOGIN) + mapping(""), PREFLIGHT));
  }

  @Test
  void of_WebFlux_Spring_Security_takes_a_bean_and_no_mappings() {
    String chain =
        "@Bean SecurityWebFilterChain chain(ServerHttpSecurity http) { return http%s.authorizeExchange(a -> a.anyExchange().authenticated()).build(); }\n";
    String mapping = mapping("").replace("WebMvcConfigurer", "WebFluxConfigurer");
    assertEquals(List.of("MAPPINGS_OF_WEBFLUX"), faults(chain.formatted("") + mapping, PREFLIGHT));
    assertEquals(
        List.of("MAPPINGS_OF_WEBFLUX"),
        faults(chain.formatted(".cors(withDefaults())") + mapping, PREFLIGHT).subList(0, 1));
  }

  @Test
  void a_rule_may_let_preflights_through_to_the_mappings() {
    String options =
        ".authorizeHttpRequests(a -> a.requestMatchers(HttpMethod.OPTIONS, \"/**\").permitAll().anyRequest().authenticated())";
    assertEquals(List.of("BEHIND_FILTERS"), faults(chain(options) + mapping(""), PREFLIGHT));
    assertEquals(List.of("ERRORS_OF_CHAIN"), faults(chain(options) + mapping(""), GET));
    assertEquals(
        List.of("CSRF_BEFORE_CORS"),
        faults(chain(options) + mapping(""), request("POST", List.of("content-type"), false)));
  }

  @Test
  void of_several_chains_the_one_of_the_path_counts() {
    String other =
        "@Bean SecurityFilterChain site(HttpSecurity http) { return http.cors(withDefaults()).build(); }";
    assertEquals(
        List.of("ONE_CHAIN_WITHOUT_CORS"),
        faults(chain(".securityMatcher(\"/api/**\")" + LOGIN) + other, PREFLIGHT));
    assertEquals(
        "CORS_WITHOUT_POLICY",
        faults(chain(".securityMatcher(\"/admin/**\")" + LOGIN) + other, PREFLIGHT).get(0));
  }

  @Test
  void a_filter_needs_an_order_in_front_of_Spring_Security() {
    String filter =
        "@Component public class Sharing implements Filter { public void doFilter(ServletRequest q, ServletResponse r, FilterChain c) {"
            + " ((HttpServletResponse) r).setHeader(\"Access-Control-Allow-Origin\", \"http://localhost:4200\"); r.setHeader(\"Access-Control-Allow-Methods\", \"GET, OPTIONS\"); c.doFilter(q, r); } }\n";
    assertEquals("FILTER_BEHIND_SECURITY", faults(chain(LOGIN) + filter, PREFLIGHT).get(0));
    assertEquals(
        List.of("FILTER_PASSES_PREFLIGHTS"),
        faults(chain(LOGIN) + "@Order(Ordered.HIGHEST_PRECEDENCE)\n" + filter, PREFLIGHT));
    assertEquals(
        List.of(),
        faults(
            chain(LOGIN)
                + "@Order(Ordered.HIGHEST_PRECEDENCE)\n"
                + filter.replace(
                    "c.doFilter", "if (!\"OPTIONS\".equals(q.getMethod())) c.doFilter"),
            PREFLIGHT));
    assertEquals(
        "FILTER_BEHIND_SECURITY", faults(chain(LOGIN) + "@Order(1)\n" + filter, PREFLIGHT).get(0));
  }

  @Test
  void the_bean_of_the_policy_has_its_name() {
    String named =
        source("config.setAllowedOriginPatterns(List.of(\"*\")); config.addAllowedHeader(\"*\");")
            .replace(" corsConfigurationSource(", " sharing(");
    assertEquals(
        List.of("OTHER_NAME_OF_SOURCE"),
        faults(chain(".cors(withDefaults())" + LOGIN) + named, PREFLIGHT));
    assertEquals(
        List.of("GRANTED"),
        faults(chain(".cors(c -> c.configurationSource(sharing()))" + LOGIN) + named, PREFLIGHT));
  }

  @Test
  void the_configuration_of_a_gateway_is_read_in_each_of_its_forms() {
    String yaml =
        "spring:\n  cloud:\n    gateway:\n      globalcors:\n        cors-configurations:\n          '[/**]':\n"
            + "            allowedOrigins: \"http://localhost:3000\"\n            allowedMethods:\n              - GET\n            allowedHeaders: '*'\n";
    assertEquals(List.of("ORIGIN_UNLISTED"), faults(yaml, PREFLIGHT));
    assertEquals(
        List.of("ORIGIN_UNLISTED"),
        faults(
            "spring.cloud.gateway.globalcors.cors-configurations.[/**].allowed-origins=http://localhost:3000\n"
                + "spring.cloud.gateway.globalcors.corsConfigurations.[/**].allowedHeaders=*",
            PREFLIGHT));
    assertEquals("MISNAMED", faults(yaml.replace("allowedMethods", "allowedMethod"), GET).get(0));
  }

  @Test
  void Kotlin_is_read_as_Java_is() {
    String code =
        "val config = CorsConfiguration().apply {\n  allowedOrigins = listOf(\"http://localhost:3000\")\n  allowedMethods = listOf(\"GET\")\n  addAllowedHeader(\"*\")\n}\n";
    assertEquals(List.of("ORIGIN_UNLISTED"), faults(code, PREFLIGHT));
    assertEquals(
        List.of("ORIGIN_UNLISTED"),
        faults(
            "val config = CorsConfiguration()\nconfig.allowedOrigins = listOf(\"http://localhost:3000\")\nconfig.allowedHeaders = listOf(\"*\")",
            PREFLIGHT));
  }

  @Test
  void what_is_commented_out_or_cut_off_is_not_told() {
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults(
            mapping(
                "/* .allowedOrigins(\"http://localhost:3000\") */\n // .allowedMethods(\"PUT\")\n"),
            GET));
    assertEquals(
        List.of(), faults(mapping(".allowedOrigins(\"http://localhost:3000\", ...)"), GET));
    assertEquals(List.of(), faults(mapping(".allowedOrigins(/* ours */)"), GET));
  }

  @Test
  void a_bean_counts_only_in_a_class_that_Spring_reads() {
    String bean = source("config.addAllowedOrigin(\"*\"); config.addAllowedHeader(\"*\");");
    String chain = "@Configuration class Chain { " + chain(".cors(withDefaults())" + LOGIN) + "}\n";
    List<String> unread = List.of("BEAN_WITHOUT_CONFIGURATION");
    assertEquals(unread, faults("class Origins { " + bean + "}\n" + chain, PREFLIGHT));
    assertEquals(
        unread, faults("import java.util.List;\n\nclass Origins { " + bean + "}\n", PREFLIGHT));
    List.of(
            "@Component class Origins { " + bean + "}\n" + chain,
            "@Configuration class All { static class Origins { " + bean + "} }\n" + chain,
            "@Import(Origins.class) @Configuration class All {}\nclass Origins { " + bean + "}\n",
            // The annotation may be cut off.
            "class Origins { " + bean + "}\n")
        .forEach(
            code -> assertEquals(false, faults(code, PREFLIGHT).containsAll(unread), () -> code));
  }

  @Test
  void a_path_that_is_left_out_of_security_has_none_of_its_filters() {
    String ignoring =
        "void configure(WebSecurity web) { web.ignoring().antMatchers(\"/api/**\"); }\n";
    String chain = chain(".cors(withDefaults())" + LOGIN);
    assertEquals(
        List.of("PATH_IGNORED"),
        faults(ignoring + chain + source("config.addAllowedOrigin(\"" + PAGE + "\");"), GET));
    assertEquals(
        List.of("GRANTED"),
        faults(ignoring + chain + mapping(".allowedOrigins(\"" + PAGE + "\")"), GET));
    assertEquals(
        List.of("GRANTED"),
        faults(
            ignoring.replace("/api/", "/open/")
                + chain
                + source("config.addAllowedOrigin(\"" + PAGE + "\");"),
            GET));
  }

  @Test
  void an_annotation_above_one_method_does_not_count_for_another() {
    String methods =
        "@CrossOrigin(\""
            + PAGE
            + "\") @GetMapping List<Item> all() { return all; }\n"
            + "@PostMapping Item add(@RequestBody Item item) { return item; }\n}";
    String controller = "@RestController class Items {\n" + methods;
    assertEquals(List.of("OTHER_METHOD_ANNOTATED"), faults(controller, preflight("POST")));
    assertEquals(List.of("OTHER_METHOD_ANNOTATED"), faults(controller, preflight("")));
    assertEquals(List.of("GRANTED_WITHOUT_SECURITY"), faults(controller, GET));
    assertEquals(
        List.of("GRANTED_WITHOUT_SECURITY"),
        faults("@CrossOrigin(\"" + PAGE + "\") " + controller, preflight("POST")));
  }

  @Test
  void the_gateway_looks_for_CORS_only_below_globalcors() {
    String policy = ".cors-configurations.[/**].allowed-origins=" + PAGE;
    assertEquals(List.of("GATEWAY_MISPLACED"), faults("spring.cloud.gateway.cors" + policy, GET));
    for (String right :
        List.of(
            "globalcors",
            "gateway.globalcors",
            "spring.cloud.gateway.globalcors",
            "spring.cloud.gateway.server.webflux.globalcors")) {
      assertEquals(List.of("GRANTED_WITHOUT_SECURITY"), faults(right + policy, GET));
    }
  }

  @Test
  void a_placeholder_has_the_name_of_a_setting() {
    String field = "@Value(\"${shop.cors.origins:http://localhost:3000}\") String[] origins;\n";
    assertEquals(
        List.of("OTHER_PLACEHOLDER"), faults(field + "shop.cors.allowed-origins=" + PAGE, GET));
    assertEquals(List.of("OTHER_PLACEHOLDER"), faults(field + "cors.origins=" + PAGE, GET));
    for (String right :
        List.of("shop.cors.origins=", "SHOP_CORS_ORIGINS=", "shop.cors.origins[0]=")) {
      assertEquals(List.of(), faults(field + right + PAGE, GET));
    }
    // That is code.
    String own = field + "config.corsOrigins = origins";
    assertEquals(false, faults(own, GET).contains("OTHER_PLACEHOLDER"));
  }
}

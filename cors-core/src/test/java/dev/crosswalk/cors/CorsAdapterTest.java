package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsAdapter.OtherFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What adapters ask core for")
class CorsAdapterTest {

  private static List<String> warningsOfContextPath(String contextPath, String... paths) {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins("https://app.example.com").build();
    Map<String, CorsPolicy> policies = new HashMap<>();
    List.of(paths).forEach(path -> policies.put(path, policy));
    Cors cors = paths.length == 0 ? policy : Cors.byPath(policies);
    return logged(
        () -> CorsAdapter.warnOfMissingContextPath(new ReloadableCors(cors), contextPath));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop", "/shop/"})
  void paths_that_lack_the_context_path_are_told_with_it(String contextPath) {
    assertEquals(
        List.of(
            "No request to the application at /shop has the policy of /api, /shopping, because the"
                + " whole path is compared, with /shop in front. Write /shop/api,"
                + " /shop/shopping."),
        warningsOfContextPath(contextPath, "/", "/shopping", "/api"));
  }

  @Test
  void nothing_is_said_of_paths_that_can_be_those_of_the_application() {
    assertEquals(List.of(), warningsOfContextPath(null, "/api"));
    assertEquals(List.of(), warningsOfContextPath("", "/api"));
    assertEquals(List.of(), warningsOfContextPath("/", "/api"));
    assertEquals(List.of(), warningsOfContextPath("/shop", "/shop/api", "/blog/api"));
    assertEquals(List.of(), warningsOfContextPath("/shop/v1", "/shop"));
    assertEquals(List.of(), warningsOfContextPath("/shop", "/shop"));
    assertEquals(List.of(), warningsOfContextPath("/shop", "/"));
    assertEquals(List.of(), warningsOfContextPath("/shop"));
  }

  @Test
  void a_host_that_is_replaced_is_told_of_where_it_chooses_the_policy() {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins("https://app.example.com").build();
    Cors byHost = Cors.byHost(Map.of("acme.example", policy));
    for (Cors cors :
        List.of(
            byHost,
            new ReloadableCors(byHost),
            Cors.byPath(Map.of("/about", policy, "/api", byHost)),
            CrossOriginGuard.around(byHost).build())) {
      assertEquals(
          List.of("A sentence."),
          logged(() -> CorsAdapter.warnOfReplacedHost(cors, "A sentence.")));
    }
    for (Cors cors :
        List.of(policy, Cors.byPath(Map.of("/", policy)), Cors.choosing(facts -> policy))) {
      assertEquals(List.of(), logged(() -> CorsAdapter.warnOfReplacedHost(cors, "A sentence.")));
    }
  }

  @Test
  void a_policy_is_required_and_its_warnings_are_left_to_the_adapter() {
    CorsPolicy doubtful =
        CorsPolicy.builder().allowOrigins("https://a.example").allowMethods("patch").build();
    assertEquals(1, doubtful.warnings().size());
    assertEquals(
        List.of(),
        logged(() -> assertSame(doubtful, CorsAdapter.requirePolicy(doubtful, "A filter"))));
    assertEquals(List.of(doubtful.warnings().get(0).toString()), logged(doubtful::logWarnings));
    NullPointerException e =
        assertThrows(NullPointerException.class, () -> CorsAdapter.requirePolicy(null, "A filter"));
    assertEquals(
        "A filter needs a policy, but got null. Pass a policy, or CorsPolicy.none() to allow no"
            + " one.",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.catalina.filters.CorsFilter, true",
    "com.example.shop.SimpleCORSFilter, true",
    "com.example.Filters$Cors, true",
    "com.example.Cross_Origin_Filter, true",
    "org.eclipse.jetty.servlets.CrossOriginFilter, true",
    "com.example.cors.AuditFilter, false",
    "com.example.CrossOriginOpenerPolicyFilter, false",
    "com.example.Cross_Origin_Embedder_Policy, false",
    "com.example.CrossOriginIsolation, false",
    "com.example.CrossOriginResourcePolicyFilter, false",
    "org.springframework.web.filter.CorsFilter, false",
    "com.example.LoginFilter, false",
  })
  void another_filter_for_CORS_is_named(String filter, boolean named) {
    String warning =
        "The application has another filter for CORS beside MyFilter, "
            + filter
            + ". It may refuse origins that the policy allows. ";
    String ofEarlier =
        "If it comes first, it may also answer preflights itself, so that the policy is never"
            + " asked. ";
    assertNamed(named, filter, false, warning + "Remove it.");
    assertNamed(named, filter, true, warning + ofEarlier + "Remove it.");
  }

  private static void assertNamed(
      boolean named, String filter, boolean mayComeFirst, String warning) {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins("https://app.example.com").build();
    OtherFilter other = new OtherFilter(filter, mayComeFirst);
    List<OtherFilter> found = new ArrayList<>();
    assertEquals(
        named ? List.of(warning) : List.of(),
        logged(
            () ->
                found.addAll(
                    CorsAdapter.warnOfOtherFilters(
                        policy, "MyFilter", List.of(other, new OtherFilter(filter, false))))));
    assertEquals(named ? List.of(other) : List.of(), found, "one for each class");
    assertEquals(
        named ? 0 : 1,
        logged(
                () ->
                    policy
                        .decide(Cors.Request.of("GET", "/"))
                        .overrule("Access-Control-Allow-Origin", "*"))
            .size(),
        "what is named is not told of again");
  }

  @Test
  void a_second_adapter_is_told_with_what_it_does_and_what_to_do() {
    assertEquals(
        List.of(
            "A request went through MyFilter twice. The headers of the first one are sent; the"
                + " second can only refuse. Remove one, or give one of them a policy for each path,"
                + " with Cors.byPath(…). This is logged once."),
        logged(() -> CorsAdapter.warnOfSecond("MyFilter")));
  }

  @Test
  void adapters_learn_every_header_that_core_reads_or_writes() {
    assertTrue(
        CorsAdapter.requestHeaders()
            .containsAll(List.of("Origin", "Access-Control-Request-Method", "Cookie")));
    assertTrue(
        CorsAdapter.responseHeaders()
            .containsAll(List.of("Access-Control-Allow-Origin", "Access-Control-Max-Age", "Vary")));
    assertTrue(CorsAdapter.frequentValues().contains("Origin"));
  }

  private static List<String> logged(Runnable logging) {
    try (LogLines log = new LogLines()) {
      logging.run();
      return log.next();
    }
  }
}

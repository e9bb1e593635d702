package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

class MvcApplicationTest extends ApplicationTest {

  @Configuration(proxyBeanMethods = false)
  static class Forbidding {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .dispatcherTypeMatchers(DispatcherType.ERROR)
                      .permitAll()
                      .anyRequest()
                      .authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }
  }

  @Override
  Class<?> forbidding() {
    return Forbidding.class;
  }

  @Override
  List<SetUp> springsOwn() {
    return List.of(
        new SetUp(
            Registry.class,
            List.of("addCorsMappings(CorsRegistry) from " + Registry.class.getName())),
        new SetUp(
            HttpCors.class,
            List.of(
                "http.cors() from the bean security",
                "the bean source of the type " + UrlBasedCorsConfigurationSource.class.getName())),
        new SetUp(
            Filters.class,
            List.of(
                "the bean filter of the type org.springframework.web.filter.CorsFilter",
                "the CorsFilter that the bean registered registers")));
  }

  @Configuration(proxyBeanMethods = false)
  static class Registry implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(CorsRegistry registry) {
      registry.addMapping("/**");
    }
  }

  /** As most tutorials have it. */
  @Configuration(proxyBeanMethods = false)
  static class HttpCors {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.cors(Customizer.withDefaults()).build();
    }

    @Bean
    CorsConfigurationSource source() {
      return MvcApplicationTest.source();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Filters {
    @Bean
    CorsFilter filter() {
      return new CorsFilter(source());
    }

    @Bean
    FilterRegistrationBean<CorsFilter> registered() {
      return new FilterRegistrationBean<>(new CorsFilter(source()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnFilter {
    @Bean
    CorsPolicyFilter own() {
      return new CorsPolicyFilter(CorsPolicy.none());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnRegistration {
    @Bean
    FilterRegistrationBean<CorsPolicyFilter> own() {
      return new FilterRegistrationBean<>(new CorsPolicyFilter(CorsPolicy.none()));
    }
  }

  /** As forums have it. */
  @Component
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static class SimpleCorsFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletResponse http = (HttpServletResponse) response;
      http.addHeader("Access-Control-Allow-Origin", "*");
      http.addHeader("Access-Control-Allow-Methods", "*");
      if (((HttpServletRequest) request).getMethod().equals("OPTIONS")) {
        http.setStatus(200);
      } else {
        chain.doFilter(request, response);
      }
    }
  }

  /** Before the policy, it would answer preflights, also those of any other page. */
  @Configuration(proxyBeanMethods = false)
  static class FirstFilter {
    @Bean
    FilterRegistrationBean<Filter> first() {
      FilterRegistrationBean<Filter> first = new FilterRegistrationBean<>(new SimpleCorsFilter());
      first.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return first;
    }
  }

  private static UrlBasedCorsConfigurationSource source() {
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.setCorsConfigurations(Map.of("/**", new CorsConfiguration().applyPermitDefaultValues()));
    return source;
  }

  @Test
  void a_filter_from_a_forum_is_named_and_has_no_say(CapturedOutput output) throws Exception {
    assertHasNoSay(SimpleCorsFilter.class, output);
  }

  @Test
  void a_filter_of_the_same_order_comes_after_the_policy(CapturedOutput output) throws Exception {
    assertHasNoSay(FirstFilter.class, output);
  }

  private void assertHasNoSay(Class<?> beside, CapturedOutput output) throws Exception {
    start(List.of(beside), "cors.allowed-origins=https://app.example.com");
    assertEquals(
        List.of(
            "The application has another filter for CORS beside CorsPolicyFilter, "
                + SimpleCorsFilter.class.getName()
                + ". It may refuse origins that the policy allows. Remove it."),
        lines(output));
    assertEquals(204, preflight("/hello", "https://app.example.com").statusCode());
    assertEquals(403, preflight("/hello", "https://evil.example").statusCode());
    assertEquals(
        "https://app.example.com", allowed(get("/hello", "https://app.example.com")), "one line");
  }

  @Test
  void a_filter_of_ones_own_stops_the_start(CapturedOutput output) {
    for (Class<?> own : List.of(OwnFilter.class, OwnRegistration.class)) {
      assertFailure(
          List.of(own),
          output,
          "A CorsPolicyFilter is the bean own.",
          "Remove it, and make its policy a bean of the type Cors");
    }
  }
}

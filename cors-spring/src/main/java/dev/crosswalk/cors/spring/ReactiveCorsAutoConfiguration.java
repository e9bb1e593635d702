package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/** Puts the policy in front of a WebFlux application, and of the actuator on its own port. */
@AutoConfiguration(after = CorsPolicyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
final class ReactiveCorsAutoConfiguration {

  @Bean
  @ConditionalOnBean(Cors.class)
  @ConditionalOnMissingBean
  static CorsPolicyWebFilter corsPolicyWebFilter(
      ListableBeanFactory beans, Environment environment) {
    Cors cors = ApplicationPolicy.of(beans, environment);
    CorsAdapter.warnOfMissingContextPath(
        cors, environment.getProperty("spring.webflux.base-path", ""));
    return new CorsPolicyWebFilter(cors);
  }

  @Bean
  static SmartInitializingSingleton corsPolicyWebFilterCheck(ListableBeanFactory beans) {
    return () -> check(beans);
  }

  /** Where beans are lazy, a wrong policy would stop no start, and fail every request. */
  private static void check(ListableBeanFactory beans) {
    List<String> own = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(WebFilter.class, true, false)) {
      // Not by the type that its method declares, which is often WebFilter.
      if (beans.getBean(name) instanceof CorsPolicyWebFilter) {
        own.add(name);
      }
    }
    if (own.size() > 1) {
      throw new CorsSetupException(
          "There are several CorsPolicyWebFilter, the beans " + String.join(", ", own) + ".",
          "Remove all but one. For a policy in the configuration, or a bean of the type Cors, there"
              + " is one already.");
    }
  }
}

package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Puts the policy in front of a WebFlux application, and of the actuator on a port of its own. */
@AutoConfiguration(after = CorsPolicyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
final class ReactiveCorsAutoConfiguration {

  @Bean
  @ConditionalOnBean(Cors.class)
  @ConditionalOnMissingBean
  static CorsPolicyWebFilter corsPolicyWebFilter(
      ListableBeanFactory beans, Environment environment) {
    return new CorsPolicyWebFilter(PolicyInUse.of(beans, environment));
  }
}

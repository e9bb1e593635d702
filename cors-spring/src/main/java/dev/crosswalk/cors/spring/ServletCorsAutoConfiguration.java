package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Puts the policy in front of an application on servlets: of Spring MVC, of Jersey, of any. */
@AutoConfiguration(after = CorsPolicyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Cors.class)
final class ServletCorsAutoConfiguration {

  private static final String FILTER = "corsPolicyFilter";

  @Bean(FILTER)
  static FilterRegistrationBean<Filter> corsPolicyFilter(
      ListableBeanFactory beans, Environment environment) {
    return registration(new CorsPolicyFilter(PolicyInUse.of(beans, environment)));
  }

  private static FilterRegistrationBean<Filter> registration(Filter filter) {
    FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
    registration.setDispatcherTypes(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    // Spring Security comes at -100. In a war, the filter that makes error pages comes at the next
    // place after the first, and clears the response: it has to clear ours.
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /** On a port of its own the actuator has filters of its own. */
  @ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static final class Management {

    @Bean
    @ConditionalOnBean(name = FILTER)
    static FilterRegistrationBean<Filter> managementCorsPolicyFilter(
        @Qualifier(FILTER) FilterRegistrationBean<Filter> application) {
      return registration(application.getFilter());
    }
  }
}

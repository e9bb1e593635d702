package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;

/** Puts the policy in front of a servlet application: Spring MVC, Jersey or any other. */
@AutoConfiguration(after = CorsPolicyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
final class ServletCorsAutoConfiguration {

  private static final String FILTER = "corsPolicyFilter";

  @Bean(FILTER)
  @ConditionalOnBean(Cors.class)
  static FilterRegistrationBean<Filter> corsPolicyFilter(
      ListableBeanFactory beans, Environment environment) {
    Cors cors = ApplicationPolicy.of(beans, environment);
    ForwardedHost.warn(cors, environment);
    return registration(CorsPolicyFilter.placedFirst(cors));
  }

  @Bean
  static SmartInitializingSingleton corsPolicyFilterCheck(ListableBeanFactory beans) {
    return () -> check(beans);
  }

  /**
   * Spring Boot would put a filter bean behind all others, and only for the dispatcher type
   * REQUEST.
   */
  private static void check(ListableBeanFactory beans) {
    List<String> second =
        new ArrayList<>(List.of(beans.getBeanNamesForType(CorsPolicyFilter.class)));
    for (String name : beans.getBeanNamesForType(FilterRegistrationBean.class)) {
      FilterRegistrationBean<?> bean = (FilterRegistrationBean<?>) beans.getBean(name);
      if (!name.equals(FILTER) && bean.getFilter() instanceof CorsPolicyFilter) {
        second.add(name);
      }
    }
    if (!second.isEmpty()) {
      throw new CorsSetupException(
          "A CorsPolicyFilter is the bean " + String.join(", ", second) + ".",
          "Remove it, and make its policy a bean of the type Cors: Spring Boot then registers the"
              + " filter before Spring Security.");
    }
  }

  private static FilterRegistrationBean<Filter> registration(Filter filter) {
    FilterRegistrationBean<Filter> registration = new First(filter);
    registration.setDispatcherTypes(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    // Spring Security has the order -100. In a war, the filter for error pages comes right after
    // the first place, and clears the response, including our headers.
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /**
   * Comes before what has the same order, too: Spring compares that of two only if both or neither
   * are {@link PriorityOrdered}.
   */
  private static final class First extends FilterRegistrationBean<Filter>
      implements PriorityOrdered {
    First(Filter filter) {
      super(filter);
    }
  }

  /** On its own port the actuator has its own filters. */
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

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
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** Puts the policy in front of a servlet application: Spring MVC, Jersey or any other. */
@AutoConfiguration(after = CorsPolicyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
final class ServletCorsAutoConfiguration {

  private static final String FILTER = "corsPolicyFilter";

  @Bean(FILTER)
  @ConditionalOnBean(Cors.class)
  static FilterRegistrationBean<Filter> corsPolicyFilter(
      ListableBeanFactory beans, Environment environment) {
    return registration(new CorsPolicyFilter(ApplicationPolicy.of(beans, environment)));
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
    List<String> second = new ArrayList<>();
    List<String> earlier = new ArrayList<>();
    second.addAll(List.of(beans.getBeanNamesForType(CorsPolicyFilter.class)));
    boolean isEarlier = beans.containsBean(FILTER);
    for (String name : beans.getBeanNamesForType(AbstractFilterRegistrationBean.class)) {
      // Of those with the same order, the first that is found is the first that is asked.
      isEarlier &= !name.equals(FILTER);
      AbstractFilterRegistrationBean<?> bean =
          (AbstractFilterRegistrationBean<?>) beans.getBean(name);
      // Null if it registers a proxy for a bean of another name.
      Filter filter = bean instanceof FilterRegistrationBean<?> own ? own.getFilter() : null;
      if (!name.equals(FILTER) && filter instanceof CorsPolicyFilter) {
        second.add(name);
      } else if (isEarlier
          && bean.isEnabled()
          && bean.getOrder() == Ordered.HIGHEST_PRECEDENCE
          && !(filter instanceof ForwardedHeaderFilter)) { // of Spring Boot; passes all on
        earlier.add(name);
      }
    }
    if (!second.isEmpty()) {
      throw new CorsSetupException(
          "A CorsPolicyFilter is the bean " + String.join(", ", second) + ".",
          "Remove it, and make its policy a bean of the type Cors: Spring Boot then registers the"
              + " filter before Spring Security.");
    }
    ApplicationPolicy.warnOfEarlier(earlier);
  }

  private static FilterRegistrationBean<Filter> registration(Filter filter) {
    FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
    registration.setDispatcherTypes(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    // Spring Security has the order -100. In a war, the filter for error pages comes right after
    // the first place, and clears the response, including our headers.
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
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

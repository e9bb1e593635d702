package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.FrameworkSettings;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Applies a policy to every request of a Spring Boot application, MVC or WebFlux. You do not
 * register anything: with this artifact on the class path, a policy in {@code application.yml} is
 * enough,
 *
 * <pre>{@code
 * cors:
 *   allowed-origins: https://app.example.com
 *   allowed-methods: [PUT, DELETE]
 * }</pre>
 *
 * <p>with the names that {@link dev.crosswalk.cors.CorsPolicy#toString()} shows, per profile like
 * all of Spring Boot's configuration. More policies go under {@code cors.policies.<name>}, as in
 * {@link dev.crosswalk.cors.CorsConfiguration}. In the profiles {@code prod} and {@code production}
 * the rules for production apply. Alternatively, define a bean that is a {@link Cors}. Both at once
 * are an error.
 *
 * <pre>{@code
 * @Bean
 * Cors cors() {
 *   return CorsPolicy.builder().allowOrigins("https://app.example.com").build();
 * }
 * }</pre>
 *
 * <p>Preflights are answered before Spring Security, which does not need {@code permitAll()} for
 * them. Every other response has the policy's headers, including a 401 and a 403 of Spring
 * Security, error pages, and the actuator on its own port. If the application also uses Spring's
 * own CORS ({@code @CrossOrigin}, {@code CorsRegistry}, {@code http.cors()} and others), the log
 * names it at startup. Without a policy, one line says so, and nothing else happens.
 *
 * <p>This class is public for {@code @ImportAutoConfiguration} and {@code exclude}.
 */
@AutoConfiguration
@ConditionalOnWebApplication
public final class CorsPolicyAutoConfiguration {

  /** Spring Boot calls this. */
  public CorsPolicyAutoConfiguration() {}

  // The conditions of these methods are evaluated in this order.

  @Bean(ApplicationPolicy.CONFIGURED)
  @ConditionalOnMissingBean
  @Conditional(OnCorsSettings.class)
  static Cors configuredCors(Environment environment) {
    return CorsSettings.of(environment).cors();
  }

  @Bean
  @ConditionalOnMissingBean(
      value = Cors.class,
      type = {
        "dev.crosswalk.cors.servlet.CorsPolicyFilter",
        "dev.crosswalk.cors.spring.CorsPolicyWebFilter"
      })
  static SmartInitializingSingleton corsPolicyMissing() {
    return () -> FrameworkSettings.warnOfNoPolicy("cors-spring");
  }

  @Bean
  static SmartInitializingSingleton corsVariablesCheck(Environment environment) {
    return () -> CorsSettings.of(environment).warnOfIgnored();
  }

  @Bean
  @ConditionalOnBean(Cors.class)
  static SmartInitializingSingleton springsCorsCheck(
      ListableBeanFactory beans, Environment environment) {
    return () -> BuiltInCors.warn(beans, environment);
  }

  /** Matches if the configuration has a setting of ours, or a typo that may have been one. */
  static final class OnCorsSettings extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      return CorsSettings.of(context.getEnvironment()).isEmpty()
          ? ConditionOutcome.noMatch(ConditionMessage.of("no setting begins with cors."))
          : ConditionOutcome.match(ConditionMessage.of("settings begin with cors."));
    }
  }
}

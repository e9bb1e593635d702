package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
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
 * Applies a policy to every request of a Spring Boot application, of MVC or of WebFlux. Nothing is
 * to be registered: with this artifact on the class path, a policy in {@code application.yml} is
 * enough,
 *
 * <pre>{@code
 * cors:
 *   allowed-origins: https://app.example.com
 *   allowed-methods: [PUT, DELETE]
 * }</pre>
 *
 * <p>with the names that {@link dev.crosswalk.cors.CorsPolicy#toString()} shows, per profile as
 * everything in Spring Boot, and with more policies under {@code cors.policies.<name>} as {@link
 * dev.crosswalk.cors.CorsConfiguration#load()} has them; in the profiles {@code prod} and {@code
 * production} the rules for production hold. Or a bean that is a {@link Cors}; both at once are an
 * error.
 *
 * <pre>{@code
 * @Bean
 * Cors cors() {
 *   return CorsPolicy.builder().allowOrigins("https://app.example.com").build();
 * }
 * }</pre>
 *
 * <p>Preflights are answered before Spring Security, which needs no {@code permitAll()} for them,
 * and every other response has the policy's headers, also a 401 and a 403 of Spring Security, an
 * error page, and the actuator on a port of its own. Spring's own CORS beside the policy
 * ({@code @CrossOrigin}, {@code CorsRegistry}, {@code http.cors()} and others) is named in the log
 * when the application starts. Without a policy, one line says so, and nothing else is done.
 *
 * <p>This class is public for {@code @ImportAutoConfiguration} and {@code exclude}.
 */
@AutoConfiguration
@ConditionalOnWebApplication
public final class CorsPolicyAutoConfiguration {

  /** Spring Boot calls this. */
  public CorsPolicyAutoConfiguration() {}

  // The conditions of the methods are evaluated in the order in which they are written.

  @Bean(PolicyInUse.CONFIGURED)
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
    return () -> CorsAdapter.logNoPolicy("cors-spring");
  }

  @Bean
  @ConditionalOnBean(Cors.class)
  static SmartInitializingSingleton springsCorsCheck(
      ListableBeanFactory beans, Environment environment) {
    return () -> SpringsCors.warn(beans, environment);
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

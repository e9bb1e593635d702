package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import java.util.List;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Finds the one policy of an application, from beans or configuration. */
final class ApplicationPolicy {

  /** The bean that is made from the configuration. */
  static final String CONFIGURED = "configuredCors";

  private ApplicationPolicy() {}

  static Cors of(ListableBeanFactory beans, Environment environment) {
    List<String> names =
        List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, Cors.class));
    CorsSettings settings = CorsSettings.of(environment);
    if (!names.contains(CONFIGURED) && !settings.isEmpty()) {
      throw new CorsSetupException(
          "There are two CORS policies: the bean "
              + String.join(", ", names)
              + ", and the settings "
              + settings
              + ".",
          "Remove the bean, or the settings.");
    }
    Cors cors = beans.getBeanProvider(Cors.class).getIfUnique();
    if (cors == null && names.size() == 1) {
      throw new CorsSetupException(
          "The CORS policy is null: the bean " + names.get(0) + ".",
          "Return a policy, or CorsPolicy.none() to allow no one.");
    }
    if (cors == null) {
      throw new CorsSetupException(
          "There are several CORS policies, the beans " + String.join(", ", names) + ".",
          "Remove all but one, or mark the one that decides as @Primary. Policies for different"
              + " paths become one by Cors.byPath.");
    }
    return cors;
  }
}

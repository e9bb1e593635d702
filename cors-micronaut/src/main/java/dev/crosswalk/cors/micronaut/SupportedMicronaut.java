package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.CorsAdapter;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.List;

/**
 * Refuses unsupported versions of Micronaut. Version 3 would skip beans that it cannot load, and
 * versions before 4.6 would look for a route before they ask the filter, so that no preflight is
 * answered. Neither would report it. The message names the versions that are tested; those between
 * have what the filter needs, so they are not refused.
 */
final class SupportedMicronaut {

  /**
   * The class that Micronaut's processor generates from the filter, and the annotation for filters
   * before routing.
   */
  private static final List<String> NEEDED =
      List.of(
          SupportedMicronaut.class.getPackageName() + ".$CorsPolicyFilter$Definition",
          "io.micronaut.http.server.annotation.PreMatching");

  /** What serves requests in Tomcat, Jetty, Undertow and in functions. */
  private static final String SERVLET = "io.micronaut.servlet.http.ServletHttpHandler";

  private SupportedMicronaut() {}

  static void require(ClassLoader loader) {
    try {
      for (String name : NEEDED) {
        Class.forName(name, false, loader);
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ConfigurationException(
          "cors-micronaut supports Micronaut 4, from 4.10 on, and 5, and this is another version:"
              + " use a version of cors-micronaut that supports it",
          e);
    }
  }

  /** Its responses lack headers that nobody can add, and nothing else would say why. */
  static void warnOfServlet(ClassLoader loader) {
    try {
      loader.loadClass(SERVLET);
    } catch (ClassNotFoundException | LinkageError e) {
      return;
    }
    CorsAdapter.warn(
        "cors-micronaut is for Micronaut's own server, and this application has Micronaut's"
            + " servlet. There, responses that another thread completes have no CORS headers,"
            + " nor have static files. Use micronaut-http-server-netty instead.");
  }

  /** Public, because Micronaut 3 instantiates only public classes. */
  @ContextConfigurer
  public static final class Check implements ApplicationContextConfigurer {

    @Override
    public void configure(ApplicationContextBuilder builder) {
      ClassLoader loader = SupportedMicronaut.class.getClassLoader();
      require(loader);
      warnOfServlet(loader);
    }
  }
}

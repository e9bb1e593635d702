package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The host that a server reads from {@code X-Forwarded-Host}, before any filter. Spring Boot tells
 * it to on platforms such as Kubernetes, unless a setting says otherwise. Whoever has written that
 * setting has chosen, and is told nothing.
 */
final class ForwardedHost {

  private static final String STRATEGY = "server.forward-headers-strategy";

  private ForwardedHost() {}

  static void warn(Cors cors, Environment environment) {
    CloudPlatform platform = CloudPlatform.getActive(environment);
    if (platform != null
        && platform.isUsingForwardHeaders()
        && !environment.containsProperty(STRATEGY)
        && replacesHost(environment)) {
      CorsAdapter.warnOfReplacedHost(
          cors,
          "The host of a request chooses its policy, and on this cloud platform Spring Boot lets the"
              + " server read that host from X-Forwarded-Host, which every client can send. Set "
              + STRATEGY
              + " to framework or none, so that Host chooses, or to native, if the proxy sets or"
              + " removes X-Forwarded-Host itself.");
    }
  }

  /** Tomcat, which Spring Boot prefers, leaves the header of HTTP/1.1 alone. */
  private static boolean replacesHost(Environment environment) {
    return isPresent("org.apache.catalina.startup.Tomcat")
        ? environment.getProperty("server.http2.enabled", Boolean.class, false)
        : isPresent("org.eclipse.jetty.server.Server") || isPresent("io.undertow.Undertow");
  }

  private static boolean isPresent(String server) {
    return ClassUtils.isPresent(server, null);
  }
}

package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@code web.xml} says what the policy is: in init-params, in the file that one of them
 * names, or, without any, where {@link dev.crosswalk.cors.CorsConfiguration#load()} looks.
 */
final class InitParameters {

  private static final String FILE = "file";
  private static final String SETTING = "cors.";
  private static final String IN_APPLICATION = "/WEB-INF/";

  private final String filter;
  private final ServletContext context;
  private final @Nullable String file;
  private final Map<String, String> settings = new TreeMap<>();

  private InitParameters(FilterConfig config) {
    filter = config.getFilterName();
    context = config.getServletContext();
    file = config.getInitParameter(FILE);
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (name.startsWith(SETTING)) {
        settings.put(name, config.getInitParameter(name));
      } else if (!name.equals(FILE)) {
        throw wrong(
            "has the init-param \"" + name + "\", which is not known",
            "give a setting by its whole name, which begins with \"cors.\", or \"file\"");
      }
    }
  }

  static InitParameters of(FilterConfig config) {
    return new InitParameters(config);
  }

  Cors load() {
    if (file == null) {
      settings.forEach(this::requireNoPlaceholder);
      return settings.isEmpty()
          ? CorsConfiguration.load()
          : CorsConfiguration.of(settings, (key, member) -> "init-param of the filter " + filter);
    }
    if (!settings.isEmpty()) {
      throw wrong(
          "has the init-param \"file\" and settings beside it: " + settings.keySet(),
          "move the settings into the file, or remove \"file\"");
    }
    return CorsConfiguration.load(path(file));
  }

  /** Core would name an environment variable, and none is read beside init-params. */
  private void requireNoPlaceholder(String setting, String value) {
    if (value.contains("${")) {
      throw wrong(
          "has the init-param \""
              + setting
              + "\" with a placeholder that nothing fills in, "
              + value,
          "write the value itself, or remove every init-param that is a setting, and set"
              + " environment variables such as CORS_ALLOWED_ORIGINS");
    }
  }

  private Path path(String name) {
    if (!name.startsWith(IN_APPLICATION)) {
      return Path.of(name);
    }
    String path = context.getRealPath(name);
    if (path == null) {
      throw wrong(
          "has the init-param \"file\" with a path of the application, which is not unpacked: "
              + name,
          "put cors.properties into /WEB-INF/classes and remove \"file\", or let the container"
              + " unpack the application");
    }
    return Path.of(path);
  }

  void requireNone() {
    if (file != null || !settings.isEmpty()) {
      throw wrong(
          "has a policy from code and another from init-params",
          "remove the init-params, or make the filter without a policy");
    }
  }

  private IllegalArgumentException wrong(String what, String remedy) {
    return new IllegalArgumentException("The filter \"" + filter + "\" " + what + ": " + remedy);
  }
}

package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.CorsAdapter;
import io.javalin.config.EventConfig;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JavalinState;
import io.javalin.config.JettyConfig;
import io.javalin.plugin.Plugin;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the versions. The name is for users of Javalin 5: there Plugin is an
 * interface, so the JVM refuses this class before any of its code runs, and the name is the only
 * part of the error that we can choose.
 */
abstract class PluginOfJavalin6Or7 extends Plugin<Void> {

  PluginOfJavalin6Or7() {
    super(null, null);
    requireSupported(Plugin.class);
  }

  /** A later Javalin might call neither method below, and nobody would notice. */
  static void requireSupported(Class<?> plugin) {
    boolean supported =
        Arrays.stream(plugin.getMethods())
            .filter(method -> method.getName().equals("onStart") && method.getParameterCount() == 1)
            .map(method -> method.getParameterTypes()[0].getName())
            .anyMatch(
                type ->
                    type.equals("io.javalin.config.JavalinState")
                        || type.equals("io.javalin.config.JavalinConfig"));
    if (!supported) {
      throw unsupported(null);
    }
  }

  static IllegalStateException unsupported(@Nullable Exception cause) {
    return CorsAdapter.unsupported("CorsPolicyPlugin", "Javalin 6 and 7", cause);
  }

  abstract void watch(EventConfig events);

  abstract void install(JettyConfig jetty);

  /**
   * Watches, in Javalin 7, what else is configured.
   *
   * @param state Javalin's configuration
   */
  @Override
  public final void onInitialize(JavalinState state) {
    watch(state.events);
  }

  /**
   * Watches, in Javalin 6, whose plugins begin with this method instead.
   *
   * @param config Javalin's configuration
   */
  public final void onInitialize(JavalinConfig config) {
    watch(config.events);
  }

  /**
   * Installs the filter in Javalin 7.
   *
   * @param state Javalin's configuration
   */
  @Override
  public final void onStart(JavalinState state) {
    install(state.jetty);
  }

  /**
   * Installs the filter in Javalin 6, whose plugins start with this method instead.
   *
   * @param config Javalin's configuration
   */
  public final void onStart(JavalinConfig config) {
    install(config.jetty);
  }
}

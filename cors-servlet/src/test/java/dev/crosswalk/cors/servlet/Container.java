package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.tck.ServerUnderTest;
import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A servlet container. Each module that runs these tests has one, and names its class in the system
 * property {@code container}.
 */
public interface Container {

  /**
   * Starts a container with one web application, on a free port of 127.0.0.1.
   *
   * @param application adds servlets and filters
   * @param errorPages paths by the status codes that they are for
   * @param root where {@code /files} is a directory for the container's own servlet to serve; null
   *     if there is none
   */
  ServerUnderTest start(
      ServletContainerInitializer application, Map<Integer, String> errorPages, @Nullable Path root)
      throws Exception;

  /** Starts it without files. */
  default ServerUnderTest start(
      ServletContainerInitializer application, Map<Integer, String> errorPages) throws Exception {
    return start(application, errorPages, null);
  }

  /** The kit's rules that the container does not allow, with the reasons. */
  Map<String, String> limitations();

  /** Whether the container removes {@code Vary} when it makes an error page of its own. */
  default boolean removesVaryFromErrors() {
    return false;
  }

  /** Whether the application's error pages are for requests by OPTIONS, too. */
  default boolean hasErrorPagesForOptions() {
    return true;
  }

  /** Whether a forward changes the container's own request, and not what is put around it. */
  default boolean changesRequestOfForward() {
    return false;
  }

  static Container underTest() throws ReflectiveOperationException {
    return (Container)
        Class.forName(System.getProperty("container", TomcatContainer.class.getName()))
            .getConstructor()
            .newInstance();
  }
}

package dev.crosswalk.cors.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class CorsPolicyFilterTest {

  @Test
  void pages_of_Quarkus_that_no_filter_sees_are_named() {
    assertEquals(
        "The responses below /q have no CORS headers, because Quarkus asks no filter outside of"
            + " quarkus.http.root-path, which is /api. Set quarkus.http.non-application-root-path"
            + " to a path without a slash at the beginning, such as q.",
        outside("/api", "/q"));
    assertNotNull(outside("/api", "/"));
  }

  @Test
  void nothing_is_said_of_pages_below_the_root_path() {
    assertNull(outside("/", "/q"));
    assertNull(outside("/api", "q"));
    assertNull(outside("/api", "/api/q"));
    assertNull(CorsPolicyFilter.outside(config(Map.of())));
  }

  private static String outside(String root, String pages) {
    return CorsPolicyFilter.outside(
        config(
            Map.of(
                "quarkus.http.root-path", root, "quarkus.http.non-application-root-path", pages)));
  }

  private static Config config(Map<String, String> values) {
    return new SmallRyeConfigBuilder().withDefaultValues(values).build();
  }
}

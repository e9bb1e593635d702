package dev.crosswalk.cors.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A file in the jar")
class ResourceTest {

  @Test
  void is_read_from_beside_its_class() {
    assertTrue(Resource.of(CorsPolicy.class, "problems.properties").length > 1_000);
  }

  @Test
  void is_named_with_its_place_if_it_is_missing() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> Resource.of(Resource.class, "absent.txt"));
    assertEquals(
        "The resource dev/crosswalk/cors/internal/syntax/absent.txt is missing: keep it in the jar",
        e.getMessage());
  }
}

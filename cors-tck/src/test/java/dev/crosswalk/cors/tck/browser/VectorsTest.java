package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every kind of vector is run; none is left out. */
class VectorsTest {

  @Test
  void every_kind_of_vector_has_a_test_and_no_vector_is_left_out() {
    Map<String, Integer> tested = new TreeMap<>();
    for (Class<?> tests :
        List.of(RequestVectorsTest.class, PreflightVectorsTest.class, ResponseVectorsTest.class)) {
      for (Method method : tests.getDeclaredMethods()) {
        Vectors vectors = method.getAnnotation(Vectors.class);
        if (vectors != null) {
          assertEquals(null, tested.put(vectors.kind(), vectors.count()), vectors.kind());
        }
      }
    }
    Map<String, Integer> present = new TreeMap<>();
    Vectors.Source.byKind().forEach((kind, vectors) -> present.put(kind, vectors.size()));
    if (Vectors.Source.isOurFile()) {
      assertEquals(present, tested);
      assertEquals(35, tested.size());
      assertEquals(816, tested.values().stream().mapToInt(Integer::intValue).sum());
      assertEquals(tested.keySet(), Vectors.Source.ours().keySet());
    } else {
      assertEquals(Set.of(), minus(present.keySet(), tested.keySet()), "kinds without a test");
    }
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    return Set.copyOf(all.stream().filter(one -> !some.contains(one)).toList());
  }
}

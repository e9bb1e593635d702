package dev.crosswalk.cors.cli.explain.meaning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.cli.explain.layer.Fault;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What is told of the faults of CORS layers is written in a file. */
class LayerFaultsTest {

  @Test
  void every_fault_has_its_words() {
    assertEquals(EnumSet.allOf(Fault.What.class), LayerFaults.all().keySet());
  }
}

package dev.crosswalk.cors.cli.explain.clue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.explain.layer.Fault;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is told of the faults of CORS layers is written in a file. */
class FaultWordsTest {

  @Test
  void every_fault_has_words_and_all_words_are_those_of_a_fault() {
    assertEquals(
        EnumSet.allOf(Fault.What.class),
        FaultWords.all().stream()
            .map(FaultWords::fault)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.What.class))));
  }

  @Test
  void what_breaks_every_request_is_not_told_where_others_work() {
    Fault unused = Fault.of(Fault.What.UNUSED);
    PastedText works = PastedText.ofWords("all other endpoints work");
    assertEquals(
        1,
        FaultWords.told(List.of(unused), "CONFIGURATION", 0, PastedText.ofWords("nothing works"))
            .size());
    assertEquals(List.of(), FaultWords.told(List.of(unused), "CONFIGURATION", 0, works));
  }

  @Test
  void what_is_right_comes_after_all_that_may_be_wrong() {
    Stream<FaultWords> behind =
        FaultWords.all().stream()
            .dropWhile(each -> each.advice().isAbout(Topic.LAYER, Topic.NO_LAYER, Topic.SPRING));
    assertTrue(behind.allMatch(each -> each.advice().isAbout(Topic.SPRING_GRANTS)));
  }
}

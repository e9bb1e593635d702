package broken.findings_are_for_people.dev.crosswalk.cors.tck.rules;

public final class Catalogue {
  public record Result(String option, String message) {}
}

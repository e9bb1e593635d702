package broken.advice_is_for_people.dev.crosswalk.cors.cli.remedy;

public record Advice(boolean guess, String words) {}

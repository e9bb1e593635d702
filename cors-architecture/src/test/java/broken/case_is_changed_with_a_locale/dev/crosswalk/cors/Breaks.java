package broken.case_is_changed_with_a_locale.dev.crosswalk.cors;

final class Breaks {
  @SuppressWarnings("StringCaseLocaleUsage")
  String lower(String text) {
    return text.toLowerCase();
  }
}

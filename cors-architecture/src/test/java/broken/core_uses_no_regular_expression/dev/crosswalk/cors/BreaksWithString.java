package broken.core_uses_no_regular_expression.dev.crosswalk.cors;

final class BreaksWithString {
  String first(String text) {
    return text.replaceFirst("a*", "");
  }
}

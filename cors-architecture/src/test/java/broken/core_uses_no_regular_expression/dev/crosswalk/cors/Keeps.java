package broken.core_uses_no_regular_expression.dev.crosswalk.cors;

final class Keeps {
  String all(String text) {
    return text.replace("a", "b");
  }
}

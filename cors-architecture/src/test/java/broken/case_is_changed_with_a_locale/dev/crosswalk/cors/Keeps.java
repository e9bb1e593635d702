package broken.case_is_changed_with_a_locale.dev.crosswalk.cors;

import java.util.Locale;

final class Keeps {
  String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

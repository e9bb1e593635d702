package broken.case_is_changed_with_a_locale.dev.crosswalk.cors;

import java.util.function.UnaryOperator;

final class BreaksByReference {
  @SuppressWarnings("StringCaseLocaleUsage")
  UnaryOperator<String> upper = String::toUpperCase;
}

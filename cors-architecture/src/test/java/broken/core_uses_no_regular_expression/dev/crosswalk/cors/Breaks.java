package broken.core_uses_no_regular_expression.dev.crosswalk.cors;

import java.util.regex.Pattern;

final class Breaks {
  Pattern pattern;
}

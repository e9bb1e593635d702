package broken.reports_read_no_prose.dev.crosswalk.cors.cli.check;

import java.util.regex.Pattern;

class BreaksInAReport {

  private static final Pattern OPTION = Pattern.compile("\\((--[^)]+)\\)$");

  static boolean namesOption(String reason) {
    return OPTION.matcher(reason).find();
  }
}

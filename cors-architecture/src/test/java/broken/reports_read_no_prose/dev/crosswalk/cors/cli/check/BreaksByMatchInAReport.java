package broken.reports_read_no_prose.dev.crosswalk.cors.cli.check;

class BreaksByMatchInAReport {

  static boolean namesOption(String reason) {
    return reason.matches(".*--.*");
  }
}

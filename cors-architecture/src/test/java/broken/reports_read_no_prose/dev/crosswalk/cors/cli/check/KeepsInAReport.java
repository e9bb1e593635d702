package broken.reports_read_no_prose.dev.crosswalk.cors.cli.check;

class KeepsInAReport {

  static String line(String reason) {
    return "not run: " + reason;
  }
}

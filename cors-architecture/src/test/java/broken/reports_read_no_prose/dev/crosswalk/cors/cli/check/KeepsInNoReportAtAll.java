package broken.reports_read_no_prose.dev.crosswalk.cors.cli.check;

import java.util.regex.Pattern;

class KeepsInNoReportAtAll {

  static final Pattern PORT = Pattern.compile(":[0-9]+$");
}

package broken.findings_are_for_people.dev.crosswalk.cors.cli.check;

import broken.findings_are_for_people.dev.crosswalk.cors.tck.rules.Catalogue;

class BreaksByRule {

  static boolean isUnsaid(Catalogue.Result result) {
    return result.message().startsWith("because");
  }
}

package broken.findings_are_for_people.dev.crosswalk.cors.cli.check;

class KeepsAsReport {

  static String line(RootCause cause) {
    return "CAUSE " + cause.name();
  }
}

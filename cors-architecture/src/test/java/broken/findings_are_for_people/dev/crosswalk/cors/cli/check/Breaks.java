package broken.findings_are_for_people.dev.crosswalk.cors.cli.check;

class Breaks {

  static boolean isForEverybody(RootCause cause) {
    return cause.name().equals("grants everybody");
  }
}

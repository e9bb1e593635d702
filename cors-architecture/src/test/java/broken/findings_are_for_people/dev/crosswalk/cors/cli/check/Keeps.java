package broken.findings_are_for_people.dev.crosswalk.cors.cli.check;

class Keeps {

  static boolean isForEverybody(RootCause cause) {
    return cause.id().equals("everybody");
  }
}

package broken.findings_are_for_people.dev.crosswalk.cors.cli.check;

record RootCause(String id, String name) {

  RootCause and(RootCause other) {
    return new RootCause(id, name + other.name());
  }
}

package dev.crosswalk.cors.bench.server;

/** Who sees to CORS in a server that is measured. */
public enum Mode {
  NONE("without CORS"),

  /** The same headers for one origin that is known: what reading and writing headers costs. */
  BY_HAND("by hand"),

  OWN("the framework's own"),

  CROSSWALK("Crosswalk");

  private final String title;

  Mode(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}

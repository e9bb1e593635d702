package broken.complete_before_handed_over.dev.crosswalk.cors;

final class Breaks {
  private final Decision decision;
  private final String header;

  Breaks(String header) {
    decision = new Decision(this);
    this.header = header;
  }

  record Decision(Breaks policy) {
    String header() {
      return policy.header + policy.decision;
    }
  }
}

package broken.complete_before_handed_over.dev.crosswalk.cors;

final class Keeps {
  private final String header;
  private final Decision[] decisions;

  Keeps(String header) {
    this.header = header;
    decisions = new Decision[1];
    decisions[0] = new Decision(this);
  }

  record Decision(Keeps policy) {
    String header() {
      return policy.header + policy.decisions.length;
    }
  }
}

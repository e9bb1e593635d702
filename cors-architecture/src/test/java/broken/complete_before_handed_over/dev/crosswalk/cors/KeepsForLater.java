package broken.complete_before_handed_over.dev.crosswalk.cors;

import java.util.function.Supplier;

final class KeepsForLater {
  private final Supplier<Decision> first;
  private final Decision decision;
  private final String header;

  KeepsForLater(String header) {
    first = () -> new Decision(this);
    this.header = header;
    decision = new Decision(this);
  }

  record Decision(KeepsForLater policy) {
    String header() {
      return policy.header + policy.decision + policy.first;
    }
  }
}

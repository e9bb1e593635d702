package broken.core_touches_nothing.dev.crosswalk.cors;

import java.io.Serializable;

final class BreaksAsSerializable implements Serializable {
  private static final long serialVersionUID = 1L;
}

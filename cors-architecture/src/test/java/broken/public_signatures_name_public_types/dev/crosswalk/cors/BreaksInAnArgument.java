package broken.public_signatures_name_public_types.dev.crosswalk.cors;

import java.util.List;

public final class BreaksInAnArgument {
  public void take(List<? extends Hidden[]> all) {}
}

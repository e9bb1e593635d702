package broken.kit_knows_no_framework.dev.crosswalk.cors.tck;

import broken.kit_knows_no_framework.dev.crosswalk.cors.Core;
import org.junit.jupiter.api.Test;

final class Keeps {
  Core core;
  Test test;
}

package broken.core_depends_on_the_jdk_alone.dev.crosswalk.cors;

import org.junit.jupiter.api.Test;

final class Breaks {
  Test test;
}

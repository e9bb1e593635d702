package broken.core_depends_on_the_jdk_alone.dev.crosswalk.cors;

import java.util.List;

final class Keeps {
  List<String> list = List.of();
}

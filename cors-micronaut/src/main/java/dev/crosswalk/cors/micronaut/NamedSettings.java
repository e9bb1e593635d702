package dev.crosswalk.cors.micronaut;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import java.util.List;

/** What stands under cors.policies: policies for some paths each. */
@EachProperty("cors.policies")
final class NamedSettings extends PolicySettings {

  NamedSettings(@Parameter String name) {
    super("cors.policies." + name + ".");
  }

  /** Which paths the policy covers, with all that is below them, for example /api. */
  void setPaths(List<String> paths) {
    set("paths", paths);
  }
}

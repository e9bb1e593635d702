package dev.crosswalk.cors.micronaut;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import java.util.List;

/** Policies for some paths each. Editors show this text. */
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

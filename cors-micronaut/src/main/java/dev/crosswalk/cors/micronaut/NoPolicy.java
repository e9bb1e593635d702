package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.FrameworkSettings;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;

/** Warns that there is no policy: an application with this artifact expects one. */
@Context
@Requires(missingBeans = Cors.class)
final class NoPolicy {

  NoPolicy() {
    FrameworkSettings.warnOfNoPolicy("cors-micronaut");
  }
}

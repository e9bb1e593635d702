package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;

/** Says that there is no policy: somebody who has added this artifact expects one. */
@Context
@Requires(missingBeans = Cors.class)
final class NoPolicy {

  NoPolicy() {
    CorsAdapter.logNoPolicy("cors-micronaut");
  }
}

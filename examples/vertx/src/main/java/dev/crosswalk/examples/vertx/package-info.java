/** A small notes service on Vert.x, for pages of other origins. */
@NullMarked
package dev.crosswalk.examples.vertx;

import org.jspecify.annotations.NullMarked;

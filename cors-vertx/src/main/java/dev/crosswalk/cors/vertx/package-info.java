/**
 * Applies a CORS policy to a Vert.x Web router, version 4.4, 4.5 or 5: see {@link
 * dev.crosswalk.cors.vertx.CorsPolicyHandler}.
 */
@NullMarked
package dev.crosswalk.cors.vertx;

import org.jspecify.annotations.NullMarked;

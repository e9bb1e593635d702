/** A small notes service on JAX-RS (Jersey and Grizzly), for pages of other origins. */
@NullMarked
package dev.crosswalk.examples.jaxrs;

import org.jspecify.annotations.NullMarked;

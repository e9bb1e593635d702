/** A small notes service on Micronaut, for pages of other origins. */
@NullMarked
package dev.crosswalk.examples.micronaut;

import org.jspecify.annotations.NullMarked;

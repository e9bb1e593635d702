/** A small notes service on Javalin, for pages of other origins. */
@NullMarked
package dev.crosswalk.examples.javalin;

import org.jspecify.annotations.NullMarked;

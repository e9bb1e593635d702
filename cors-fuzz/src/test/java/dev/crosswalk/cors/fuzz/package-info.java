/** Hostile input for what reads it, and what must hold whatever it is. */
@NullMarked
package dev.crosswalk.cors.fuzz;

import org.jspecify.annotations.NullMarked;

/** Measures what Crosswalk costs, and how sure a figure is. */
@NullMarked
package dev.crosswalk.cors.bench;

import org.jspecify.annotations.NullMarked;

/** Notes on Quarkus. */
@NullMarked
package dev.crosswalk.examples.quarkus;

import org.jspecify.annotations.NullMarked;

/** Starts the four services with one policy, and shows that they answer alike. */
@NullMarked
package dev.crosswalk.examples.launcher;

import org.jspecify.annotations.NullMarked;

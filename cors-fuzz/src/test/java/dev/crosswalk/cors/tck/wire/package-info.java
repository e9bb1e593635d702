/** Hostile input for what this package hides. */
@NullMarked
package dev.crosswalk.cors.tck.wire;

import org.jspecify.annotations.NullMarked;

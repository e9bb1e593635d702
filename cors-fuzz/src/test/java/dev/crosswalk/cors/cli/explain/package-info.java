/** Hostile input for what this package hides. */
@NullMarked
package dev.crosswalk.cors.cli.explain;

import org.jspecify.annotations.NullMarked;

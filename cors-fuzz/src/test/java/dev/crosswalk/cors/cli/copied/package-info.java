/** Hostile input for what this package hides. */
@NullMarked
package dev.crosswalk.cors.cli.copied;

import org.jspecify.annotations.NullMarked;

/** What all commands print, and how they end. */
@NullMarked
package dev.crosswalk.cors.cli.terminal;

import org.jspecify.annotations.NullMarked;

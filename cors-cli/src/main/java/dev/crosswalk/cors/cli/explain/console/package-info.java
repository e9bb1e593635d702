/** The messages in a paste: known sentences, what is left of one, and what surrounds it. */
@NullMarked
package dev.crosswalk.cors.cli.explain.console;

import org.jspecify.annotations.NullMarked;

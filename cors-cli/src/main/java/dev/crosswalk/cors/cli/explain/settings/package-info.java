/**
 * What the code and the configuration in a paste set: their lists of origins, methods and paths.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.settings;

import org.jspecify.annotations.NullMarked;

/**
 * CORS layers as the code or the configuration in a paste sets them up, read as a whole: what
 * stands in which order, what covers which path, and what takes no effect.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.layer;

import org.jspecify.annotations.NullMarked;

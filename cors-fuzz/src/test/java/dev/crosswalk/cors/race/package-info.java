/**
 * What several threads may see of each other, however their steps are interleaved and reordered.
 */
@NullMarked
package dev.crosswalk.cors.race;

import org.jspecify.annotations.NullMarked;

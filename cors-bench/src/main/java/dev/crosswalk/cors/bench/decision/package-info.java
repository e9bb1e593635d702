/**
 * What a decision costs: beside a floor, which does the least that anybody could do, and beside
 * what frameworks ship.
 */
@NullMarked
package dev.crosswalk.cors.bench.decision;

import org.jspecify.annotations.NullMarked;

/**
 * Hours of load on a server whose policy is replaced while it runs: no answer may be wrong, and
 * nothing may grow.
 */
@NullMarked
package dev.crosswalk.cors.bench.soak;

import org.jspecify.annotations.NullMarked;

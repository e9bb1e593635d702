/** The server of the benchmarks on Quarkus. */
@NullMarked
package dev.crosswalk.cors.bench.quarkus;

import org.jspecify.annotations.NullMarked;

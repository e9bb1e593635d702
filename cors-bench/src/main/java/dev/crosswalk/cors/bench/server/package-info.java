/** What whole servers cost, with the adapters and without: each in a JVM of its own. */
@NullMarked
package dev.crosswalk.cors.bench.server;

import org.jspecify.annotations.NullMarked;

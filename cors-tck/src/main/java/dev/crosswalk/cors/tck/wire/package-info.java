/**
 * Requests and responses as they are on the wire.
 *
 * <p>{@link dev.crosswalk.cors.tck.wire.WireClient} sends requests exactly as they are written,
 * where a client library would tidy them.
 */
@NullMarked
package dev.crosswalk.cors.tck.wire;

import org.jspecify.annotations.NullMarked;

/**
 * Verifies CORS from the browser's side.
 *
 * <p>{@link dev.crosswalk.cors.tck.UserAgent} transcribes the client's half of <a
 * href="https://fetch.spec.whatwg.org/">Fetch</a>: what a browser sends, and what it lets a script
 * read. {@link dev.crosswalk.cors.tck.WireClient} puts requests on the wire exactly as they are
 * written, where a client library would tidy them.
 *
 * <p>Nothing here shares code or constants with the core: an oracle that knew its subject would
 * repeat its mistakes.
 */
@NullMarked
package dev.crosswalk.cors.tck;

import org.jspecify.annotations.NullMarked;

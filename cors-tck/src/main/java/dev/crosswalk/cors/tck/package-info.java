/**
 * The kit: extend {@link dev.crosswalk.cors.tck.CorsTck}, and every rule of the CORS protocol
 * becomes a test of your adapter.
 *
 * <p>Below it, each package knows only those before it: {@code url}, {@code wire}, {@code browser},
 * {@code rules}, {@code report}. {@code browser} and {@code wire} are for anybody's tests, too; the
 * others are the kit's own.
 *
 * <p>Nothing here shares code or constants with the core: an oracle that knew its subject would
 * repeat its mistakes.
 */
@NullMarked
package dev.crosswalk.cors.tck;

import org.jspecify.annotations.NullMarked;

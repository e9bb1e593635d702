/**
 * URLs and origins, as browsers read and write them.
 *
 * @see <a href="https://url.spec.whatwg.org/">URL</a>
 */
@NullMarked
package dev.crosswalk.cors.tck.url;

import org.jspecify.annotations.NullMarked;

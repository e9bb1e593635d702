/**
 * Decides what other origins may do with a server's responses.
 *
 * <p>Read it in the order of the data. A {@link dev.crosswalk.cors.RequestReader} reads a request
 * of some framework. A {@link dev.crosswalk.cors.Cors}, most often a {@link
 * dev.crosswalk.cors.CorsPolicy}, decides about it. The {@link dev.crosswalk.cors.CorsDecision}
 * says whether to proceed or to respond at once, and why. A {@link
 * dev.crosswalk.cors.ResponseWriter} writes the decision's headers to a response of the framework.
 *
 * <p>The server's half of the protocol is in four paragraphs of the Fetch standard: <a
 * href="https://fetch.spec.whatwg.org/#http-requests">requests</a>, <a
 * href="https://fetch.spec.whatwg.org/#http-responses">responses</a>, <a
 * href="https://fetch.spec.whatwg.org/#http-new-header-syntax">header syntax</a> and <a
 * href="https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches">caches</a>.
 */
@NullMarked
package dev.crosswalk.cors;

import org.jspecify.annotations.NullMarked;

/**
 * The page's own request, and the network to the server.
 *
 * <p>{@code SchemeRemedy}, {@code RequestRemedy} and {@code UnsafeValue} have what is wrong in it,
 * {@code NetworkRemedy} has what keeps an answer away, {@code VariationRemedy} the same request in
 * another form, which is answered otherwise, and {@code WebSocketRemedy} a handshake.
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy.request;

import org.jspecify.annotations.NullMarked;

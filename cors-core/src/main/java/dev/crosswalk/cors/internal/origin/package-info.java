/**
 * Origins and patterns of origins: their syntax, what they match, and who can get such names. Knows
 * {@code syntax} and nothing else of this library.
 */
@NullMarked
package dev.crosswalk.cors.internal.origin;

import org.jspecify.annotations.NullMarked;

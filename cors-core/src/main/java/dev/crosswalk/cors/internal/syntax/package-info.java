/**
 * The small grammars of HTTP and of Fetch that the rest is made of: tokens, lists, methods, header
 * names and paths. Also reads files in the jar. Knows nothing else of this library.
 */
@NullMarked
package dev.crosswalk.cors.internal.syntax;

import org.jspecify.annotations.NullMarked;

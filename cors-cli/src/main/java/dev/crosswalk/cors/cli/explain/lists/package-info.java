/**
 * Lists of origins, methods, headers and paths that a server's code or configuration has.
 *
 * <p>{@code AllowList} reads them in whatever language they are written, {@code ElementLists} in
 * XML, {@code PastedPatterns} those of patterns. {@code ListedName} and {@code MisspelledHeader}
 * find typos, {@code TwoLists} two that differ, {@code TriedOrigin} an entry with a path. {@code
 * CoveredPaths}, {@code Routes} and {@code ProxiedPath} are about paths.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.lists;

import org.jspecify.annotations.NullMarked;

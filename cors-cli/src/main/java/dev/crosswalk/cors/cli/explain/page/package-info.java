/**
 * What the page's code does, and where it is served.
 *
 * <p>{@code PageRequest} reads the request that its code makes, and {@code PageCalls} the calls of
 * several URLs. {@code PageHeaders} are those of the page's own host. {@code DevelopmentProxy} and
 * {@code DevelopmentPort} are about its development server, {@code ExtensionManifest} about a
 * browser extension.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.page;

import org.jspecify.annotations.NullMarked;

/**
 * Whose server a message is about, by its URL and by the page.
 *
 * <p>{@code KnownServer} has what is known of hosts, paths and ports (the file {@code known.txt}),
 * and {@code KnownServerRemedy} what to do there. {@code ServerOwner} says whether the server is
 * the reader's own. {@code AskedServer}, {@code AskedFile}, {@code OriginPair}, {@code Relay} and
 * {@code AppPage} read the form of the URL, and of the page.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.server;

import org.jspecify.annotations.NullMarked;

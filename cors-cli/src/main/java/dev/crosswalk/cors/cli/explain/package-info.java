/**
 * {@code crosswalk explain}: what the messages of a browser's console mean.
 *
 * <p>What was pasted becomes plain text ({@code paste}), and known messages are found in it ({@code
 * console}). Their URLs ({@code address}), the server's own configuration ({@code settings}), and
 * its CORS layers as a whole ({@code layer}, {@code spring}) tell which cause each one has, and
 * what to do ({@code meaning}). The types of this package read the command line or a recording, and
 * print the answer.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain;

import org.jspecify.annotations.NullMarked;

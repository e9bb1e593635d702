/** {@code crosswalk check}: what is wrong with the CORS of a server, and what an attacker gains. */
@NullMarked
package dev.crosswalk.cors.cli.check;

import org.jspecify.annotations.NullMarked;

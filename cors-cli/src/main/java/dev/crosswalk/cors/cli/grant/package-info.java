/** What policies grant: as a table, as sets that are compared, for one origin. */
@NullMarked
package dev.crosswalk.cors.cli.grant;

import org.jspecify.annotations.NullMarked;

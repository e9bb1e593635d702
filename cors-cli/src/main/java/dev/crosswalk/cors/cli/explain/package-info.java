/** {@code crosswalk explain}: what the messages of a browser's console mean. */
@NullMarked
package dev.crosswalk.cors.cli.explain;

import org.jspecify.annotations.NullMarked;

/** {@code crosswalk diagnose}: why browsers refuse the answer of a server. */
@NullMarked
package dev.crosswalk.cors.cli.diagnose;

import org.jspecify.annotations.NullMarked;

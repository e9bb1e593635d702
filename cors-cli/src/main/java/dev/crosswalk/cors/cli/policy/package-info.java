/** Policies as what they grant: read from files, shown to a reviewer, compared as sets. */
@NullMarked
package dev.crosswalk.cors.cli.policy;

import org.jspecify.annotations.NullMarked;

/** Policies of other servers and frameworks, read from their configuration. */
@NullMarked
package dev.crosswalk.cors.cli.policy.from;

import org.jspecify.annotations.NullMarked;

/** {@code crosswalk policy}: shows, compares, imports and exports a policy, without a server. */
@NullMarked
package dev.crosswalk.cors.cli.policy;

import org.jspecify.annotations.NullMarked;

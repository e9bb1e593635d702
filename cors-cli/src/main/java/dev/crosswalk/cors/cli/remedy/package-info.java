/** What to change, in words, as a policy, as headers, and as the configuration of a server. */
@NullMarked
package dev.crosswalk.cors.cli.remedy;

import org.jspecify.annotations.NullMarked;

/**
 * What to change, in words, as a policy, as headers, and as the configuration of a server.
 *
 * <p>A {@code Remedy} comes from the cause that a browser names: one type for each group of causes
 * writes it. What the answer shows ({@code answer}) makes it more exact. Each {@code Advice} in it
 * may have a {@code Topic}; a more exact one about the same topic replaces it. {@code RemedyText}
 * and {@code RemedyJson} print it, and {@code ServerRemedy} writes it for one server.
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy;

import org.jspecify.annotations.NullMarked;

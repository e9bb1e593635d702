/**
 * The rules: in each family an interface, in each rule a test. A rule asks a {@link
 * dev.crosswalk.cors.tck.rules.Site}, and says what an {@link
 * dev.crosswalk.cors.tck.rules.Observation} of it should be.
 */
@NullMarked
package dev.crosswalk.cors.tck.rules;

import org.jspecify.annotations.NullMarked;

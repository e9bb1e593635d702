/**
 * Where configuration comes from: keys, values and their positions. Knows how keys are spelled, and
 * no type of a policy.
 */
@NullMarked
package dev.crosswalk.cors.internal.config;

import org.jspecify.annotations.NullMarked;

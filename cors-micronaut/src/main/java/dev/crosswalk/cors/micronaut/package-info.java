/**
 * Applies a policy to a Micronaut server: {@link dev.crosswalk.cors.micronaut.CorsPolicyFilter}.
 */
@NullMarked
package dev.crosswalk.cors.micronaut;

import org.jspecify.annotations.NullMarked;

/**
 * Applies a policy to a Quarkus application: {@link dev.crosswalk.cors.quarkus.CorsPolicyFilter}.
 */
@NullMarked
package dev.crosswalk.cors.quarkus;

import org.jspecify.annotations.NullMarked;

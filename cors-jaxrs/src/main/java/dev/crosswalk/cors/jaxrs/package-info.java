/**
 * Applies a policy to a JAX-RS application: {@link dev.crosswalk.cors.jaxrs.CorsPolicyFilter}.
 *
 * <p>The one jar serves Jakarta RESTful Web Services 3.0, 3.1 and 4.0, and uses nothing of any
 * implementation.
 */
@NullMarked
package dev.crosswalk.cors.jaxrs;

import org.jspecify.annotations.NullMarked;

/**
 * Applies a CORS policy to an application of Javalin 6 or 7: see {@link
 * dev.crosswalk.cors.javalin.CorsPolicyPlugin}.
 */
@NullMarked
package dev.crosswalk.cors.javalin;

import org.jspecify.annotations.NullMarked;

/**
 * Applies a CORS policy in a servlet container: see {@link
 * dev.crosswalk.cors.servlet.CorsPolicyFilter}.
 */
@NullMarked
package dev.crosswalk.cors.servlet;

import org.jspecify.annotations.NullMarked;

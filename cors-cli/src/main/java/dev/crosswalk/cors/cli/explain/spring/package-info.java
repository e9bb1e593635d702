/**
 * What the Spring code and configuration in a paste do about CORS, and what of it is wrong for a
 * request.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.spring;

import org.jspecify.annotations.NullMarked;

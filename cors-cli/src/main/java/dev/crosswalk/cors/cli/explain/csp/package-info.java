/**
 * A Content Security Policy that has refused something: what the browser says of it, what a paste
 * has of it, and what to change in it.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.csp;

import org.jspecify.annotations.NullMarked;

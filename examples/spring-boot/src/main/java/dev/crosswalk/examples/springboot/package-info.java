/** A small notes service on Spring Boot, with Spring Security, for pages of other origins. */
@NullMarked
package dev.crosswalk.examples.springboot;

import org.jspecify.annotations.NullMarked;

/**
 * Applies a policy to a Spring Boot application: {@link
 * dev.crosswalk.cors.spring.CorsPolicyAutoConfiguration}.
 */
@NullMarked
package dev.crosswalk.cors.spring;

import org.jspecify.annotations.NullMarked;

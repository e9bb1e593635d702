/** An application of Quarkus, for tests: what the kit hands to it may be null. */
@NullUnmarked
package dev.crosswalk.cors.quarkus.application;

import org.jspecify.annotations.NullUnmarked;

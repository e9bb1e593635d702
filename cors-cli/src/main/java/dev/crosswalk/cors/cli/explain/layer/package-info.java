/**
 * CORS layers as the code or the configuration in a paste sets them up, read as a whole: what
 * stands in which order, what covers which path, and what takes no effect.
 *
 * <p>{@code CorsLayers} asks each reader ({@code ExpressCode}, {@code StarletteCode}, {@code
 * NginxConfig} and the others) for its {@code Fault}s, with the {@code AskedRequest} that a message
 * is about. {@code Code} is the text that they read, with its brackets.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.layer;

import org.jspecify.annotations.NullMarked;

/**
 * A CORS layer: whose it is, what it refuses, what it does not cover, and what is beside it.
 *
 * <p>{@code KnownLayer} knows it by its answers, and its {@code LayerList} has the origins. {@code
 * LayerRemedy} is about what it refuses, {@code CoverageRemedy} and {@code OptionsRemedy} about
 * paths, methods and OPTIONS that do not reach it, which an {@code OptionsAnswer} gives. {@code
 * TwoLayers}, {@code ProxyRemedy} and {@code CacheRemedy} have what others add, take away and keep.
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy.layer;

import org.jspecify.annotations.NullMarked;

/**
 * Patterns in a paste that have an advice of their own.
 *
 * <p>A {@code Clue} is a block in a file of its folder, whose README describes the format; {@code
 * FirstVersion} says from which version on one applies. {@code LayerFaults} and {@code
 * SpringAdvice} do the same for what the CORS layer in the paste does, in the words of {@code
 * FaultWords}.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.clue;

import org.jspecify.annotations.NullMarked;

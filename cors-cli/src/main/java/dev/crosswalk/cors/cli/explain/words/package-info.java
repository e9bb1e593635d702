/**
 * Words in a paste that tell something beside a message.
 *
 * <p>{@code WordSigns} has the patterns of {@code words.txt} by name, of code and of a person's
 * sentences. Three types read what a person says as a whole: {@code ClaimedMeasure} what is done
 * already, {@code Contrast} what works, and {@code Denial} what is not so.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.words;

import org.jspecify.annotations.NullMarked;

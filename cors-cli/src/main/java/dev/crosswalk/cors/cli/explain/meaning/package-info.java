/**
 * What a message means: its cause by its code, and what to do whatever else the paste has.
 *
 * <p>{@code Meaning} and {@code MeaningVariant} read {@code console.txt} and {@code services.txt};
 * {@code CorsCause} tells of the causes of CORS itself. {@code OriginCheck} with {@code
 * RefusalPattern} is about programs that compare Origin or Host themselves. {@code Speaker} says
 * whose message it is, {@code NoMessage} what a text without any is about, and {@code InternalHost}
 * which hosts no visitor's browser knows. {@code GeneralRemedy} puts them together.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.meaning;

import org.jspecify.annotations.NullMarked;

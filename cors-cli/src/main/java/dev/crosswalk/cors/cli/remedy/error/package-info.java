/**
 * What fails in front of any CORS layer.
 *
 * <p>{@code ResponseRemedy} is where to begin. {@code KnownBody} knows an error by what it says,
 * {@code ErrorStatus} by its status alone; {@code MalformedHead} and {@code HeaderTypo} have what
 * is wrong before its body.
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy.error;

import org.jspecify.annotations.NullMarked;

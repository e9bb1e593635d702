/**
 * What is in {@code Access-Control-Allow-Origin}, and what should be there.
 *
 * <p>{@code OriginRemedy} has the header that is absent or no origin, {@code OtherOrigin} the one
 * of somebody else, {@code SeveralOrigins} more than one, {@code UnlistedOrigin} the layer that
 * lists others. {@code OriginValue} and {@code MistypedOrigin} tell what is wrong in a value.
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy.origin;

import org.jspecify.annotations.NullMarked;

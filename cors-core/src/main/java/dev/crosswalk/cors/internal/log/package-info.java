/** The log of this library: what nobody is there to be told by an exception. */
@NullMarked
package dev.crosswalk.cors.internal.log;

import org.jspecify.annotations.NullMarked;

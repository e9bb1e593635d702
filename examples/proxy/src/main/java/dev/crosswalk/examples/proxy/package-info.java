/** A CORS proxy for an API that is somebody else's. */
@NullMarked
package dev.crosswalk.examples.proxy;

import org.jspecify.annotations.NullMarked;

/**
 * What no module can say about itself: how the modules depend on each other, and what all of them
 * keep to.
 */
@NullMarked
package dev.crosswalk.cors.architecture;

import org.jspecify.annotations.NullMarked;

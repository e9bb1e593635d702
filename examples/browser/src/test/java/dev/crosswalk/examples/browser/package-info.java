/** The adapters, judged by real browsers. */
@NullMarked
package dev.crosswalk.examples.browser;

import org.jspecify.annotations.NullMarked;

/** Where configuration comes from: keys, values and their positions. Knows nothing of policies. */
@NullMarked
package dev.crosswalk.cors.internal.config;

import org.jspecify.annotations.NullMarked;

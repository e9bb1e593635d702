@NullMarked
package broken.packages_are_null_marked.dev.crosswalk.cors;

import org.jspecify.annotations.NullMarked;

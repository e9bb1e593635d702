/** Documented only. */
package broken.packages_are_null_marked.dev.crosswalk.cors.documented;

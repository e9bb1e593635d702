/**
 * Reports about the rules: of a broken one to its author, of all of them to the table of
 * compatibility.
 */
@NullMarked
package dev.crosswalk.cors.tck.report;

import org.jspecify.annotations.NullMarked;

/** Configuration files of servers and frameworks, read into trees that know their lines. */
@NullMarked
package dev.crosswalk.cors.cli.document;

import org.jspecify.annotations.NullMarked;

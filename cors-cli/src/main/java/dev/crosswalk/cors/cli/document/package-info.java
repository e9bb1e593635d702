/**
 * Files and how they are read: configuration of servers and frameworks, into trees that know their
 * lines, and this program's own tables.
 */
@NullMarked
package dev.crosswalk.cors.cli.document;

import org.jspecify.annotations.NullMarked;

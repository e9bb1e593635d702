/**
 * What somebody pasted, as plain text: without markup, line breaks anywhere and what is commented
 * out, and searched within bounds.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.paste;

import org.jspecify.annotations.NullMarked;

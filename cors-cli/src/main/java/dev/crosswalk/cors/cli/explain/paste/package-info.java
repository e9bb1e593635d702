/**
 * What somebody pasted, as plain text: without markup, line breaks anywhere and what is commented
 * out, and searched within bounds.
 *
 * <ul>
 *   <li>The text: {@code Paste} makes it plain by {@code Markup}, {@code PlainText}, {@code
 *       CopyArtifacts} and {@code CommentedOut}; {@code PastedText} is what others look into.
 *   <li>Searches: {@code BoundedText} and {@code IndexedText} keep them short, by the {@code
 *       NeededWords} of a pattern; {@code Template} is a sentence with holes.
 *   <li>What is found: {@code Details}, by name.
 * </ul>
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.paste;

import org.jspecify.annotations.NullMarked;

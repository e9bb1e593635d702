/**
 * {@code crosswalk explain}: what the messages of a browser's console mean.
 *
 * <p>Six nouns are enough to read it:
 *
 * <ul>
 *   <li><b>paste</b>: all that somebody pasted, such as messages, code, configuration and remarks.
 *   <li><b>message</b>: a sentence of a browser, a program or a person in it, which says that
 *       something failed.
 *   <li><b>sign</b>: a fact about the rest of the paste, such as that its code lists the page's
 *       origin. Data files name it, and combine it with others.
 *   <li><b>clue</b>: a pattern in the paste that has an advice of its own.
 *   <li><b>meaning</b>: the cause of a message, under a code such as {@code ACAO_MISSING}.
 *   <li><b>advice</b>: one thing to do. What the program has to know of it is its topic and its
 *       traits; its words are for people alone.
 * </ul>
 *
 * <p>The paste becomes plain text ({@code paste}), and known messages are found in it ({@code
 * console}). Each message gets its meaning ({@code meaning}), and the meaning brings general
 * advice. Whose server it is ({@code server}), signs ({@code sign}, {@code words}), clues ({@code
 * clue}) and readers of the paste's URLs ({@code address}), page ({@code page}), settings ({@code
 * settings}), lists ({@code lists}), Content Security Policy ({@code csp}) and CORS layers ({@code
 * layer}, {@code spring}, {@code lines}) put exact advice in front, and take out what it answers
 * already: {@code message} calls them in turn.
 *
 * <p>The types of this package read the command line or a recording, and print the answer.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain;

import org.jspecify.annotations.NullMarked;

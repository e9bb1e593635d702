/**
 * A message with its remedy, which all other readers of the paste contribute to.
 *
 * <p>{@link dev.crosswalk.cors.cli.explain.message.ConsoleMessage} is the result, and {@code
 * MessageRemedy} lists who is called, in order: the meaning, the server, the signs, the clues, the
 * settings. {@code NamedLayer}, {@code ListedPage} and {@code SettingsAdvice} add what a named
 * software, a list of origins or a setting tells. {@code GeneralAdvice} gives way where something
 * is certain, {@code NamedProgram} asks no more than the paste leaves open, and {@code
 * RefusalReason} quotes the reason in the answer.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.message;

import org.jspecify.annotations.NullMarked;

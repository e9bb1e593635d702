/**
 * The messages in a paste: known sentences, what is left of one, and what surrounds it.
 *
 * <ul>
 *   <li>Known sentences: {@code Sentences} has all of them; {@code CutMessage}, {@code Fragment}
 *       and {@code Likeness} find what is cut or changed; {@code FirefoxLanguages} has those in
 *       other languages.
 *   <li>Without one: {@code Question} and {@code Complaints} read a person's words, {@code
 *       ServerRefusal} a program's.
 *   <li>What surrounds it: {@code PastedRequest}, {@code PastedUrl}, {@code PastedPage}, {@code
 *       PastedCommand}, {@code MethodInWords} and {@code StatusInWords} the request; {@code
 *       ShownHeaders}, {@code AnswerBody} and {@code Exchanges} the answer; {@code NetworkLine} and
 *       {@code PanelText} what a network panel shows.
 *   <li>{@code Console} puts them together, a {@code Finding} for each message; {@code
 *       RelatedLines} joins those of one failure.
 * </ul>
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.console;

import org.jspecify.annotations.NullMarked;

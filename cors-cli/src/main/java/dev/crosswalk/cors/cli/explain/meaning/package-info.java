/**
 * What a message means: its cause, and what to do, by all that the paste and the URL tell.
 *
 * <p>{@link dev.crosswalk.cors.cli.explain.meaning.ConsoleMessage} is the result, and {@code
 * MessageRemedy} where to begin: it asks each of these in turn.
 *
 * <ul>
 *   <li>The cause: {@code Meaning}, {@code MeaningVariant} and {@code CorsCause} by the message's
 *       code; {@code OriginCheck} with {@code RefusalPattern} for programs that compare Origin or
 *       Host themselves; {@code Speaker} for whose message it is.
 *   <li>The server: {@code KnownServer} by its URL, with {@code KnownServerRemedy} and {@code
 *       ServerOwner}; {@code AskedServer}, {@code AskedFile}, {@code InternalHost}, {@code
 *       OriginPair}, {@code Relay} and {@code AppPage} by the form of the URL or of the page.
 *   <li>Signs: {@code Signs} by name, in the context of a message ({@code MessageContext}); those
 *       that are words are {@code WordSigns}, the others stand in {@code MessageSigns}, {@code
 *       PlaceSigns}, {@code OriginSigns}, {@code NameSigns} and {@code PolicySigns}. What a person
 *       says is in {@code RemarkSigns}: {@code ClaimedMeasure} and {@code ClaimedListing} read what
 *       is done already, {@code Contrast} what works, and {@code Denial} what is not so. {@code
 *       SignRules} says what they mean, and {@code LayerWords} why a CORS layer does not act.
 *   <li>Clues: {@code Clue}, with {@code FirstVersion} for what counts from a version on.
 *   <li>What code and configuration do: {@code PastedPolicy}, {@code LayerFaults} and {@code
 *       SpringAdvice} by {@code FaultWords}, {@code SettingsAdvice}, {@code LayerWords}.
 *   <li>What is told in the end: {@code GeneralAdvice} goes where something is certain, {@code
 *       NamedProgram} asks no more than the paste leaves open, {@code RefusalReason} quotes the
 *       answer's own reason.
 * </ul>
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.meaning;

import org.jspecify.annotations.NullMarked;

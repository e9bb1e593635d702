/**
 * Facts about a paste that its data files name, and what several of them mean together.
 *
 * <p>{@code Signs} knows all of them by name, in the context of a message ({@code MessageContext}).
 * {@code MessageSigns}, {@code PlaceSigns}, {@code OriginSigns}, {@code NameSigns}, {@code
 * PolicySigns} and {@code RemarkSigns} compute them, by what they are about. {@code PastedPolicy}
 * is what the server's code in the paste allows, {@code ClaimedListing} what a person says to have
 * listed. {@code SignRules} says what signs mean (the file {@code signs.txt}), and {@code
 * LayerWords} how a CORS layer is told what it lacks.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.sign;

import org.jspecify.annotations.NullMarked;

/**
 * What to change, in words, as a policy, as headers, and as the configuration of a server.
 *
 * <p>A {@code Remedy} has a cause, pieces of {@code Advice}, and a {@code RequiredGrant} that keeps
 * what the server grants already ({@code ExistingGrant}). Each advice may have a {@code Topic}; a
 * more exact one about the same topic replaces it. {@code RemedyText} and {@code RemedyJson} print
 * it, and {@code ServerRemedy} writes it for one server.
 *
 * <p>Who writes remedies is in the packages below, each of which needs only those after it:
 *
 * <ul>
 *   <li>{@code refusal}: by the cause that a browser names. {@code RefusalRemedy} is where to
 *       begin.
 *   <li>{@code origin}: what is in {@code Access-Control-Allow-Origin}, and what should be.
 *   <li>{@code redirect}: what is between the page and the answer.
 *   <li>{@code request}: the page's own request, and the network to the server.
 *   <li>{@code layer}: a CORS layer that refuses, or does not cover what is asked.
 *   <li>{@code error}: what fails in front of any CORS layer.
 *   <li>{@code answer}: what an answer shows of who gave it.
 * </ul>
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy;

import org.jspecify.annotations.NullMarked;

/**
 * What is between the page and the answer.
 *
 * <p>A {@code Redirect} has two URLs. It is refused itself ({@code RefusedRedirect}), or has led to
 * the answer ({@code FollowedRedirect}), goes in a circle ({@code RedirectCircle}), leads to a
 * login ({@code LoginRemedy}), or to what a server behind a proxy takes for its address ({@code
 * RedirectBehindProxy}).
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy.redirect;

import org.jspecify.annotations.NullMarked;

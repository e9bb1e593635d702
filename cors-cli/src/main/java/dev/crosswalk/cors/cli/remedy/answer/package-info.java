/**
 * What an answer shows of who gave it: its body as a browser sees it, the pages that proxies write,
 * the program by its name, the login in front of it, and the signs of a CORS layer. What to change
 * is not told here: {@code remedy} does that.
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy.answer;

import org.jspecify.annotations.NullMarked;

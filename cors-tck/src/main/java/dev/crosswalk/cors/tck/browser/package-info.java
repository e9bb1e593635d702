/**
 * The browser: {@link dev.crosswalk.cors.tck.browser.UserAgent} transcribes the client's half of <a
 * href="https://fetch.spec.whatwg.org/">Fetch</a>: what a browser sends, and what it lets a script
 * read.
 */
@NullMarked
package dev.crosswalk.cors.tck.browser;

import org.jspecify.annotations.NullMarked;

/** What a message means: its cause, and what to do, by all that the paste and the URL tell. */
@NullMarked
package dev.crosswalk.cors.cli.explain.meaning;

import org.jspecify.annotations.NullMarked;

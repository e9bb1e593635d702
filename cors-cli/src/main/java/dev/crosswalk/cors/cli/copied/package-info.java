/** Requests as people copy them from a browser: for curl, for fetch, for PowerShell. */
@NullMarked
package dev.crosswalk.cors.cli.copied;

import org.jspecify.annotations.NullMarked;

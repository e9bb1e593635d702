/** The command {@code crosswalk}: checks a server, diagnoses a request, explains a message. */
@NullMarked
package dev.crosswalk.cors.cli;

import org.jspecify.annotations.NullMarked;

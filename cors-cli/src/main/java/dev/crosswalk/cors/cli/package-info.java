/**
 * The command {@code crosswalk}: checks a server, diagnoses a request, explains a message, compares
 * policies. Each command has its package.
 */
@NullMarked
package dev.crosswalk.cors.cli;

import org.jspecify.annotations.NullMarked;

/**
 * The URLs, origins and hosts in a paste: what is wrong in them, and in what two of them differ.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.address;

import org.jspecify.annotations.NullMarked;

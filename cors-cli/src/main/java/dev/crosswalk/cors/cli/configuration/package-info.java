/** A policy as the configuration of other servers and frameworks. */
@NullMarked
package dev.crosswalk.cors.cli.configuration;

import org.jspecify.annotations.NullMarked;

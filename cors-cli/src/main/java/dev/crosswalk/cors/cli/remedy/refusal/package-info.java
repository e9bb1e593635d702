/**
 * What a browser refuses, cause by cause.
 *
 * <p>{@code RefusalRemedy} is where to begin. {@code PreflightRemedy}, {@code UnlistedName}, {@code
 * MisplacedHeader} and {@code CredentialsRemedy} write what no other package does, and {@code
 * FollowingFault} what the same answer lacks besides.
 */
@NullMarked
package dev.crosswalk.cors.cli.remedy.refusal;

import org.jspecify.annotations.NullMarked;

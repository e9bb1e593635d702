/**
 * Settings that a paste names, in environments, command lines, configurations and code.
 *
 * <p>{@code Assignments} finds each {@code PastedSetting} with its {@code SettingValue}s, and
 * {@code Environment} the variables that code reads. {@code SettingsReview} tells what they mean
 * for a complaint, as a {@code SettingFinding}; {@code OtherSetting} is one that an error names and
 * the paste does not show. {@code Listener} is the address at which a server listens.
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.settings;

import org.jspecify.annotations.NullMarked;

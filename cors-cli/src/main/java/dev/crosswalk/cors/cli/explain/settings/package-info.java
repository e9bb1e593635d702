/**
 * What the code and the configuration in a paste set: their lists of origins, methods and paths.
 *
 * <ul>
 *   <li>Named settings: {@code Assignments} finds each {@code PastedSetting} with its {@code
 *       SettingValue}s; {@code SettingsReview} tells what they mean for a complaint, as a {@code
 *       SettingFinding}.
 *   <li>Lists in whatever language: {@code AllowList}, {@code ListedName}, {@code PastedPatterns},
 *       {@code TwoLists}, {@code MisspelledHeader}.
 *   <li>Paths: {@code CoveredPaths}, {@code Routes}, {@code ProxiedPath}, {@code DevelopmentProxy}.
 *   <li>The page's side: {@code PageRequest}, {@code PageCalls}, {@code ExtensionManifest}; and
 *       {@code Listener}, the address at which a server listens.
 *   <li>A CORS layer as lines that can be changed: {@code ShownLayer} of {@code WrittenSetting}s.
 * </ul>
 */
@NullMarked
package dev.crosswalk.cors.cli.explain.settings;

import org.jspecify.annotations.NullMarked;

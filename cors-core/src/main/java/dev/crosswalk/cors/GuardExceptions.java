package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.origin.OriginPattern;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a guard lets pass: its settings, as validation makes them of what somebody wrote.
 *
 * @param trustedOrigins the origins and patterns whose pages may write
 * @param trustsReaders whether pages may write that may read with credentials
 * @param paths paths that are not guarded
 * @param pathsBelow paths that are not guarded, with everything below them
 */
record GuardExceptions(
    List<OriginPattern> trustedOrigins,
    boolean trustsReaders,
    List<String> paths,
    List<String> pathsBelow) {

  GuardExceptions {
    trustedOrigins = List.copyOf(trustedOrigins);
    paths = List.copyOf(paths);
    pathsBelow = List.copyOf(pathsBelow);
  }

  /** Returns the settings of the guard, one in a line, as a configuration file has them. */
  @Override
  public String toString() {
    Map<Setting, List<String>> written = new EnumMap<>(Setting.class);
    Setting.GUARD_ENABLED.write(true, written);
    Setting.GUARD_TRUSTED_ORIGINS.write(Grants.texts(trustedOrigins), written);
    Setting.GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS.write(trustsReaders, written);
    Setting.GUARD_EXEMPT_PATHS.write(paths, written);
    Setting.GUARD_EXEMPT_PATHS_BELOW.write(pathsBelow, written);
    return Setting.lines(written);
  }
}

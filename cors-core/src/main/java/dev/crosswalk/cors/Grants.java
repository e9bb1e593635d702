package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.origin.OriginPattern;
import dev.crosswalk.cors.internal.syntax.TokenList;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a policy lets other origins do: its settings, as validation makes them of what somebody
 * wrote. Nothing in it can be wrong.
 *
 * @param anyOrigin whether every origin is allowed; then none is named
 * @param origins the origins and patterns that are allowed, in the order written
 * @param dangerousOrigins those that are dangerously allowed
 * @param maxAge how long browsers may keep the answer to a preflight; null if it is not set
 * @param timing whether scripts that may read a response see how long it took
 * @param embedding whether pages of every origin may embed responses
 */
record Grants(
    boolean anyOrigin,
    List<OriginPattern> origins,
    List<OriginPattern> dangerousOrigins,
    boolean credentials,
    TokenList methods,
    TokenList requestHeaders,
    TokenList responseHeaders,
    @Nullable Duration maxAge,
    boolean timing,
    boolean embedding) {

  /** Of a policy that allows no one. */
  static final Grants NOTHING =
      new Grants(
          false,
          List.of(),
          List.of(),
          false,
          TokenList.NONE,
          TokenList.NONE,
          TokenList.NONE,
          null,
          false,
          false);

  /** Returns all origins and patterns by name; those that are safe come first. */
  List<OriginPattern> namedOrigins() {
    return Stream.concat(origins.stream(), dangerousOrigins.stream()).toList();
  }

  /** Returns what to write for it, in the one spelling that a policy prints. */
  Map<Setting, List<String>> written() {
    Map<Setting, List<String>> written = new EnumMap<>(Setting.class);
    if (anyOrigin) {
      written.put(Setting.ALLOWED_ORIGINS, List.of(Setting.ANY));
    } else if (origins.isEmpty() && dangerousOrigins.isEmpty()) {
      written.put(Setting.ALLOWED_ORIGINS, List.of(Setting.NOBODY));
    }
    Setting.ALLOWED_ORIGINS.write(texts(origins), written);
    Setting.ALLOW_CREDENTIALS.write(credentials, written);
    Setting.ALLOWED_METHODS.write(methods.members(), written);
    Setting.ALLOWED_REQUEST_HEADERS.write(requestHeaders.members(), written);
    Setting.EXPOSED_RESPONSE_HEADERS.write(responseHeaders.members(), written);
    Setting.MAX_AGE.write(maxAge == null ? List.of() : List.of(maxAge.toString()), written);
    Setting.EXPOSE_TIMING.write(timing, written);
    Setting.ALLOW_EMBEDDING.write(embedding, written);
    Setting.DANGEROUSLY_ALLOWED_ORIGINS.write(texts(dangerousOrigins), written);
    return written;
  }

  static List<String> texts(List<OriginPattern> patterns) {
    return patterns.stream().map(OriginPattern::toString).toList();
  }

  /** Returns the settings, one in a line, as a configuration file has them. */
  @Override
  public String toString() {
    return Setting.lines(written());
  }
}

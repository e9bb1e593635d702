package dev.crosswalk.cors.cli.remedy.origin;

import dev.crosswalk.cors.cli.terminal.Typo;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An origin that somebody has mistyped: a slash, or a letter or two of a name. */
public final class MistypedOrigin {

  /** Shorter names that differ in a letter are other names: app and api. */
  private static final int MIN_LENGTH = 6;

  /** How many letters may be wrong. */
  private static final int MAX_DISTANCE = 2;

  private static final Pattern SCHEME =
      Pattern.compile("^(https?)(?::/?|:/{3,}|//|;//)(?=[a-z0-9\\[])");

  private static final Pattern PARTS =
      Pattern.compile("(https?)://([a-z0-9.-]{1,255})(:[0-9]{1,5})?/?");

  private static final String SLASHES = "two slashes belong behind the colon of http: or https:";

  private MistypedOrigin() {}

  /**
   * What is wrong with a value that was meant to be an origin, as a clause.
   *
   * @return empty if it is the origin itself, or any other one
   */
  public static Optional<String> difference(String value, String origin) {
    String lower = Bytes.lowerCase(value);
    String whole = SCHEME.matcher(lower).replaceFirst("$1://");
    boolean slashes = !whole.equals(lower);
    if (slashes && whole.equals(origin)) {
      return Optional.of(SLASHES);
    }
    Matcher has = PARTS.matcher(whole);
    Matcher wanted = PARTS.matcher(origin);
    if (!has.matches()
        || !wanted.matches()
        || !has.group(1).equals(wanted.group(1))
        || !String.valueOf(has.group(3)).equals(String.valueOf(wanted.group(3)))
        || !isHost(has.group(2), wanted.group(2))) {
      return Optional.empty();
    }
    String name = "its host is misspelled";
    return Optional.of(slashes ? SLASHES + ", and " + name : name);
  }

  /** Whether one label of a host differs, and in so few letters that it is no other name. */
  public static boolean isHost(String host, String wanted) {
    List<String> labels = List.of(host.split("\\."));
    List<String> meant = List.of(wanted.split("\\."));
    if (labels.size() != meant.size()) {
      return false;
    }
    int wrong = 0;
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      String other = meant.get(i);
      if (label.equals(other)) {
        continue;
      }
      wrong++;
      // app1 and app2 are two machines.
      boolean number = label.replaceAll("[0-9]", "").equals(other.replaceAll("[0-9]", ""));
      boolean near =
          isSwapped(label, other)
              || Math.min(label.length(), other.length()) >= MIN_LENGTH
                  && Typo.distance(label, other) <= MAX_DISTANCE;
      if (number || !near) {
        return false;
      }
    }
    return wrong == 1;
  }

  /** Whether two letters beside each other have changed places, in a name that is not too short. */
  private static boolean isSwapped(String label, String other) {
    if (label.length() != other.length() || label.length() < MIN_LENGTH - 1) {
      return false;
    }
    int at = 0;
    while (label.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at + 1 < label.length()
        && label.charAt(at) == other.charAt(at + 1)
        && label.charAt(at + 1) == other.charAt(at)
        && label.substring(at + 2).equals(other.substring(at + 2));
  }
}

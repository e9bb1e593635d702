package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.syntax.Resource;
import dev.crosswalk.cors.internal.syntax.Text;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names below which anyone can get a name, and which are not {@link PublicSuffixes}: their owners
 * never asked for it, or were refused. Each belongs to a service that is open to everyone. Review
 * the list, {@code shared-hosts.txt}, from time to time.
 *
 * <p>{@code *.devtunnels.ms} means {@code devtunnels.ms} and all names below it, where a region or
 * an account is one more level of such names.
 */
public final class SharedHosts {

  /** Why anybody can get a name there. */
  enum Reason {
    /** A program on anybody's own machine answers under such a name. */
    TUNNEL("a tunnel to anyone's machine"),
    /** Anybody's workspace, notebook or preview runs there, with code of its owner's. */
    WORKSPACE("anyone's workspace"),
    /** Anybody can open a site, a blog or a shop there. */
    SITE("anyone's site"),
    /** Anybody who signs up for the service gets a name, and what is there comes from them. */
    ACCOUNT("anyone's account"),
    /** Such a name is made of an IP address, of any one. */
    ADDRESS("any IP address");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private static final Map<String, Reason> NAMES = read();

  private static Map<String, Reason> read() {
    Map<String, Reason> names = new LinkedHashMap<>();
    byte[] bytes = Resource.of(SharedHosts.class, "shared-hosts.txt");
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] words = line.split(" ");
        names.put(words[1], Reason.valueOf(words[0].toUpperCase(Locale.ROOT)));
      }
    }
    return names;
  }

  /** For each name above a shared one, the shared one. */
  private static final Map<String, String> BELOW = new HashMap<>();

  static {
    for (String entry : NAMES.keySet()) {
      String name = entry.startsWith("*.") ? entry.substring(2) : entry;
      for (int from = afterDot(name, 0); from > 0; from = afterDot(name, from)) {
        BELOW.putIfAbsent(name.substring(from), name);
      }
    }
  }

  private SharedHosts() {}

  /**
   * Returns a name for a person, with the reason why anybody can get one below it, if known here.
   */
  public static String inWords(String name) {
    String host = name.startsWith("*.") ? name.substring(2) : name;
    if (PublicSuffixes.isUnlisted(host)) {
      return Text.quote(name) + " (if it is a top-level domain)";
    }
    Reason reason = reason(host);
    return Text.quote(name) + (reason == null ? "" : " (" + reason.words + ")");
  }

  /** Whether anybody can get a name right below this one, which is a host in ASCII. */
  static boolean isShared(String host) {
    return reason(host) != null;
  }

  /** Returns why anybody can get a name right below this one; null if it is not known here. */
  static @Nullable Reason reason(String host) {
    Reason reason = NAMES.get(host);
    for (int from = 0; reason == null && from >= 0; from = afterDot(host, from)) {
      reason = NAMES.get("*." + host.substring(from));
    }
    return reason;
  }

  private static int afterDot(String host, int from) {
    int dot = host.indexOf('.', from);
    return dot == -1 ? -1 : dot + 1;
  }

  /** Returns a shared name below a host, if there is one: {@code *.zrok.io} covers many. */
  static @Nullable String below(String host) {
    return BELOW.get(host);
  }
}

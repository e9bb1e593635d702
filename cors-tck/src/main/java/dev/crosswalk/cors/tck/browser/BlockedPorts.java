package dev.crosswalk.cors.tck.browser;

import java.util.Set;

/**
 * Ports of other protocols, to which no browser connects.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#bad-port">Fetch: bad ports</a>
 */
public final class BlockedPorts {

  private static final Set<Integer> ALL =
      Set.of(
          0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
          101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179,
          389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
          636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
          6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080);

  /** Of the standard's list, Chromium does not have these ({@code net/base/port_util.cc}). */
  private static final Set<Integer> NOT_OF_CHROMIUM = Set.of(4190, 6679);

  private BlockedPorts() {}

  /** Whether one engine blocks a port. */
  static boolean contains(int port, Engine engine) {
    return ALL.contains(port) && !(engine == Engine.CHROMIUM && NOT_OF_CHROMIUM.contains(port));
  }

  /**
   * Whether browsers block a port.
   *
   * @param port the port, {@code -1} if the URL has none
   * @return whether the standard blocks it
   */
  public static boolean contains(int port) {
    return ALL.contains(port);
  }
}

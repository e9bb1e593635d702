package dev.crosswalk.cors.tck;

import java.net.URI;

/**
 * A server that runs: the adapter under test in front of a {@link TestApplication}.
 *
 * @param base where it can be reached on this machine, with whatever path the application is
 *     mounted under and without a slash at its end, for example {@code http://127.0.0.1:8081}
 * @param stop stops it and frees its port; called once
 */
public record ServerUnderTest(URI base, AutoCloseable stop) {

  /**
   * Describes a server on the loopback address.
   *
   * @param port its port
   * @param stop stops it
   * @return the server
   */
  public static ServerUnderTest onPort(int port, AutoCloseable stop) {
    return new ServerUnderTest(URI.create("http://127.0.0.1:" + port), stop);
  }
}

package dev.crosswalk.cors.cli.terminal;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proxy in the environment that other programs would use, and these commands do not: they connect
 * to the server itself. No browser asks this machine through one.
 */
public final class IgnoredProxy {

  private IgnoredProxy() {}

  /**
   * What is to be said about it.
   *
   * @param environment of this program
   * @param command that asks, by its name
   * @param url that is asked; a WebSocket's, too
   * @return empty if no proxy is set for such URLs, or if the environment leaves this host out
   */
  public static Optional<String> of(Map<String, String> environment, String command, String url) {
    Optional<Url> asked =
        Url.parse(url.replaceFirst("(?i)^ws", "http")).filter(parsed -> parsed.host() != null);
    String host = asked.map(parsed -> String.valueOf(parsed.host())).orElse("");
    if (Host.isLoopback(host) || isLeftOut(environment, host)) {
      return Optional.empty();
    }
    boolean secure = asked.filter(parsed -> parsed.scheme().equals("http")).isEmpty();
    return Stream.of(secure ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY")
        .flatMap(name -> Stream.of(name, Bytes.lowerCase(name)))
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .findFirst()
        .map(
            name ->
                name
                    + " is set, and "
                    + command
                    + " does not use it: it connects to the server itself. A browser may go through"
                    + " the proxy.");
  }

  /**
   * NO_PROXY lists hosts, some with a port, or * for all; a name stands for what is below it, too.
   */
  private static boolean isLeftOut(Map<String, String> environment, String host) {
    return Stream.of("NO_PROXY", "no_proxy")
        .flatMap(name -> Stream.of(environment.getOrDefault(name, "").split(",")))
        .map(entry -> Bytes.lowerCase(entry.strip()))
        .map(entry -> entry.startsWith("*.") ? entry.substring(1) : entry)
        .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
        .map(entry -> entry.replaceFirst("^([^:]*):[0-9]{1,5}$", "$1"))
        .filter(entry -> !entry.isEmpty() && !host.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }
}

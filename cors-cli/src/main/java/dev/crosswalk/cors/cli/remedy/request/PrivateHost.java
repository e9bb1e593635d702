package dev.crosswalk.cors.cli.remedy.request;

import dev.crosswalk.cors.tck.url.Host;
import java.util.List;
import java.util.regex.Pattern;

/** Which hosts only the machines of one network know. All of them are canonical hosts of URLs. */
public final class PrivateHost {

  /** RFC 1918 and RFC 3927. */
  private static final Pattern IPV4 =
      Pattern.compile("(?:10|192\\.168|172\\.(?:1[6-9]|2[0-9]|3[01])|169\\.254)\\..*");

  /** RFC 4193 and RFC 4291. */
  private static final Pattern IPV6 = Pattern.compile("\\[f(?:[cd][0-9a-f]{2}|e[89ab][0-9a-f]):.*");

  /** What platforms keep for the machines inside of them. */
  private static final List<String> OF_PLATFORMS =
      List.of(".internal", ".svc", ".svc.cluster.local", ".flycast", ".consul", ".ecs.local");

  private static final List<String> OF_NETWORKS =
      List.of(".local", ".lan", ".home", ".home.arpa", ".intranet", ".corp");

  private PrivateHost() {}

  /** Whether it is an address of a private network, or one that a machine gives itself. */
  public static boolean isAddress(String host) {
    return Host.isAddress(host) && (IPV4.matcher(host).matches() || IPV6.matcher(host).matches());
  }

  /** Whether it is a name in the network of a platform, which no visitor's browser knows. */
  public static boolean isOfPlatform(String host) {
    return OF_PLATFORMS.stream().anyMatch(host::endsWith);
  }

  /** Whether it is a name that public DNS does not have. */
  public static boolean isName(String host) {
    return !Host.isAddress(host)
        && (!host.contains(".")
            || isOfPlatform(host)
            || OF_NETWORKS.stream().anyMatch(host::endsWith));
  }

  /** Whether it is an address or a name that nobody outside of a network can use. */
  public static boolean isInner(String host) {
    return isLocal(host) || isAddress(host) || isName(host);
  }

  /** Whether it is this machine, as a browser or as a server names it. */
  public static boolean isLocal(String host) {
    return Host.isLoopback(host) || host.equals("0.0.0.0");
  }

  /** Whether an origin is of a page on this machine, as in development. */
  public static boolean isLocalOrigin(String origin) {
    return origin.matches("https?://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]+)?/?");
  }
}

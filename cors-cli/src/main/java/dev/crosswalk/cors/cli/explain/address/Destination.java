package dev.crosswalk.cors.cli.explain.address;

import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a URL leads, in which a person may have hidden names. */
public record Destination(String host, String path, int port) {

  /** What a person writes instead of a name that is not for everybody: {@code <host>}. */
  private static final Pattern HIDDEN_NAME =
      Pattern.compile("\\$?\\{+[^}]{0,60}}+|<[^>]{0,60}>|\\[[^\\]:]{0,60}]|\\*+|…");

  private static final Pattern PARTS =
      Pattern.compile("(?is)https?://([^/?#]{1,300}?)(?::([0-9]{1,5}))?((?:/[^?#]*)?)(?:[?#].*)?");

  private static final List<String> TUNNELS =
      List.of(
          ".ngrok.io",
          ".ngrok.app",
          ".ngrok.dev",
          ".ngrok-free.app",
          ".ngrok-free.dev",
          ".loca.lt",
          ".trycloudflare.com",
          ".serveo.net",
          ".lhr.life",
          ".localhost.run",
          ".devtunnels.ms",
          ".app.github.dev",
          ".githubpreview.dev",
          ".gitpod.io",
          ".ts.net");

  /** The destination of a URL in which names may be hidden; empty if it has no host. */
  public static Optional<Destination> at(String asked) {
    Optional<Url> url = Url.parse(asked).filter(parsed -> parsed.host() != null);
    if (url.isPresent()) {
      String host = Bytes.lowerCase(String.valueOf(url.get().host()));
      return Optional.of(new Destination(host, url.get().path(), url.get().effectivePort()));
    }
    Matcher parts = PARTS.matcher(asked);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String host = HIDDEN_NAME.matcher(parts.group(1)).replaceAll("hidden.").replace("..", ".");
    int port = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    return Optional.of(new Destination(Bytes.lowerCase(host), parts.group(3), port));
  }

  public Destination withoutPort() {
    return new Destination(host, path, 0);
  }

  public boolean isAt(String place) {
    if (place.startsWith("/")) {
      return path.contains(place);
    }
    int slash = place.indexOf('/');
    if (place.startsWith(":")) {
      String ofPort = slash < 0 ? place : place.substring(0, slash);
      return isNear(host)
          && ofPort.equals(":" + port)
          && (slash < 0 || path.startsWith(place.substring(slash)));
    }
    String name = slash < 0 ? place : place.substring(0, slash);
    String start = slash < 0 ? "" : place.substring(slash);
    boolean below =
        name.endsWith(".")
            ? ("." + host).contains(name)
            : name.startsWith(".") && ("." + host).endsWith(name);
    return (host.equals(name) || below) && path.startsWith(start);
  }

  /** Whether a URL leads to the machine on which the browser runs. */
  public static boolean isLoopback(String url) {
    return at(url).filter(place -> PrivateHost.isLocal(place.host())).isPresent();
  }

  /** Whether a page is at this machine, or at an address of its network. */
  public static boolean isOfNetwork(String origin) {
    return at(origin)
        .filter(place -> PrivateHost.isLocal(place.host()) || PrivateHost.isAddress(place.host()))
        .isPresent();
  }

  /** Whether a page is at an address, or at a name that only some machines know. */
  public static boolean isPrivate(String origin) {
    return at(origin).filter(place -> isNear(place.host())).isPresent();
  }

  /** Whether it is at an address that leads through a tunnel to somebody's own machine. */
  public static boolean isTunnel(String origin) {
    return at(origin).filter(place -> TUNNELS.stream().anyMatch(place::isAt)).isPresent();
  }

  /** On this machine, in its network, or at an address: where programs listen at their port. */
  private static boolean isNear(String host) {
    return PrivateHost.isLocal(host)
        || Host.isAddress(host)
        || !host.contains(".")
        || host.endsWith(".local")
        || host.endsWith(".test")
        || host.matches("[x.]+|hidden\\.");
  }
}

package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Origins that a list is likely to have, if it does not have the page's. */
final class LikelyOrigins {

  /** Where the servers of development listen: Create React App, Vite, Angular, Vue and others. */
  private static final List<String> OF_DEVELOPMENT =
      List.of(
          "http://localhost:3000",
          "http://localhost:5173",
          "http://localhost:4200",
          "http://localhost:8080",
          "http://localhost");

  private static final String WWW = "www.";

  private LikelyOrigins() {}

  /**
   * The most likely ones first: the page's own, written wrong or of another scheme.
   *
   * @param page its origin
   * @param server the URL that it asks
   */
  static List<String> of(String page, Url server) {
    Set<String> near = new LinkedHashSet<>();
    Optional<Url> parsed = Url.parse(page).filter(url -> url.host() != null);
    if (parsed.isEmpty()) {
      return List.of();
    }
    Url url = parsed.get();
    String host = String.valueOf(url.host());
    String authority = page.substring(page.indexOf("://") + 3);
    boolean port = !authority.equals(host);
    String other = url.scheme().equals("https") ? "http" : "https";
    near.add(page + "/");
    near.add(other + "://" + authority);
    near.add(authority);
    if (port) {
      near.add(url.scheme() + "://" + host);
    } else {
      near.add(page + ":" + url.effectivePort());
    }
    if (Host.isLoopback(host)) {
      boolean name = host.equals("localhost");
      near.add(page.replace(host, name ? "127.0.0.1" : "localhost"));
    } else if (host.matches(".*[a-z].*") && host.contains(".")) {
      boolean www = host.startsWith(WWW);
      near.add(page.replace("://" + host, "://" + (www ? host.substring(4) : WWW + host)));
      String parent = host.substring(host.indexOf('.') + 1);
      if (parent.contains(".")) {
        near.add(url.scheme() + "://" + parent);
      }
    }
    near.addAll(OF_DEVELOPMENT);
    near.add(server.origin().serialize());
    near.remove(page);
    return List.copyOf(near);
  }
}

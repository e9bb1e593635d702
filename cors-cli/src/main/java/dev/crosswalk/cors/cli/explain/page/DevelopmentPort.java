package dev.crosswalk.cors.cli.explain.page;

import dev.crosswalk.cors.cli.explain.address.Destination;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What serves a page while it is developed, and its port by default. */
public enum DevelopmentPort {
  NEXT("Next.js", "\\bnext ?\\.?js\\b|\\bnext dev\\b", 3000),
  NUXT("Nuxt", "\\bnuxt\\b", 3000),
  ANGULAR("Angular", "\\bangular\\b(?! ?js)|\\bng serve\\b", 4200),
  ASTRO("Astro", "\\bastro\\b", 4321),
  GATSBY("Gatsby", "\\bgatsby\\b", 8000),
  VITE("Vite", "\\bvite\\b|\\bsvelte(?:kit)?\\b", 5173),
  LIVE_SERVER("Live Server", "\\blive server\\b", 5500),
  REACT("React", "\\breact(?:js)?\\b(?! native)", 3000, 5173),
  VUE("Vue", "\\bvue(?:js)?\\b", 5173, 8080);

  private final String name;
  private final Pattern named;
  private final List<Integer> ports;

  DevelopmentPort(String name, String named, Integer... ports) {
    this.name = name;
    this.named = Pattern.compile(named);
    this.ports = List.of(ports);
  }

  /**
   * The question whether the one origin that a list has is the page's, where neither a message nor
   * a person names the page, and what serves it has another port by default.
   *
   * @param listed the origins of the list
   * @param text as it was pasted, in lower case
   */
  public static Optional<String> question(Set<String> listed, String text) {
    Optional<Destination> only =
        listed.size() == 1
            ? Destination.at(listed.iterator().next())
                .filter(at -> Destination.isLoopback(listed.iterator().next()))
            : Optional.empty();
    return only.flatMap(
        at ->
            Stream.of(values())
                .filter(each -> each.named.matcher(text).find())
                .findFirst()
                .filter(each -> !each.ports.contains(at.port()))
                .map(each -> each.words(listed.iterator().next())));
  }

  private String words(String listed) {
    return "Is "
        + listed
        + " what the page has in its address bar? The list has to have the page's origin, and not the API's: "
        + name
        + " opens http://localhost:"
        + ports.get(0)
        + (ports.size() > 1 ? " or http://localhost:" + ports.get(1) : "")
        + " if nobody tells it another port. See the header Origin of the request in the network panel (F12),"
        + " and write exactly that.";
  }
}

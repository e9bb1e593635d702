package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens, as it says when it starts, or as its code does.
 *
 * @param scheme empty if it is not told
 */
public record Listener(String scheme, int port) {

  private static final String STARTED =
      "\\b(?:listening|running|started|starting|serving|ready|live|server)\\b";

  private static final Pattern AT_URL =
      Pattern.compile(
          "(?i)"
              + STARTED
              + "[^\\n]{0,60}?\\b(https?)://(?:[a-z0-9.-]{1,60}|\\[[0-9a-f:]{2,40}]|[*+]):([0-9]{2,5})\\b"
              // In a person's words.
              + "|(?i)\\b(?:back-?end|api|server)\\b(?: [a-zäöüßé']{1,12}){0,3} (?:on|at|auf|unter|sur|en|em|su) (https?)://(?:localhost|127\\.0\\.0\\.1):([0-9]{2,5})\\b");

  private static final Pattern AT_PORT =
      Pattern.compile(
          "(?i)"
              + STARTED
              + "[^\\n:]{0,40}? port(?:\\(s\\)|s)?:? ?([0-9]{2,5})\\b(?: ?\\((https?)\\))?");

  /** Code, or a setting. */
  private static final Pattern BY_CODE =
      Pattern.compile(
          "(?i)\\b(?:(?:app|server|httpserver)\\.listen\\( ?|server\\.port ?[:=] ?|(?:app|uvicorn)\\.run\\([^()\\n]{0,80}\\bport ?= ?)([0-9]{2,5})\\b"
              + "|\\bport ?= ?([0-9]{4,5})\\b(?=[^=]{0,800}\\.listen\\( ?port\\b)");

  /** A container's port may be published as another one. */
  private static final Pattern PUBLISHED =
      Pattern.compile("(?i)\\bdocker|\\bports:|\\bcontainers?\\b");

  /** In docker run, and in a file of Compose: the machine's port, and the container's. */
  private static final Pattern PUBLISHED_AS =
      Pattern.compile(
          "(?i)(?:(?:-p|--publish)[ =]+[\"']?|\\bports:[\\s\\-\\[]{1,40}[\"']?|^\\s{0,20}-\\s{1,4}[\"']?)"
              + "(?:(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1):)?([0-9]{2,5}):([0-9]{2,5})(?![0-9:])",
          Pattern.MULTILINE);

  private static final int MAX_LISTENERS = 20;

  private static final Pattern OF_NGINX = Pattern.compile("\\blisten\\s{1,9}([0-9]{2,5})\\b");

  static Set<Listener> in(String text) {
    Set<Listener> found = new LinkedHashSet<>();
    Matcher urls = AT_URL.matcher(text);
    while (urls.find() && found.size() < MAX_LISTENERS) {
      int of = urls.group(1) == null ? 3 : 1;
      found.add(new Listener(urls.group(of), Integer.parseInt(urls.group(of + 1))));
    }
    Matcher ports = AT_PORT.matcher(text);
    while (ports.find() && found.size() < MAX_LISTENERS) {
      String scheme = Optional.ofNullable(ports.group(2)).orElse("");
      found.add(new Listener(scheme, Integer.parseInt(ports.group(1))));
    }
    Matcher codes = BY_CODE.matcher(text);
    while (codes.find() && found.size() < MAX_LISTENERS) {
      String port = Optional.ofNullable(codes.group(1)).orElse(codes.group(2));
      found.add(new Listener("", Integer.parseInt(port)));
    }
    return found;
  }

  /**
   * Whether the server in a text is the one that serves the page, and not the one that is asked.
   *
   * @param text as it was pasted
   */
  public static boolean isOfPage(String url, String origin, String text) {
    Optional<Url> asked = Url.parse(url).filter(each -> each.host() != null);
    Optional<Url> page =
        Url.parse(origin)
            .filter(each -> each.host() != null && Host.isLoopback(String.valueOf(each.host())));
    if (asked.isEmpty() || page.isEmpty() || PUBLISHED.matcher(text).find()) {
      return false;
    }
    Set<Integer> ports = new LinkedHashSet<>();
    BY_CODE
        .matcher(text)
        .results()
        .map(at -> at.group(1) == null ? at.group(2) : at.group(1))
        .forEach(port -> ports.add(Integer.parseInt(port)));
    OF_NGINX.matcher(text).results().forEach(at -> ports.add(Integer.parseInt(at.group(1))));
    return ports.equals(Set.of(page.get().effectivePort()))
        && asked.get().effectivePort() != page.get().effectivePort();
  }

  /**
   * What differs between where a server of this machine listens and what the page asks.
   *
   * @param url that the page asks for
   * @param origin of the page, whose own server does not count; empty if it is not known
   * @param text as it was pasted
   * @return a sentence or two; empty if nothing differs, or nothing is told
   */
  public static Optional<String> told(String url, String origin, String text) {
    Optional<Url> asked =
        Url.parse(url)
            .filter(each -> each.host() != null && Host.isLoopback(String.valueOf(each.host())));
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    if (PUBLISHED.matcher(text).find()) {
      return published(asked.get().effectivePort(), text);
    }
    int page = Url.parse(origin).map(Url::effectivePort).orElse(0);
    int port = asked.get().effectivePort();
    List<Listener> listeners =
        in(text).stream().filter(each -> each.port() != page || page == port).toList();
    List<Listener> there = listeners.stream().filter(each -> each.port() == port).toList();
    List<Integer> ports = listeners.stream().map(Listener::port).distinct().toList();
    if (there.isEmpty()) {
      return ports.size() == 1
          ? Optional.of(
              "The server in your paste listens at port "
                  + ports.get(0)
                  + ", and the page calls port "
                  + port
                  + ": write "
                  + ports.get(0)
                  + " into the URL, or into the setting from which the page takes it.")
          : Optional.empty();
    }
    String scheme = asked.get().scheme();
    List<String> schemes =
        there.stream().map(Listener::scheme).filter(each -> !each.isEmpty()).distinct().toList();
    return schemes.size() == 1 && !schemes.get(0).equals(scheme)
        ? Optional.of(
            "The server in your paste speaks "
                + schemes.get(0)
                + " at port "
                + port
                + ", and the page uses "
                + scheme
                + ": write "
                + schemes.get(0)
                + "://"
                + asked.get().host()
                + ":"
                + port
                + " into the page.")
        : Optional.empty();
  }

  /** A container's own port, where the machine has it as another one. */
  private static Optional<String> published(int port, String text) {
    Set<Integer> outside = new LinkedHashSet<>();
    Set<Integer> machine = new LinkedHashSet<>();
    Matcher ports = PUBLISHED_AS.matcher(text);
    while (ports.find() && machine.size() < MAX_LISTENERS) {
      machine.add(Integer.parseInt(ports.group(1)));
      if (Integer.parseInt(ports.group(2)) == port) {
        outside.add(Integer.parseInt(ports.group(1)));
      }
    }
    return outside.size() == 1 && !machine.contains(port)
        ? Optional.of(
            port
                + " is the port inside the container, and your paste publishes it on this machine"
                + " as "
                + outside.iterator().next()
                + ": write that into the URL, or publish it as "
                + port
                + ".")
        : Optional.empty();
  }
}

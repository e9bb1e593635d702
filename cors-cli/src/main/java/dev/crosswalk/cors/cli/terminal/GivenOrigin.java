package dev.crosswalk.cors.cli.terminal;

import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.url.Url;
import java.util.Optional;
import java.util.regex.Pattern;

/** An origin, or a URL, as somebody types it. */
public final class GivenOrigin {

  private static final int MAX_SHOWN = 200;

  /** Of a URL that lacks its scheme. */
  private static final Pattern USER_INFO = Pattern.compile("^[^/?#\\s'\"@:]+:[^/?#\\s'\"]*@");

  private GivenOrigin() {}

  /** The same with a scheme in front: few developers have TLS on their own machine. */
  public static String withScheme(String text) {
    String host = Url.parse("http://" + text).map(url -> String.valueOf(url.host())).orElse("");
    return (Host.isLoopback(host) ? "http://" : "https://") + text;
  }

  /** What is wrong with a URL that has no scheme, without a period; empty if it has one. */
  public static Optional<String> withoutScheme(String url) {
    if (url.contains("://")) {
      return Optional.empty();
    }
    return Optional.of(
        meant(url).isPresent()
            ? "The URL " + shown(url) + " has no scheme: write " + shown(withScheme(url))
            : shown(url) + " is not a URL, such as https://api.example.com/items");
  }

  /** A text that may be a URL, without what may be a secret in it. */
  public static String shown(String text) {
    return Printable.shown(
        Secrets.hidden(USER_INFO.matcher(text).replaceAll(Secrets.NOT_SHOWN + "@")), MAX_SHOWN);
  }

  /** The origin that was most likely meant; empty if a text is not the beginning of a URL. */
  public static Optional<String> meant(String text) {
    return Url.parse(text.contains("://") ? text : withScheme(text))
        .filter(Url::isHttp)
        .map(url -> url.origin().serialize());
  }

  /**
   * What is wrong with a text that is not an origin, and what to write.
   *
   * @param option that has it
   * @return a sentence without its period; empty if browsers send it like this
   */
  public static Optional<String> mistake(String option, String text) {
    Optional<String> meant = meant(text);
    // Not the grammar alone: it has no underscores, which browsers do send.
    if (text.equals("null")
        || meant.map(text::equals).orElseGet(() -> Origin.isOriginOrNull(text))) {
      return Optional.empty();
    }
    return Optional.of(
        option
            + " "
            + Printable.shown(text, MAX_SHOWN)
            + (text.contains("://")
                ? " is not an origin as browsers send it: write "
                : " has no scheme: write ")
            + option
            + " "
            + meant.orElse("https://app.example.com"));
  }
}

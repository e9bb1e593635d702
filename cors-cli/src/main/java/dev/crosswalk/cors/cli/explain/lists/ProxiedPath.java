package dev.crosswalk.cors.cli.explain.lists;

import dev.crosswalk.cors.tck.url.Url;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path with which a proxy or a gateway in a paste passes a request on, where it changes it:
 * nginx, Apache, Caddy, Traefik, an ingress or Spring Cloud Gateway.
 */
public final class ProxiedPath {

  private static final String PATH = "(/[a-z0-9/_.-]{0,60})";

  /** A location, and in it an address that has a path. */
  private static final Pattern NGINX =
      Pattern.compile(
          "\\blocation\\s{1,4}(?:\\^~\\s{1,4})?"
              + PATH
              + "\\s{0,4}\\{[^}]{0,600}?\\bproxy_pass\\s{1,9}https?://[^/;\\s]{1,120}"
              + PATH
              + "\\s?;");

  private static final Pattern APACHE =
      Pattern.compile(
          "\\bproxypass\\s{1,4}[\"']?"
              + PATH
              + "[\"']?\\s{1,4}[\"']?https?://[^/\\s\"']{1,120}(/[^\\s\"']{0,60})?");

  /** What takes the beginning of a path away. */
  private static final Pattern STRIPPED =
      Pattern.compile(
          "(?:\\bhandle_path\\s{1,4}|\\bstripprefix\\.prefixes\\s?[=:]\\s?[\"']?|\\bstripprefix:\\s{1,40}prefixes:\\s{1,40}-\\s[\"']?)"
              + PATH);

  /** The annotation of an ingress, and the path that belongs to it. */
  private static final Pattern INGRESS =
      Pattern.compile(
          "\\brewrite-target[\"']?:\\s?[\"']?/\\$2[\\s\\S]{0,1500}\\bpath:\\s?[\"']?"
              + PATH
              + "\\(/\\|\\$\\)");

  private static final Pattern GATEWAY = Pattern.compile("\\bstripprefix\\s?=\\s?([1-4])\\b");

  private ProxiedPath() {}

  /**
   * The URL as the server behind the proxy gets it; empty if nothing changes it.
   *
   * @param text in lower case, as it was pasted
   */
  public static Optional<String> of(String url, String text) {
    Optional<String> path =
        Url.parse(url)
            .filter(asked -> asked.host() != null)
            .map(asked -> asked.path().toLowerCase(Locale.ROOT));
    return path.flatMap(asked -> passed(asked, text))
        .map(passed -> passed.startsWith("/") ? passed : "/" + passed)
        .filter(passed -> !passed.equals(path.get()));
  }

  private static Optional<String> passed(String path, String text) {
    return replaced(NGINX.matcher(text), path)
        .or(() -> replaced(APACHE.matcher(text), path))
        .or(() -> replaced(STRIPPED.matcher(text), path))
        .or(() -> replaced(INGRESS.matcher(text), path))
        .or(() -> without(GATEWAY.matcher(text), path));
  }

  /** The longest beginning of the path counts, and what stands instead of it. */
  private static Optional<String> replaced(Matcher rules, String path) {
    String longest = "";
    String instead = "";
    while (rules.find()) {
      String start = rules.group(1);
      boolean whole = start.endsWith("/") || path.equals(start) || path.startsWith(start + "/");
      if (whole && path.startsWith(start) && start.length() > longest.length()) {
        longest = start;
        boolean other = rules.groupCount() > 1 && rules.group(2) != null;
        instead = other ? rules.group(2) : longest.endsWith("/") ? "/" : "";
      }
    }
    return longest.isEmpty() || longest.equals("/")
        ? Optional.empty()
        : Optional.of(instead + path.substring(longest.length()));
  }

  private static Optional<String> without(Matcher gateway, String path) {
    if (!gateway.find()) {
      return Optional.empty();
    }
    int parts = Integer.parseInt(gateway.group(1));
    return Optional.of(path.replaceFirst("^(?:/[^/]{0,100}){" + parts + "}", ""));
  }
}

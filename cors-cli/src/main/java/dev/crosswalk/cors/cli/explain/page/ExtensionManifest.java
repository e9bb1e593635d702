package dev.crosswalk.cors.cli.explain.page;

import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The manifest of a browser extension in a paste, and whether it lets the extension ask a URL
 * without CORS.
 */
public final class ExtensionManifest {

  private static final Pattern OF_EXTENSION =
      Pattern.compile("(?:chrome|moz|safari-web|ms-browser)-extension://.*");

  /** That the text has a manifest, or a part of one. */
  private static final Pattern MANIFEST =
      Pattern.compile(
          "\\b(?:manifest_version[\"'`]?\\s{0,3}:?\\s{0,3}[23]\\b|(?:host_permissions|content_scripts)[\"'`]?\\s{0,3}:)");

  private static final Pattern SECOND_VERSION =
      Pattern.compile("\\bmanifest_version[\"'`]?\\s{0,3}:?\\s{0,3}2\\b");

  /** With the first group, hosts alone. */
  private static final Pattern LIST =
      Pattern.compile(
          "(?<!optional_)\\b(?:(host_permissions)|permissions)[\"'`]?\\s{0,3}:\\s{0,3}\\[([^\\]]{0,4000})\\]");

  private static final Pattern ENTRY = Pattern.compile("[\"'`]([^\"'`\\s]{1,300})[\"'`]");

  private static final Pattern ALL = Pattern.compile("<all_urls>|\\*://\\*/.*");

  private static final Pattern MATCH =
      Pattern.compile("(\\*|https?)://(\\*|(?:\\*\\.)?[^/*:]{1,253})(?::([0-9]{1,5}|\\*))?(/.*)?");

  private static final Pattern CONTENT_SCRIPT =
      Pattern.compile("\\bcontent[ _.-]?scripts?\\b|\\bcontent\\.[jt]s\\b");

  /** What the user grants only when the extension asks for it. */
  private static final Pattern OPTIONAL =
      Pattern.compile(
          "\\boptional_(?:host_)?permissions[\"'`]?\\s{0,3}:\\s{0,3}\\[([^\\]]{0,4000})\\]");

  private ExtensionManifest() {}

  /**
   * What the manifest says of a request.
   *
   * @param url that is asked
   * @param origin of the request
   * @param text in lower case, as it was pasted
   */
  public static Optional<String> told(String url, String origin, String text) {
    Optional<Url> asked =
        Url.parse(url).filter(parsed -> url.startsWith("http") && parsed.host() != null);
    if (asked.isEmpty() || !MANIFEST.matcher(text).find()) {
      return Optional.empty();
    }
    String host = Destination.at(url).map(Destination::host).orElse("");
    if (host.isEmpty()) {
      return Optional.empty();
    }
    String scheme = url.substring(0, url.indexOf(':'));
    String needed = scheme + "://" + host + "/*";
    boolean second = SECOND_VERSION.matcher(text).find();
    String key = second ? "permissions" : "host_permissions";
    List<String> named = hosts(text, second);
    boolean allowed = named.stream().anyMatch(each -> fits(each, scheme, host, port(url)));
    // Firefox does not tell who asks.
    boolean untold = origin.isEmpty() && !CONTENT_SCRIPT.matcher(text).find();
    if (untold && allowed) {
      return Optional.empty();
    }
    if (!untold && !OF_EXTENSION.matcher(origin).matches()) {
      return origin.startsWith("http") && CONTENT_SCRIPT.matcher(text).find()
          ? Optional.of(ofContentScript(origin, allowed, key, needed))
          : Optional.empty();
    }
    if (allowed) {
      return Optional.of(
          "The manifest in your paste lets the extension call "
              + host
              + " without CORS, and here CORS applied, so this permission is not in effect: load"
              + " the extension again, and look at its site access (chrome://extensions,"
              + " about:addons), as the user may remove it. A redirect to another host needs that"
              + " host in "
              + key
              + " as well.");
    }
    if (isOptional(text, scheme, host, port(url))) {
      return Optional.of(
          "The manifest in your paste names the server only as optional, so the extension is bound"
              + " by CORS there until the user grants it: call permissions.request({ origins: [\""
              + needed
              + "\"] }) in a click first, or name it in "
              + key
              + ", and load the extension again.");
    }
    return named.isEmpty()
        ? unnamed(second, needed, host, text)
        : Optional.of(ofOthers(named, key, needed, scheme, host));
  }

  private static boolean isOptional(String text, String scheme, String host, String port) {
    Matcher list = OPTIONAL.matcher(text);
    return list.find()
        && ENTRY
            .matcher(list.group(1))
            .results()
            .anyMatch(entry -> fits(entry.group(1), scheme, host, port));
  }

  private static Optional<String> unnamed(boolean second, String needed, String host, String text) {
    // A part of a manifest may leave the list out. In version 3 a host among the permissions has no
    // effect, and that is told elsewhere.
    if (!LIST.matcher(text).find()
        || !second && hosts(text, true).stream().anyMatch(each -> MATCH.matcher(each).matches())) {
      return Optional.empty();
    }
    return Optional.of(
        "The manifest in your paste names no server, so the extension is bound by CORS there."
            + " Write "
            + (second
                ? "\"" + needed + "\" into its permissions"
                : "\"host_permissions\": [\"" + needed + "\"] into it")
            + ", and load the extension again. Its background and its own pages then read "
            + host
            + " without CORS, and no server has to allow anything.");
  }

  private static String ofOthers(
      List<String> named, String key, String needed, String scheme, String host) {
    String nearest =
        named.stream().filter(each -> each.contains(host)).findFirst().orElse(named.get(0));
    return "No entry of "
        + key
        + " in your paste matches the URL: "
        + why(nearest, scheme, host)
        + " Write \""
        + needed
        + "\", and load the extension again. Its background and its own pages then read it without CORS.";
  }

  private static String why(String entry, String scheme, String host) {
    Matcher match = MATCH.matcher(entry);
    if (!match.matches()) {
      return entry + " is not a pattern.";
    }
    if (!isHost(match.group(2), host)) {
      return entry + " is another host.";
    }
    if (match.group(4) == null) {
      return entry + " has no path, and is not valid without one.";
    }
    return match.group(1).equals("*") || match.group(1).equals(scheme)
        ? entry + " has another port."
        : entry + " begins with " + match.group(1) + ":, and the URL with " + scheme + ":.";
  }

  private static String ofContentScript(String origin, boolean allowed, String key, String needed) {
    return "The request has the origin of the page ("
        + origin
        + "), so a content script sent it, for which the permissions in the manifest have no"
        + " effect. Let it send a message (runtime.sendMessage) to the background, which calls the"
        + " server and answers"
        + (allowed
            ? "; the manifest names that server already."
            : ", with \"" + needed + "\" in " + key + ".")
        + " Do not let the server allow that page.";
  }

  private static List<String> hosts(String text, boolean ofPermissions) {
    List<String> hosts = new ArrayList<>();
    Matcher lists = LIST.matcher(text);
    while (lists.find()) {
      boolean alone = lists.group(1) != null;
      if (alone || ofPermissions) {
        Matcher entries = ENTRY.matcher(lists.group(2));
        while (entries.find()) {
          if (alone || entries.group(1).contains(":")) {
            hosts.add(entries.group(1));
          }
        }
      }
    }
    return hosts;
  }

  private static boolean fits(String entry, String scheme, String host, String port) {
    if (ALL.matcher(entry).matches()) {
      return true;
    }
    Matcher match = MATCH.matcher(entry);
    return match.matches()
        && match.group(4) != null
        && (match.group(1).equals("*") || match.group(1).equals(scheme))
        && isHost(match.group(2), host)
        && (match.group(3) == null || match.group(3).equals("*") || match.group(3).equals(port));
  }

  private static boolean isHost(String pattern, String host) {
    return pattern.equals("*")
        || pattern.equals(host)
        || pattern.startsWith("*.")
            && (host.equals(pattern.substring(2)) || host.endsWith(pattern.substring(1)));
  }

  private static String port(String url) {
    Matcher port = Pattern.compile("^https?://[^/?#]{1,253}:([0-9]{1,5})(?=[/?#]|$)").matcher(url);
    return port.find() ? port.group(1) : url.startsWith("https") ? "443" : "80";
  }
}

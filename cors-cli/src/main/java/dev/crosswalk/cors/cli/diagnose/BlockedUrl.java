package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.redirect.RedirectBehindProxy;
import dev.crosswalk.cors.cli.remedy.refusal.RefusalRemedy;
import dev.crosswalk.cors.cli.remedy.request.RequestRemedy;
import dev.crosswalk.cors.cli.terminal.Secrets;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A URL that a browser does not ask, whatever the server allows. */
final class BlockedUrl {

  private BlockedUrl() {}

  /**
   * Why fetch() throws for a URL with a user name or password.
   *
   * @param request without them
   */
  static Diagnosis userInfo(Request request) {
    String masked = request.url().replaceFirst("://", "://" + Secrets.NOT_SHOWN + "@");
    return Diagnosis.ofBlockedUrl(
        request,
        Diagnosis.none(),
        Map.of(
            Engine.CHROMIUM,
            "TypeError: Failed to execute 'fetch' on 'Window': Request cannot be constructed from a"
                + " URL that includes credentials: "
                + masked,
            Engine.FIREFOX,
            "TypeError: Window.fetch: " + masked + " is an url with embedded credentials.",
            Engine.WEBKIT,
            "TypeError: URL is not valid or contains user credentials."),
        RequestRemedy.userInfo());
  }

  /**
   * A page of https asks for http. Loopback addresses are trustworthy without TLS.
   *
   * @see <a href="https://w3c.github.io/webappsec-mixed-content/">Mixed Content</a>
   */
  static boolean isMixedContent(Request request, Url url) {
    return request.origin().startsWith("https://")
        && url.scheme().equals("http")
        && !Host.isLoopback(String.valueOf(url.host()));
  }

  /**
   * Whether Chrome takes a URL for one of the local network by its host alone: an address that is
   * not public, or a name of mDNS.
   *
   * @see <a href="https://wicg.github.io/local-network-access/#mixed-content">Local Network Access:
   *     mixed content</a>
   */
  static boolean isLocalNetwork(Url url) {
    String host = String.valueOf(url.host());
    return Warnings.isLocal(host) || host.equals("0.0.0.0");
  }

  /**
   * Why nobody asks that URL.
   *
   * @param url the request's own, or that of a redirect
   * @param outcome with what was sent before
   * @param chrome what became of it in Chrome, which asks a local network; empty for another URL
   */
  static Diagnosis mixedContent(
      Request request, String url, Outcome outcome, Optional<Outcome> chrome) {
    String page = request.origin() + "/";
    String start =
        "Mixed Content: The page at '"
            + page
            + "' was loaded over HTTPS, but requested an insecure resource '"
            + url
            + "'. ";
    Map<Engine, String> console = new EnumMap<>(Engine.class);
    if (chrome.isEmpty()) {
      console.put(
          Engine.CHROMIUM,
          start + "This request has been blocked; the content must be served over HTTPS.");
    } else if (chrome.get().verdict() instanceof NotShared refusal) {
      console.put(
          Engine.CHROMIUM,
          start
              + "This content should also be served over HTTPS.\n"
              + String.join("\n", refusal.console(Engine.CHROMIUM)));
    }
    console.put(Engine.FIREFOX, "Blocked loading mixed active content “" + url + "”");
    console.put(
        Engine.WEBKIT,
        "[blocked] The page at "
            + page
            + " requested insecure content from "
            + url
            + ". This content was blocked and must be served over HTTPS.");
    Remedy remedy = ConsoleMessage.mixedContent(url);
    return Diagnosis.ofBlockedUrl(
        request,
        chrome.orElse(outcome),
        console,
        chrome
            .map(seen -> remedy.withCause(ofLocalNetwork(url, seen, request)))
            .orElse(remedy)
            .withAdvice(RedirectBehindProxy.innerAddress(request, url))
            .withAdvice(RedirectBehindProxy.downgrade(request.url(), url)));
  }

  private static String ofLocalNetwork(String url, Outcome chrome, Request request) {
    return "This is not CORS: it is mixed content. Firefox and Safari do not let a page on https request "
        + url
        + " without TLS, and send nothing. Chrome sends it, as it is in a local network: it asks the user"
        + " for permission first, if the page is not there. "
        + (chrome.verdict() instanceof NotShared refusal
            ? "But then Chrome refuses it, too. "
                + RefusalRemedy.of(refusal, RequiredGrant.of(request), Optional.empty()).cause()
            : "Then the server's CORS headers allow it there.");
  }
}

package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.explain.meaning.ConsoleMessage;
import dev.crosswalk.cors.cli.remedy.RedirectRemedy;
import dev.crosswalk.cors.cli.remedy.RequestRemedy;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.Map;

/** A URL that a browser does not ask, whatever the server allows. */
final class BlockedUrl {

  private BlockedUrl() {}

  /**
   * Why fetch() throws for a URL with a user name or password.
   *
   * @param request without them
   */
  static Diagnosis userInfo(Request request) {
    String masked = request.url().replaceFirst("://", "://…@");
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
   * Why nobody asks that URL.
   *
   * @param url the request's own, or that of a redirect
   * @param outcome with what was sent before
   */
  static Diagnosis mixedContent(Request request, String url, Outcome outcome) {
    String page = request.origin() + "/";
    return Diagnosis.ofBlockedUrl(
        request,
        outcome,
        Map.of(
            Engine.CHROMIUM,
            "Mixed Content: The page at '"
                + page
                + "' was loaded over HTTPS, but requested an insecure resource '"
                + url
                + "'. This request has been blocked; the content must be served over HTTPS.",
            Engine.FIREFOX,
            "Blocked loading mixed active content “" + url + "”",
            Engine.WEBKIT,
            "[blocked] The page at "
                + page
                + " requested insecure content from "
                + url
                + ". This content was blocked and must be served over HTTPS."),
        ConsoleMessage.mixedContent(url)
            .withAdvice(RedirectRemedy.innerAddress(request, url))
            .withAdvice(RedirectRemedy.downgrade(request.url(), url)));
  }
}

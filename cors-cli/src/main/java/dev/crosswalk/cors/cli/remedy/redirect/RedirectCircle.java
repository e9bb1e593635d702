package dev.crosswalk.cors.cli.remedy.redirect;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redirects that never come to an end. */
public final class RedirectCircle {

  /** A circle is told by at most this many URLs. */
  private static final int MAX_CIRCLE = 5;

  private RedirectCircle() {}

  /**
   * For redirects that come back to where they were.
   *
   * @param urls each that was asked for, in order
   * @return empty if each of them leads somewhere else
   */
  public static Optional<Remedy> of(List<String> urls) {
    for (int end = 1; end < urls.size(); end++) {
      int start = urls.subList(0, end).indexOf(urls.get(end));
      if (start >= 0) {
        return end - start > MAX_CIRCLE
            ? Optional.empty()
            : Optional.of(ofCircle(urls.subList(start, end + 1)));
      }
    }
    return Optional.empty();
  }

  /** For a redirect that does not say where it leads. */
  public static Remedy toNowhere(int status) {
    return Remedy.notCors(
        Cause.REDIRECT_LIMIT.name(),
        "This is not CORS: the server redirects ("
            + status
            + "), and its Location is empty. Chrome treats that as no redirect; others request the"
            + " same URL again, until they give up.",
        "Set Location to the URL that is meant: most often a variable or a setting has no value."
            + " If nothing is to be requested, answer with another status.");
  }

  /** The first URL is the last one, too. */
  private static Remedy ofCircle(List<String> circle) {
    String last = circle.get(0);
    boolean itself = circle.size() == 2;
    Optional<Url> from = Url.parse(last);
    Optional<Url> to = Url.parse(circle.get(1));
    boolean known = from.isPresent() && to.isPresent();
    String path = known ? from.get().path() : "";
    String next = known ? to.get().path() : "";
    List<String> advice = new ArrayList<>();
    if (itself) {
      advice.add(
          "Often it sets a cookie first, and waits for that: send credentials, or let the page"
              + " request a URL that needs no cookie. Or a proxy removes what the redirect adds.");
    } else if (known && (path + "/").equals(next) || (next + "/").equals(path)) {
      advice.add(
          "One layer adds the slash at the end, and another one removes it. Remove one of the two: a"
              + " rewrite or try_files in nginx, DirectorySlash or a RewriteRule in Apache,"
              + " APPEND_SLASH in Django, redirect_slashes in FastAPI, trailingSlash in Next.js.");
    } else if (known && !from.get().scheme().equals(to.get().scheme())) {
      advice.add(
          "One layer leads to https, and another one back to http: most often a proxy that ends TLS,"
              + " and an application that does not know it. Let the proxy send X-Forwarded-Proto, and"
              + " the application trust it.");
    } else {
      advice.add("Find the two rules that lead there and back, and remove one of them.");
    }
    return Remedy.notCors(
        Cause.REDIRECT_LIMIT.name(),
        itself
            ? "There are more than 20 redirects, and they go in a circle: the server redirects "
                + last
                + " to itself."
            : "There are more than 20 redirects, and they go in a circle: "
                + String.join(" leads to ", circle)
                + ".",
        advice.toArray(new String[0]));
  }
}

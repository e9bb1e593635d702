package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.url.Url;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a package that everybody can have from several CDNs, as the name and the version in its
 * URL tell: {@code https://cdn.example.com/npm/widget@1.2.3/widget.js}.
 */
final class PublishedPackage {

  private static final Pattern PACKAGE =
      Pattern.compile(
          "(?i)https?://[^/?#]{4,120}/(?:[^?#]{0,60}?/)??((?:@[a-z0-9._-]{1,60}/)?[a-z0-9._-]{1,80})@v?([0-9]{1,4}\\.[0-9]{1,4}[a-z0-9.-]{0,30})(?:[/,=?#].*)?");

  private static final String CODE = "ACAO_MISSING";

  private PublishedPackage() {}

  /**
   * What to do where such a file comes without the header; empty if it is none.
   *
   * @param status of the answer; 0 if it is not known
   */
  static Optional<Advice> told(Remedy remedy, String asked, String origin, int status) {
    Matcher found = PACKAGE.matcher(asked);
    Optional<Url> url =
        Url.parse(asked).filter(at -> at.host() != null && OriginPair.isElsewhere(at, origin));
    if (!remedy.code().equals(CODE) || url.isEmpty() || !found.matches()) {
      return Optional.empty();
    }
    String host = String.valueOf(url.get().host());
    String name = found.group(1);
    String pack = name + "@" + found.group(2);
    return Optional.of(
        Topic.NOT_YOURS.advice(
            (status < 400
                    ? host + " is a public CDN, by its URL, and sent this file without the header."
                    : host + " is a public CDN, by its URL, and answers " + status + " itself.")
                + " No setting of your page or server changes that, and a module script always needs"
                + " the header. Take the file from another CDN (https://cdn.jsdelivr.net/npm/"
                + pack
                + "/, https://esm.sh/"
                + pack
                + "), or install "
                + name
                + " with npm and bundle it. Open the URL in a tab: it may have moved. Tell those who"
                + " run the CDN."));
  }
}

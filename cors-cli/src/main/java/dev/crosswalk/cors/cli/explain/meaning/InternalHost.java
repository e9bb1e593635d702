package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that machines have for each other, and no visitor's browser knows: of a container, or of a
 * service of Kubernetes. Where a page asks for one, its URL is wrong, and not what is allowed.
 */
public final class InternalHost {

  /** Hosts of the machine itself, which such a name may not be taken for. */
  private static final Pattern OF_DEVELOPER =
      Pattern.compile("(?:host|gateway)\\.docker\\.internal");

  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  /** What people write instead of a name that is not for everybody. */
  private static final Pattern STAND_IN =
      Pattern.compile(
          "(?:my|your|our|the|some)[_-]?.*|x+|.*(?:domain|host(?:name)?|site|url|address|addr|example|hidden|redacted|placeholder).*"
              + "|ip|foo|bar|file|undefined|null");

  /** Without a port, a person more likely has shortened the name. */
  private static final Pattern WITH_PORT = Pattern.compile("api|server|www|test|web|app");

  private static final Pattern PAGE =
      Pattern.compile("https?://((?:[a-z0-9-]{1,63}\\.){1,8}[a-z][a-z0-9-]{1,62})(?::[0-9]{1,5})?");

  private static final List<String> OF_PAGE = List.of("ACAO_MISSING", "MIXED_CONTENT");

  private static final String NOT_ADDED =
      "Do not add it to the policy, unless all visitors are in that network: the URL is wrong. It comes"
          + " from the setting for the server's address with which the page was built (such as VITE_API_URL or"
          + " NEXT_PUBLIC_API_URL), from a link that the server writes, or from a redirect.";

  private static final String WRITE_ADDRESS =
      "Write the address at which a browser reaches that server into the page's setting, and build"
          + " the page again.";

  private static final String REDIRECT =
      "If a server behind a proxy makes that URL from the request: let the proxy pass on the name"
          + " and the port that the browser requested (in nginx proxy_set_header Host $http_host;"
          + " and X-Forwarded-Proto $scheme;), and let the application trust these headers, or set"
          + " its public URL.";

  private InternalHost() {}

  /** The host of a URL, if it is such a name, and the page is one that everybody may open. */
  private static Optional<Destination> in(String url, String origin) {
    return origin.isEmpty() || isOpen(Bytes.lowerCase(origin))
        ? Destination.at(url).filter(place -> isInner(place, url, !origin.isEmpty()))
        : Optional.empty();
  }

  /** Whether everybody may open a page; those of developers end in test or localhost (RFC 6761). */
  private static boolean isOpen(String page) {
    Matcher host = PAGE.matcher(page);
    return host.matches()
        && !PrivateHost.isName(host.group(1))
        && !host.group(1).endsWith(".test")
        && !Host.isLocalhost(host.group(1));
  }

  static boolean isAt(String url, String origin) {
    return in(url, origin).isPresent();
  }

  private static boolean isInner(Destination place, String url, boolean pageKnown) {
    String host = place.host();
    if (Host.isAddress(host) || Host.isLoopback(host) || OF_DEVELOPER.matcher(host).matches()) {
      return false;
    }
    if (PrivateHost.isOfPlatform(host)) {
      return true;
    }
    boolean port = url.matches("[a-z]{2,5}://[^/]{1,100}:[0-9]{2,5}(?:[/?#].*)?");
    return LABEL.matcher(host).matches()
        && !STAND_IN.matcher(host).matches()
        && (port || host.contains("_") || pageKnown && !WITH_PORT.matcher(host).matches());
  }

  /** A remedy with that name looked at before anything that is allowed; of a policy, instead. */
  public static Remedy told(Remedy remedy, Details details) {
    String origin = details.origin();
    boolean policy = remedy.code().equals("CSP");
    String asked = details.url();
    String url = policy && asked.isEmpty() ? details.get("others") : asked;
    Optional<Destination> inner =
        policy
                || remedy.code().equals("REASON_MISSING")
                || OF_PAGE.contains(remedy.code()) && !origin.isEmpty()
            ? in(url, origin)
            : Optional.empty();
    if (inner.isEmpty()) {
      return remedy;
    }
    String host = inner.get().host();
    if (policy) {
      return Remedy.of(
          remedy.code(),
          remedy.cause(),
          List.of(name(host), NOT_ADDED, REDIRECT),
          Optional.empty(),
          List.of());
    }
    List<Advice> advice = new ArrayList<>();
    advice.add(
        Advice.of(
            details.get("initialUrl").isEmpty()
                ? name(host) + " " + WRITE_ADDRESS
                : "The redirect leads to " + AskedUrl.origin(url) + ". " + name(host)));
    advice.add(Advice.of(REDIRECT));
    // That host need not answer over https.
    remedy.advice().stream()
        .filter(each -> !each.isAbout(Topic.ASK_FOR_HTTPS))
        .forEach(advice::add);
    return remedy.withOnlyAdvice(advice);
  }

  private static String name(String host) {
    return host
        + " looks like an internal name (of a container, a service or a private network). A visitor's"
        + " browser cannot reach it from outside.";
  }
}

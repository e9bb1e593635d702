package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.alsoGrants;
import static dev.crosswalk.cors.tck.MutantServer.normalizes;
import static dev.crosswalk.cors.tck.MutantServer.refuses;
import static dev.crosswalk.cors.tck.MutantServer.response;

import dev.crosswalk.cors.tck.rules.Permissions;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What goes wrong in comparing origins. */
final class OriginMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "REFLECTS_ANY_ORIGIN",
              "sends any origin back, with credentials",
              "Jetty CrossOriginFilter, TTC, Micronaut 4, Jooby, Pekko by default",
              "OR03 OR22 PF05 PF26 CR05 BR07 BR08 BR18 LA01 LA43 PA13 PA41 RO05",
              alsoGrants((configured, origin) -> true)),
          mutant(
              "REFLECTS_WITHOUT_CREDENTIALS",
              "sends any origin back",
              "hand-written filters",
              "OR03 NU01 LA01 LA35 LA36",
              response(
                  call -> {
                    if (!call.origin().isEmpty() && call.refused()) {
                      call.set("Access-Control-Allow-Origin", call.origin());
                      call.status = call.preflight() ? 204 : call.status;
                    }
                  })),
          mutant(
              "PREFIX",
              "compares by prefix",
              "CVE-2017-0928 and many hand-written filters",
              "LA01 LA13 LA15 LA43",
              alsoGrants((configured, origin) -> origin.startsWith(configured))),
          mutant(
              "SUFFIX",
              "compares by suffix",
              "rack-cors and hand-written filters",
              "LA02 LA03 LA04 LA43",
              alsoGrants((configured, origin) -> origin.endsWith(host(configured)))),
          mutant(
              "CONTAINS",
              "looks for an allowed host anywhere",
              "hand-written filters",
              "LA39 LA41 LA34 LA43",
              alsoGrants((configured, origin) -> origin.contains(host(configured)))),
          mutant(
              "CONTAINED",
              "looks for the origin anywhere in the allowed ones",
              "a list that is a string",
              "LA42 LA43",
              alsoGrants((configured, origin) -> configured.contains(origin))),
          mutant(
              "REGULAR_EXPRESSION",
              "takes an allowed origin for a regular expression",
              "Jetty CrossOriginHandler, flask-cors",
              "LA21 LA22 LA43",
              alsoGrants((configured, origin) -> origin.matches(configured))),
          mutant(
              "IGNORES_CASE",
              "compares origins in any case",
              "flask-cors, rs/cors, Spring, Vert.x",
              "LA09 LA10 LA43 PA26 PA41",
              normalizes(origin -> origin.toLowerCase(Locale.ROOT))),
          mutant(
              "TRIMS_SLASH",
              "drops a slash at the end of an origin",
              "Spring, Vert.x, Ktor, django-cors-headers",
              "LA11 LA43",
              normalizes(origin -> origin.replaceFirst("/$", ""))),
          mutant(
              "STRIPS_PATH",
              "reads an origin as a URL and drops its path, query and fragment",
              "Vert.x, django-cors-headers",
              "LA15 LA16 LA17 LA43",
              normalizes(origin -> origin.replaceFirst("^([a-z]+://[^/?#]+)[/?#].*", "$1"))),
          mutant(
              "DROPS_DEFAULT_PORT",
              "drops a default port from an origin",
              "whatever normalizes with java.net.URL",
              "LA08 LA43 PA33",
              normalizes(OriginMutants::withoutDefaultPort)),
          mutant(
              "IGNORES_PORT",
              "does not compare ports",
              "hand-written filters that compare hosts",
              "LA07 LA28 LA43 OR09 PA15 PA41",
              alsoGrants(
                  (configured, origin) ->
                      Permissions.to(withoutPort(configured)).allowOrigin(withoutPort(origin)))),
          mutant(
              "IGNORES_SCHEME",
              "does not compare schemes",
              "rack-cors with a bare host",
              "LA06 LA43 PA14 PA41",
              alsoGrants(
                  (configured, origin) ->
                      Permissions.to("x://" + host(configured))
                          .allowOrigin("x://" + host(origin)))),
          mutant(
              "TRIMS_DOT",
              "drops a dot at the end of a host",
              "whatever normalizes hosts",
              "LA12 LA43 PA16 PA41",
              normalizes(origin -> origin.replaceFirst("\\.$", ""))),
          mutant(
              "IGNORES_USER",
              "reads an origin as a URL and drops its user",
              "whatever compares URI.getHost()",
              "LA14 LA43 PA17",
              normalizes(origin -> origin.replaceFirst("://[^/@]+@", "://"))),
          mutant(
              "DECODES",
              "decodes an origin before it compares",
              "gateways",
              "LA19 LA43",
              normalizes(OriginMutants::decoded)),
          mutant(
              "DECODES_AND_COMPARES_BY_SUFFIX",
              "looks for the end of an allowed domain in a decoded origin",
              "gateways",
              "LA20",
              alsoGrants((configured, origin) -> decoded(origin).endsWith("." + host(configured)))),
          mutant(
              "BACKSLASH",
              "ends a host at a backslash",
              "parsers that differ",
              "LA18 LA43",
              normalizes(origin -> origin.replaceFirst("\\\\.*", ""))),
          mutant(
              "ODD_CHARACTERS",
              "ends an origin at the first character that is in none",
              "parsers that differ; advanced CORS exploitation",
              "LA23 LA18 LA43",
              normalizes(origin -> origin.replaceFirst("(://[\\w.:\\[\\]-]+).*", "$1"))),
          mutant(
              "FIRST_OF_LIST",
              "takes the first of several origins",
              "Jetty, Pekko",
              "LA25 LA43 OR17",
              normalizes(origin -> origin.split("[ ,]+", 2)[0])),
          mutant(
              "LAST_OF_LIST",
              "takes the last of several origins",
              "hand-written parsers",
              "LA24 LA43 OR17",
              normalizes(origin -> origin.replaceFirst(".*[ ,]", ""))),
          mutant(
              "PARENT_DOMAIN",
              "allows the parent domain of an allowed origin",
              "whatever compares registrable domains",
              "LA05 LA43",
              alsoGrants(
                  (configured, origin) ->
                      scheme(origin).equals(scheme(configured))
                          && host(configured).endsWith("." + host(origin)))),
          mutant(
              "SUBDOMAINS",
              "allows the subdomains of an allowed origin",
              "suffixes with a dot",
              "LA04 LA43",
              alsoGrants(
                  (configured, origin) ->
                      scheme(origin).equals(scheme(configured))
                          && host(origin).endsWith("." + host(configured)))),
          mutant(
              "REPAIRS_PORT",
              "drops a port that is not a number",
              "whatever reads an origin with a lenient URL parser",
              "LA26 LA27 LA43 PA34",
              normalizes(origin -> origin.replaceFirst(":[^0-9/\\]]*$", ""))),
          mutant(
              "PORT_OVERFLOWS",
              "keeps sixteen bits of a port",
              "hand-written parsers",
              "LA28 LA43",
              normalizes(OriginMutants::withSixteenBits)),
          mutant(
              "STAR_IS_AN_ORIGIN",
              "takes a star in an origin for a wildcard",
              "whatever matches patterns both ways",
              "LA29 LA30 LA43 PA27",
              alsoGrants(
                  (configured, origin) ->
                      origin.contains("*")
                          && configured.matches(
                              ("\\Q" + origin + "\\E").replace("*", "\\E.*\\Q")))),
          mutant(
              "UNICODE",
              "maps letters beyond ASCII to those that they look like",
              "whatever normalizes hosts",
              "LA31 LA32 RO06",
              normalizes(OriginMutants::skeleton)),
          mutant(
              "SCHEME_OPTIONAL",
              "takes a host without a scheme for an origin",
              "rack-cors, hand-written filters",
              "LA33 LA34 LA43",
              normalizes(
                  origin ->
                      origin.contains("://") || origin.equals("null")
                          ? origin
                          : "https://" + origin.replaceFirst("^//", ""))),
          mutant(
              "REPAIRS_SLASHES",
              "repairs the slashes of an origin",
              "whatever reads an origin with a lenient URL parser",
              "LA37 LA38 LA43",
              normalizes(origin -> origin.replaceFirst("^(https?):/*", "$1://"))),
          mutant(
              "IGNORES_BRACKETS",
              "drops brackets around a host",
              "jub0bs/cors before 0.2",
              "LA40 LA43",
              normalizes(origin -> origin.replaceFirst("\\[([^:\\]]*)\\]", "$1"))),
          mutant(
              "NORMALIZES_ADDRESSES",
              "reads every spelling of an address",
              "whatever resolves hosts with InetAddress",
              "RO14",
              alsoGrants(OriginMutants::haveTheSameAddress)),
          mutant(
              "ORIGIN_WITH_QUOTES",
              "drops quotes and brackets around an origin",
              "lenient parsers",
              "RO02 LA43",
              normalizes(origin -> origin.replaceFirst("^[\"<](.*)[\">]$", "$1"))),
          mutant(
              "URI_HOST",
              "knows no host with an underscore",
              "whatever reads an origin with java.net.URI; Vert.x, Javalin",
              "OR12 PA03",
              refuses((configured, origin) -> !origin.equals("null") && !hasHost(origin))),
          mutant(
              "ONLY_WEB_SCHEMES",
              "knows no scheme but http and https",
              "Vert.x, Ktor",
              "OR10",
              refuses((configured, origin) -> !origin.matches("https?:.*|null"))),
          mutant(
              "NO_IPV6",
              "splits an origin at its colons",
              "hand-written parsers",
              "OR08",
              refuses((configured, origin) -> origin.split(":").length > 3)),
          mutant(
              "NO_PUNYCODE",
              "compares the letters of an international name",
              "whatever decodes punycode first",
              "OR11",
              normalizes(OriginMutants::inLetters)),
          mutant(
              "DROPS_PORT_IN_ANSWER",
              "sends an origin back without its port",
              "hand-written filters that put the value together again",
              "OR07 PA04",
              response(
                  call -> {
                    if (call.has("Access-Control-Allow-Origin")) {
                      call.set(
                          "Access-Control-Allow-Origin",
                          withoutPort(call.get("Access-Control-Allow-Origin")));
                    }
                  })),
          mutant(
              "FIRST_LISTED",
              "sends the first origin of the list to everybody",
              "Cloudfront functions, nginx snippets",
              "OR02",
              response(
                  call -> {
                    if (call.allowed()) {
                      call.set("Access-Control-Allow-Origin", call.server.origins().get(0));
                    }
                  })),
          mutant(
              "WHOLE_LIST",
              "sends the whole list of origins",
              "Apache httpd and nginx snippets",
              "OR01 OR06 OR23 OR24",
              response(
                  call -> {
                    if (call.allowed()) {
                      call.set(
                          "Access-Control-Allow-Origin", String.join(", ", call.server.origins()));
                    }
                  })),
          mutant(
              "TWO_LINES",
              "sends the origin twice",
              "two layers that both answer; flask-cors",
              "OR05 PF22",
              response(
                  call -> {
                    if (call.has("Access-Control-Allow-Origin")) {
                      call.add(
                          "Access-Control-Allow-Origin", call.get("Access-Control-Allow-Origin"));
                    }
                  })),
          mutant(
              "ONLY_GET",
              "answers for GET alone",
              "hand-written filters",
              "OR14 OR15",
              response(
                  call -> {
                    if (!call.preflight() && !call.exchange.getRequestMethod().equals("GET")) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "SINGLE_FOR_ALL",
              "sends a single origin's answer to every origin, under its own name",
              "hand-written filters",
              "OR16 PF16",
              response(
                  call -> {
                    if (call.refused() && call.has("Access-Control-Allow-Origin")) {
                      call.set("Access-Control-Allow-Origin", call.origin());
                    }
                  })),
          mutant(
              "FIRST_FIVE_HUNDRED",
              "knows the first five hundred origins",
              "a limit that nobody mentions",
              "OR25",
              refuses((configured, origin) -> configured.indexOf(origin) >= 500)));

  private OriginMutants() {}

  static String scheme(String origin) {
    return origin.contains("://") ? origin.substring(0, origin.indexOf("://")) : "";
  }

  /** What follows the scheme. */
  static String host(String origin) {
    return origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3);
  }

  private static String withoutPort(String origin) {
    return origin.replaceFirst(":([0-9]+|\\*)$", "");
  }

  private static String withoutDefaultPort(String origin) {
    return origin.replaceFirst("^(https://.*):443$", "$1").replaceFirst("^(http://.*):80$", "$1");
  }

  private static String withSixteenBits(String origin) {
    Matcher port = Pattern.compile("(.*:)([0-9]{1,9})").matcher(origin);
    return port.matches()
        ? withoutDefaultPort(port.group(1) + (Integer.parseInt(port.group(2)) & 0xFFFF))
        : origin;
  }

  /** Percent-encoded bytes as what they stand for; the rest as it is. */
  static String decoded(String origin) {
    return Pattern.compile("%([0-9a-fA-F]{2})")
        .matcher(origin)
        .replaceAll(
            octet ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(octet.group(1), 16))));
  }

  static boolean hasHost(String origin) {
    try {
      return new URI(origin).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** International labels in letters. */
  private static String inLetters(String origin) {
    try {
      return origin.contains("xn--")
          ? scheme(origin) + "://" + IDN.toUnicode(host(origin), IDN.ALLOW_UNASSIGNED)
          : origin;
    } catch (IllegalArgumentException e) {
      return origin;
    }
  }

  /** Letters without their accents, and Cyrillic ones as the Latin ones that look like them. */
  private static String skeleton(String origin) {
    byte[] bytes = origin.getBytes(StandardCharsets.ISO_8859_1);
    String utf8 = new String(bytes, StandardCharsets.UTF_8);
    String letters = inLetters(utf8.contains("\uFFFD") ? origin : utf8);
    String plain = Normalizer.normalize(letters, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    StringBuilder latin = new StringBuilder();
    for (char c : plain.toCharArray()) {
      int index = "\u0430\u0435\u043e\u0440\u0441\u0443\u0445".indexOf(c);
      latin.append(index < 0 ? c : "aeopcyx".charAt(index));
    }
    // What it does not know is left as it came.
    return latin.chars().allMatch(c -> c < 0x80) ? latin.toString() : origin;
  }

  private static boolean haveTheSameAddress(String configured, String origin) {
    Pattern parts = Pattern.compile("([a-z]+://)([0-9.]+|\\[[0-9a-f:.]+\\])(:[0-9]+)?");
    Matcher one = parts.matcher(configured);
    Matcher other = parts.matcher(origin);
    try {
      return one.matches()
          && other.matches()
          && one.group(1).equals(other.group(1))
          && String.valueOf(one.group(3)).equals(other.group(3))
          && InetAddress.getByName(one.group(2)).equals(InetAddress.getByName(other.group(2)));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

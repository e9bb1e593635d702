package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server's answers list already. A remedy keeps it: pasted instead of what is there, it
 * would otherwise take from other pages what they have.
 *
 * @param anyOrigin whether it sends {@code *}
 * @param origins that it sends, in the form in which browsers write them
 * @param methods that need a permission
 * @param requestHeaders in lower case
 * @param exposed names of response headers
 * @param anyMethod whether it allows every method without naming it
 * @param anyHeader whether it allows every request header without naming it
 * @param maxAge for how long browsers may keep its answers to preflights; {@code null} if it does
 *     not say
 */
public record ExistingGrant(
    boolean anyOrigin,
    List<String> origins,
    List<String> methods,
    List<String> requestHeaders,
    List<String> exposed,
    boolean anyMethod,
    boolean anyHeader,
    @Nullable Duration maxAge) {

  /** Nothing is known of what there is. */
  public static final ExistingGrant NOTHING =
      new ExistingGrant(false, List.of(), List.of(), List.of(), List.of(), false, false, null);

  /** More names are not repeated. */
  private static final int MAX_NAMES = 40;

  private static final int MAX_LENGTH = 100;

  private static final List<String> SAFELISTED =
      List.of("accept", "accept-language", "content-language");

  public ExistingGrant {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    requestHeaders = List.copyOf(requestHeaders);
    exposed = List.copyOf(exposed);
  }

  /** The same, and every request header. */
  ExistingGrant withAnyHeader() {
    return new ExistingGrant(
        anyOrigin, origins, methods, requestHeaders, exposed, anyMethod, true, maxAge);
  }

  /** Whether nothing is known of what there is. */
  public boolean isNothing() {
    return equals(NOTHING);
  }

  /** The same, and more origins, of which those count that a page can have. */
  ExistingGrant and(List<String> more) {
    List<String> all = both(origins, more.stream().filter(ExistingGrant::isOrigin).toList());
    return new ExistingGrant(
        anyOrigin, all, methods, requestHeaders, exposed, anyMethod, anyHeader, maxAge);
  }

  /** The same without the server's own origin, which no list needs. */
  public ExistingGrant without(String own) {
    return new ExistingGrant(
        anyOrigin,
        origins.stream().filter(origin -> !origin.equals(own)).toList(),
        methods,
        requestHeaders,
        exposed,
        anyMethod,
        anyHeader,
        maxAge);
  }

  /** What the answers of one server list, whatever is wrong with them besides. */
  public static ExistingGrant of(List<WireResponse> responses) {
    List<String> origins = names(responses, GrantHeaders.ALLOW_ORIGIN, name -> name);
    return new ExistingGrant(
        !origins.isEmpty() && origins.stream().allMatch("*"::equals),
        origins.stream().filter(ExistingGrant::isOrigin).toList(),
        names(responses, GrantHeaders.ALLOW_METHODS, name -> name).stream()
            .filter(name -> Bytes.isToken(name) && name.equals(name.toUpperCase(Locale.ROOT)))
            .filter(name -> !Methods.isSafelisted(name) && !Methods.isForbidden(name))
            .filter(name -> !name.equals("*") && !name.equals("OPTIONS"))
            .toList(),
        tokens(names(responses, GrantHeaders.ALLOW_HEADERS, Bytes::lowerCase)).stream()
            .filter(name -> !SAFELISTED.contains(name) && !name.startsWith("access-control-"))
            .toList(),
        tokens(names(responses, GrantHeaders.EXPOSE_HEADERS, name -> name)),
        false,
        false,
        null);
  }

  private static List<String> names(
      List<WireResponse> responses, String header, UnaryOperator<String> form) {
    return responses.stream()
        .flatMap(response -> response.headers().lines(header).stream())
        .flatMap(line -> Stream.of(line.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty() && name.length() <= MAX_LENGTH)
        .map(form)
        .distinct()
        .limit(MAX_NAMES)
        .toList();
  }

  private static List<String> tokens(List<String> names) {
    return names.stream().filter(name -> Bytes.isToken(name) && !name.equals("*")).toList();
  }

  /** A pattern, which the URL parser takes for a host, grants nothing to anybody. */
  private static boolean isOrigin(String value) {
    return !value.contains("*")
        && Url.parse(value)
            .filter(url -> url.isHttp() && url.origin().serialize().equals(value))
            .isPresent();
  }

  /** Two lists as one, each name once. */
  static List<String> both(List<String> first, List<String> second) {
    List<String> both = new ArrayList<>(first);
    second.stream().filter(name -> !both.contains(name)).forEach(both::add);
    return both;
  }
}

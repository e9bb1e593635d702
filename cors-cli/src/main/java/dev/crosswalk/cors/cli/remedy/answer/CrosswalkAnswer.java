package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.stream.Stream;

/**
 * The form of this library's answers to preflights. No header names it. Where a policy refuses an
 * origin, its answer is 403, has no content, none of the lists, and one line of {@code Vary} with
 * three names in this order, whatever the application or a compressing layer adds to that line.
 */
public final class CrosswalkAnswer {

  private static final String VARY =
      "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

  private static final List<String> OF_GRANTS =
      List.of(
          GrantHeaders.ALLOW_METHODS,
          GrantHeaders.ALLOW_HEADERS,
          GrantHeaders.ALLOW_CREDENTIALS,
          GrantHeaders.MAX_AGE,
          GrantHeaders.EXPOSE_HEADERS);

  private CrosswalkAnswer() {}

  /** Whether a preflight is refused like this. */
  public static boolean isRefusal(WireResponse answer) {
    Headers headers = answer.headers();
    return answer.status() == 403
        && isBare(answer)
        && OF_GRANTS.stream().noneMatch(headers::has)
        && !headers.get(GrantHeaders.ALLOW_ORIGIN).orElse("").equals("*");
  }

  /** Whether a preflight is answered like this where its origin is allowed. Others do so, too. */
  public static boolean isGrant(WireResponse answer) {
    return answer.status() == 204
        && isBare(answer)
        && answer.headers().lines(GrantHeaders.ALLOW_ORIGIN).size() == 1;
  }

  /** Whether an answer to another request does not exclude it: it varies, or names one origin. */
  public static boolean mayBeOf(WireResponse answer) {
    Headers headers = answer.headers();
    List<String> origins = headers.lines(GrantHeaders.ALLOW_ORIGIN);
    boolean varies = headers.lines("Vary").stream().anyMatch(line -> line.contains("Origin"));
    return (varies ? origins.size() <= 1 : origins.size() == 1)
        && origins.stream().allMatch(CrosswalkAnswer::isOfPage)
        && List.of("", "true").contains(headers.get(GrantHeaders.ALLOW_CREDENTIALS).orElse(""));
  }

  /** A policy sends no other value, as it is checked when it is built. */
  private static boolean isOfPage(String value) {
    return value.equals("null")
        || Url.parse(value)
            .filter(Url::isHttp)
            .filter(url -> url.origin().serialize().equals(value))
            .isPresent();
  }

  private static boolean isBare(WireResponse answer) {
    Headers headers = answer.headers();
    List<String> vary = headers.lines("Vary");
    return answer.body().length == 0
        && Stream.of("Content-Type", "Allow").noneMatch(headers::has)
        && vary.stream().filter(line -> line.contains(VARY)).count() == 1
        && vary.stream().filter(line -> Bytes.lowerCase(line).contains("access-control-")).count()
            == 1;
  }
}

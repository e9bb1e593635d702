package dev.crosswalk.cors.cli.remedy.error;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What to change where the name of a header is misspelled, so that browsers ignore it. Only the
 * header that a browser misses is a cause; the others are worth a warning.
 */
final class HeaderTypo {

  private HeaderTypo() {}

  /** Empty if no header of the response is a misspelling of the one that the browser misses. */
  static Optional<Remedy> of(WireResponse response, Cause refused, RequiredGrant grant) {
    return missed(refused).flatMap(missed -> of(response, missed, grant));
  }

  /** A name that is misspelled, and is not the cause; each in a sentence. */
  static List<String> warnings(WireResponse response, Optional<Cause> refused) {
    Optional<String> missed = refused.flatMap(HeaderTypo::missed);
    return Stream.concat(
            HeaderName.misspelled(response.headers()).stream(),
            HeaderName.shortened(response.headers()).stream())
        .filter(found -> !missed.equals(Optional.of(found.meant())))
        .map(
            found ->
                "Browsers do not know the header "
                    + Printable.printable(found.written())
                    + ", which is misspelled: "
                    + found.meant()
                    + " is meant. As it is, it has no effect.")
        .distinct()
        .toList();
  }

  private static Optional<String> missed(Cause refused) {
    return switch (refused) {
      case ACAO_MISSING -> Optional.of(GrantHeaders.ALLOW_ORIGIN);
      case ACAC_NOT_TRUE -> Optional.of(GrantHeaders.ALLOW_CREDENTIALS);
      case METHOD_NOT_ALLOWED -> Optional.of(GrantHeaders.ALLOW_METHODS);
      case HEADER_NOT_ALLOWED -> Optional.of(GrantHeaders.ALLOW_HEADERS);
      default -> Optional.empty();
    };
  }

  private static Optional<Remedy> of(WireResponse response, String missed, RequiredGrant grant) {
    if (response.headers().has(missed)) {
      return Optional.empty();
    }
    Optional<String> written =
        HeaderName.misspelled(response.headers()).stream()
            .filter(found -> found.meant().equals(missed))
            .map(HeaderName.Misspelled::written)
            .findFirst();
    if (written.filter(HeaderName::isFollowedBySpace).isPresent()) {
      return Optional.of(
          Remedy.of(
              "HEADER_TYPO",
              "The response ("
                  + response.status()
                  + ") has a space between "
                  + missed
                  + " and its colon. Chrome accepts that; Firefox does not know such a name.",
              List.of(
                  "Remove the space where the server sets the header: \"Name: value\" (RFC 9112,"
                      + " section 5.1). Proxies may refuse such a response altogether."),
              grant));
    }
    if (HeaderName.folded(response.head()).filter(isNamed(missed)).isPresent()) {
      return Optional.of(
          Remedy.of(
              "HEADER_TYPO",
              "The response ("
                  + response.status()
                  + ") has a space in front of "
                  + missed
                  + ", so browsers read the line as a part of the header before it.",
              List.of("Remove the space in front of the name where the server sets the header."),
              grant));
    }
    if (HeaderName.withoutColon(response.head()).filter(isNamed(missed)).isPresent()) {
      return Optional.of(
          Remedy.of(
              "HEADER_TYPO",
              "The response ("
                  + response.status()
                  + ") has the line "
                  + missed
                  + " without a colon and a value, which browsers pass over.",
              List.of(
                  "Write name and value into one string where the server sets the header. PHP's"
                      + " header() accepts \"Name: value\", and its second argument is not the"
                      + " value."),
              grant));
    }
    return written
        .map(name -> typo(response, name, missed, "it is misspelled", grant))
        .or(
            () ->
                HeaderName.shortened(response.headers()).stream()
                    .filter(found -> found.meant().equals(missed))
                    .map(HeaderName.Misspelled::written)
                    .findFirst()
                    .map(
                        name ->
                            typo(response, name, missed, "a part of the name is missing", grant)));
  }

  private static Predicate<String> isNamed(String name) {
    return found -> Bytes.equalIgnoringCase(found, name);
  }

  private static Remedy typo(
      WireResponse response, String name, String meant, String why, RequiredGrant grant) {
    return Remedy.of(
        "HEADER_TYPO",
        "The response ("
            + response.status()
            + ") has the header "
            + Printable.printable(name)
            + ", which browsers do not know because "
            + why
            + ". "
            + meant
            + " is meant.",
        List.of(
            "Correct the name where the server, or the proxy, sets it. Case does not"
                + " matter; every letter and every hyphen does."),
        grant);
  }
}

package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/** What to change where the name of a header is misspelled, so that browsers ignore it. */
final class HeaderTypo {

  private HeaderTypo() {}

  /** Empty if the name of each header is one that browsers read. */
  static Optional<Remedy> of(WireResponse response, RequiredGrant grant) {
    Optional<String> spaced =
        HeaderName.misspelled(response.headers()).filter(HeaderName::isFollowedBySpace);
    if (spaced.isPresent()) {
      return spaced.map(
          name ->
              Remedy.of(
                  "HEADER_TYPO",
                  "The response ("
                      + response.status()
                      + ") has a space between "
                      + name.stripTrailing()
                      + " and its colon. Chrome takes that; Firefox does not know such a name.",
                  List.of(
                      "Remove the space where the server sets the header: \"Name: value\" (RFC 9112,"
                          + " section 5.1). Proxies may refuse such a response altogether."),
                  grant));
    }
    Optional<String> folded = HeaderName.folded(response.head());
    if (folded.isPresent() && !response.headers().has(folded.get())) {
      return folded.map(
          name ->
              Remedy.of(
                  "HEADER_TYPO",
                  "The response ("
                      + response.status()
                      + ") has a space in front of "
                      + name
                      + ", so that browsers read the line as a part of the header before it.",
                  List.of(
                      "Remove the space in front of the name where the server sets the header."),
                  grant));
    }
    Optional<String> bare = HeaderName.withoutColon(response.head());
    if (bare.isPresent() && !response.headers().has(bare.get())) {
      return bare.map(
          name ->
              Remedy.of(
                  "HEADER_TYPO",
                  "The response ("
                      + response.status()
                      + ") has the line "
                      + Printable.printable(name)
                      + " without a colon and a value, which browsers pass over.",
                  List.of(
                      "Write name and value into one text where the server sets the header. PHP's header()"
                          + " takes \"Name: value\", and its second argument is not the value."),
                  grant));
    }
    return HeaderName.misspelled(response.headers())
        .map(name -> typo(response, name, HeaderName.meant(name), "it is misspelled", grant))
        .orElseGet(() -> shortened(response, grant));
  }

  private static Optional<Remedy> shortened(WireResponse response, RequiredGrant grant) {
    return response.headers().fields().stream()
        .map(Headers.Field::name)
        .filter(name -> HeaderName.meantByPart(name).isPresent())
        .findFirst()
        .flatMap(
            name ->
                typo(
                    response,
                    name,
                    HeaderName.meantByPart(name),
                    "a part of the name is missing",
                    grant));
  }

  private static Optional<Remedy> typo(
      WireResponse response, String name, Optional<String> meant, String why, RequiredGrant grant) {
    return meant
        .filter(known -> !response.headers().has(known))
        .map(
            known ->
                Remedy.of(
                    "HEADER_TYPO",
                    "The response ("
                        + response.status()
                        + ") has the header "
                        + Printable.printable(name)
                        + ", which browsers do not know because "
                        + why
                        + ". "
                        + known
                        + " is meant.",
                    List.of(
                        "Correct the name where the server, or the proxy, sets it. Case does not"
                            + " matter; every letter and every hyphen does."),
                    grant));
  }
}

package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.check.RootCause.Severity;
import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.layer.KnownLayer;
import dev.crosswalk.cors.cli.remedy.layer.LayerRemedy;
import dev.crosswalk.cors.tck.rules.LookAt;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The mistakes of a server that are not in the comparison of origins. What is said of them is in
 * the file {@code causes.txt}.
 */
enum ServerCause {
  PREFLIGHT_FOR_ANYBODY(Consequence::isForeignPreflight),
  ERRORS_FOR_ANYBODY(Consequence::isForeignError),
  HEAD_FOR_ANYBODY(
      (row, subject, profile) ->
          row.observations().stream().anyMatch(seen -> seen.request().method().equals("HEAD"))),
  STAR_WITH_CREDENTIALS(
      (row, subject, profile) ->
          row.rule().family().equals("Credentials")
              || row.observations().stream()
                  .anyMatch(seen -> OriginProbe.allowOrigin(seen).contains("*"))),
  NO_CREDENTIALS(Consequence::lacksCredentials),
  CREDENTIALS_NOT_TRUE(Consequence::lacksCredentials),
  NO_CREDENTIALS_ON_PREFLIGHTS(Consequence::lacksCredentials),
  ORIGIN_TWICE(Consequence::isAboutOrTwice),
  ORIGIN_LIST(Consequence::isAbout),
  ORIGIN_PATTERN(Consequence::isAbout),
  ORIGIN_OTHER(Consequence::isAboutOrConstant),
  CACHED_FOR_ANOTHER(Consequence::isAbout),
  PREFLIGHT_LOGIN(Consequence::isPreflight),
  PREFLIGHT_REDIRECTED(Consequence::isPreflight),
  PREFLIGHT_STATUS(Consequence::isPreflight),
  PREFLIGHT_NOT_NEEDED(Consequence::isPreflight),
  NO_HEADERS_ON_PREFLIGHTS(Consequence::isPreflight),
  STAR_IN_LISTS(
      (row, subject, profile) ->
          Consequence.asksForHeader(row, subject, profile)
              || Consequence.asksForMethod(row, subject, profile)
              || List.of("CR06", "CR07", "ME02", "RH02").contains(row.rule().id())),
  STAR_AND_AUTHORIZATION(Consequence::asksForHeader),
  MALFORMED_LIST(Consequence::isList),
  EXPOSES_STAR((row, subject, profile) -> row.rule().id().equals("CR08")),
  ANY_HEADER((row, subject, profile) -> row.rule().family().equals("RequestHeader")),
  ANY_METHOD((row, subject, profile) -> row.rule().family().equals("Method")),
  MISSPELLED_NAME(Consequence::isOfMisspelledName),
  MISSPELLED_OPTION(Consequence::isOfMisspelledName),
  NO_VARY(Consequence::lacksVary),
  NO_VARY_ON_ERRORS(Consequence::lacksVary),
  VARY_WITH_ORIGIN_ALONE(Consequence::lacksVary),
  NO_VARY_FOR_OTHERS(Consequence::lacksVary),
  HEADERS_BY_CASE(Consequence::asksForHeader),
  HEADERS_AS_ONE_TEXT(Consequence::asksForHeader),
  HEADER_REFUSED(Consequence::asksForHeader),
  METHOD_IN_LOWER_CASE(Consequence::asksForMethod),
  METHOD_REFUSED(Consequence::asksForMethod),
  ORIGIN_REFUSED(Consequence::isAbout),
  ERROR_WITHOUT_HEADERS(Consequence::isAboutOrFails),
  NO_HEADERS_ON_RESPONSES(Consequence::isAbout),
  NO_HEADERS(Consequence::isAbout),
  PATTERN_IN_PART(Consequence::isAbout),
  REFUSES_REQUESTS(Consequence::isRefusedRequest),
  NO_HEADERS_ON_HEAD(
      (row, subject, profile) ->
          row.observations().stream().anyMatch(seen -> seen.request().method().equals("HEAD"))),
  NO_HEADERS_ON_ERRORS(
      (row, subject, profile) ->
          row.rule().family().equals("Error") || row.rule().lookAt().equals(LookAt.ERROR_HOOK));

  /** Of these causes the answer itself may tell which layer it is. */
  private static final Set<ServerCause> OF_A_LAYER =
      EnumSet.of(
          ORIGIN_TWICE,
          PREFLIGHT_LOGIN,
          PREFLIGHT_STATUS,
          NO_HEADERS_ON_PREFLIGHTS,
          NO_HEADERS,
          ERROR_WITHOUT_HEADERS,
          NO_HEADERS_ON_ERRORS);

  private final String sentence;
  private final Severity severity;
  private final List<String> exploit;
  private final String remedy;
  private final Consequence explains;

  ServerCause(Consequence explains) {
    Facts.Block said = Said.of(name());
    this.sentence = said.value("cause").orElseThrow();
    this.severity = Severity.valueOf(said.head().get(1).toUpperCase(Locale.ROOT));
    this.exploit = said.values("step");
    this.remedy = said.value("remedy").orElseThrow();
    this.explains = explains;
  }

  /** The file, which is read before the first cause is made. */
  private static final class Said {
    private static final List<Facts.Block> ALL = Facts.blocks(ServerCause.class, "causes.txt");

    static Facts.Block of(String name) {
      return ALL.stream().filter(block -> block.code().equals(name)).findFirst().orElseThrow();
    }
  }

  /** As it is at a server. */
  RootCause cause(Profile profile, String url, Observation proof, Subject subject) {
    return new RootCause(
        RootCause.id(this),
        sentence,
        severity == Severity.SECURITY && !OriginProbe.allowsCredentials(proof)
            ? Severity.NOTE
            : severity,
        List.of(proof),
        List.of(
            proof.request().method()
                + " "
                + proof.request().url()
                + " from "
                + (proof.origin().isEmpty() ? "no origin" : proof.origin())
                + (subject.equals(Subject.NONE) ? "" : ", for " + subject)
                + ": "
                + proof.response().status()),
        exploit.stream().map(line -> line.replace("%s", url)).toList(),
        remedy(proof),
        row -> explains.test(row, subject, profile));
  }

  private String remedy(Observation proof) {
    WireResponse response = proof.response();
    if (this == ORIGIN_REFUSED && response.status() >= 500) {
      return RootCause.unended(LayerRemedy.whyItFails(response).get(0));
    }
    if (this == METHOD_REFUSED || this == HEADER_REFUSED || this == ORIGIN_REFUSED) {
      return (proof.isPreflight() ? KnownLayer.ofPreflight(response) : KnownLayer.of(response))
          .flatMap(this::list)
          .map(list -> "add it to " + list)
          .orElse(remedy);
    }
    return OF_A_LAYER.contains(this) ? RootCause.withLayer(remedy, proof) : remedy;
  }

  /** Where a CORS layer has the list on which something is missing; empty if it is not a list. */
  Optional<String> list(KnownLayer layer) {
    return switch (this) {
      case ORIGIN_REFUSED, ORIGIN_OTHER, PATTERN_IN_PART -> Optional.of(layer.origins());
      case METHOD_REFUSED -> layer.methods();
      case HEADER_REFUSED -> layer.headers();
      default -> Optional.empty();
    };
  }

  /** The header that is missing; empty if it is another mistake. */
  Optional<String> missed() {
    return switch (this) {
      case ORIGIN_REFUSED,
          NO_HEADERS,
          NO_HEADERS_ON_RESPONSES,
          NO_HEADERS_ON_PREFLIGHTS,
          NO_HEADERS_ON_HEAD,
          NO_HEADERS_ON_ERRORS,
          ERROR_WITHOUT_HEADERS ->
          Optional.of(GrantHeaders.ALLOW_ORIGIN);
      case NO_CREDENTIALS, NO_CREDENTIALS_ON_PREFLIGHTS ->
          Optional.of(GrantHeaders.ALLOW_CREDENTIALS);
      case METHOD_REFUSED -> Optional.of(GrantHeaders.ALLOW_METHODS);
      case HEADER_REFUSED -> Optional.of(GrantHeaders.ALLOW_HEADERS);
      default -> Optional.empty();
    };
  }

  /** Why an origin may not read that is meant to. */
  static ServerCause ofRefused(Observation seen) {
    List<String> lines = OriginProbe.allowOrigin(seen);
    if (lines.size() > 1) {
      return ORIGIN_TWICE;
    }
    String value = lines.isEmpty() ? "" : lines.get(0);
    if (value.isEmpty()) {
      return ORIGIN_REFUSED;
    }
    if (value.matches("(?>.*?://)(?>[^, ]*[, ]).*://.*")) {
      return ORIGIN_LIST;
    }
    if (value.contains("*")) {
      return ORIGIN_PATTERN;
    }
    ResponseSigns signs = new ResponseSigns(seen.response());
    return value.contains("://")
            && !value.endsWith("/")
            && (signs.isCacheHit() || seen.response().headers().has("Age"))
        ? CACHED_FOR_ANOTHER
        : ORIGIN_OTHER;
  }

  /** Why a preflight of an allowed origin fails with that status. */
  static ServerCause ofStatus(int status) {
    if (status == 401 || status == 407) {
      return PREFLIGHT_LOGIN;
    }
    return WireResponse.isRedirectStatus(status) ? PREFLIGHT_REDIRECTED : PREFLIGHT_STATUS;
  }
}

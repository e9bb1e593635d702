package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.tck.rules.LookAt;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;

/** Whether a broken rule follows from a mistake, as what the rule asked for shows. */
interface Consequence {

  /**
   * @param what the origin, the header or the method that the mistake is about; empty if none
   */
  boolean test(Report.Row row, String what, Profile profile);

  static boolean isForeignPreflight(Report.Row row, String what, Profile profile) {
    return row.observations().stream()
        .anyMatch(
            seen ->
                seen.isPreflight()
                    && OriginProbe.isGranted(seen)
                    && !profile.allowedOrigins().contains(seen.origin()));
  }

  /** Whether requests of other origins fail, and none of them is granted. */
  static boolean isRefusedRequest(Report.Row row, String what, Profile profile) {
    List<Observation> ofOthers =
        row.observations().stream()
            .filter(seen -> !seen.origin().isEmpty())
            .filter(seen -> !profile.allowedOrigins().contains(seen.origin()))
            .toList();
    return !row.rule().family().equals("Error")
        && ofOthers.stream().anyMatch(seen -> seen.response().status() >= 400)
        && ofOthers.stream().noneMatch(OriginProbe::isGranted);
  }

  static boolean isForeignError(Report.Row row, String what, Profile profile) {
    return row.observations().stream()
        .anyMatch(
            seen ->
                seen.response().status() >= 400
                    && OriginProbe.isGranted(seen)
                    && !profile.allowedOrigins().contains(seen.origin()));
  }

  static boolean lacksCredentials(Report.Row row, String what, Profile profile) {
    return row.observations().stream()
        .anyMatch(
            seen ->
                profile.allowedOrigins().contains(seen.origin())
                    && OriginProbe.isGranted(seen)
                    && !OriginProbe.allowsCredentials(seen));
  }

  /** Whether it is about the origin that was refused. */
  static boolean isAbout(Report.Row row, String what, Profile profile) {
    return row.observations().stream().anyMatch(seen -> seen.origin().equals(what));
  }

  static boolean isPreflight(Report.Row row, String what, Profile profile) {
    return row.observations().stream()
        .filter(Observation::isPreflight)
        .anyMatch(
            seen ->
                seen.response().status() >= 500
                    || profile.allowedOrigins().contains(seen.origin()));
  }

  static boolean lacksVary(Report.Row row, String what, Profile profile) {
    return (row.rule().family().equals("Cache") || row.rule().lookAt().equals(LookAt.VARY))
        && row.observations().stream().anyMatch(seen -> !OriginProbe.variesByOrigin(seen));
  }

  static boolean asksForHeader(Report.Row row, String what, Profile profile) {
    return asks(row, "Access-Control-Request-Headers", what);
  }

  static boolean asksForMethod(Report.Row row, String what, Profile profile) {
    return asks(row, "Access-Control-Request-Method", what);
  }

  /** Whether a preflight of the rule asks for one of these. */
  private static boolean asks(Report.Row row, String header, String what) {
    List<String> wanted = List.of(Bytes.lowerCase(what).split(", "));
    return row.observations().stream()
        .filter(Observation::isPreflight)
        .flatMap(seen -> seen.request().headers().split(header).orElse(List.of()).stream())
        .anyMatch(name -> wanted.contains(Bytes.lowerCase(name)));
  }

  /** Whether it is about an origin, or gets the one value that everybody gets. */
  static boolean isAboutOrConstant(Report.Row row, String what, Profile profile) {
    return isAbout(row, what, profile)
        || row.rule().family().equals("LookAlike")
            && row.observations().stream()
                .anyMatch(
                    seen ->
                        OriginProbe.isGranted(seen)
                            && seen.origin().replaceFirst("/$", "").equals(what));
  }

  /** Whether it is about a list that no browser can read. */
  static boolean isList(Report.Row row, String what, Profile profile) {
    return List.of("RH17", "ME10").contains(row.rule().id())
        || asksForHeader(row, what, profile)
        || asksForMethod(row, what, profile);
  }

  /** Whether it is about what a header would do if its name, the first word, were spelled right. */
  static boolean isOfMisspelledName(Report.Row row, String what, Profile profile) {
    String name = what.split(", where ", 2)[0];
    String family = row.rule().family();
    String meant = HeaderName.meant(name).or(() -> HeaderName.meantByPart(name)).orElse("");
    boolean about =
        switch (meant) {
          case GrantHeaders.ALLOW_ORIGIN -> true;
          case GrantHeaders.ALLOW_METHODS -> family.equals("Method");
          case GrantHeaders.ALLOW_HEADERS -> family.equals("RequestHeader");
          case GrantHeaders.ALLOW_CREDENTIALS -> family.equals("Credentials");
          default -> false;
        };
    return about
        && row.observations().stream().anyMatch(seen -> seen.response().headers().has(name));
  }
}

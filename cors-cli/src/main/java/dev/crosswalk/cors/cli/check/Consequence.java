package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.tck.rules.LookAt;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import java.util.List;

/** Whether a broken rule follows from a mistake, as what the rule asked for shows. */
interface Consequence {

  boolean test(Report.Row row, Subject subject, Profile profile);

  static boolean isForeignPreflight(Report.Row row, Subject subject, Profile profile) {
    return row.observations().stream()
        .anyMatch(
            seen ->
                seen.isPreflight()
                    && OriginProbe.isGranted(seen)
                    && !profile.allowedOrigins().contains(seen.origin()));
  }

  /** Whether requests of other origins fail, and none of them is granted. */
  static boolean isRefusedRequest(Report.Row row, Subject subject, Profile profile) {
    List<Observation> ofOthers =
        row.observations().stream()
            .filter(seen -> !seen.origin().isEmpty())
            .filter(seen -> !profile.allowedOrigins().contains(seen.origin()))
            .toList();
    return !row.rule().family().equals("Error")
        && ofOthers.stream().anyMatch(seen -> seen.response().status() >= 400)
        && ofOthers.stream().noneMatch(OriginProbe::isGranted);
  }

  static boolean isForeignError(Report.Row row, Subject subject, Profile profile) {
    return row.observations().stream()
        .anyMatch(
            seen ->
                seen.response().status() >= 400
                    && OriginProbe.isGranted(seen)
                    && !profile.allowedOrigins().contains(seen.origin()));
  }

  static boolean lacksCredentials(Report.Row row, Subject subject, Profile profile) {
    return row.observations().stream()
        .anyMatch(
            seen ->
                profile.allowedOrigins().contains(seen.origin())
                    && OriginProbe.isGranted(seen)
                    && !OriginProbe.allowsCredentials(seen));
  }

  /** Whether it is about the origin that was refused. */
  static boolean isAbout(Report.Row row, Subject subject, Profile profile) {
    return row.observations().stream().anyMatch(seen -> subject.isOrigin(seen.origin()));
  }

  /** Whether it is about an origin, or about a failure, which is not of the origin. */
  static boolean isAboutOrFails(Report.Row row, Subject subject, Profile profile) {
    return isAbout(row, subject, profile)
        || row.observations().stream().anyMatch(seen -> seen.response().status() >= 500);
  }

  /** Whether it is about an origin, or about what nobody may read, as it has two values. */
  static boolean isAboutOrTwice(Report.Row row, Subject subject, Profile profile) {
    return isAbout(row, subject, profile)
        || row.observations().stream().anyMatch(seen -> OriginProbe.allowOrigin(seen).size() > 1);
  }

  static boolean isPreflight(Report.Row row, Subject subject, Profile profile) {
    return row.observations().stream()
        .filter(Observation::isPreflight)
        .anyMatch(
            seen ->
                seen.response().status() >= 500
                    || profile.allowedOrigins().contains(seen.origin()));
  }

  static boolean lacksVary(Report.Row row, Subject subject, Profile profile) {
    return (row.rule().family().equals("Cache") || row.rule().lookAt().equals(LookAt.VARY))
        && row.observations().stream().anyMatch(seen -> !OriginProbe.variesByOrigin(seen));
  }

  static boolean asksForHeader(Report.Row row, Subject subject, Profile profile) {
    return asks(row, "Access-Control-Request-Headers", subject);
  }

  static boolean asksForMethod(Report.Row row, Subject subject, Profile profile) {
    return asks(row, "Access-Control-Request-Method", subject);
  }

  /** Whether a preflight of the rule asks for one of these. */
  private static boolean asks(Report.Row row, String header, Subject subject) {
    return row.observations().stream()
        .filter(Observation::isPreflight)
        .flatMap(seen -> seen.request().headers().split(header).orElse(List.of()).stream())
        .anyMatch(subject::has);
  }

  /** Whether it is about an origin, or gets the one value that everybody gets. */
  static boolean isAboutOrConstant(Report.Row row, Subject subject, Profile profile) {
    return isAbout(row, subject, profile)
        || row.rule().family().equals("LookAlike")
            && row.observations().stream()
                .anyMatch(
                    seen ->
                        OriginProbe.isGranted(seen)
                            && subject.isOrigin(seen.origin().replaceFirst("/$", "")));
  }

  /** Whether it is about a list that no browser can read. */
  static boolean isList(Report.Row row, Subject subject, Profile profile) {
    return List.of("RH17", "ME10").contains(row.rule().id())
        || asksForHeader(row, subject, profile)
        || asksForMethod(row, subject, profile);
  }

  /** Whether it is about what a header would do if its name were spelled right. */
  static boolean isOfMisspelledName(Report.Row row, Subject subject, Profile profile) {
    HeaderName.Misspelled typo = subject.typo().orElseThrow();
    String family = row.rule().family();
    boolean about =
        switch (typo.meant()) {
          case GrantHeaders.ALLOW_ORIGIN -> true;
          case GrantHeaders.ALLOW_METHODS -> family.equals("Method");
          case GrantHeaders.ALLOW_HEADERS -> family.equals("RequestHeader");
          case GrantHeaders.ALLOW_CREDENTIALS -> family.equals("Credentials");
          default -> false;
        };
    return about
        && row.observations().stream()
            .anyMatch(seen -> seen.response().headers().has(typo.written()));
  }
}

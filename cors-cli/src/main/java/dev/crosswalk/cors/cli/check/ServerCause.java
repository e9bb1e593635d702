package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.check.RootCause.Severity;
import dev.crosswalk.cors.tck.rules.LookAt;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;

/** The mistakes of a server that are not in the comparison of origins. */
enum ServerCause {
  PREFLIGHT_FOR_ANYBODY(
      "grants preflights of any origin",
      Severity.SECURITY,
      List.of(
          "Anybody puts a page on a site of the web.",
          "A user opens that page; its script sends a request with any permitted method and header"
              + " to %s.",
          "The browser asks first, is told yes, and sends it; the script cannot read the answer,"
              + " but what the request does is done."),
      "judge the origin of a preflight as that of every other request",
      ServerCause::isForeignPreflight),
  NO_VARY(
      "no Vary, so a shared cache may mix",
      Severity.DEFECT,
      List.of(
          "A page of one origin gets %s, and a cache keeps the response with that origin in it.",
          "A page of another allowed origin gets the same response from the cache.",
          "Its browser blocks it, for as long as the cache keeps it."),
      "add Vary: Origin to every response of this URL, whether there is an Origin or not",
      ServerCause::lacksVary),
  NO_VARY_ON_ERRORS(
      "no Vary on errors, so a shared cache may mix",
      Severity.DEFECT,
      List.of(
          "A page of one origin asks for what is not there, beside %s, and a cache keeps the"
              + " error.",
          "A page of another allowed origin gets the same error from the cache.",
          "Its browser hides the status, and says \"blocked by CORS policy\"."),
      "add Vary: Origin to errors, too",
      ServerCause::lacksVary),
  VARY_WITH_ORIGIN_ALONE(
      "no Vary where there is no Origin, so a shared cache may mix",
      Severity.DEFECT,
      List.of(
          "Somebody gets %s without Origin, as a link or an image does, and a cache keeps it.",
          "A page of an allowed origin gets the same response from the cache, without CORS"
              + " headers.",
          "Its browser blocks it, for as long as the cache keeps it."),
      "add Vary: Origin to every response of this URL, whether there is an Origin or not",
      ServerCause::lacksVary),
  HEADERS_BY_CASE(
      "compares the names of headers by case",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sets the header to a request for %s.",
          "Browsers write its name in lower case when they ask first, and the server says no.",
          "The request is never sent."),
      "compare the names of headers without case, as HTTP does",
      ServerCause::asksForHeader),
  HEADERS_AS_ONE_TEXT(
      "compares the list of headers as one text",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sets two headers to a request for %s.",
          "Each alone is permitted, and both together are not.", "The request is never sent."),
      "split Access-Control-Request-Headers at its commas, and judge each name",
      ServerCause::asksForHeader),
  HEADER_REFUSED(
      "refuses a header that is meant to be allowed",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sets the header to a request for %s.",
          "The browser asks first, and the server does not permit it.",
          "The request is never sent."),
      "add the header to the allowed ones",
      ServerCause::asksForHeader),
  METHOD_IN_LOWER_CASE(
      "knows a method in lower case alone",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends the method to %s.",
          "The browser asks for it in upper case, and the server does not permit it.",
          "The request is never sent."),
      "write methods in upper case",
      ServerCause::asksForMethod),
  METHOD_REFUSED(
      "refuses a method that is meant to be allowed",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends the method to %s.",
          "The browser asks first, and the server does not permit it.",
          "The request is never sent."),
      "add the method to the allowed ones",
      ServerCause::asksForMethod),
  ORIGIN_REFUSED(
      "refuses an origin that is meant to be allowed",
      Severity.DEFECT,
      List.of(
          "A page of that origin asks for %s.",
          "The browser gets the response, and the script does not.",
          "The page does not work, and its console says \"blocked by CORS policy\"."),
      "add the origin to the allowed ones; compare it as browsers write it",
      (row, what, profile) ->
          row.observations().stream().anyMatch(seen -> seen.origin().equals(what))),
  PATTERN_IN_PART(
      "refuses an origin that a declared pattern includes",
      Severity.NOTE,
      List.of(
          "A page of that origin asks for %s.",
          "The server knows fewer names than the pattern that was declared.",
          "If there are such pages they do not work; if not, nothing is wrong."),
      "let the pattern have more labels, underscores and ports, or declare less",
      (row, what, profile) ->
          row.observations().stream().anyMatch(seen -> seen.origin().equals(what))),
  REFUSES_REQUESTS(
      "answers 4xx to the requests of a refused origin",
      Severity.NOTE,
      List.of(
          "A page of the server's own asks for %s, and its browser sends an Origin, as with POST.",
          "Behind a proxy that changes the host or the scheme, that origin looks like another's.",
          "The server refuses what it would answer to a link or a program."),
      "answer as without an Origin, and leave the headers of CORS out: the browser then refuses the"
          + " script alone; or tell the server its own origin",
      (row, what, profile) ->
          row.observations().stream()
              .anyMatch(
                  seen ->
                      !seen.isPreflight()
                          && seen.response().status() >= 400
                          && profile.refusedOrigins().contains(seen.origin()))),
  NO_HEADERS_ON_HEAD(
      "headers missing on HEAD",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks by HEAD whether there is %s.",
          "The server writes its headers for GET alone.",
          "The browser hides the response, and the script sees a failure."),
      "write the headers to every response, whatever the method",
      (row, what, profile) ->
          row.observations().stream().anyMatch(seen -> seen.request().method().equals("HEAD"))),
  NO_HEADERS_ON_ERRORS(
      "headers missing on errors",
      Severity.NOTE,
      List.of(
          "A page of an allowed origin asks for what is not there, beside %s.",
          "Its browser hides the status, and says \"blocked by CORS policy\".",
          "People then look for the mistake in the wrong place."),
      "write the headers to responses that no handler made: 404, 405, 401, exceptions",
      (row, what, profile) ->
          row.rule().family().equals("Error") || row.rule().lookAt().equals(LookAt.ERROR_HOOK));

  private final String sentence;
  private final Severity severity;
  private final List<String> exploit;
  private final String remedy;
  private final Explanation explains;

  ServerCause(
      String sentence,
      Severity severity,
      List<String> exploit,
      String remedy,
      Explanation explains) {
    this.sentence = sentence;
    this.severity = severity;
    this.exploit = exploit;
    this.remedy = remedy;
    this.explains = explains;
  }

  /**
   * As it is at a server.
   *
   * @param what the header or the method that it is about; empty if there is none
   */
  RootCause cause(Profile profile, String url, Observation proof, String what) {
    return new RootCause(
        sentence,
        proof.isPreflight() && this == PREFLIGHT_FOR_ANYBODY && !hasCredentials(proof)
            ? Severity.NOTE
            : severity,
        List.of(proof),
        List.of(
            proof.request().method()
                + " "
                + proof.request().url()
                + " from "
                + (proof.origin().isEmpty() ? "no origin" : proof.origin())
                + (what.isEmpty() ? "" : ", for " + what)
                + ": "
                + proof.response().status()),
        exploit.stream().map(line -> line.replace("%s", url)).toList(),
        remedy,
        row -> explains.test(row, what, profile));
  }

  private interface Explanation {
    boolean test(Report.Row row, String what, Profile profile);
  }

  private static boolean hasCredentials(Observation seen) {
    return seen.response().headers().has("Access-Control-Allow-Credentials");
  }

  private static boolean isForeignPreflight(Report.Row row, String what, Profile profile) {
    return row.observations().stream()
        .anyMatch(
            seen ->
                seen.isPreflight()
                    && OriginProbe.isGranted(seen)
                    && profile.refusedOrigins().contains(seen.origin()));
  }

  private static boolean lacksVary(Report.Row row, String what, Profile profile) {
    return (row.rule().family().equals("Cache") || row.rule().lookAt().equals(LookAt.VARY))
        && row.observations().stream().anyMatch(seen -> !OriginProbe.variesByOrigin(seen));
  }

  private static boolean asksForHeader(Report.Row row, String what, Profile profile) {
    return asks(row, "Access-Control-Request-Headers", what);
  }

  private static boolean asksForMethod(Report.Row row, String what, Profile profile) {
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
}

package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.check.RootCause.Severity;
import dev.crosswalk.cors.cli.remedy.ResponseSigns;
import dev.crosswalk.cors.tck.rules.LookAt;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The mistakes of a server that are not in the comparison of origins. */
enum ServerCause {
  PREFLIGHT_FOR_ANYBODY(
      "grants preflights of any origin",
      Severity.SECURITY,
      List.of(
          "Somebody puts a page on the web.",
          "A user opens that page; its script sends a request with any permitted method and header"
              + " to %s.",
          "The browser asks first, gets a yes, and sends it. The script cannot read the answer,"
              + " but the request has had its effect."),
      "judge the origin of a preflight like that of every other request",
      Consequence::isForeignPreflight),
  ERRORS_FOR_ANYBODY(
      "grants errors to any origin",
      Severity.SECURITY,
      List.of(
          "Somebody puts a page on the web.",
          "A user who is logged in opens that page; its script asks for a path that fails,"
              + " next to %s, with credentials.",
          "The script reads the error that is meant only for that user, and learns what exists"
              + " and what does not."),
      "judge the origin of a request that fails like that of every other request",
      Consequence::isForeignError),
  STAR_WITH_CREDENTIALS(
      "* cannot be used with credentials: browsers refuse such a response",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks for %s with credentials.",
          "The answer is for everybody (*), and no browser gives that to a script that sent"
              + " credentials.",
          "The page does not work for signed-in users. Without credentials any page reads it."),
      "send back the origin if it is an allowed one, with Vary: Origin; or, if the data is public,"
          + " send no Access-Control-Allow-Credentials, and ask without credentials",
      (row, what, profile) ->
          row.rule().family().equals("Credentials")
              || row.observations().stream()
                  .anyMatch(seen -> OriginProbe.allowOrigin(seen).contains("*"))),
  NO_CREDENTIALS(
      "does not allow credentials: there is no Access-Control-Allow-Credentials",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks for %s with credentials.",
          "The browser gets the response, and does not give it to the script.",
          "The page does not work for signed-in users."),
      "send Access-Control-Allow-Credentials: true to allowed origins, on preflights and on all"
          + " other responses",
      Consequence::lacksCredentials),
  CREDENTIALS_NOT_TRUE(
      "does not allow credentials: Access-Control-Allow-Credentials is not exactly \"true\"",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks for %s with credentials.",
          "Browsers compare the header byte for byte with true, in lower case and once.",
          "The browser does not give the response to the script."),
      "send Access-Control-Allow-Credentials: true, or no such header",
      Consequence::lacksCredentials),
  NO_CREDENTIALS_ON_PREFLIGHTS(
      "does not allow credentials on preflights",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends a request with credentials to %s, for which the"
              + " browser asks first.",
          "The answer to that question does not allow credentials.", "The request is never sent."),
      "send Access-Control-Allow-Credentials: true on preflights, too",
      Consequence::lacksCredentials),
  ORIGIN_TWICE(
      "sends Access-Control-Allow-Origin twice",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks for %s.",
          "Two layers write the header, such as a proxy and the application.",
          "Browsers treat two values as no permission, and block the response."),
      "write the CORS headers in one layer, and remove them from the other",
      Consequence::isAbout),
  ORIGIN_LIST(
      "sends a list of origins, which browsers treat as no permission",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks for %s.",
          "Access-Control-Allow-Origin has one value, and the answer has several.",
          "The browser blocks the response."),
      "send back the one origin that asks, if it is an allowed one, with Vary: Origin",
      Consequence::isAbout),
  ORIGIN_PATTERN(
      "sends a pattern, which browsers compare as it is written",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks for %s.",
          "Access-Control-Allow-Origin is one origin or a single *; a * within a value has no"
              + " meaning.",
          "The browser blocks the response."),
      "match the pattern in the server, and send back the origin that asks, with Vary: Origin",
      Consequence::isAbout),
  ORIGIN_OTHER(
      "sends another origin than the one that asks",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks for %s.",
          "The browser compares Access-Control-Allow-Origin with the origin of the page, byte for"
              + " byte, and they differ.",
          "It blocks the response."),
      "send back the Origin header as it came, if it is an allowed one: with its scheme and port,"
          + " without a path, a slash or quotes",
      Consequence::isAboutOrConstant),
  CACHED_FOR_ANOTHER(
      "a cache gives one origin what it has kept for another",
      Severity.DEFECT,
      List.of(
          "A page of an allowed origin asks for %s.",
          "A cache in front answers (its headers Age, X-Cache or Via show it), with the origin of"
              + " the page that asked before.",
          "The browser blocks it, for as long as the cache keeps it."),
      "send Vary: Origin on every response of this URL, let the cache keep origins apart, and empty"
          + " it",
      Consequence::isAbout),
  PREFLIGHT_LOGIN(
      "asks for a login before it answers preflights",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends a request to %s, for which the browser asks first.",
          "Preflights carry no credentials, so the server treats them as strangers.",
          "The browser stops at any status other than 200 to 299, and the request is never sent."),
      "answer preflights before authentication",
      Consequence::isPreflight),
  PREFLIGHT_REDIRECTED(
      "redirects preflights",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends a request to %s, for which the browser asks first.",
          "No browser follows the redirect of a preflight.", "The request is never sent."),
      "answer preflights at this URL, or let scripts use the one that it leads to",
      Consequence::isPreflight),
  PREFLIGHT_STATUS(
      "answers preflights with an error: browsers need a status from 200 to 299",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends a request to %s, for which the browser asks first.",
          "The browser stops at any status other than 200 to 299.", "The request is never sent."),
      "answer OPTIONS with Access-Control-Request-Method by 204, before anything can refuse it",
      Consequence::isPreflight),
  PREFLIGHT_NOT_NEEDED(
      "answers preflights with an error, and nothing that was declared needs one",
      Severity.NOTE,
      List.of(
          "A script of any page reads %s by GET, and the browser does not ask first.",
          "With another method, or a header such as Authorization, it would ask first, and stop."),
      "if scripts are meant to use more, say so by --method or --header, and answer OPTIONS by 204",
      Consequence::isPreflight),
  NO_HEADERS_ON_PREFLIGHTS(
      "headers missing on preflights",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends a request to %s, for which the browser asks first.",
          "The answer does not have the origin that asks in Access-Control-Allow-Origin.",
          "The request is never sent."),
      "write the CORS headers to the answers to OPTIONS, too",
      Consequence::isPreflight),
  STAR_IN_LISTS(
      "lists * where there are credentials: there it is a name like any other",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends a request with credentials to %s.",
          "With credentials, * permits the method or the header that is called *, and no other.",
          "The request is never sent."),
      "list the methods and the headers by name",
      (row, what, profile) ->
          Consequence.asksForHeader(row, what, profile)
              || Consequence.asksForMethod(row, what, profile)
              || List.of("CR06", "CR07", "ME02", "RH02").contains(row.rule().id())),
  STAR_AND_AUTHORIZATION(
      "lists * for headers, which does not cover Authorization by the standard",
      Severity.NOTE,
      List.of(
          "A script of an allowed origin sends Authorization to %s.",
          "By the standard * covers every header but that one.",
          "Browsers still let it pass, and Firefox warns that it will not."),
      "list Authorization by name, beside the others",
      Consequence::asksForHeader),
  MALFORMED_LIST(
      "sends a list of methods or headers that no browser can read",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sends a request to %s, for which the browser asks first.",
          "The list has something else between its names than commas, or quotation marks or brackets"
              + " around them.",
          "The browser finds no permission in it, and the request is never sent."),
      "separate the names by commas, and write nothing around them",
      Consequence::isList),
  EXPOSES_STAR(
      "exposes * where there are credentials: there it is a name like any other",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin asks for %s with credentials.",
          "With credentials, * exposes the header that is called *, and no other.",
          "The script does not see the headers."),
      "list the exposed headers by name",
      (row, what, profile) -> row.rule().id().equals("CR08")),
  ANY_HEADER(
      "permits any request header",
      Severity.NOTE,
      List.of(
          "A script of an allowed origin sets any header on a request for %s.",
          "Only allowed origins can do so.",
          "Headers that a proxy or the application trusts may be among them."),
      "list the headers that scripts need",
      (row, what, profile) -> row.rule().family().equals("RequestHeader")),
  ANY_METHOD(
      "permits any method",
      Severity.NOTE,
      List.of(
          "A script of an allowed origin uses any method on %s.",
          "Only allowed origins can do so.", "Methods that nobody thought of may be among them."),
      "list the methods that scripts need",
      (row, what, profile) -> row.rule().family().equals("Method")),
  NO_VARY(
      "no Vary, so a shared cache may mix",
      Severity.DEFECT,
      List.of(
          "A page of one origin gets %s, and a cache keeps the response with that origin in it.",
          "A page of another allowed origin gets the same response from the cache.",
          "Its browser blocks it, for as long as the cache keeps it."),
      "add Vary: Origin to every response of this URL, whether there is an Origin or not",
      Consequence::lacksVary),
  NO_VARY_ON_ERRORS(
      "no Vary on errors, so a shared cache may mix",
      Severity.DEFECT,
      List.of(
          "A page of one origin asks for a path that does not exist, next to %s, and a cache keeps"
              + " the error.",
          "A page of another allowed origin gets the same error from the cache.",
          "Its browser hides the status, and says \"blocked by CORS policy\"."),
      "add Vary: Origin to errors, too",
      Consequence::lacksVary),
  VARY_WITH_ORIGIN_ALONE(
      "no Vary where there is no Origin, so a shared cache may mix",
      Severity.DEFECT,
      List.of(
          "Somebody gets %s without Origin, as a link or an image does, and a cache keeps it.",
          "A page of an allowed origin gets the same response from the cache, without CORS"
              + " headers.",
          "Its browser blocks it, for as long as the cache keeps it."),
      "add Vary: Origin to every response of this URL, whether there is an Origin or not",
      Consequence::lacksVary),
  HEADERS_BY_CASE(
      "treats header names as case-sensitive",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sets the header on a request for %s.",
          "Browsers write its name in lower case when they ask first, and the server says no.",
          "The request is never sent."),
      "compare header names in any case, as HTTP does",
      Consequence::asksForHeader),
  HEADERS_AS_ONE_TEXT(
      "compares the list of headers as one text",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sets two headers on a request for %s.",
          "Each alone is permitted, and both together are not.", "The request is never sent."),
      "split Access-Control-Request-Headers at its commas, and judge each name",
      Consequence::asksForHeader),
  HEADER_REFUSED(
      "refuses a header that is meant to be allowed",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin sets the header on a request for %s.",
          "The browser asks first, and the server does not permit it.",
          "The request is never sent."),
      "add the header to the allowed ones",
      Consequence::asksForHeader),
  METHOD_IN_LOWER_CASE(
      "knows a method only in lower case",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin uses the method on %s.",
          "The browser asks for it in upper case, and the server does not permit it.",
          "The request is never sent."),
      "write methods in upper case",
      Consequence::asksForMethod),
  METHOD_REFUSED(
      "refuses a method that is meant to be allowed",
      Severity.DEFECT,
      List.of(
          "A script of an allowed origin uses the method on %s.",
          "The browser asks first, and the server does not permit it.",
          "The request is never sent."),
      "add the method to the allowed ones",
      Consequence::asksForMethod),
  ORIGIN_REFUSED(
      "refuses an origin that is meant to be allowed",
      Severity.DEFECT,
      List.of(
          "A page of that origin asks for %s.",
          "The browser gets the response, and the script does not.",
          "The page does not work, and its console says \"blocked by CORS policy\"."),
      "add the origin to the allowed ones; compare it as browsers write it",
      Consequence::isAbout),
  PATTERN_IN_PART(
      "refuses an origin that a declared pattern includes",
      Severity.NOTE,
      List.of(
          "A page of that origin asks for %s.",
          "The server knows fewer names than the pattern that was declared.",
          "If there are such pages they do not work; if not, nothing is wrong."),
      "let the pattern match more labels, underscores and ports, or declare fewer origins",
      Consequence::isAbout),
  REFUSES_REQUESTS(
      "answers 4xx to the requests of a refused origin",
      Severity.NOTE,
      List.of(
          "A page of the server itself asks for %s, and its browser sends an Origin, as with POST.",
          "Behind a proxy that changes the host or the scheme, that origin looks like another's.",
          "The server refuses what it would answer to a link or a program."),
      "answer as if there were no Origin, and leave out the CORS headers: the browser then refuses"
          + " only the script; or tell the server its own origin",
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
          "A page of an allowed origin asks for a path that does not exist, next to %s.",
          "Its browser hides the status, and says \"blocked by CORS policy\".",
          "People then look for the mistake in the wrong place."),
      "write the headers to responses that no handler made: 404, 405, 401, exceptions",
      (row, what, profile) ->
          row.rule().family().equals("Error") || row.rule().lookAt().equals(LookAt.ERROR_HOOK));

  private final String sentence;
  private final Severity severity;
  private final List<String> exploit;
  private final String remedy;
  private final Consequence explains;

  ServerCause(
      String sentence,
      Severity severity,
      List<String> exploit,
      String remedy,
      Consequence explains) {
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
                + (what.isEmpty() ? "" : ", for " + what)
                + ": "
                + proof.response().status()),
        exploit.stream().map(line -> line.replace("%s", url)).toList(),
        OF_A_LAYER.contains(this) ? RootCause.withLayer(remedy, proof) : remedy,
        row -> explains.test(row, what, profile));
  }

  /** Of these causes the answer itself may tell which layer it is. */
  private static final Set<ServerCause> OF_A_LAYER =
      EnumSet.of(
          ORIGIN_TWICE,
          PREFLIGHT_LOGIN,
          PREFLIGHT_STATUS,
          NO_HEADERS_ON_PREFLIGHTS,
          NO_HEADERS_ON_ERRORS);

  boolean isSaidBy(RootCause cause) {
    return cause.name().equals(sentence);
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
    return status >= 300 && status < 400 ? PREFLIGHT_REDIRECTED : PREFLIGHT_STATUS;
  }
}

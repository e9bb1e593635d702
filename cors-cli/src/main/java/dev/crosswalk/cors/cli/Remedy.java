package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong, and what to change.
 *
 * @param code of the cause, for programs: {@link Cause}'s, or of what is not CORS
 * @param cause one sentence, or two
 * @param advice sentences, in the order in which to follow them
 * @param grant what the server has to grant; empty if no header mends it
 */
record Remedy(String code, String cause, List<String> advice, Optional<Grant> grant) {

  /** The header that an answer to a request lacks, or that decides over it, by its full name. */
  private static final String ACAO = "Access-Control-Allow-Origin";

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  Remedy {
    advice = List.copyOf(advice);
  }

  static Remedy notCors(String code, String cause, String... advice) {
    return new Remedy(code, cause, List.of(advice), Optional.empty());
  }

  /**
   * The remedy of what a browser refuses.
   *
   * @param refusal its verdict; a status of 0 if it is not known
   * @param grant what the page wants
   * @param response that was refused; empty if it is not known
   */
  static Remedy of(NotShared refusal, Grant grant, Optional<WireResponse> response) {
    Where where = refusal.where();
    String value = "\"" + refusal.value() + "\"";
    String subject = "\"" + refusal.subject() + "\"";
    String answer = answer(where);
    return switch (refusal.cause()) {
      case ACAO_MISSING -> missing(where, grant, response);
      case ACAO_MULTIPLE ->
          new Remedy(
              "ACAO_MULTIPLE",
              refusal.lines().size() > 1
                  ? answer
                      + " has "
                      + refusal.lines().size()
                      + " lines of "
                      + ACAO
                      + ", so two layers add it: "
                      + String.join(" and ", refusal.lines())
                      + "."
                  : answer
                      + " has several values in "
                      + ACAO
                      + ", and only one is allowed: "
                      + value
                      + ".",
              refusal.lines().size() > 1
                  ? List.of(
                      "Let one layer alone do CORS, and take it out of the other: most often the"
                          + " proxy or gateway in front, or a handler that sets the header itself.")
                  : List.of(
                      "A list of origins cannot be sent. Keep the list on the server, and answer"
                          + " with the one origin that asked, if it is in the list.",
                      "If no list was meant, two layers add the header: take it out of one."),
              Optional.of(grant));
      case ACAO_INVALID ->
          new Remedy(
              "ACAO_INVALID",
              answer
                  + " has "
                  + value
                  + " in "
                  + ACAO
                  + ", which is no origin"
                  + whyInvalid(refusal)
                  + ".",
              List.of(
                  "An origin is a scheme, a host, and a port if it is not the default, and nothing"
                      + " else: https://app.example.com."),
              Optional.of(grant));
      case ACAO_MISMATCH -> mismatch(refusal, grant);
      case ACAO_WILDCARD_CREDENTIALS ->
          new Remedy(
              "ACAO_WILDCARD_CREDENTIALS",
              answer
                  + " allows any origin (*), which no browser takes for a request with"
                  + " credentials.",
              List.of(
                  "If the page needs no cookies, leave out credentials: \"include\" (fetch) or"
                      + " withCredentials (XMLHttpRequest, axios).",
                  "If it does, the server has to name the page's origin, from a list that it keeps."
                      + " Echoing whatever origin asks would let every site read as your users."),
              Optional.of(grant));
      case ACAC_NOT_TRUE ->
          new Remedy(
              "ACAC_NOT_TRUE",
              answer
                  + (refusal.lines().isEmpty() || refusal.value().isEmpty()
                      ? " has no Access-Control-Allow-Credentials"
                      : " has Access-Control-Allow-Credentials: " + refusal.value())
                  + ", and the request includes credentials.",
              List.of(
                  "If the page needs no cookies, leave out credentials: \"include\" (fetch) or"
                      + " withCredentials (XMLHttpRequest, axios).",
                  "If it does, send exactly true, in lower case, on the answer to the preflight and"
                      + " on the response."),
              Optional.of(grant));
      case PREFLIGHT_STATUS -> preflightStatus(where, grant, response);
      case PREFLIGHT_REDIRECT -> preflightRedirect(refusal, grant);
      case ACAM_SYNTAX, ACAH_SYNTAX -> syntax(refusal, grant);
      case METHOD_NOT_ALLOWED -> method(refusal, grant);
      case HEADER_NOT_ALLOWED -> header(refusal, grant);
      case NOT_EXPOSED ->
          new Remedy(
              "NOT_EXPOSED",
              "The header " + subject + " came, and the script may not read it.",
              Bytes.lowerCase(refusal.subject()).startsWith("set-cookie")
                  ? List.of("No script may ever read it.")
                  : List.of(
                      "Expose it: .exposeResponseHeaders("
                          + subject
                          + "), or the header Access-Control-Expose-Headers: "
                          + refusal.subject()),
              Optional.empty());
      case REDIRECT_USERINFO ->
          notCors(
              "REDIRECT_USERINFO",
              "A redirect leads to a URL with a user name or password, which no request across"
                  + " origins follows: "
                  + subject
                  + ".",
              "Take them out of Location, or let the page ask for the final URL and send"
                  + " Authorization.");
      case REDIRECT_SCHEME ->
          notCors(
              "REDIRECT_SCHEME",
              "A redirect leads out of http and https: " + subject + ".",
              "Mend Location. A script cannot open an app or a file by fetching it; navigate to it"
                  + " instead.");
      case REDIRECT_LIMIT ->
          notCors(
              "REDIRECT_LIMIT",
              "There are more than 20 redirects; most likely they go in a circle.",
              "Ask for the final URL, or mend what redirects: often two layers, one that adds a"
                  + " slash or https, and one that removes it.");
      case REDIRECT_LOCATION ->
          notCors(
              "REDIRECT_LOCATION",
              "A redirect's Location is no URL: " + subject + ".",
              "Send one Location, with an absolute URL or a path.");
      case REDIRECT_STREAM ->
          notCors(
              "REDIRECT_STREAM",
              "A redirect would need the streamed body again, which is gone.",
              "Ask for the final URL: " + subject + ".");
      case REDIRECT_MODE ->
          notCors(
              "REDIRECT_MODE",
              "The server redirects, and the request allows no redirect (redirect: \"error\").",
              "Ask for the final URL, or take redirect: \"error\" out.");
      case MODE_SAME_ORIGIN ->
          notCors(
              "MODE_SAME_ORIGIN",
              "The page's own request says mode: \"same-origin\"; the URL is of another origin.",
              "Take the mode out of the script: \"cors\" is the default.");
      case NO_CORS_REDIRECT ->
          notCors(
              "NO_CORS_REDIRECT",
              "The page's own request says mode: \"no-cors\" together with a redirect mode other"
                  + " than \"follow\".",
              "Take both out of the script. With no-cors it could not read the response in any"
                  + " case.");
      case SCHEME ->
          notCors(
              "SCHEME",
              "Scripts may ask other origins over http and https only"
                  + (refusal.subject().isEmpty()
                      ? "."
                      : ", and this URL's scheme is " + subject + "."),
              "Ask for an https URL. If the page was opened from the disk (file:), serve it from a"
                  + " local web server instead.");
      case CORP ->
          notCors(
              "CORP",
              "This is not CORS: Cross-Origin-Resource-Policy keeps the response from others.",
              "Send Cross-Origin-Resource-Policy: cross-origin, or load it with CORS: the attribute"
                  + " crossorigin.");
      case NETWORK -> network(refusal);
    };
  }

  private static String answer(Where where) {
    return (where.preflight() ? "The answer to the preflight" : "The response")
        + (where.status() == 0 ? "" : " (" + where.status() + ")");
  }

  // ---------------------------------------------------------------------------- no header at all

  private static Remedy missing(Where where, Grant grant, Optional<WireResponse> response) {
    int status = where.status();
    Optional<String> proxy = response.flatMap(Remedy::failingProxy);
    if (proxy.isPresent()) {
      return notCors(
          "PROXY_ERROR",
          "This is not CORS: "
              + proxy.get()
              + " answered "
              + status
              + " itself, as the server behind it did not. That answer has no CORS headers, so the"
              + " browser speaks of CORS and hides the status.",
          "See why the server behind it is down, slow or not found; then ask again.",
          "Let the proxy add no CORS headers of its own: on good responses there would be two.");
    }
    List<String> advice = new ArrayList<>();
    if (where.preflight()) {
      advice.addAll(whoAnswersPreflights(status, response));
    } else if (where.origin().equals("null") && !where.url().equals(where.initialUrl())) {
      advice.add(
          "The request was redirected from one origin to another, and its origin is null since."
              + " Ask for the final URL: "
              + where.url());
    } else if (status == UNAUTHORIZED || status == FORBIDDEN) {
      advice.add(
          "Authentication answers before CORS. Put the CORS layer in front of it, so that the"
              + " script can read the "
              + status
              + "; then send what the server asks for.");
    } else if (status >= 500) {
      advice.add(
          "First of all this is a server error: its log tells more. Then see that CORS headers are"
              + " on errors, too: the layer has to stand outside the error handler.");
    } else if (status >= 400) {
      advice.add(
          "Most CORS layers are attached to routes, and no route gave this answer. Check the URL"
              + " and the method; then put the CORS layer in front of routing.");
    }
    if (advice.isEmpty() || status < 400) {
      advice.add(
          response.isPresent() && variesByOrigin(response.get())
              ? "It varies by Origin, so a CORS layer is there and does not allow this origin: add"
                  + " it to the list."
              : response.isPresent()
                  ? "There is no sign of a CORS layer on this path. Put one in front of the"
                      + " application, and allow the origin."
                  : "If the server has a CORS layer, add the origin to its list, and see that it"
                      + " also covers this path, errors and preflights. Else add one.");
    }
    return new Remedy(
        "ACAO_MISSING",
        answer(where) + " has no " + ACAO + ", so nobody but the server's own pages may read it.",
        advice,
        Optional.of(grant));
  }

  /** The gateway's statuses, and any server error that came by way of somebody. */
  private static Optional<String> failingProxy(WireResponse response) {
    int status = response.status();
    Optional<String> via = response.headers().get("Via");
    boolean gateway = status == 502 || status == 503 || status == 504;
    if (status < 500 || (!gateway && via.isEmpty())) {
      return Optional.empty();
    }
    String name = response.headers().get("Server").or(() -> via).orElse("no name");
    return Optional.of("the proxy (" + name + ")");
  }

  private static boolean variesByOrigin(WireResponse response) {
    return response.headers().split("Vary").orElse(List.of()).stream()
        .anyMatch(name -> Bytes.equalIgnoringCase(name, "Origin"));
  }

  // --------------------------------------------------------------------------------- preflights

  private static List<String> whoAnswersPreflights(int status, Optional<WireResponse> response) {
    if (status == UNAUTHORIZED) {
      return List.of(
          "Authentication answers the preflight, which never has credentials: no cookie and no"
              + " Authorization. Put the CORS layer in front of authentication, or let OPTIONS pass"
              + " it.");
    }
    if (status == FORBIDDEN) {
      return List.of(
          "Somebody refuses OPTIONS: a CORS layer to which this origin is not known, or"
              + " authorization or a firewall in front of it. A preflight never has credentials;"
              + " let it pass to the CORS layer, and allow the origin there.");
    }
    if (status == 404 || status == 405 || status == 501) {
      return List.of(
          "Nobody at this path answers OPTIONS"
              + response
                  .flatMap(found -> found.headers().get("Allow"))
                  .map(allow -> " (Allow: " + allow + ")")
                  .orElse("")
              + ". Put the CORS layer in front of routing, so that it answers preflights for every"
              + " path.");
    }
    if (status >= 500) {
      return List.of(
          "The server fails on OPTIONS: its log tells why. Put the CORS layer in front of what"
              + " fails.");
    }
    if (response.isPresent() && response.get().headers().has("Allow")) {
      return List.of(
          "The framework answers OPTIONS of itself (Allow: "
              + response.get().headers().get("Allow").orElse("")
              + "). Put the CORS layer in front of it.");
    }
    return List.of();
  }

  private static Remedy preflightStatus(Where where, Grant grant, Optional<WireResponse> response) {
    List<String> advice = new ArrayList<>(whoAnswersPreflights(where.status(), response));
    if (advice.isEmpty()) {
      advice.add(
          "A preflight is answered with 204 or 200, also for a path that has no OPTIONS route, and"
              + " before authentication, which a preflight cannot pass.");
    }
    return new Remedy(
        "PREFLIGHT_STATUS",
        "The answer to the preflight has the status "
            + (where.status() == 0 ? "of a failure" : where.status())
            + "; its CORS headers count only with a status from 200 to 299.",
        advice,
        Optional.of(grant));
  }

  private static Remedy preflightRedirect(NotShared refusal, Grant grant) {
    String target = refusal.subject();
    List<String> advice = new ArrayList<>();
    Optional<Url> from = Url.parse(refusal.where().url());
    Optional<Url> to = from.flatMap(url -> url.resolve(target));
    if (target.isEmpty() || to.isEmpty()) {
      advice.add(
          "Let the page ask for the URL to which it leads: often https in place of http, or a slash"
              + " at the end, or none.");
    } else {
      advice.add(
          redirectDifference(from.get(), to.get())
              + " Let the page ask for "
              + to.get()
              + " itself.");
    }
    advice.add("Or answer OPTIONS before anything redirects.");
    return new Remedy(
        "PREFLIGHT_REDIRECT",
        "The preflight is redirected"
            + (target.isEmpty() ? "" : " to " + target)
            + ", and no browser follows a redirect of a preflight.",
        advice,
        Optional.of(grant));
  }

  private static String redirectDifference(Url from, Url to) {
    if (from.withScheme(to.scheme()).path().equals(to.path())
        && String.valueOf(from.host()).equals(to.host())
        && !from.scheme().equals(to.scheme())) {
      return "Only the scheme differs.";
    }
    if (String.valueOf(from.host()).equals(to.host()) && (from.path() + "/").equals(to.path())) {
      return "Only the slash at the end is missing.";
    }
    if (String.valueOf(from.host()).equals(to.host()) && (to.path() + "/").equals(from.path())) {
      return "There is a slash too much at the end.";
    }
    String path = Bytes.lowerCase(to.path());
    if (path.contains("login") || path.contains("signin") || path.contains("auth")) {
      return "That looks like a login page: authentication answers the preflight, which never has"
          + " credentials. Put the CORS layer in front of it.";
    }
    return String.valueOf(from.host()).equals(to.host())
        ? "The path differs."
        : "The host differs.";
  }

  // --------------------------------------------------------------------------- the wrong origin

  private static Remedy mismatch(NotShared refusal, Grant grant) {
    Where where = refusal.where();
    String value = refusal.value();
    String cause =
        answer(where) + " has \"" + value + "\" in " + ACAO + ", and the page's origin is ";
    if (where.origin().equals("null")) {
      boolean redirected = !where.url().equals(where.initialUrl());
      return new Remedy(
          "ACAO_MISMATCH",
          cause
              + "null"
              + (redirected ? ", since it was redirected from one origin to another." : "."),
          List.of(
              redirected
                  ? "Let the page ask for the final URL: " + where.url()
                  : "A sandboxed frame, a file and a data: URL have the origin null. Serve the page"
                      + " from a web server, or give the frame allow-same-origin."),
          Optional.of(grant));
    }
    boolean known = !where.origin().isEmpty();
    List<String> advice = new ArrayList<>();
    if (value.equals("null")) {
      advice.add("Never send null: any site can make its pages' origin null.");
    }
    advice.add(
        "Compare the request's Origin with a list, and answer with the one that is in it. Both are"
            + " compared byte for byte.");
    return new Remedy(
        "ACAO_MISMATCH",
        known
            ? cause + where.origin() + ": " + difference(value, where.origin()) + "."
            : cause + "another" + (value.endsWith("/") ? ": none ends in a slash." : "."),
        advice,
        Optional.of(grant));
  }

  private static String whyInvalid(NotShared refusal) {
    String value = refusal.value();
    return value.isEmpty()
        ? ": it is empty"
        : Url.parse("https://" + value).isPresent() && !value.contains("://")
            ? ": the scheme is missing"
            : "";
  }

  /** What sets a value apart from the origin that it should be. */
  static String difference(String value, String origin) {
    if (value.equals("null")) {
      return "null is for pages without an origin";
    }
    if (value.equals(origin + "/")) {
      return "the slash at the end is too much";
    }
    if (Bytes.equalIgnoringCase(value, origin)) {
      return "upper and lower case differ";
    }
    if (value.contains("*")) {
      return "a pattern is no origin, and only * alone means any";
    }
    Optional<Url> parsed = Url.parse(value);
    Optional<Url> wanted = Url.parse(origin);
    if (parsed.isEmpty() || wanted.isEmpty()) {
      return "they are not equal byte for byte";
    }
    Url got = parsed.get();
    Url want = wanted.get();
    String gotHost = String.valueOf(got.host());
    String wantHost = String.valueOf(want.host());
    if (gotHost.equals(wantHost)) {
      if (!got.scheme().equals(want.scheme())) {
        return "the scheme differs";
      }
      if (got.effectivePort() != want.effectivePort()) {
        return "the port differs";
      }
      return got.path().length() > 1
          ? "an origin has no path"
          : "it is not in the form in which browsers write it";
    }
    if (gotHost.equals("www." + wantHost) || wantHost.equals("www." + gotHost)) {
      return "www. is in one of them";
    }
    if (gotHost.equals(wantHost + ".") || wantHost.equals(gotHost + ".")) {
      return "one host ends in a dot";
    }
    if (gotHost.endsWith("." + wantHost) || wantHost.endsWith("." + gotHost)) {
      return "one is a subdomain of the other";
    }
    return "it is another origin";
  }

  // -------------------------------------------------------------------- methods and header names

  private static Remedy syntax(NotShared refusal, Grant grant) {
    boolean methods = refusal.cause() == Cause.ACAM_SYNTAX;
    String header = methods ? "Access-Control-Allow-Methods" : "Access-Control-Allow-Headers";
    return new Remedy(
        refusal.cause().name(),
        answer(refusal.where())
            + " has a malformed "
            + header
            + (refusal.lines().isEmpty() ? "" : ": " + refusal.value())
            + (refusal.subject().isEmpty()
                ? "."
                : (refusal.lines().isEmpty() ? ": \"" : "; \"")
                    + refusal.subject()
                    + "\" is no "
                    + (methods ? "method." : "header name.")),
        List.of(
            "Separate "
                + (methods ? "methods" : "names")
                + " by commas. No quotes, brackets, semicolons, nor spaces in between."),
        Optional.of(grant));
  }

  private static Remedy method(NotShared refusal, Grant grant) {
    String method = refusal.subject().isEmpty() ? "the method" : refusal.subject();
    List<String> advice = new ArrayList<>();
    if (!Bytes.lowerCase(method).equals(method)
        || refusal.subject().isEmpty()
        || !Bytes.equalIgnoringCase(method, "patch")) {
      advice.add("Add " + method + " to Access-Control-Allow-Methods.");
    } else {
      advice.add(
          "Methods are case-sensitive, and a browser sends "
              + method
              + " as the script wrote it. Write PATCH in the script, and allow PATCH.");
    }
    if (refusal.lines().contains("*")) {
      advice.add("With credentials, * is no wildcard: the method has to be listed.");
    }
    return new Remedy(
        "METHOD_NOT_ALLOWED",
        answer(refusal.where())
            + " does not allow "
            + method
            + listed("; Access-Control-Allow-Methods", refusal),
        advice,
        Optional.of(grant));
  }

  private static Remedy header(NotShared refusal, Grant grant) {
    String name = refusal.subject();
    List<String> advice = new ArrayList<>();
    if (Bytes.lowerCase(name).startsWith("access-control-allow-")) {
      advice.add(
          "That is a response header: the server sends it. Take it out of the script; it mends"
              + " nothing there.");
    } else {
      advice.add("Add " + name + " to Access-Control-Allow-Headers. Case does not matter.");
    }
    if (refusal.value().contains("*")) {
      advice.add(
          Bytes.equalIgnoringCase(name, "Authorization")
              ? "Authorization is never covered by *: it has to be listed."
              : "With credentials, * is no wildcard: the name has to be listed.");
    }
    if (Bytes.equalIgnoringCase(name, "Content-Type")) {
      advice.add(
          "A JSON body needs it. Only form data and text/plain are sent without a preflight.");
    }
    return new Remedy(
        "HEADER_NOT_ALLOWED",
        answer(refusal.where())
            + " does not allow the request header "
            + name
            + listed("; Access-Control-Allow-Headers", refusal),
        advice,
        Optional.of(grant));
  }

  private static String listed(String header, NotShared refusal) {
    return refusal.where().status() == 0
        ? "."
        : refusal.lines().isEmpty()
            ? header + " is absent."
            : header + " has only: " + refusal.value() + ".";
  }

  // --------------------------------------------------------------------------------- the network

  /** What {@link WireException} says, told apart by its words. */
  private static Remedy network(NotShared refusal) {
    String complaint = refusal.subject();
    String notCors = "This is not CORS: no response came. " + complaint + ".";
    if (complaint.contains(": no such host")) {
      return notCors(
          "NO_SUCH_HOST", notCors, "Check the host's name, and the DNS of where the page runs.");
    }
    if (complaint.contains(": connection refused")) {
      return notCors(
          "CONNECTION_REFUSED",
          notCors,
          "Start the server, or check the port. A server in a container or on another machine must"
              + " listen on more than its own loopback address.");
    }
    if (complaint.contains("the TLS handshake failed")) {
      return notCors(
          "TLS",
          notCors,
          complaint.contains("plain http")
              ? "Ask for http, or give the port a certificate."
              : "Mend the certificate: its name, its date, and the chain up to an authority that"
                  + " browsers trust. Open the URL in a tab to see what the browser says of it.");
    }
    if (complaint.contains("timed out")) {
      return notCors(
          "TIME_OUT",
          notCors,
          "A firewall drops the packets, or the server hangs. --timeout gives it longer.");
    }
    if (complaint.contains(": not HTTP")) {
      return notCors(
          "NOT_HTTP",
          notCors,
          "Something else listens on that port, or it speaks TLS: check port and scheme.");
    }
    if (complaint.contains(": closed")) {
      return notCors(
          "CLOSED",
          notCors,
          "The server, or something in between, ends the connection: its log tells why.");
    }
    return notCors(
        "NETWORK",
        complaint.isEmpty()
            ? "This may well not be CORS: no response came, or the browser hides why it refused it."
            : notCors,
        "Look at the browser's network panel: a name that is not found, a connection refused, a bad"
            + " certificate, mixed content, an ad blocker.",
        "Or run: crosswalk diagnose URL --origin ORIGIN");
  }
}

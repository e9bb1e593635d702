package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * A page that a server has written itself, and no application behind it: by what its text looks
 * like. Then that server's own configuration is what refuses, and what its errors lack.
 */
public enum OwnPage {
  NGINX(
      "nginx",
      (response, signs) -> signs.isPageOfNginx(),
      "nginx has written this error itself, and adds headers to errors only with always: write it"
          + " behind each add_header. If the application behind it has the headers, and"
          + " proxy_intercept_errors is on, turn that off for the API: nginx's page is shown instead of"
          + " the application's.",
      "nginx refuses OPTIONS itself. limit_except, deny and auth of a location apply to OPTIONS, too:"
          + " name OPTIONS in limit_except, and answer preflights in server { }, not in that location."),
  APACHE(
      "Apache",
      (response, signs) -> signs.isPageOfApache(),
      "Apache has written this error itself, and adds headers to errors only with Header always. If"
          + " the application behind it has the headers, and ProxyErrorOverride is on, turn that off"
          + " for the API: Apache's page is shown instead of the application's.",
      "Apache refuses OPTIONS itself: a rule with LimitExcept, Limit, AllowMethods or Require"
          + " applies to OPTIONS, too, or a RewriteRule with [F] or [R=405] whose RewriteCond"
          + " compares REQUEST_METHOD. Name OPTIONS there (<LimitExcept GET POST OPTIONS>), use"
          + " Require method OPTIONS beside the other Require lines, or remove OPTIONS from that"
          + " RewriteCond."),
  HAPROXY(
      "HAProxy",
      (response, signs) -> Server.seen(response).equals(Optional.of(Server.HAPROXY)),
      "HAProxy has written this error itself: http-after-response adds headers to it, and"
          + " http-response does not.",
      "HAProxy refuses OPTIONS itself: an http-request deny applies to it. Leave OPTIONS out of that"
          + " rule: !METH_OPTIONS in its condition."),
  VARNISH(
      "Varnish",
      (response, signs) -> signs.says("Varnish cache server"),
      "Varnish has written this error itself: set the headers in vcl_synth, and in vcl_backend_error"
          + " for a backend that fails.",
      "Varnish refuses OPTIONS itself, by a synth in its VCL: let OPTIONS pass in front of it, by"
          + " if (req.method == \"OPTIONS\") { return (pass); } at the beginning of vcl_recv."),
  LIGHTTPD(
      "lighttpd",
      (response, signs) -> signs.isPageOfLighttpd(),
      "lighttpd has written this error itself: setenv.add-response-header and"
          + " setenv.set-response-header add headers to it, too, if no later condition that matches"
          + " replaces them.",
      "lighttpd refuses OPTIONS itself: a condition on $HTTP[\"request-method\"] with url.access-deny,"
          + " or auth.require. Leave OPTIONS out of it.");

  /** By what each of them refuses a method, and where. */
  private static final Map<OwnPage, String> METHOD_RULES =
      Map.of(
          NGINX,
              "limit_except or a condition on $request_method; and for files nginx accepts only"
                  + " GET and HEAD, so the request may have come to files instead of proxy_pass",
          APACHE,
              "Limit, LimitExcept, AllowMethods or Require method, or one of ModSecurity, whose"
                  + " core rules refuse PUT and DELETE as long as tx.allowed_methods does not list"
                  + " them; and files accept only GET and HEAD",
          HAPROXY, "an http-request deny with a condition on the method",
          VARNISH, "a synth in vcl_recv with a condition on req.method",
          LIGHTTPD,
              "a condition on $HTTP[\"request-method\"]; and files accept only GET and HEAD, so"
                  + " the request may have come to files instead of proxy.server");

  private static final String OPTIONS_OF_NGINX =
      "nginx refuses OPTIONS itself. It answers 405 for files: it looks for a file here, or a"
          + " condition on $request_method says return 405. If an API should answer, no location"
          + " passes this path on: write proxy_pass (or fastcgi_pass) into the one that handles"
          + " it. If it is a file, let nginx answer the preflight in front of it, as below.";

  private static final String OF_FILES =
      " Or the server may not read the file, or the folder has no index.";

  /** By what each of them refuses whoever asks. */
  private static final Map<OwnPage, String> RULES =
      Map.of(
          NGINX,
          "(deny, valid_referers, an if or return 403)." + OF_FILES,
          APACHE,
          "(Require, or a rewrite with [F])." + OF_FILES,
          HAPROXY,
          "(an http-request deny in the frontend or the backend, and its condition).",
          VARNISH,
          "(a synth in vcl_recv).",
          LIGHTTPD,
          "(url.access-deny, also by the ending of a file, or a condition on $HTTP)." + OF_FILES);

  private final String title;
  private final BiPredicate<WireResponse, ResponseSigns> isOfIt;
  private final String errors;
  private final String options;

  OwnPage(
      String title,
      BiPredicate<WireResponse, ResponseSigns> isOfIt,
      String errors,
      String options) {
    this.title = title;
    this.isOfIt = isOfIt;
    this.errors = errors;
    this.options = options;
  }

  /** Who wrote an error; empty if it does not tell, or if an application did. */
  public static Optional<OwnPage> of(WireResponse response) {
    ResponseSigns signs = new ResponseSigns(response);
    return response.hasOkStatus()
        ? Optional.empty()
        : Stream.of(values()).filter(page -> page.isOfIt.test(response, signs)).findFirst();
  }

  /** As people call the server. */
  public String title() {
    return title;
  }

  /** How its errors get the headers. */
  public String headersOnErrors() {
    return errors;
  }

  /** Which of its rules refuses a method that is not for a preflight. */
  public String refuses(String method, int status) {
    return title
        + " itself refuses "
        + method
        + " ("
        + status
        + "), and nothing behind it has seen the request. Look for the rule: "
        + METHOD_RULES.get(this)
        + ". Let "
        + method
        + " pass there.";
  }

  /** Which of its rules refuses a request, whatever its method is. */
  public String refusesAll() {
    return "See which rule of "
        + title
        + " refuses: by address, by Host, by Referer or another header, or by path "
        + RULES.get(this);
  }

  /** Which of its rules refuses OPTIONS. */
  public String refusesOptions(int status) {
    return this == NGINX && status == 405 ? OPTIONS_OF_NGINX : options;
  }

  /** By what each of them is told how large a body may be. */
  private static final Map<OwnPage, String> LIMITS =
      Map.of(
          NGINX, "client_max_body_size allows (1 MB, if nothing is set)",
          APACHE, "LimitRequestBody allows",
          LIGHTTPD, "server.max-request-size allows");

  /** Which setting a body exceeds, as the end of a sentence; empty if it has none. */
  public Optional<String> limit() {
    return Optional.ofNullable(LIMITS.get(this));
  }
}

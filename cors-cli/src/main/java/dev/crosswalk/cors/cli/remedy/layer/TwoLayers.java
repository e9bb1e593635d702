package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/** Two layers that both set CORS headers, or one that takes away what the other sends. */
public final class TwoLayers {

  /** CloudFront passes to the server only what a policy names. */
  public static final String FORWARDS_ORIGIN =
      "give its behavior the origin request policy CORS-S3Origin, or CORS-CustomOrigin, which passes"
          + " Origin on, and invalidate the path";

  private TwoLayers() {}

  /**
   * Of {@code *} beside signs of a layer that names origins: no single layer sends both.
   *
   * @return empty if there are no such signs
   */
  public static Optional<Remedy> anyOverOne(
      Where where, WireResponse response, RequiredGrant grant) {
    boolean credentials =
        response.headers().get(GrantHeaders.ALLOW_CREDENTIALS).equals(Optional.of("true"));
    if (!credentials || !new ResponseSigns(response).variesByOrigin()) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.of(
            "ACAO_WILDCARD_CREDENTIALS",
            Remedy.answer(where)
                + " allows any origin (*), which browsers do not accept for a request with credentials."
                + " Vary: Origin and Access-Control-Allow-Credentials beside it are of a layer that names"
                + " origins, so another layer puts * instead of what that one sends.",
            List.of(
                "Find the layer that sends *, and let it send nothing: a proxy in front (http-response"
                    + " set-header in HAProxy, add_header with proxy_hide_header in nginx, Header set in"
                    + " Apache), or an application behind a gateway that takes over its headers.",
                "Then make sure that the layer which is left lists the page's origin."),
            grant));
  }

  /** How one of two layers is told to leave the header to the other. */
  public static Optional<String> whereTwice(WireResponse response) {
    String vary = Bytes.lowerCase(String.join(",", response.headers().lines("Vary")));
    if (vary.contains("access-control-request-method")
        && vary.contains("access-control-request-headers")) {
      return Optional.of(
          "In Spring Cloud Gateway, the filter DedupeResponseHeader=Access-Control-Allow-Origin"
              + " Access-Control-Allow-Credentials, RETAIN_FIRST under default-filters keeps the"
              + " gateway's own.");
    }
    String server = Bytes.lowerCase(response.headers().get("Server").orElse(""));
    if (server.startsWith("lighttpd")) {
      return Optional.of(
          "In lighttpd, setenv.set-response-header replaces what the application sends, and"
              + " setenv.add-response-header adds to it.");
    }
    if (server.startsWith("apache")) {
      return Optional.of(
          "In Apache, Header set and Header always set keep two lists, and what is in both is sent"
              + " twice: write always at all places (the host and .htaccess), or remove one of the lines.");
    }
    if (server.startsWith("h2o")) {
      return Optional.of(
          "In h2o, header.set replaces what the application sends, and header.add adds to it.");
    }
    if (FrontProxy.isSquid(response)) {
      return Optional.of(
          "In Squid, reply_header_add adds to what the application sends: remove that by"
              + " reply_header_access Access-Control-Allow-Origin deny all.");
    }
    if (response.headers().has("X-Amzn-Trace-Id") && !response.headers().has("x-amz-apigw-id")) {
      return Optional.of(
          "If it is the URL of a Lambda function: the CORS settings of the URL add the headers beside"
              + " those of the code. Remove them from the code.");
    }
    boolean azure =
        response.headers().lines("Set-Cookie").stream()
            .anyMatch(line -> line.startsWith("ARRAffinity"));
    if (azure) {
      return Optional.of(
          "In Azure App Service, the CORS page of the portal adds the headers beside those of the code:"
              + " empty its list, or remove them from the code.");
    }
    // Most installations of PHP do not name it.
    String powered = Bytes.lowerCase(response.headers().get("X-Powered-By").orElse("php"));
    return server.startsWith("nginx") && powered.startsWith("php")
        ? Optional.of(
            "If nginx hands requests to PHP by fastcgi_pass, fastcgi_hide_header removes what PHP"
                + " sends: proxy_hide_header does nothing there.")
        : Optional.empty();
  }

  /** How a proxy takes one header away of those that an application has set. */
  public static String takesAway(WireResponse response) {
    return "Or a proxy in front removes that one header: " + removesAllowOrigin(response);
  }

  /** By which rule, after a colon. */
  static String removesAllowOrigin(WireResponse response) {
    String server = Bytes.lowerCase(response.headers().get("Server").orElse(""));
    String rule =
        FrontProxy.isSquid(response)
            ? "reply_header_access Access-Control-Allow-Origin deny in Squid's configuration"
            : server.startsWith("nginx") || server.startsWith("openresty")
                ? "proxy_hide_header Access-Control-Allow-Origin in nginx's configuration"
                : server.startsWith("apache")
                    ? "Header unset Access-Control-Allow-Origin in Apache's configuration"
                    : server.startsWith("caddy")
                        ? "header_down -Access-Control-Allow-Origin in the Caddyfile (or with a *, as in"
                            + " -Access-Control-*)"
                        : FrontProxy.isCloudFront(response)
                            ? "Remove headers in the response headers policy"
                            : "proxy_hide_header in nginx, Header unset in Apache, del-header in HAProxy";
    return "look for " + rule + ", and remove it.";
  }

  /** By which rule of a proxy an application does not get Origin. */
  public static String removesOrigin(WireResponse response) {
    return switch (FrontProxy.name(response).orElse("")) {
      case "nginx" ->
          "look for proxy_set_header Origin \"\" in nginx's configuration, and remove it";
      case "Apache" -> "look for RequestHeader unset Origin in Apache, and remove it";
      case "Caddy" ->
          "look for request_header -Origin or header_up -Origin in the Caddyfile, and remove it";
      case "CloudFront" -> FORWARDS_ORIGIN;
      case "Squid" -> "look for request_header_access Origin deny in Squid, and remove it";
      case "Varnish" -> "look for unset req.http.Origin in the VCL, and remove it";
      default ->
          "look for proxy_set_header Origin \"\" in nginx, RequestHeader unset in Apache,"
              + " http-request del-header in HAProxy, or a gateway's filter that removes request"
              + " headers";
    };
  }

  /**
   * For a layer that answers a preflight with the names that are asked for, as Vary shows, and has
   * answered with none.
   */
  public static Optional<String> namesAreNotAsked(WireResponse response) {
    return new ResponseSigns(response).variesByRequestHeaders()
        ? Optional.of(
            "The answer has Vary: Access-Control-Request-Headers. Express' cors sends that where"
                + " it answers with the names that the preflight requests, and here it got none."
                + " So most likely "
                + FrontProxy.name(response).orElse("something in front")
                + " removes Access-Control-Request-Headers from the request: let it pass on all headers"
                + " that begin with Access-Control-Request-.")
        : Optional.empty();
  }

  /** Who may have lost one header of several, where a proxy is there; empty if none is. */
  public static Optional<String> oneIsLost(WireResponse response, String header) {
    String server = Bytes.lowerCase(response.headers().get("Server").orElse(""));
    String application = "If the application behind the proxy sends " + header + ", look for ";
    if (server.startsWith("nginx") || server.startsWith("openresty")) {
      return Optional.of(
          application
              + "proxy_hide_header "
              + header
              + " in nginx, and remove it. One add_header in a location or an if also drops all"
              + " that are outside it: write the CORS headers together, at one level.");
    }
    if (server.startsWith("apache")) {
      return Optional.of(application + "Header unset " + header + " in Apache, and remove it.");
    }
    if (FrontProxy.isSquid(response)) {
      return Optional.of(
          application + "reply_header_access " + header + " deny in Squid, and remove it.");
    }
    if (FrontProxy.name(response).equals(Optional.of("Varnish"))) {
      return Optional.of(
          application
              + "unset resp.http."
              + header
              + ", or of beresp, in the VCL, and remove it. If the VCL looks OPTIONS up in the"
              + " cache, Varnish calls the application with GET instead: write return (pass) for"
              + " OPTIONS in vcl_recv.");
    }
    return server.startsWith("caddy")
        ? Optional.of(application + "header_down -" + header + " in Caddy, and remove it.")
        : Optional.empty();
  }
}

package dev.crosswalk.cors.cli.remedy.request;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.answer.BodyText;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.layer.LayerList;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to change where the handshake of a WebSocket is refused. Browsers check no CORS header
 * there: they send {@code Origin}, and the server alone decides.
 */
public final class WebSocketRemedy {

  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?i)(?:invalid|forbidden|bad|disallowed|cross)[- ]origin|origin (?:is )?not allowed"
              + "|origin not (?:in|on)|not an allowed origin");

  private static final String PASS_ON =
      "If a proxy is in front, let it pass the handshake on. In nginx: proxy_http_version 1.1;"
          + " proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\"; in"
          + " the location. In Apache: ProxyPass with upgrade=websocket. HAProxy and Caddy do it"
          + " automatically.";

  private static final String TOKEN =
      "A script cannot set Authorization on a WebSocket. Send the token as a subprotocol, in the query"
          + " or in the first message; or send a cookie, which from another site needs SameSite=None"
          + " and Secure.";

  private WebSocketRemedy() {}

  /**
   * For a server that accepts the same handshake from another origin, or from none.
   *
   * @param origin of the page
   * @param evidence a sentence
   */
  public static Remedy originRefused(WireResponse response, String origin, String evidence) {
    return Remedy.notCors(
        "WEBSOCKET_ORIGIN",
        "This is not CORS: browsers do not check WebSockets by CORS headers. The server compares"
            + " Origin with a list of its own, and refuses "
            + origin
            + " ("
            + response.status()
            + "). "
            + evidence,
        LayerList.add(origin, "that list") + " " + list(response),
        "If the user sees page and server at the same address, a proxy in front changes Host: let it"
            + " pass Host on (proxy_set_header Host $http_host in nginx).");
  }

  /** Whether a refusal names the origin as its reason. */
  public static boolean speaksOfOrigin(WireResponse response) {
    return response.status() >= 400 && ORIGIN.matcher(new BodyText(response).plain()).find();
  }

  private static String list(WireResponse response) {
    String server = response.headers().get("Server").orElse("");
    if (server.startsWith("TornadoServer")) {
      return "In Tornado, override check_origin(self, origin) of the WebSocketHandler, and compare"
          + " with a list: as it is, it accepts only the server's own host.";
    }
    if (server.contains(" websockets/")) {
      return "In Python's websockets that is the argument origins of serve().";
    }
    if (response.headers().has("Sec-WebSocket-Version") && !response.headers().has("Upgrade")) {
      return "In Go's gorilla/websocket that is CheckOrigin of the Upgrader, which accepts only"
          + " the server's own host if it is not set; in other libraries it has another name.";
    }
    return "It is verifyClient in ws (npm), cors.origin in Socket.IO, setAllowedOrigins in Spring,"
        + " check_origin in Tornado and Phoenix, CheckOrigin in Go, origins in Python's websockets,"
        + " allowed_request_origins in Rails, AllowedHostsOriginValidator in Django Channels,"
        + " AllowedOrigins in ASP.NET Core.";
  }

  /**
   * For a server that refuses the handshake from each origin that was tried.
   *
   * @param leadsTo where a redirect leads, as a WebSocket's URL
   */
  public static Remedy refused(WireResponse response, Optional<String> leadsTo) {
    int status = response.status();
    String start = "This is not CORS: browsers do not check WebSockets by CORS headers. ";
    if (leadsTo.isPresent()) {
      return Remedy.notCors(
          "WEBSOCKET",
          start
              + "The server redirects the handshake to "
              + leadsTo.get()
              + ", and no browser follows that.",
          "Open " + leadsTo.get() + " itself, or let the server answer at this URL.");
    }
    if (status == 401 || status == 403) {
      return Remedy.notCors(
          "WEBSOCKET_LOGIN",
          start
              + "The server refuses the handshake ("
              + status
              + "), also without Origin and from its own origin. So it requires authentication,"
              + " something in front forbids it, or it has a list of origins on which none of"
              + " these is.",
          status == 401 && !response.headers().has("WWW-Authenticate")
              ? "In ws (npm), verifyClient answers so: see what it looks at. If that is the origin, add"
                  + " the page's to its list."
              : "If the server has a list of origins for WebSockets, add the page's to it.",
          TOKEN,
          "If no login is meant, the log of the server, or of a firewall in front, tells why.");
    }
    if (status == 426 || status == 400 && new ResponseSigns(response).asksForUpgrade()) {
      return Remedy.notCors(
          "WEBSOCKET_UPGRADE",
          start
              + "The server says that it got an ordinary request ("
              + status
              + "): something in between removes the header Upgrade.",
          PASS_ON);
    }
    if (response.hasOkStatus()) {
      return Remedy.notCors(
          "WEBSOCKET",
          start
              + "The server answered the handshake like an ordinary request ("
              + status
              + "): at this path nothing speaks WebSocket, or the handshake did not come there.",
          new BodyText(response).plain().startsWith("Welcome to SockJS!")
              ? "This is SockJS: its client chooses the path itself. A plain WebSocket opens this URL with"
                  + " /websocket at its end."
              : "Check host, port and path: many libraries have a path of their own (/socket.io/, /cable,"
                  + " /graphql, /ws).",
          PASS_ON);
    }
    if (status == 404 || status == 400) {
      return Remedy.notCors(
          "WEBSOCKET",
          start
              + (status == 404
                  ? "There is nothing at this path (404)."
                  : "The server refuses the handshake (400): it knows no such path, or it lacks"
                      + " something in the request."),
          "Check host, port and path: many libraries have a path of their own (/socket.io/, /cable,"
              + " /graphql, /ws).",
          PASS_ON);
    }
    return Remedy.notCors(
        "WEBSOCKET",
        start + "The server answered the handshake with " + status + " instead of 101.",
        status >= 500
            ? "The server, or a proxy in front of it, failed: its log tells why."
            : "The body of the response, or the server's log, tells why.",
        PASS_ON);
  }

  /**
   * For an answer with 101 that is not one to this handshake.
   *
   * @param protocols whether it is about the subprotocol
   * @param defect what Chrome says of it
   */
  public static Remedy invalid(boolean protocols, String defect) {
    return Remedy.notCors(
        "WEBSOCKET",
        "This is not CORS: the server accepts the handshake (101), and its answer is not valid: "
            + defect
            + ".",
        protocols
            ? "Let page and server name the same subprotocol: the second argument of new WebSocket(),"
                + " and what the server selects (handleProtocols in ws, subprotocols in Python's"
                + " websockets, Subprotocols of Go's Upgrader). Or remove it from the page."
            : "Let a WebSocket library answer: the answer has Upgrade, Connection and a"
                + " Sec-WebSocket-Accept that belongs to the request's key (RFC 6455, section 4.2.2). A"
                + " cache or a proxy must not answer instead of it.");
  }

  /** For a page on https that opens ws: to another machine. */
  public static Remedy mixedContent(String url) {
    return Remedy.notCors(
        "MIXED_CONTENT",
        "This is not CORS: it is mixed content. A page on https may open WebSockets only by wss:, so"
            + " the browser sends nothing.",
        "Open wss"
            + url.substring("ws".length())
            + ": that server, or a proxy in front of it, needs a certificate.");
  }

  /**
   * For a server that does not answer.
   *
   * @param code of the failure
   * @param complaint without a period
   */
  public static Remedy unanswered(String code, String complaint) {
    return Remedy.notCors(
        code,
        "This is not CORS: no answer to the WebSocket's handshake came. " + complaint + ".",
        code.equals("CLOSED")
            ? "The server, or a proxy in front of it, ends the connection where Upgrade is"
                + " requested: its log tells why, and the path may be another."
            : "Make sure that the server runs, and that host, port and scheme are right: ws:"
                + " without TLS, wss: with it.",
        "Open the same address by http: or https: in a tab: the browser tells there what is wrong with"
            + " the certificate.");
  }
}

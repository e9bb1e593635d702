package dev.crosswalk.cors.cli.remedy.request;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to change where no answer came: names, ports, certificates and firewalls. */
public final class NetworkRemedy {

  /** Alerts, of which that of TLS 1.3 comes when the handshake is over. */
  private static final Pattern WANTS_CERTIFICATE =
      Pattern.compile("Received fatal alert: (?:certificate_required|bad_certificate)$");

  /** Alerts of a server without a certificate for the name; the second is that of Caddy and Go. */
  private static final Pattern OTHER_NAME =
      Pattern.compile("Received fatal alert: (?:unrecognized_name|internal_error)$");

  private static final Pattern NOTHING_IN_COMMON =
      Pattern.compile(
          "Received fatal alert: (?:handshake_failure|insufficient_security|no_application_protocol)$");

  private static final String GO_ON =
      "To see what comes after it: --cacert FILE trusts a certificate, --insecure trusts any.";

  /** What is wrong with a certificate besides, at the end of the complaint. */
  private static final Pattern SEVERAL_FAULTS =
      Pattern.compile(", and (?:expired on|is not valid before|is for another host)");

  private static final String NEW_CERTIFICATE =
      "More than one thing is wrong with the certificate, so get a new one: of an authority that"
          + " browsers trust (in development, of mkcert), with the host of the URL in it, and valid"
          + " today. Let the server send the intermediate certificates, too. "
          + GO_ON;

  private static final String NO_BODY =
      "A preflight has no body and none of the script's headers: code that reads them before it looks"
          + " at the method (JSON.parse of an empty body) fails on it. Answer OPTIONS before that.";

  private static final Pattern WAITS =
      Pattern.compile(" waiting for the (?:status line|header fields)$");

  /** Whoever takes a connection is there. */
  private static final String HANGS =
      "The server accepts the connection, and then does not answer. Look at what handles the"
          + " request: a handler that never ends the response, a middleware that does not pass it"
          + " on (next() in Express), a function given as origin to a CORS package that does not"
          + " call its callback, or a database or another server that it waits for; or, for a"
          + " stream of events, at compression, which keeps what is written until there is more"
          + " (flush after each write, or leave text/event-stream out). --timeout waits longer:"
          + " browsers wait for minutes, and a server that is only slow works there.";

  private static final String NO_TLS =
      "The port accepts the connection, and then does not speak TLS. Check the port and the"
          + " scheme: it may be one for http, or another program's, such as a database. If both"
          + " are right, the server, or a proxy in front, hangs.";

  private NetworkRemedy() {}

  public static Remedy of(NotShared refusal) {
    String complaint = refusal.subject();
    String notCors =
        "This is not CORS: no "
            + (refusal.where().preflight()
                ? "answer to the preflight (OPTIONS " + refusal.where().url() + ") came. "
                : "response came. ")
            + complaint.replaceFirst("^the ", "The ")
            + ".";
    if (refusal.failure().equals(Optional.of(Failure.NO_SUCH_HOST))) {
      String host = complaint.substring(complaint.lastIndexOf(' ') + 1);
      return Remedy.notCors(
          Failure.NO_SUCH_HOST.name(),
          "This is not CORS: no response came, because DNS does not know the host " + host + ".",
          adviceOn(Failure.NO_SUCH_HOST));
    }
    if (WANTS_CERTIFICATE.matcher(complaint).find()) {
      return Remedy.notCors(
          Failure.TLS.name(),
          "This is not CORS: no response came. The server requires a client certificate in the TLS"
              + " handshake. A preflight never carries one, and neither does a request without"
              + " credentials.",
          "Let the server request the certificate, and not require it (verifyChain = no or"
              + " verifyPeer = no in stunnel, ssl_verify_client optional in nginx, SSLVerifyClient"
              + " optional in Apache, verify optional in HAProxy). Let OPTIONS pass without one,"
              + " and refuse the others by an answer with the CORS headers.",
          "Or let the page call its own server, which has the certificate.");
    }
    if (refusal.failure().isPresent()) {
      Failure failure = refusal.failure().get();
      return Remedy.notCors(
          failure.name(),
          notCors,
          failure.name().startsWith("CERTIFICATE_") && SEVERAL_FAULTS.matcher(complaint).find()
              ? NEW_CERTIFICATE
              : failure == Failure.TLS
                  ? ofAlert(complaint, refusal.where().url())
                  : failure == Failure.TIME_OUT
                          && complaint.endsWith(" waiting for the TLS handshake")
                      ? NO_TLS
                      : failure == Failure.TIME_OUT && WAITS.matcher(complaint).find()
                          ? HANGS
                          : failure == Failure.CLOSED && refusal.where().preflight()
                              ? adviceOn(failure) + " " + NO_BODY
                              : adviceOn(failure));
    }
    if (!complaint.isEmpty()) {
      return Remedy.notCors("NETWORK", notCors, "Look at the browser's network panel.");
    }
    return Remedy.notCors(
        "NETWORK",
        "No response came, or something in the browser stopped the request. Firefox mentions CORS,"
            + " but this is seldom CORS.",
        "Open the URL in a tab of its own. If it does not load there: the server is down, the"
            + " address is wrong, or the certificate is not trusted."
            + (isOfThisMachine(refusal.where().url())
                ? " localhost is the machine of whoever looks at the page: if the page is opened on"
                    + " another machine, write the server's own address into it, or only the path"
                    + " (/api/items)."
                : ""),
        "If it loads there: try a window without extensions (ad blockers), see whether the page is"
            + " https and the URL http, and whether the server is in a local network for which the"
            + " browser has no permission.",
        "If another line about CORS names the same URL, that line has the cause: after each failed"
            + " preflight Firefox prints this one as well.");
  }

  private static boolean isOfThisMachine(String url) {
    return Url.parse(url)
        .filter(asked -> Host.isLoopback(String.valueOf(asked.host())))
        .isPresent();
  }

  private static String ofAlert(String complaint, String url) {
    if (OTHER_NAME.matcher(complaint).find()) {
      return "The server has no certificate for the host "
          + Url.parse(url).map(asked -> String.valueOf(asked.host())).orElse("in the URL")
          + ", as it has no site of that name there. Check the host in the URL. If it is right, add it where"
          + " the server has its names: server_name in nginx, the address of the site in Caddy, tls in an"
          + " Ingress, the domain in a CDN or a proxy in front. Caddy says in its log why it could not get"
          + " a certificate.";
    }
    return NOTHING_IN_COMMON.matcher(complaint).find()
        ? "The server and the browser find nothing in common: let the server speak TLS 1.2 and 1.3 with"
            + " current cipher suites (ECDHE with AES-GCM or ChaCha20), and give it a certificate for the"
            + " host in the URL. A server that requires a certificate of the client may answer so, too."
        : adviceOn(Failure.TLS);
  }

  private static String adviceOn(Failure failure) {
    return switch (failure) {
      case NO_SUCH_HOST -> "Check the host name, and DNS on the machine where the browser runs.";
      case CONNECTION_REFUSED ->
          "Start the server, or check the port. A server in a container or on another machine must"
              + " listen on more than its own loopback address.";
      case TLS -> "Open the URL in a tab to see what the browser says of its TLS.";
      case TLS_VERSION ->
          "Let the server speak TLS 1.2 and 1.3: ssl_protocols TLSv1.2 TLSv1.3 in nginx, SSLProtocol"
              + " in Apache, the ssl context in the application. It may need a newer library.";
      case CERTIFICATE_DATE -> "Renew the certificate. " + GO_ON;
      case CERTIFICATE_HOST ->
          "Use a host name that the certificate covers, or get one that names this host. " + GO_ON;
      case CERTIFICATE_SELF_SIGNED ->
          "Get a certificate of an authority that browsers trust. In development, make one with"
              + " mkcert, or open the URL in a tab and accept it there. "
              + GO_ON;
      case CERTIFICATE_UNTRUSTED ->
          "Let the server send the whole chain, with the intermediate certificates. If the authority"
              + " is your company's own, each browser has to trust it. "
              + GO_ON;
      case NOT_TLS -> "Use http, or give the port a certificate.";
      case TIME_OUT ->
          "A firewall drops the packets, or the server hangs. --timeout gives it longer: browsers wait"
              + " for minutes, and a server that is only slow works there.";
      case HTTP_2 ->
          "Browsers speak HTTP/2 only with TLS: give the port a certificate, or let it speak"
              + " HTTP/1.1.";
      case NOT_HTTP ->
          "Something else listens on that port, or it speaks TLS: check port and scheme.";
      case CLOSED -> "The server, or something in between, ends the connection: its log tells why.";
      case TOO_LONG ->
          "Send less in the head of the response: most often a header or a cookie grows with each"
              + " request, or carries data that belongs in the body.";
    };
  }
}

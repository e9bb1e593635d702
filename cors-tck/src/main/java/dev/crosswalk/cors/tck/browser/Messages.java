package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the consoles of browsers say. The words are theirs, so that developers find here what they
 * have seen there.
 */
final class Messages {

  private Messages() {}

  // Chromium: third_party/blink/renderer/platform/loader/cors/cors_error_string.cc

  /** Where Chromium's network does not follow, before it asks whether CORS knows the scheme. */
  private static final Pattern UNSAFE_REDIRECT =
      Pattern.compile("(?:about|blob|chrome|data|file|filesystem):");

  /** The whole line, as the console shows it. */
  static String chromium(NotShared refusal) {
    Where where = refusal.where();
    switch (refusal.cause()) {
      case NETWORK:
        return "Failed to load resource: net::" + netError(refusal.subject());
      case RESPONSE_HEAD:
        return "Failed to load resource: net::"
            + ResponseHead.netError(refusal.subject(), refusal.lines());
      case PORT:
        return "Failed to load resource: net::ERR_UNSAFE_PORT";
      case REDIRECT_LIMIT:
        return "Failed to load resource: net::ERR_TOO_MANY_REDIRECTS";
      case REDIRECT_LOCATION:
        return "Failed to load resource: net::ERR_INVALID_REDIRECT";
      case REDIRECT_SCHEME:
        if (UNSAFE_REDIRECT.matcher(refusal.subject()).lookingAt()) {
          return "Failed to load resource: net::ERR_UNSAFE_REDIRECT";
        }
        break;
      case REDIRECT_STREAM, REDIRECT_MODE:
        return "Failed to load resource: net::ERR_FAILED";
      case CORP:
        return "Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin";
      case NOT_EXPOSED:
        return notExposed(refusal);
      default:
        break;
    }
    String early = chromiumBeforeItAsks(refusal);
    if (!early.isEmpty()) {
      return "Fetch API cannot load " + where.url() + ". " + early;
    }
    // This check comes after the redirect; the others are about the response that redirects.
    String url = refusal.cause() == Cause.REDIRECT_SCHEME ? refusal.subject() : where.url();
    String redirected =
        url.equals(where.initialUrl()) ? "" : " (redirected from '" + where.initialUrl() + "')";
    String check =
        where.preflight() && failsAccessCheck(refusal.cause())
            ? "Response to preflight request doesn't pass access control check: "
            : "";
    return "Access to "
        + where.initiator().inConsole()
        + " at '"
        + url
        + "'"
        + redirected
        + " from origin '"
        + where.page()
        + "' has been blocked by CORS policy: "
        + check
        + chromiumMessage(refusal)
        + chromiumAdvice(refusal);
  }

  // third_party/blink/renderer/platform/loader/fetch: what a script asks for and never gets.
  private static String chromiumBeforeItAsks(NotShared refusal) {
    Where where = refusal.where();
    if (where.initiator() == Initiator.XHR || !where.url().equals(where.initialUrl())) {
      return "";
    }
    return switch (refusal.cause()) {
      case MODE_SAME_ORIGIN ->
          "Request mode is \"same-origin\" but the URL's origin is not same as the request origin "
              + where.origin()
              + ".";
      case NO_CORS_REDIRECT ->
          "Request mode is \"no-cors\" but the redirect mode is not \"follow\".";
      case SCHEME -> "URL scheme \"" + refusal.subject() + "\" is not supported.";
      default -> "";
    };
  }

  // net/base/net_error_list.h, by what the wire says of the failure.
  private static final Map<String, String> NET_ERRORS = new LinkedHashMap<>();

  static {
    NET_ERRORS.put(": no such host", "ERR_NAME_NOT_RESOLVED");
    NET_ERRORS.put(": connection refused", "ERR_CONNECTION_REFUSED");
    NET_ERRORS.put(": timed out", "ERR_TIMED_OUT");
    NET_ERRORS.put(": the head of the response is longer", "ERR_RESPONSE_HEADERS_TOO_BIG");
    NET_ERRORS.put(": the server speaks HTTP/2", "ERR_INVALID_HTTP_RESPONSE");
    NET_ERRORS.put(": not HTTP/2: ", "ERR_HTTP2_PROTOCOL_ERROR");
    NET_ERRORS.put(": not HTTP", "ERR_INVALID_HTTP_RESPONSE");
    NET_ERRORS.put("(Stream not processed)", "ERR_HTTP2_SERVER_REFUSED_STREAM");
    NET_ERRORS.put(": the server reset the stream", "ERR_HTTP2_PROTOCOL_ERROR");
    NET_ERRORS.put(": closed without an answer", "ERR_EMPTY_RESPONSE");
    NET_ERRORS.put("alert: certificate_required", "ERR_BAD_SSL_CLIENT_AUTH_CERT");
    NET_ERRORS.put("alert: bad_certificate", "ERR_BAD_SSL_CLIENT_AUTH_CERT");
    NET_ERRORS.put("Connection reset", "ERR_CONNECTION_RESET");
    NET_ERRORS.put("we waited for the header fields", "ERR_RESPONSE_HEADERS_TRUNCATED");
    NET_ERRORS.put(": closed", "ERR_CONNECTION_CLOSED");
    NET_ERRORS.put("certificate is not trusted", "ERR_CERT_AUTHORITY_INVALID");
    NET_ERRORS.put("certificate is self-signed", "ERR_CERT_AUTHORITY_INVALID");
    NET_ERRORS.put("certificate is for another host", "ERR_CERT_COMMON_NAME_INVALID");
    NET_ERRORS.put("certificate expired on", "ERR_CERT_DATE_INVALID");
    NET_ERRORS.put("certificate is not valid before", "ERR_CERT_DATE_INVALID");
    NET_ERRORS.put("speaks only TLS 1.0", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH");
    NET_ERRORS.put("alert: unrecognized_name", "ERR_SSL_UNRECOGNIZED_NAME_ALERT");
    NET_ERRORS.put("alert: handshake_failure", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH");
    NET_ERRORS.put("the TLS handshake failed", "ERR_SSL_PROTOCOL_ERROR");
  }

  private static String netError(String complaint) {
    return NET_ERRORS.entrySet().stream()
        .filter(error -> complaint.contains(error.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("ERR_FAILED");
  }

  /** The message alone, without the advice that depends on who asked. */
  static String chromiumMessage(NotShared refusal) {
    String sentence = ConsoleSentence.of(Engine.CHROMIUM, causeRedirectFirst(refusal), refusal, "");
    return sentence.isEmpty() ? "The response is invalid." : sentence;
  }

  // What Chromium adds for fetch() and for XMLHttpRequest.
  private static String chromiumAdvice(NotShared refusal) {
    Initiator initiator = refusal.where().initiator();
    return switch (causeRedirectFirst(refusal)) {
      case ACAO_MULTIPLE, ACAO_INVALID, ACAO_MISMATCH ->
          initiator == Initiator.FETCH
              ? " Have the server send the header with a valid value."
              : "";
      case ACAO_WILDCARD_CREDENTIALS, ACAC_NOT_TRUE ->
          initiator == Initiator.XHR
              ? " The credentials mode of requests initiated by the XMLHttpRequest is controlled by"
                  + " the withCredentials attribute."
              : "";
      default -> "";
    };
  }

  // Chromium and Firefox refuse a redirect before they look at any header.
  static Cause causeRedirectFirst(NotShared refusal) {
    return failsAccessCheck(refusal.cause())
            && refusal.cause() != Cause.PREFLIGHT_STATUS
            && refusal.where().preflight()
            && WireResponse.isRedirectStatus(refusal.where().status())
        ? Cause.PREFLIGHT_REDIRECT
        : refusal.cause();
  }

  // Firefox: dom/locales/en-US/chrome/security/security.properties

  /** The whole line, as the console shows it. */
  static String firefox(NotShared refusal) {
    if (refusal.cause() == Cause.NOT_EXPOSED) {
      return notExposed(refusal);
    }
    Where where = refusal.where();
    return switch (refusal.cause()) {
      case CORP -> ConsoleSentence.of(Engine.FIREFOX, Cause.CORP, refusal, "");
      case REDIRECT_MODE, NO_CORS_REDIRECT -> "(nothing)";
      case MODE_SAME_ORIGIN ->
          "Security Error: Content at "
              + where.origin()
              + "/ may not load data from "
              + where.url()
              + ".";
      default -> firefox(refusal, firefoxCause(refusal), firefoxStatus(refusal));
    };
  }

  /** All lines: of a request whose preflight has failed, Firefox says that it did not succeed. */
  static List<String> firefoxLines(NotShared refusal) {
    List<String> lines = new ArrayList<>(List.of(firefox(refusal)));
    if (firefoxCause(refusal) == Cause.PREFLIGHT_REDIRECT) {
      lines.add(firefox(refusal, Cause.PREFLIGHT_STATUS, firefoxStatus(refusal.where())));
    } else if (causeRedirectFirst(refusal) == Cause.PREFLIGHT_REDIRECT) {
      lines.add(firefox(refusal, Cause.NETWORK, "(null)"));
    }
    if (refusal.where().preflight() || refusal.cause() == Cause.REDIRECT_SCHEME) {
      lines.add(firefox(refusal, Cause.NETWORK, "(null)"));
    }
    return lines;
  }

  private static String firefox(NotShared refusal, Cause cause, String status) {
    String url = refusal.where().url();
    if (cause == Cause.ACAO_WILDCARD_CREDENTIALS) {
      url = "‘" + url + "’";
    } else if (cause == Cause.SCHEME && refusal.cause() == Cause.REDIRECT_SCHEME) {
      url = refusal.subject();
    }
    String reason = ConsoleSentence.of(Engine.FIREFOX, cause, refusal, status);
    return "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote"
        + " resource at "
        + url
        + ". (Reason: "
        + (reason.isEmpty()
            ? ConsoleSentence.of(Engine.FIREFOX, Cause.NETWORK, refusal, "(null)")
            : reason);
  }

  private static Cause firefoxCause(NotShared refusal) {
    if (isHttp2WithoutTls(refusal)) {
      return Cause.ACAO_MISSING;
    }
    return switch (refusal.cause()) {
      case REDIRECT_SCHEME -> Cause.SCHEME;
      // It looks at the origin of a redirect before it refuses to follow it.
      case ACAO_MISSING -> Cause.ACAO_MISSING;
      // Two lines have a message of their own, if the name is in the letters of the standard. One
      // line with a comma is one wrong value.
      case ACAO_MULTIPLE -> refusal.subject().isEmpty() ? Cause.ACAO_MISMATCH : Cause.ACAO_MULTIPLE;
      case ACAO_INVALID -> Cause.ACAO_MISMATCH;
      default -> causeRedirectFirst(refusal);
    };
  }

  /** Firefox reads the frames of HTTP/2 as a response of HTTP/0.9: a body, and no header. */
  private static boolean isHttp2WithoutTls(NotShared refusal) {
    return refusal.failure().equals(Optional.of(Failure.HTTP_2))
        && refusal.where().url().startsWith("http:");
  }

  private static String firefoxStatus(NotShared refusal) {
    return isHttp2WithoutTls(refusal) ? "200" : firefoxStatus(refusal.where());
  }

  private static String firefoxStatus(Where where) {
    return where.status() == 0 ? "(null)" : Integer.toString(where.status());
  }

  // WebKit: Source/WebCore/loader/CrossOriginAccessControl.cpp and
  // Source/WebKit/NetworkProcess/NetworkLoadChecker.cpp

  /** The line that tells the cause. */
  static String webkit(NotShared refusal) {
    Where where = refusal.where();
    boolean refusedByStatus =
        where.preflight()
            && failsAccessCheck(refusal.cause())
            && (where.status() < 200 || where.status() > 299);
    Cause cause =
        refusedByStatus
            ? Cause.PREFLIGHT_STATUS
            : switch (refusal.cause()) {
              case ACAO_MISMATCH, ACAO_INVALID -> Cause.ACAO_MISSING;
              case ACAO_MULTIPLE ->
                  refusal.value().contains(",") ? Cause.ACAO_MULTIPLE : Cause.ACAO_MISSING;
              default -> refusal.cause();
            };
    String status = Integer.toString(where.status());
    String sentence = ConsoleSentence.of(Engine.WEBKIT, cause, refusal, status);
    if (!sentence.isEmpty()) {
      return sentence;
    }
    return switch (cause) {
      case NOT_EXPOSED -> notExposed(refusal);
      case NETWORK ->
          where.preflight() ? "CORS-preflight request was blocked" : webkitBlocked(where);
      default -> webkitBlocked(where);
    };
  }

  private static String webkitBlocked(Where where) {
    return (where.initiator() == Initiator.XHR ? "XMLHttpRequest" : "Fetch API")
        + " cannot load "
        + where.url()
        + " due to access control checks.";
  }

  // fetch() says nothing at all: the header is null. XMLHttpRequest does.
  private static String notExposed(NotShared refusal) {
    return refusal.where().initiator() == Initiator.XHR
        ? "Refused to get unsafe header \"" + refusal.subject() + "\""
        : "(nothing; the header " + refusal.subject() + " reads as null)";
  }

  /** Whether the check of origin, credentials and status failed, rather than what was asked for. */
  private static boolean failsAccessCheck(Cause cause) {
    return switch (cause) {
      case ACAO_MISSING,
          ACAO_MULTIPLE,
          ACAO_INVALID,
          ACAO_MISMATCH,
          ACAO_WILDCARD_CREDENTIALS,
          ACAC_NOT_TRUE,
          PREFLIGHT_STATUS,
          PREFLIGHT_REDIRECT ->
          true;
      default -> false;
    };
  }
}

package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Request.Initiator;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;

/**
 * What the consoles of browsers say. The words are theirs, so that a developer finds here what she
 * has seen there.
 */
final class Messages {

  private Messages() {}

  // Chromium: third_party/blink/renderer/platform/loader/cors/cors_error_string.cc

  /** The whole line, as the console shows it. */
  static String chromium(NotShared refusal) {
    Where where = refusal.where();
    switch (refusal.cause()) {
      case NETWORK:
        return "Failed to load resource: net::ERR_FAILED";
      case REDIRECT_LIMIT:
        return "Failed to load resource: net::ERR_TOO_MANY_REDIRECTS";
      case REDIRECT_SCHEME:
        return "Failed to load resource: net::ERR_UNSAFE_REDIRECT";
      case REDIRECT_LOCATION:
        return "Failed to load resource: net::ERR_INVALID_REDIRECT";
      case REDIRECT_STREAM, REDIRECT_MODE, NO_CORS_REDIRECT:
        return "Failed to load resource: net::ERR_FAILED";
      case CORP:
        return "Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin";
      case NOT_EXPOSED:
        return notExposed(refusal);
      default:
        break;
    }
    String redirected =
        where.url().equals(where.initialUrl())
            ? ""
            : " (redirected from '" + where.initialUrl() + "')";
    String check =
        where.preflight() && failsAccessCheck(refusal.cause())
            ? "Response to preflight request doesn't pass access control check: "
            : "";
    return "Access to "
        + where.initiator().inConsole()
        + " at '"
        + where.url()
        + "'"
        + redirected
        + " from origin '"
        + where.origin()
        + "' has been blocked by CORS policy: "
        + check
        + chromiumMessage(refusal)
        + chromiumAdvice(refusal);
  }

  /** The message alone, without the advice that depends on who asked. */
  static String chromiumMessage(NotShared refusal) {
    String value = escape(refusal.value());
    String subject = escape(refusal.subject());
    return switch (causeRedirectFirst(refusal)) {
      case MODE_SAME_ORIGIN -> "Cross origin requests are not allowed by request mode.";
      case ACAO_MISSING ->
          "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
      case ACAO_MULTIPLE ->
          "The 'Access-Control-Allow-Origin' header contains multiple values '"
              + value
              + "', but only one is allowed.";
      case ACAO_INVALID ->
          "The 'Access-Control-Allow-Origin' header contains the invalid value '" + value + "'.";
      case ACAO_MISMATCH ->
          "The 'Access-Control-Allow-Origin' header has a value '"
              + value
              + "' that is not equal to the supplied origin.";
      case ACAO_WILDCARD_CREDENTIALS ->
          "The value of the 'Access-Control-Allow-Origin' header in the response must not be the"
              + " wildcard '*' when the request's credentials mode is 'include'.";
      case ACAC_NOT_TRUE ->
          "The value of the 'Access-Control-Allow-Credentials' header in the response is '"
              + value
              + "' which must be 'true' when the request's credentials mode is 'include'.";
      case SCHEME ->
          "Cross origin requests are only supported for protocol schemes: chrome,"
              + " chrome-extension, chrome-untrusted, data, http, https, isolated-app.";
      case PREFLIGHT_STATUS -> "It does not have HTTP ok status.";
      case PREFLIGHT_REDIRECT -> "Redirect is not allowed for a preflight request.";
      case ACAM_SYNTAX ->
          "Cannot parse Access-Control-Allow-Methods response header field in preflight response.";
      case ACAH_SYNTAX ->
          "Cannot parse Access-Control-Allow-Headers response header field in preflight response.";
      case METHOD_NOT_ALLOWED ->
          "Method "
              + subject
              + " is not allowed by Access-Control-Allow-Methods in preflight response.";
      case HEADER_NOT_ALLOWED ->
          "Request header field "
              + subject
              + " is not allowed by Access-Control-Allow-Headers in preflight response.";
      case REDIRECT_USERINFO ->
          "Redirect location '"
              + subject
              + "' contains a username and password, which is disallowed for cross-origin"
              + " requests.";
      default -> "The response is invalid.";
    };
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

  /** The name of Chromium's {@code network::mojom::CorsError}; empty if it has none. */
  static String chromiumError(NotShared refusal) {
    String preflight = refusal.where().preflight() ? "kPreflight" : "k";
    return switch (causeRedirectFirst(refusal)) {
      case MODE_SAME_ORIGIN -> "kDisallowedByMode";
      case ACAO_MISSING -> preflight + "MissingAllowOriginHeader";
      case ACAO_MULTIPLE -> preflight + "MultipleAllowOriginValues";
      case ACAO_INVALID -> preflight + "InvalidAllowOriginValue";
      case ACAO_MISMATCH -> preflight + "AllowOriginMismatch";
      case ACAO_WILDCARD_CREDENTIALS -> preflight + "WildcardOriginNotAllowed";
      case ACAC_NOT_TRUE -> preflight + "InvalidAllowCredentials";
      case SCHEME -> "kCorsDisabledScheme";
      case PREFLIGHT_STATUS -> "kPreflightInvalidStatus";
      case PREFLIGHT_REDIRECT -> "kPreflightDisallowedRedirect";
      case ACAM_SYNTAX -> "kInvalidAllowMethodsPreflightResponse";
      case ACAH_SYNTAX -> "kInvalidAllowHeadersPreflightResponse";
      case METHOD_NOT_ALLOWED -> "kMethodDisallowedByPreflightResponse";
      case HEADER_NOT_ALLOWED -> "kHeaderDisallowedByPreflightResponse";
      case REDIRECT_USERINFO -> "kRedirectContainsCredentials";
      case NO_CORS_REDIRECT -> "kNoCorsRedirectModeNotFollow";
      default -> "";
    };
  }

  // Chromium and Firefox refuse a redirect before they look at any header.
  private static Cause causeRedirectFirst(NotShared refusal) {
    return failsAccessCheck(refusal.cause())
            && refusal.cause() != Cause.PREFLIGHT_STATUS
            && refusal.where().preflight()
            && isRedirect(refusal.where().status())
        ? Cause.PREFLIGHT_REDIRECT
        : refusal.cause();
  }

  /** Characters that would not print are shown by their number. */
  private static String escape(String value) {
    StringBuilder escaped = new StringBuilder();
    for (char c : value.toCharArray()) {
      escaped.append(c < 0x20 || c > 0x7E ? String.format("\\u%04X", (int) c) : String.valueOf(c));
    }
    return escaped.toString();
  }

  // Firefox: dom/locales/en-US/chrome/security/security.properties

  /** The whole line, as the console shows it. */
  static String firefox(NotShared refusal) {
    if (refusal.cause() == Cause.NOT_EXPOSED) {
      return notExposed(refusal);
    }
    Where where = refusal.where();
    String url =
        refusal.cause() == Cause.ACAO_WILDCARD_CREDENTIALS ? "‘" + where.url() + "’" : where.url();
    String reason = firefoxReason(refusal);
    return "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote"
        + " resource at "
        + url
        + ". (Reason: "
        + reason
        // Reasons that tell the status close the parenthesis themselves.
        + (reason.contains("). Status code: ") ? "" : ").");
  }

  private static String firefoxReason(NotShared refusal) {
    String status = "). Status code: " + firefoxStatus(refusal.where()) + ".";
    return switch (causeRedirectFirst(refusal)) {
      case PREFLIGHT_REDIRECT -> "CORS request external redirect not allowed";
      case SCHEME, REDIRECT_SCHEME -> "CORS request not http";
      case ACAO_MISSING -> "CORS header ‘Access-Control-Allow-Origin’ missing" + status;
      // There is a message for several lines, which Firefox 153 does not show: they are combined.
      case ACAO_MULTIPLE, ACAO_MISMATCH, ACAO_INVALID ->
          "CORS header ‘Access-Control-Allow-Origin’ does not match ‘" + refusal.value() + "’";
      case ACAO_WILDCARD_CREDENTIALS ->
          "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’";
      case ACAC_NOT_TRUE -> "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’";
      case PREFLIGHT_STATUS -> "CORS preflight response did not succeed" + status;
      case ACAM_SYNTAX ->
          "invalid token ‘" + refusal.subject() + "’ in CORS header ‘Access-Control-Allow-Methods’";
      case ACAH_SYNTAX ->
          "invalid token ‘" + refusal.subject() + "’ in CORS header ‘Access-Control-Allow-Headers’";
      case METHOD_NOT_ALLOWED ->
          "Did not find method in CORS header ‘Access-Control-Allow-Methods’";
      case HEADER_NOT_ALLOWED ->
          "header ‘"
              + refusal.subject()
              + "’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS"
              + " preflight response";
      default -> "CORS request did not succeed" + status;
    };
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
    if (refusedByStatus) {
      return "Preflight response is not successful. Status code: " + where.status();
    }
    String redirection =
        "Cross-origin redirection to "
            + refusal.subject()
            + " denied by Cross-Origin Resource Sharing policy: ";
    return switch (refusal.cause()) {
      case ACAO_WILDCARD_CREDENTIALS ->
          "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.";
      case ACAO_MULTIPLE ->
          refusal.value().contains(",")
              ? "Access-Control-Allow-Origin cannot contain more than one origin."
              : webkitMismatch(where);
      case ACAO_MISSING, ACAO_MISMATCH, ACAO_INVALID -> webkitMismatch(where);
      case ACAC_NOT_TRUE ->
          "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".";
      case ACAM_SYNTAX ->
          "Header Access-Control-Allow-Methods has an invalid value: " + refusal.value();
      case ACAH_SYNTAX ->
          "Header Access-Control-Allow-Headers has an invalid value: " + refusal.value();
      case METHOD_NOT_ALLOWED ->
          "Method " + refusal.subject() + " is not allowed by Access-Control-Allow-Methods.";
      case HEADER_NOT_ALLOWED ->
          "Request header field "
              + refusal.subject()
              + " is not allowed by Access-Control-Allow-Headers.";
      case REDIRECT_SCHEME ->
          redirection
              + "not allowed to follow a cross-origin CORS redirection with non CORS scheme";
      case REDIRECT_USERINFO ->
          redirection + "redirection URL " + refusal.subject() + " has credentials";
      case REDIRECT_LIMIT -> "Load cannot follow more than 20 redirections";
      case REDIRECT_MODE -> "Not allowed to follow a redirection while loading " + where.url();
      case CORP ->
          "Cancelled load to "
              + where.url()
              + " because it violates the resource's Cross-Origin-Resource-Policy response header.";
      case NOT_EXPOSED -> notExposed(refusal);
      case NETWORK ->
          where.preflight() ? "CORS-preflight request was blocked" : webkitBlocked(where);
      default -> webkitBlocked(where);
    };
  }

  private static String webkitMismatch(Where where) {
    return "Origin "
        + where.origin()
        + " is not allowed by Access-Control-Allow-Origin. Status code: "
        + where.status();
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

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }
}

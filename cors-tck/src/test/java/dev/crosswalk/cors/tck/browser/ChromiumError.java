package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;

/** What the vectors of Chromium's own tests call a cause. */
final class ChromiumError {

  private ChromiumError() {}

  /** The name of Chromium's {@code network::mojom::CorsError}; empty if it has none. */
  static String of(NotShared refusal) {
    String preflight = refusal.where().preflight() ? "kPreflight" : "k";
    return switch (Messages.causeRedirectFirst(refusal)) {
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
}

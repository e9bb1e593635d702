package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.internal.origin.NearMiss;
import dev.crosswalk.cors.internal.origin.NearMiss.Difference;
import dev.crosswalk.cors.internal.origin.Origin;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import dev.crosswalk.cors.internal.syntax.Methods;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells a person why a decision was made. Nothing is computed until somebody asks. */
final class Explanation {

  private static final String PROXY =
      " It was sent to the host %s. If a proxy changes Host, let it keep Host, or trust the site's"
          + " public origin.";

  private static final String WRITE =
      " sent a request that may change something, and %s is not trusted to do that.";

  private Explanation() {}

  /** Returns a sentence that contains nothing from the request. */
  static String of(CorsDecision decision) {
    NoPolicy noPolicy = decision.noPolicy();
    return noPolicy == null ? of(decision.outcome(), decision.protocol) : noPolicy.explanation();
  }

  private static String of(Outcome outcome, @Nullable Protocol policy) {
    if (policy != null && outcome.isOriginRefusal() && !policy.allowsSomeone()) {
      return "The policy allows no origin.";
    }
    return switch (outcome) {
      case NO_POLICY -> throw new IllegalStateException("NoPolicy explains that");
      case NOT_CORS -> "The request has no Origin header, so CORS does not apply to it.";
      case ALLOWED -> "The policy allows it.";
      case SAME_ORIGIN ->
          "The request comes from the server's own origin, so CORS does not apply to it.";
      case ORIGIN_NOT_ALLOWED -> "The policy does not allow the request's origin.";
      case ORIGIN_NULL ->
          "The policy does not allow the origin null, which sandboxed frames, local files and"
              + " redirects between other origins have.";
      case ORIGIN_SEVERAL -> "The request has several origins, and a browser sends one.";
      case ORIGIN_MALFORMED -> "The value of the Origin header is not a valid origin.";
      case METHOD_NOT_ALLOWED ->
          "The policy does not allow the requested method (methods are case-sensitive).";
      case METHOD_FORBIDDEN -> "Fetch forbids the requested method to every script.";
      case METHOD_MALFORMED -> "The requested method is not a single valid method.";
      case HEADER_NOT_ALLOWED -> "The policy does not allow one of the requested request headers.";
      case HEADER_FORBIDDEN ->
          "Fetch forbids one of the requested request headers to every script.";
      case HEADER_MALFORMED ->
          "The list of requested request headers contains something that is not a header name.";
      case HEADERS_TOO_LONG ->
          "The list of requested request headers is longer than any browser sends.";
      default -> ofWrite(outcome, "its origin");
    };
  }

  /**
   * Returns sentences that name what the request contains, what in the policy is similar, and what
   * would fix it.
   */
  static <Q> String of(CorsDecision decision, Q request, RequestReader<? super Q> reader) {
    NoPolicy noPolicy = decision.noPolicy();
    if (noPolicy != null) {
      return noPolicy.explanation(request, reader);
    }
    Outcome outcome = decision.outcome();
    if (outcome.isWriteRefusal()) {
      return aboutWrite(outcome, decision.protocol, request, reader);
    }
    Protocol policy = Objects.requireNonNull(decision.protocol, "Without one, NoPolicy explains");
    String origin = reader.header(request, "Origin");
    String method = reader.header(request, "Access-Control-Request-Method");
    String names = reader.header(request, "Access-Control-Request-Headers");
    if (outcome == Outcome.NOT_CORS) {
      return of(outcome, policy) + preflightWithoutOrigin(request, reader, method);
    }
    if (origin == null) {
      return of(outcome, policy); // The request is not the one that was decided about.
    }
    if (outcome == Outcome.SAME_ORIGIN) {
      return Text.quote(origin)
          + " is the server's own origin, according to "
          + (RequestSite.site(request, reader) != null
              ? "the browser (Sec-Fetch-Site)"
              : "the Host header")
          + ", so CORS does not apply to it.";
    }
    if (outcome.isOriginRefusal()) {
      return aboutOrigin(outcome, policy, origin) + constantOrigin(policy);
    }
    if (decision.kind() == Kind.ACTUAL) {
      return "The policy lets scripts of "
          + Text.quote(origin)
          + " read the response."
          + optionsWithoutMethod(request, reader)
          + cookieWithoutCredentials(policy, request, reader);
    }
    if (method == null) {
      return of(outcome, policy);
    }
    Outcome ofNames = policy.outcomeOfNames(names);
    return switch (outcome) {
      case METHOD_NOT_ALLOWED, METHOD_FORBIDDEN, METHOD_MALFORMED ->
          aboutMethod(outcome, policy, method)
              + (ofNames.isRefusal() && names != null
                  ? " " + aboutNames(ofNames, policy, names)
                  : "");
      case HEADER_NOT_ALLOWED, HEADER_FORBIDDEN, HEADER_MALFORMED, HEADERS_TOO_LONG ->
          names == null ? of(outcome, policy) : aboutNames(outcome, policy, names);
      default ->
          "The policy lets scripts of "
              + Text.quote(origin)
              + " send "
              + Text.quote(method)
              + (names == null || names.isEmpty() ? "." : " with the requested headers.");
    };
  }

  private static String ofWrite(Outcome outcome, String origin) {
    String sentence =
        switch (outcome) {
          case WRITE_FROM_CROSS_SITE -> "A page of another site" + WRITE;
          case WRITE_FROM_SAME_SITE -> "A page of the same site, but of another origin," + WRITE;
          case WRITE_FROM_UNKNOWN_SITE -> "With an unknown value of Sec-Fetch-Site, a page" + WRITE;
          default ->
              "The request may change something, and %s is neither the server's own nor trusted.";
        };
    return sentence.formatted(origin);
  }

  private static <Q> String aboutWrite(
      Outcome outcome, @Nullable Protocol policy, Q request, RequestReader<? super Q> reader) {
    String origin = reader.header(request, "Origin");
    if (origin == null) {
      return of(outcome, policy);
    }
    // Never suggest a foreign origin for pasting: this request may be the attack.
    String trust =
        policy != null && policy.names(origin)
            ? " The policy lets it read. " + Change.TRUST_ORIGIN.in(policy, origin)
            : " If its pages are yours and should write here, trust its origin.";
    String host = RequestSite.host(request, reader);
    String aboutHost = "";
    if (outcome == Outcome.WRITE_FROM_OTHER_ORIGIN && host != null) {
      aboutHost = PROXY.formatted(Text.quote(host));
    } else if (outcome == Outcome.WRITE_FROM_SAME_SITE && RequestSite.differByPort(origin, host)) {
      aboutHost = " It has the server's host, but another port.";
    }
    return ofWrite(outcome, "its origin " + Text.quote(origin)) + aboutHost + trust;
  }

  // --------------------------------------------------------------------------------- the origin

  private static String aboutOrigin(Outcome outcome, Protocol policy, String origin) {
    String refused = Text.quote(origin) + " is not allowed";
    if (!policy.allowsSomeone()) {
      return refused + ". The policy allows no origin.";
    }
    return switch (outcome) {
      case ORIGIN_NULL ->
          of(outcome, policy)
              + " Any website can take on the origin null, so do not allow it. Serve the page from"
              + " an origin of its own, and do not redirect to another origin.";
      case ORIGIN_SEVERAL ->
          refused
              + ": these are several origins, and a browser sends one. A proxy, or a client that is"
              + " not a browser, added another.";
      case ORIGIN_MALFORMED -> aboutMalformed(policy, origin);
      default -> refused + nearMiss(policy, origin);
    };
  }

  private static String nearMiss(Protocol policy, String origin) {
    NearMiss near = NearMiss.of(origin, Grants.texts(policy.grants().namedOrigins()));
    if (near == null) {
      String change = changeToAllow(policy, origin);
      return ". Nothing in the policy is similar." + change;
    }
    StringBuilder text =
        new StringBuilder(". ")
            .append(Text.quote(near.allowed()))
            .append(" is, but ")
            .append(near.difference().clause())
            .append('.');
    if (near.difference().isLookAlike()) {
      return text.append(
              " A look-alike may belong to an attacker. Allow it only if you know that it is"
                  + " yours.")
          .toString();
    }
    if (near.difference() == Difference.SCHEME && isInsecure(origin)) {
      return text.append(" Serve the page over https.").toString();
    }
    return text.append(changeToAllow(policy, origin)).toString();
  }

  private static boolean isInsecure(String origin) {
    return OriginPatternParser.parse(origin) instanceof Parsed parsed
        && parsed.pattern().isInsecure();
  }

  /**
   * Whether to suggest allowing an origin, and how. The rules for policies say whether that is
   * safe.
   */
  private static String changeToAllow(Protocol policy, String origin) {
    Written alone = new Written();
    alone.add(Setting.ALLOWED_ORIGINS, origin);
    if (policy.grants().credentials()) {
      alone.set(Setting.ALLOW_CREDENTIALS, "true");
    }
    return ifSafe(alone, Change.ALLOW_ORIGIN.in(policy, origin));
  }

  private static String ifSafe(Written alone, String change) {
    List<PolicyProblem> errors = new PolicyValidation(alone).errors();
    return errors.isEmpty()
        ? " " + change
        : " Allowing it is not the answer: " + errors.get(0).reason() + ".";
  }

  private static String constantOrigin(Protocol policy) {
    String constant = policy.constantOrigin();
    return constant == null
        ? ""
        : " The browser receives the policy's only origin, "
            + Text.quote(constant)
            + ", and reports that it differs.";
  }

  /** What differs from an origin as browsers write it: typical mistakes of people and tools. */
  private static String aboutMalformed(Protocol policy, String origin) {
    String refused = Text.quote(origin) + " is not a valid origin";
    if (origin.length() > Origin.MAX_LENGTH) {
      return refused + ": it is too long.";
    }
    String lower = Token.lower(origin);
    int schemeEnd = Origin.schemeEnd(lower);
    if (schemeEnd == -1) {
      return refused + ": it does not begin with a scheme and ://.";
    }
    int end = schemeEnd + "://".length();
    while (end < lower.length() && "/?#".indexOf(lower.charAt(end)) < 0) {
      end++;
    }
    String tail = lower.substring(end);
    int hostEnd = Math.min(end, Origin.hostEnd(lower, schemeEnd + "://".length()));
    String port = lower.substring(hostEnd, end);
    boolean dot = lower.charAt(hostEnd - 1) == '.';
    boolean defaultPort = port.equals(":" + Origin.defaultPort(lower, schemeEnd));
    String plain = lower.substring(0, dot ? hostEnd - 1 : hostEnd) + (defaultPort ? "" : port);
    if (lower.startsWith("file://")) {
      return refused
          + ": a page from a file has no origin of its own. Serve it from a server, or give the app"
          + " a scheme of its own.";
    }
    if (!Origin.isSerialized(plain)) {
      return Origin.hasHyphenAtEdge(plain)
          ? refused
              + ": a label of its host starts or ends with a hyphen. Some browsers open such pages,"
              + " but DNS has no such host names (RFC 5890 §2.3.1). Give the host another name."
          : refused + ".";
    }
    String reason;
    if (dot) {
      reason =
          "the dot at the end of the host makes it a different origin; open the page without it";
    } else if (tail.equals("/")) {
      reason = "there is an extra trailing slash";
    } else if (!tail.isEmpty()) {
      reason = "it has a path, and an origin has none";
    } else if (defaultPort) {
      reason = "browsers leave out the default port";
    } else {
      reason = "browsers send origins in lower case";
    }
    return refused
        + (policy.allows(plain)
            ? ". " + Text.quote(plain) + " is, and the policy allows it: "
            : ": ")
        + reason
        + ".";
  }

  // --------------------------------------------------------------------- the method, the headers

  private static String aboutMethod(Outcome outcome, Protocol policy, String method) {
    String quoted = Text.quote(method);
    if (outcome == Outcome.METHOD_FORBIDDEN) {
      return quoted + " can never be allowed: Fetch forbids it to every script.";
    }
    if (outcome == Outcome.METHOD_MALFORMED) {
      return quoted + " is not a single valid method.";
    }
    String refused = quoted + " is not allowed";
    if (method.length() > Protocol.MAX_REPEATED_METHOD_LENGTH) {
      return refused + ": it is longer than any method in use.";
    }
    String normalized = Methods.normalize(method);
    if (!normalized.equals(method)) {
      return refused + ". No browser asks for it: browsers send \"" + normalized + "\".";
    }
    for (String allowed : policy.grants().methods().members()) {
      if (allowed.equalsIgnoreCase(method)) {
        return refused
            + ", but "
            + Text.quote(allowed)
            + " is: methods are case-sensitive. Use "
            + Text.quote(allowed)
            + " in the page.";
      }
    }
    if (method.equalsIgnoreCase("PATCH") && !method.equals("PATCH")) {
      return refused
          + ". Methods are case-sensitive, and the usual method is \"PATCH\". "
          + Change.ALLOW_PATCH.in(policy, "PATCH");
    }
    if (method.contains("*")) {
      return refused + ". It is the name of a method here, not a wildcard.";
    }
    return refused + ". " + Change.ALLOW_METHOD.in(policy, method);
  }

  private static String aboutNames(Outcome outcome, Protocol policy, String names) {
    if (outcome == Outcome.HEADERS_TOO_LONG) {
      return "The list of requested request headers has "
          + names.length()
          + " characters, more than any browser sends.";
    }
    int at = policy.firstRefusedName(names);
    if (at == -1) {
      return of(outcome, policy); // The request is not the one that was decided about.
    }
    int comma = names.indexOf(',', at);
    String name = names.substring(at, comma == -1 ? names.length() : comma).strip();
    String quoted = Text.quote(name);
    if (outcome == Outcome.HEADER_MALFORMED) {
      return quoted + " is not a valid header name.";
    }
    String refused = quoted + " is not allowed as a request header";
    if (policy.allowsAnyRequestHeader() && outcome == Outcome.HEADER_NOT_ALLOWED) {
      return refused
          + ": by the standard, * does not include it. "
          + Change.ALLOW_REQUEST_HEADER.in(policy, "Authorization");
    }
    if (name.contains("*")) {
      return refused + ". It is the name of a header here, not a wildcard.";
    }
    Written alone = new Written();
    alone.add(Setting.ALLOWED_ORIGINS, "https://example.com");
    alone.add(Setting.ALLOWED_REQUEST_HEADERS, name);
    String near = nearName(policy, name);
    Change change =
        near == null ? Change.ALLOW_REQUEST_HEADER : Change.ALLOW_SIMILAR_REQUEST_HEADER;
    String similar =
        near == null ? "." : ". " + Text.quote(near) + " is, but one character differs.";
    return refused + similar + ifSafe(alone, change.in(policy, name));
  }

  private static @Nullable String nearName(Protocol policy, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return policy.grants().requestHeaders().members().stream()
        .filter(allowed -> NearMiss.differsByOne(lower, allowed.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(null);
  }

  // ---------------------------------------------------------------------------------- the hints

  private static <Q> String preflightWithoutOrigin(
      Q request, RequestReader<? super Q> reader, @Nullable String method) {
    return method != null && reader.method(request).equals("OPTIONS")
        ? " It looks like a preflight, but a preflight has an Origin header."
        : "";
  }

  private static <Q> String optionsWithoutMethod(Q request, RequestReader<? super Q> reader) {
    if (!reader.method(request).equals("OPTIONS")) {
      return "";
    }
    return reader.header(request, "Access-Control-Request-Method") == null
        ? " It is not a preflight: it has no Access-Control-Request-Method header."
        : " It is not a preflight: its Access-Control-Request-Method is empty.";
  }

  private static <Q> String cookieWithoutCredentials(
      Protocol policy, Q request, RequestReader<? super Q> reader) {
    if (!lacksCredentials(policy, request, reader)) {
      return "";
    }
    return " But the request carries a cookie, and the policy does not allow credentials. If a"
        + " script of another origin sent it, the browser hides the response from the"
        + " script. Send the request without credentials, or decide which origins may use"
        + " them.";
  }

  /**
   * A browser sends cookies across origins only if the script asked for credentials (<a
   * href="https://fetch.spec.whatwg.org/#concept-request-credentials-mode">include</a>), and then
   * it shares only responses that allow them.
   */
  private static <Q> boolean lacksCredentials(
      Protocol policy, Q request, RequestReader<? super Q> reader) {
    return !policy.grants().credentials()
        && reader.header(request, "Cookie") != null
        && !"same-origin".equals(RequestSite.site(request, reader));
  }

  /** Whether a browser will refuse what the policy allows, because of a cookie. */
  static <Q> boolean lacksCredentials(
      CorsDecision decision, Q request, RequestReader<? super Q> reader) {
    Protocol policy = decision instanceof Proceed ? decision.protocol : null;
    return policy != null
        && decision.outcome() == Outcome.ALLOWED
        && lacksCredentials(policy, request, reader);
  }
}

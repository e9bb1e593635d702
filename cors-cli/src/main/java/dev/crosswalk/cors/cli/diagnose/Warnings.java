package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.BodyText;
import dev.crosswalk.cors.cli.remedy.error.KnownBody;
import dev.crosswalk.cors.cli.remedy.error.MalformedHead;
import dev.crosswalk.cors.cli.remedy.error.ResponseRemedy;
import dev.crosswalk.cors.cli.remedy.refusal.RefusalRemedy;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import dev.crosswalk.cors.tck.wire.WireResponse.BodyEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What works here and may fail elsewhere, or is unsafe. */
final class Warnings {

  /** Nobody's: the top-level domain is reserved, RFC 2606. */
  static final String ANOTHER_ORIGIN = "https://crosswalk.invalid";

  private static final List<String> SAFE = List.of("GET", "HEAD");

  private Warnings() {}

  static List<String> of(
      Request request, Optional<NotShared> refusal, Outcome outcome, Transport transport) {
    List<String> warnings = new ArrayList<>();
    answer(refusal, outcome, warnings);
    localNetwork(request, refusal, warnings);
    noBody(request, outcome, warnings);
    misspelled(refusal, outcome, warnings);
    if (refusal.isEmpty() && outcome.type() == Outcome.Type.CORS) {
      Exchange last = outcome.actuals().get(outcome.actuals().size() - 1);
      standard(request, transport, warnings);
      compare(safe(last, outcome), transport, warnings);
      body(request, last, warnings);
      cookies(outcome, warnings);
      wildcardWithCredentials(last, warnings);
      grpc(outcome, last, warnings);
      fileName(outcome, last, warnings);
    }
    return List.copyOf(warnings);
  }

  /** What the server itself says, where that is not what browsers refuse. */
  private static void answer(Optional<NotShared> refusal, Outcome outcome, List<String> warnings) {
    List<Exchange> all = outcome.exchanges();
    boolean none =
        all.isEmpty() || refusal.filter(found -> found.where().status() == 0).isPresent();
    if (none) {
      return;
    }
    WireResponse last = all.get(all.size() - 1).response();
    boolean error = last.status() >= 400;
    Optional<String> excerpt = BodyText.excerpt(last);
    if (refusal.isPresent()) {
      if (error && !all.get(all.size() - 1).preflight()) {
        changedByRedirect(outcome).ifPresent(warnings::add);
      }
      bodyOf(last).ifPresent(warnings::add);
      return;
    }
    if (error) {
      Optional<String> meaning = ResponseRemedy.ofReadable(last);
      warnings.add(
          "CORS is not the problem here: the browser lets the script read the answer, and that is an"
              + " error of the server itself ("
              + last.status()
              + ")."
              + meaning
                  .map(sentences -> " " + sentences)
                  .orElse(excerpt.isEmpty() ? " It has no text: the server's log tells why." : ""));
      changedByRedirect(outcome).ifPresent(warnings::add);
      excerpt.ifPresent(text -> warnings.add("The body begins: " + text));
    } else {
      KnownBody.of(last)
          .map(known -> known.cause() + " " + String.join(" ", known.advice()))
          .ifPresent(warnings::add);
    }
  }

  /** What a server that answers an error misses, and the page has sent. */
  private static Optional<String> changedByRedirect(Outcome outcome) {
    List<Exchange> all = outcome.actuals();
    WireRequest asked = all.get(0).request();
    Exchange last = all.get(all.size() - 1);
    String instead = ": let the page request " + last.request().url() + " itself";
    if (!asked.method().equals(last.request().method())) {
      return Optional.of(
          "A redirect turned "
              + asked.method()
              + " into "
              + last.request().method()
              + ", without the body"
              + instead
              + ", or let the server redirect with 307 or 308, which keep the method.");
    }
    return asked.headers().has("Authorization") && !last.request().headers().has("Authorization")
        ? Optional.of(
            "A redirect to another origin lost the header Authorization, which browsers do not"
                + " send on"
                + instead
                + ".")
        : Optional.empty();
  }

  /** How the body of an error begins. */
  static Optional<String> bodyOf(WireResponse response) {
    return BodyText.excerpt(response)
        .filter(text -> response.status() >= 400)
        .map(text -> "The body of the " + response.status() + " begins: " + text);
  }

  /** {@code https://wicg.github.io/local-network-access/}. */
  static void localNetwork(Request request, Optional<NotShared> refusal, List<String> warnings) {
    if (!(Origin.of(request.origin()) instanceof Origin.Tuple page)
        || isLocal(page.host())
        || (refusal.isPresent() && refusal.get().cause() == Cause.NETWORK)
        || !isLocal(String.valueOf(Url.of(request.url()).host()))
        // A server on this machine is most often one that is being written: one thing at a time.
        || (refusal.isPresent() && Host.isLoopback(String.valueOf(Url.of(request.url()).host())))) {
      return;
    }
    warnings.add(
        page.scheme().equals("http")
            ? "The server is on a local network, and the page is neither there nor on https: Chrome"
                + " blocks that, whatever the headers (Local Network Access)."
            : "The server is on a local network. If the page is not, Chrome asks the user for"
                + " permission first (Local Network Access); no header of the server allows it.");
  }

  /** The page's own host need not exist: only addresses are looked at, not names. */
  static boolean isLocal(String host) {
    return Host.isLoopback(host)
        || PrivateHost.isAddress(host)
        || !Host.isAddress(host) && host.endsWith(".local");
  }

  /** Engines are still laxer than the standard. */
  private static void standard(Request request, Transport transport, List<String> warnings) {
    Outcome strict = new UserAgent(Engine.STANDARD).fetch(request, transport);
    if (strict.verdict() instanceof NotShared refusal) {
      warnings.add(
          refusal.subject().equals("authorization")
              ? "Access-Control-Allow-Headers is *, which by the standard does not cover"
                  + " Authorization. Browsers still let it pass, and Firefox warns: list it."
              : "The standard refuses it, but browsers accept it: "
                  + RefusalRemedy.of(refusal, RequiredGrant.of(request), Optional.empty()).cause());
    }
  }

  /**
   * If a request may change something, its preflight is repeated instead, where credentials are
   * allowed: then any site could act as the user.
   */
  private static Exchange safe(Exchange last, Outcome outcome) {
    List<Exchange> preflights = outcome.preflights();
    boolean credentials = allowsCredentials(last.response().headers());
    return SAFE.contains(last.request().method()) || preflights.isEmpty() || !credentials
        ? last
        : preflights.get(preflights.size() - 1);
  }

  /**
   * Asks once more, for another origin, in a way that changes nothing on the server: by GET in
   * place of a POST that had no preflight.
   */
  private static void compare(Exchange last, Transport transport, List<String> warnings) {
    Headers headers = last.response().headers();
    String method = last.request().method();
    boolean asItWas = SAFE.contains(method) || last.preflight();
    Optional<String> origin = last.request().headers().get("Origin");
    Optional<String> allowed = headers.get(GrantHeaders.ALLOW_ORIGIN);
    if (allowed.isEmpty()
        || !allowed.equals(origin)
        || !(asItWas || method.equals("POST") && allowsCredentials(headers))) {
      return;
    }
    Headers sent =
        last.request().headers().without("Origin").without("Cookie").with("Origin", ANOTHER_ORIGIN);
    WireRequest again =
        asItWas
            ? new WireRequest(method, last.request().url(), sent)
            : new WireRequest(
                "GET",
                last.request().url(),
                sent.without("Content-Type").without("Content-Length"));
    Headers answer;
    try {
      answer = transport.send(again).headers();
    } catch (IOException e) {
      warnings.add(
          "A second request, from another origin, got no response: " + e.getMessage() + ".");
      return;
    }
    Optional<String> others = answer.get(GrantHeaders.ALLOW_ORIGIN);
    if (others.equals(Optional.of(ANOTHER_ORIGIN))) {
      boolean credentials = allowsCredentials(headers) && (asItWas || allowsCredentials(answer));
      warnings.add(
          "The server allows every origin: it also allowed "
              + ANOTHER_ORIGIN
              + (asItWas ? "" : " (requested with GET)")
              + (credentials
                  ? ", with credentials. So any site that your users visit can read what they may"
                      + " read. Keep a list of origins."
                  : ". If you intend that, send *; otherwise keep a list of origins."));
    }
    boolean varies =
        headers.split("Vary").orElse(List.of()).stream()
            .anyMatch(name -> name.equals("*") || Bytes.equalIgnoringCase(name, "Origin"));
    // What answers a preflight is kept by no cache but the browser's, which keeps origins apart;
    // what
    // answers a POST is kept by none.
    if (!varies && SAFE.contains(method) && !others.equals(allowed)) {
      warnings.add(
          "Vary: Origin is missing, and another origin gets "
              + others
                  .map(value -> "Access-Control-Allow-Origin: " + value)
                  .orElse("no such header")
              + ". A cache may then give one origin's response to another, so requests fail now and"
              + " then. Add Vary: Origin to every response.");
    }
  }

  private static boolean allowsCredentials(Headers headers) {
    return headers.get(GrantHeaders.ALLOW_CREDENTIALS).equals(Optional.of("true"));
  }

  /** Said of what is only known of the headers. */
  private static void body(Request request, Exchange last, List<String> warnings) {
    if (last.response().end() == BodyEnd.BROKEN) {
      warnings.add(
          "The body ends early. The script sees the status and the headers, and then an error, when"
              + " it reads the body. That is not CORS: the server's log tells why.");
    }
    if (MalformedHead.isBrokenOff(last.response())) {
      warnings.add(
          MalformedHead.BROKEN_OFF
              + " Without TLS, browsers accept what came; a proxy or another program may refuse"
              + " it. The server's log tells why it ends there.");
    }
    if (isNotWhatItSays(last.response())) {
      warnings.add(
          "The body is not compressed, and Content-Encoding: "
              + last.response().headers().get("Content-Encoding").orElse("")
              + " says that it is. The script sees the status and the headers, and then an error,"
              + " when it reads the body (in Chrome net::ERR_CONTENT_DECODING_FAILED). That is not"
              + " CORS: remove that header where the server, or a proxy, sets it; or compress the"
              + " body.");
    }
    Optional<String> type = request.headers().get("Content-Type");
    if (looksLikeJson(request) && type.filter(value -> value.contains("json")).isEmpty()) {
      warnings.add(
          "The body looks like JSON, and Content-Type does not say so. If the page sends"
              + " Content-Type: application/json, browsers send a preflight first: use"
              + " --data-json.");
    }
  }

  /** Compressed data begin in a certain way (RFC 1952; RFC 8878), and are not text. */
  private static boolean isNotWhatItSays(WireResponse response) {
    byte[] body = response.body();
    if (body.length == 0) {
      return false;
    }
    String coding = Bytes.lowerCase(response.headers().get("Content-Encoding").orElse(""));
    if (body.length < 4) {
      // A whole member of gzip has 18 bytes at least.
      return response.end() == BodyEnd.WHOLE && coding.endsWith("gzip");
    }
    int start = (body[0] & 0xFF) << 8 | body[1] & 0xFF;
    return switch (coding) {
      case "gzip", "x-gzip" -> start != 0x1F8B;
      case "zstd" -> start != 0x28B5;
      case "br", "deflate" -> isText(body);
      default -> false;
    };
  }

  private static boolean isText(byte[] body) {
    for (byte b : body) {
      if (b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean looksLikeJson(Request request) {
    byte[] body = request.body();
    return body.length > 1 && (body[0] == '{' || body[0] == '[');
  }

  /** A server that misses the body may answer before its CORS layer, or without it. */
  private static void noBody(Request request, Outcome outcome, List<String> warnings) {
    boolean awaited = List.of("POST", "PUT", "PATCH").contains(request.method());
    boolean refused =
        outcome.actuals().stream().anyMatch(exchange -> exchange.response().status() >= 400);
    if (awaited && refused && request.body().length == 0) {
      warnings.add(
          "The request had no body, and the error may be about that. Send the page's own: --data,"
              + " or --data-json.");
    }
  }

  /** Each name once, though the preflight and the answer itself may have it. */
  private static void misspelled(
      Optional<NotShared> refusal, Outcome outcome, List<String> warnings) {
    outcome.exchanges().stream()
        .flatMap(each -> ResponseRemedy.alsoMisspelled(each.response(), refusal).stream())
        .distinct()
        .forEach(warnings::add);
  }

  private static void cookies(Outcome outcome, List<String> warnings) {
    for (Exchange exchange : outcome.actuals()) {
      boolean crossSite =
          exchange.request().headers().get("Sec-Fetch-Site").equals(Optional.of("cross-site"));
      if (!exchange.credentials() || !crossSite) {
        continue;
      }
      if (exchange.response().status() == 401 && isWithoutLogin(exchange.request())) {
        warnings.add(
            "This request had no cookie: give it the one that the browser holds, by -H 'Cookie:"
                + " NAME=VALUE'. If the page sends none either, see how the cookie was set: to another"
                + " site, browsers send only one with SameSite=None and Secure. That is not CORS.");
      }
      for (String cookie : exchange.response().headers().lines("Set-Cookie")) {
        List<String> attributes =
            List.of(Bytes.lowerCase(cookie).split(";")).stream().map(String::strip).toList();
        List<String> missing = new ArrayList<>();
        if (!attributes.contains("samesite=none")) {
          missing.add("SameSite=None");
        }
        if (!attributes.contains("secure")) {
          missing.add("Secure");
        }
        if (!missing.isEmpty()) {
          warnings.add(
              "The cookie "
                  + cookieName(cookie)
                  + " lacks "
                  + String.join(" and ", missing)
                  + ", so no browser stores it in a request of another site, or sends it with one. That"
                  + " is not CORS. Safari, and others by their settings, block such cookies"
                  + " anyway.");
        }
      }
    }
  }

  private static boolean isWithoutLogin(WireRequest request) {
    return !request.headers().has("Cookie") && !request.headers().has("Authorization");
  }

  static String cookieName(String cookie) {
    int equals = cookie.indexOf('=');
    return equals < 0 ? "without a name" : cookie.substring(0, equals).strip();
  }

  private static void wildcardWithCredentials(Exchange last, List<String> warnings) {
    Headers headers = last.response().headers();
    if (headers.get(GrantHeaders.ALLOW_ORIGIN).equals(Optional.of("*"))
        && headers.has(GrantHeaders.ALLOW_CREDENTIALS)) {
      warnings.add(
          "Access-Control-Allow-Credentials has no effect beside Access-Control-Allow-Origin: *."
              + " A request with credentials would be refused.");
    }
  }

  /** A client of gRPC-Web reads these, and takes their absence for a broken answer. */
  private static void grpc(Outcome outcome, Exchange last, List<String> warnings) {
    List<String> hidden =
        List.of("grpc-status", "grpc-message").stream()
            .filter(last.response().headers()::has)
            .filter(name -> !outcome.headers().has(name))
            .toList();
    if (!hidden.isEmpty()) {
      warnings.add(
          "The script cannot read "
              + String.join(" and ", hidden)
              + ", which a client of gRPC-Web needs to tell an error. Send"
              + " Access-Control-Expose-Headers: grpc-status, grpc-message.");
    }
  }

  /** Contains the file name of a download, which a script needs to save it. */
  private static void fileName(Outcome outcome, Exchange last, List<String> warnings) {
    String name = "Content-Disposition";
    boolean named =
        last.response().headers().get(name).filter(value -> value.contains("filename")).isPresent();
    if (named && !outcome.headers().has(name)) {
      warnings.add(
          "The script cannot read Content-Disposition, which has the name of the download. Send"
              + " Access-Control-Expose-Headers: Content-Disposition.");
    }
  }
}

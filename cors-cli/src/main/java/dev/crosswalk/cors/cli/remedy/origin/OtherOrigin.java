package dev.crosswalk.cors.cli.remedy.origin;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.remedy.layer.KnownLayer;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to change where {@code Access-Control-Allow-Origin} has an origin that is not the page's.
 */
public final class OtherOrigin {

  private static final String PASSED_ON =
      "If this program passes the request on to another API (http-proxy-middleware, for example),"
          + " the header is that API's, and a CORS layer here does not replace it: change the list"
          + " there, or remove the header from its answer first (on.proxyRes: delete"
          + " proxyRes.headers[\"access-control-allow-origin\"]).";

  private OtherOrigin() {}

  public static Remedy of(NotShared refusal, RequiredGrant grant, Optional<WireResponse> response) {
    Where where = refusal.where();
    String value = refusal.value();
    if (OriginValue.isWord(value)) {
      return OriginRemedy.invalid(refusal, grant);
    }
    String has =
        Remedy.answer(where)
            + (value.isEmpty() ? " has another origin" : " has \"" + value + "\"")
            + " in "
            + GrantHeaders.ALLOW_ORIGIN;
    if (where.origin().equals("null")) {
      return ofPageWithoutOrigin(has, where, grant);
    }
    // Such bytes are no part of an origin, though a browser finds a host in some of them.
    if (OriginValue.unseen(value).isPresent()
        || value.chars().anyMatch(c -> c > 0x7E)
            && !OriginValue.isInOwnLetters(value, where.origin())) {
      return OriginRemedy.invalid(refusal, grant);
    }
    Optional<String> defect = value.isEmpty() ? Optional.empty() : OriginValue.defect(value);
    if (where.origin().isEmpty() && defect.isPresent()) {
      return Remedy.granting(
          "ACAO_MISMATCH",
          has
              + (OriginValue.isServers(value, where.url())
                  ? ": that is the server's own name, and not the page's."
                  : ", and no page has that origin: " + defect.get() + "."),
          List.of(
              OriginValue.isServers(value, where.url())
                  ? OriginValue.ofServer(value, "")
                  : OriginRemedy.meant(value, "")
                      .orElse(
                          Advice.of(
                              "Keep a list of origins on the server. If the request's Origin is in the"
                                  + " list, send that one back: https://app.example.com, for example. If"
                                  + " anyone may read the resource, such as a font, send only *."))),
          grant);
    }
    String cause = has + ", and the page's origin is ";
    if (where.origin().isEmpty() || value.isEmpty()) {
      return Remedy.granting(
          "ACAO_MISMATCH",
          cause + (where.origin().isEmpty() ? "not that." : where.origin() + "."),
          advice(value, "", where, response),
          grant);
    }
    String difference = OriginValue.difference(value, where.origin());
    return Remedy.granting(
        "ACAO_MISMATCH",
        cause + where.origin() + ": " + difference + ".",
        advice(value, difference, where, response),
        grant);
  }

  private static Remedy ofPageWithoutOrigin(String has, Where where, RequiredGrant grant) {
    return where.url().equals(where.initialUrl())
        ? Remedy.of(
            "ACAO_MISMATCH",
            has + ", and the page's origin is null.",
            List.of(
                "A sandboxed frame, a file and a data: URL have the origin null. Serve the page"
                    + " from a web server, or give the frame allow-same-origin."),
            grant)
        : Remedy.of("ACAO_MISMATCH", has + ", and the request's origin is null.", List.of(), grant);
  }

  /**
   * What to change where the server sends an origin that is not the page's.
   *
   * @param value what it sends; empty if the message does not tell
   * @param difference empty if one of the two is not known
   */
  private static List<Advice> advice(
      String value, String difference, Where where, Optional<WireResponse> response) {
    String origin = where.origin();
    boolean known = !difference.isEmpty();
    boolean own = !value.isEmpty() && OriginValue.isServers(value, where.url());
    boolean another = difference.equals(OriginValue.ANOTHER) && !own;
    boolean varies =
        response.filter(found -> new ResponseSigns(found).variesByOrigin()).isPresent();
    List<Advice> advice = new ArrayList<>();
    if (difference.equals(OriginValue.CUT)) {
      advice.add(Advice.of(OriginValue.TOO_SHORT));
    }
    // No browser opens a page at such a name, but a proxy asks a server there.
    boolean ofProxy = another && varies && isInner(value);
    if (ofProxy) {
      advice.add(Advice.of(OriginValue.SENT_BY_A_PROXY));
    }
    if (value.equals("null")) {
      advice.addAll(instead(origin));
    }
    if (own) {
      advice.add(OriginValue.ofServer(value, origin));
      advice.add(Advice.of(OriginValue.ECHOED));
    }
    Optional<Advice> meant = OriginRemedy.meant(value, origin);
    if (!own && meant.isEmpty()) {
      development(value, origin)
          .map(words -> Topic.OTHER_STAGE.advice(words).with(Trait.ADDS_PAGE))
          .ifPresent(advice::add);
    }
    meant.ifPresent(advice::add);
    if (difference.equals(OriginValue.SCHEME) && !own) {
      advice.add(otherScheme(value, origin));
    }
    if (known && value.equals(origin + "/")) {
      advice.add(
          Advice.of(
              "If nobody has written it there, the code sends back the header Referer: let it use"
                  + " Origin instead, and compare that with a list."));
    }
    if (meant.isEmpty() && !value.equals(origin)) {
      advice.add(
          another
              ? besides(value, where, response)
              : Advice.of(
                  "Keep a list of origins on the server. If the request's Origin is in the list,"
                      + " send that one back. Both are compared exactly."));
    }
    if (another && response.filter(OtherOrigin::mayPassOn).isPresent()) {
      advice.add(Advice.of(PASSED_ON));
    }
    if (another && varies && !ofProxy) {
      advice.add(Advice.of(OriginValue.SENT_BY_A_PROXY));
    }
    if (value.contains("*") && known) {
      advice.add(Advice.of(OriginValue.SUBDOMAINS));
    }
    if (another && !varies && !value.equals("null")) {
      advice.add(
          Topic.KEPT_ANSWER.advice(
              "If it should be allowed, a cache may have kept the answer for another origin: call"
                  + " it twice with curl -i and the header Origin, the second time with another"
                  + " query. If the value changes, it was a cache: send Vary: Origin on every"
                  + " response."));
    }
    return advice;
  }

  /** Whether it is of a program in which people write proxies, and of no proxy that says so. */
  private static boolean mayPassOn(WireResponse response) {
    return FrontProxy.name(response).isEmpty()
        && Server.seen(response).filter(server -> server != Server.EXPRESS).isEmpty();
  }

  /** What a server has to send where it sends null. */
  private static List<Advice> instead(String origin) {
    return List.of(
        Advice.of(
            "Some layers send null to every origin that is not on their list (GraphQL Yoga, for"
                + " example): then add "
                + (origin.isEmpty() ? "the page's origin" : origin)
                + " to the list, if its pages are yours."),
        Advice.of("Otherwise never send null: any site can make its pages' origin null."));
  }

  private static Advice otherScheme(String value, String origin) {
    return Advice.of(
        "People open the page over "
            + origin.substring(0, origin.indexOf(':'))
            + ": where the server has "
            + value
            + ", write "
            + origin
            + ". If they open it over both, list both on the server.");
  }

  private static boolean isInner(String origin) {
    return !PrivateHost.isLocalOrigin(origin)
        && Url.parse(origin)
            .filter(url -> PrivateHost.isInner(String.valueOf(url.host())))
            .isPresent();
  }

  /** The server has one origin, or it sends one back of those that it has. */
  private static Advice besides(String value, Where where, Optional<WireResponse> response) {
    String list =
        response
            .flatMap(found -> where.preflight() ? KnownLayer.byServer(found) : KnownLayer.of(found))
            .map(KnownLayer::origins)
            .orElse("the server's list of origins");
    return Advice.of(
            "If the pages of "
                + where.origin()
                + " are yours, add "
                + where.origin()
                + " to "
                + list
                + ", beside "
                + value
                + ". The server then has to send back the one that sends the request, which is in the"
                + " header Origin of the request. Both are compared exactly.")
        .with(Trait.ADDS_PAGE);
  }

  /** One of the two is a page of development, and the other one is not. */
  private static Optional<String> development(String value, String origin) {
    if (PrivateHost.isLocalOrigin(value) == PrivateHost.isLocalOrigin(origin)
        || origin.isEmpty()
        || !value.startsWith("http")) {
      return Optional.empty();
    }
    return Optional.of(
        PrivateHost.isLocalOrigin(value)
            ? "The application still allows only the development page. Set its own setting for that"
                + " (an environment variable, most often) to "
                + origin
                + ", and start it again. A proxy in front cannot replace the header by adding one."
            : "The server allows only the deployed page. Add "
                + origin
                + " to its list in development only, or let the development server's proxy call"
                + " it.");
  }
}

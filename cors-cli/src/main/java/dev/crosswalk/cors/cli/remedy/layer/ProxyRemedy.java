package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;

/** What to change where a proxy removes a header, as the answers of the software behind it show. */
public final class ProxyRemedy {

  private ProxyRemedy() {}

  /**
   * For Spring, which answers a preflight as if it were any other OPTIONS.
   *
   * @param last the refused response
   * @param preflight whether that is the answer to a preflight
   */
  public static Remedy originRemoved(WireResponse last, boolean preflight, RequiredGrant grant) {
    return Remedy.of(
        "ORIGIN_REMOVED",
        (preflight ? "The answer to the preflight (" : "The response (")
            + last.status()
            + ") has no Access-Control-Allow-Origin. Spring's CORS layer is there, as three lines"
            + " of Vary show, and it treats a preflight as any other OPTIONS: so the header Origin"
            + " does not reach it. A proxy in front removes it.",
        List.of(
            "Let the proxy pass Origin on: " + TwoLayers.removesOrigin(last) + ".",
            "Nothing is to be changed in Spring for that. Do not add the headers in the proxy as well:"
                + " then there are two layers."),
        grant);
  }

  /** For Spring, whose answer to a preflight has its other headers. */
  public static Remedy allowOriginRemoved(WireResponse last, RequiredGrant grant) {
    return Remedy.of(
        "ALLOW_ORIGIN_REMOVED",
        "The response ("
            + last.status()
            + ") has no Access-Control-Allow-Origin, and Spring's answer to a preflight has the"
            + " other CORS headers without it. Spring never sends them alone, so a proxy in front"
            + " removes that one header.",
        List.of("Let the proxy pass it on: " + TwoLayers.removesAllowOrigin(last)),
        grant);
  }

  /**
   * For a layer whose answer to a preflight shows that it has sent its headers, and of which none
   * has come.
   *
   * @param preflight that answer
   */
  public static Remedy allowHeadersRemoved(
      WireResponse last, WireResponse preflight, RequiredGrant grant) {
    return Remedy.of(
        "ALLOW_ORIGIN_REMOVED",
        "The answer to a preflight ("
            + preflight.status()
            + ") has Vary: Access-Control-Request-Headers, as a CORS layer writes it together with the"
            + " CORS headers (cors of Express, for example), and it has none of those. So "
            + FrontProxy.name(last).orElse("a proxy in front")
            + " removes them.",
        List.of(
            "Let the CORS headers pass: " + TwoLayers.removesAllowOrigin(last),
            "Nothing is to be changed in the application for that. Then try again: only now its"
                + " own headers are seen."),
        grant);
  }

  /** For Fastify, which looks at what a preflight has. */
  public static Remedy preflightStripped(WireResponse last, RequiredGrant grant) {
    return Remedy.of(
        "PREFLIGHT_STRIPPED",
        "@fastify/cors refuses the preflight (400, \"Invalid Preflight Request\"), as it came without"
            + " Origin or without Access-Control-Request-Method. Browsers send both, so a proxy in front"
            + " removes one of them.",
        List.of(
            "Let the proxy pass on Origin and each header that begins with Access-Control-Request-: "
                + TwoLayers.removesOrigin(last)
                + ". Look for the same rule with Access-Control-Request-Method, too."),
        grant);
  }
}

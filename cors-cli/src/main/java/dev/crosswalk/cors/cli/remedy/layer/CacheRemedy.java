package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/** What to change where a cache answers with what it has kept for somebody else. */
public final class CacheRemedy {

  private CacheRemedy() {}

  /** For a copy that was made for another origin, or for none. */
  public static Remedy ofAnotherOrigin(WireResponse response, RequiredGrant grant) {
    Optional<String> sign = new ResponseSigns(response).cache();
    boolean varies = new ResponseSigns(response).variesByOrigin();
    return Remedy.of(
        "CACHED_FOR_ANOTHER_ORIGIN",
        "A cache answers"
            + sign.map(found -> " (" + found + ")").orElse("")
            + " with what it keeps of a request of another origin, or of none. With a query that"
            + " no cache knows, the same request is allowed."
            + (varies
                ? " The copy has Vary: Origin already, so the cache does not follow it, or another"
                    + " copy was made without it."
                : ""),
        varies
            ? List.of(
                "Let the cache keep Origin apart: " + how(response) + " Then empty the cache.",
                "Send Vary: Origin also where there is no Origin and where the origin is refused.")
            : List.of(
                "Send Vary: Origin on every response of this URL, also where there is no Origin and"
                    + " where the origin is refused. Then empty the cache.",
                "Let the cache keep Origin apart: " + how(response)),
        grant);
  }

  /** In the words of the cache, if it can be told. */
  private static String how(WireResponse response) {
    String software = Bytes.lowerCase(ResponseSigns.software(response));
    if (response.headers().has("X-Varnish") || software.contains("varnish")) {
      return "in Varnish, do not unset beresp.http.Vary, or add hash_data(req.http.Origin) to vcl_hash.";
    }
    if (software.contains("squid")) {
      return "Squid needs nothing else: it follows Vary.";
    }
    if (software.contains("cloudfront")) {
      return "in CloudFront, name Origin in the cache policy, or use the managed policy"
          + " CORS-S3Origin for requests to the origin.";
    }
    return software.startsWith("nginx")
        ? "nginx does so by Vary, unless proxy_ignore_headers names it, or by $http_origin in"
            + " proxy_cache_key. Many CDNs leave it out of the key unless told."
        : "many CDNs leave it out of the key unless told.";
  }

  /** For a cache that leaves the query out of its key, so that the server itself is not heard. */
  public static Remedy kept(WireResponse answer, RequiredGrant grant) {
    return Remedy.of(
        "KEPT_BY_CACHE",
        "A cache answers ("
            + new ResponseSigns(answer).cache().orElse("")
            + ") with what it has kept, even where the query is one that nobody has sent before. That"
            + " copy does not allow this origin; what the server behind it says is not seen here.",
        List.of(
            (FrontProxy.name(answer).equals(Optional.of("CloudFront"))
                    ? "CloudFront passes Origin on only where it is told: "
                        + TwoLayers.FORWARDS_ORIGIN
                        + ". Or let it add the headers itself: a response headers policy with CORS. "
                    : "")
                + "Empty the cache for this URL, and try again. If that is allowed, the copy was"
                + " kept for another origin, or for none: send Vary: Origin on every response, and"
                + " let the cache keep Origin apart.",
            "If it is not: call the server behind the cache itself. It has no CORS layer on this"
                + " path, or that does not allow this origin."),
        grant);
  }
}

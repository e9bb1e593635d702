package dev.crosswalk.cors.cli.remedy.refusal;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A name among the request headers of a script that is none: one of responses, or a setting. */
final class MisplacedHeader {

  /** Only servers send these; in a script they come of a misunderstanding. */
  private static final List<String> RESPONSE_HEADERS =
      List.of(
          "access-control-allow-origin",
          "access-control-allow-methods",
          "access-control-allow-headers",
          "access-control-allow-credentials",
          "access-control-allow-private-network",
          "access-control-expose-headers",
          "access-control-max-age",
          "content-security-policy",
          "cross-origin-embedder-policy",
          "cross-origin-opener-policy",
          "cross-origin-resource-policy",
          "permissions-policy",
          "referrer-policy",
          "strict-transport-security",
          "timing-allow-origin",
          "vary",
          "x-content-type-options",
          "x-frame-options",
          "x-xss-protection");

  /** What libraries take beside the headers, and what people write among them. */
  private static final List<String> SETTINGS =
      List.of(
          "async",
          "body",
          "cors",
          "credentials",
          "crossdomain",
          "crossorigin",
          "datatype",
          "method",
          "mode",
          "no-cors",
          "redirect",
          "referrerpolicy",
          "responsetype",
          "timeout",
          "url",
          "withcredentials",
          "with-credentials");

  private MisplacedHeader() {}

  /** Empty if the name that is refused may be one of a request. */
  static Optional<Remedy> remedy(NotShared refusal, RequiredGrant grant) {
    String name = refusal.subject();
    return isOfResponse(name)
        ? Optional.of(ofResponse(refusal, grant))
        : SETTINGS.contains(Bytes.lowerCase(name))
            ? Optional.of(ofSetting(refusal))
            : Optional.empty();
  }

  /** A name with a mistake in it is not known to any server, and belongs to no request, either. */
  private static boolean isOfResponse(String name) {
    return RESPONSE_HEADERS.contains(Bytes.lowerCase(name)) || isMisspelled(name);
  }

  private static boolean isMisspelled(String name) {
    return !RESPONSE_HEADERS.contains(Bytes.lowerCase(name))
        && (HeaderName.meant(name).isPresent() || HeaderName.isOfTheseWords(name));
  }

  /** Without them the browser may ask for less, or not at all. */
  private static Remedy ofResponse(NotShared refusal, RequiredGrant grant) {
    List<String> misplaced =
        grant.requestHeaders().stream().filter(MisplacedHeader::isOfResponse).toList();
    List<String> all = misplaced.isEmpty() ? List.of(refusal.subject()) : misplaced;
    RequiredGrant rest = grant.without(all);
    List<String> allowed = List.of(Bytes.lowerCase(refusal.value()).split("[, ]+"));
    boolean done =
        rest.requestHeaders().stream()
            .allMatch(name -> allowed.contains(name) || isCovered(name, allowed, grant));
    List<Advice> advice = new ArrayList<>();
    advice.add(
        Topic.RESPONSE_HEADER.advice(
            (all.stream().anyMatch(MisplacedHeader::isMisspelled)
                    ? "That is meant for a header of CORS, and has a mistake in its name. Only the server"
                        + " and the browser itself send such headers"
                    : all.size() == 1
                        ? "That is a response header: the server sends it"
                        : "Those are response headers: the server sends them")
                + ". Remove "
                + String.join(", ", all)
                + " from the script: there "
                + (all.size() == 1 ? "it only makes" : "they only make")
                + " the browser send a preflight."));
    if (done && refusal.where().status() != 0) {
      advice.add(
          Advice.of("Do not allow it on the server. Nothing is to be changed there for this."));
    }
    return new Remedy(
        "HEADER_NOT_ALLOWED",
        Remedy.answer(refusal.where())
            + " does not allow the request header "
            + refusal.subject()
            + UnlistedName.listed("; Access-Control-Allow-Headers", refusal),
        advice,
        done ? Optional.empty() : Optional.of(rest),
        List.of());
  }

  private static Remedy ofSetting(NotShared refusal) {
    return new Remedy(
        "HEADER_NOT_ALLOWED",
        Remedy.answer(refusal.where())
            + " does not allow the request header "
            + refusal.subject()
            + UnlistedName.listed("; Access-Control-Allow-Headers", refusal),
        List.of(
            Topic.RESPONSE_HEADER.advice(
                "That is no header, but a setting of the request, which is among its headers:"
                    + " write it beside headers, for example fetch(url, { mode, credentials,"
                    + " headers: {...} }), or remove it where the library does not have it. No"
                    + " server has to allow it.")),
        Optional.empty(),
        List.of());
  }

  private static boolean isCovered(String name, List<String> allowed, RequiredGrant grant) {
    return allowed.contains("*") && !grant.credentials() && !name.equals("authorization");
  }
}

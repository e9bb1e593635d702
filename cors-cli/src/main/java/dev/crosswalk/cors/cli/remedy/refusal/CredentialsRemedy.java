package dev.crosswalk.cors.cli.remedy.refusal;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.layer.TwoLayers;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to change where a request includes credentials, and the answer does not allow that. */
final class CredentialsRemedy {

  private static final Advice WITHOUT_CREDENTIALS =
      Topic.NO_COOKIES.advice(
          "If the page needs no cookies, remove credentials: \"include\" (fetch) or withCredentials"
              + " (XMLHttpRequest, axios, Angular) from the script.");

  /** What somebody writes who means yes. */
  private static final Pattern MEANT =
      Pattern.compile("(?i)[\"']?(?:true|1|yes|on)[\"']?(?:[,;] *[\"']?true[\"']?)*[,;]?");

  private CredentialsRemedy() {}

  static Remedy wildcard(NotShared refusal, RequiredGrant grant, Optional<WireResponse> response) {
    Optional<Remedy> layers =
        response.flatMap(found -> TwoLayers.anyOverOne(refusal.where(), found, grant));
    if (layers.isPresent()) {
      return layers.get().withAdvice(layers.get().advice().size(), WITHOUT_CREDENTIALS);
    }
    return Remedy.granting(
        "ACAO_WILDCARD_CREDENTIALS",
        Remedy.answer(refusal.where())
            + " allows any origin (*). Browsers do not accept * for a request with credentials.",
        List.of(
            WITHOUT_CREDENTIALS,
            Topic.NAME_ORIGIN.advice(
                "If it needs cookies, the server has to name the page's origin, from a list that"
                    + " it keeps. Do not echo whatever origin sends the request: any site could"
                    + " then read what your users can read.")),
        grant);
  }

  static Remedy notTrue(NotShared refusal, RequiredGrant grant) {
    String value = refusal.value().strip();
    boolean meant = MEANT.matcher(value).matches();
    boolean twice = refusal.lines().size() > 1;
    return Remedy.granting(
        "ACAC_NOT_TRUE",
        Remedy.answer(refusal.where())
            + (value.isEmpty()
                ? " has no Access-Control-Allow-Credentials"
                : " has Access-Control-Allow-Credentials: " + value)
            + ", and the request includes credentials.",
        !meant
            ? List.of(
                WITHOUT_CREDENTIALS,
                Advice.of(
                    "If it needs cookies, send exactly true, in lower case, once: on the answer to the"
                        + " preflight and on the response."))
            : List.of(
                Advice.of(
                    twice
                        ? "Two layers send it, and it may be there only once: let only one of them do CORS, and"
                            + " remove it from the other. Most often that is the proxy or gateway in front,"
                            + " or code that sets the header itself."
                        : "The server means to allow that: send exactly true, in lower case, once: on the"
                            + " answer to the preflight and on the response."),
                WITHOUT_CREDENTIALS),
        grant);
  }
}

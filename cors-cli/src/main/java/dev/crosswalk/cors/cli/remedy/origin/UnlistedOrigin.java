package dev.crosswalk.cors.cli.remedy.origin;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.error.ErrorStatus;
import dev.crosswalk.cors.cli.remedy.layer.KnownLayer;
import dev.crosswalk.cors.cli.remedy.layer.LayerList;
import dev.crosswalk.cors.cli.remedy.layer.TwoLayers;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An origin that the list of a CORS layer does not have, as the layer's other answers show.
 *
 * @param grant what the page wants
 * @param layer whose it is; empty if nothing tells
 */
public record UnlistedOrigin(RequiredGrant grant, Optional<KnownLayer> layer) {

  private String list() {
    return layer.map(KnownLayer::origins).orElse(KnownLayer.SOME_LIST);
  }

  /**
   * For a layer that says nothing to this origin, and allows another one.
   *
   * @param listed that other one, as it was sent
   * @param own whether it is the server's own, which code allows that compares Origin with Host
   */
  public Remedy beside(String listed, boolean own, WireResponse response, boolean preflight) {
    List<Advice> advice = new ArrayList<>(List.of(first(listed)));
    if (!own
        && !isNear(listed)
        && PrivateHost.isLocalOrigin(listed)
        && !PrivateHost.isLocalOrigin(grant.origin())) {
      advice.add(
          Advice.of(
              "It allows a page of development, so the list may come from a setting for that (an"
                  + " environment variable, a profile): set it for this deployment, and start the server"
                  + " again."));
    }
    return Remedy.granting(
        "ORIGIN_NOT_LISTED",
        "The server has a CORS layer: it allows "
            + (own ? "its own origin, " : "")
            + listed
            + ", and "
            + (preflight ? "its answer to this preflight (" : "its response to ")
            + (preflight ? "" : grant.origin() + " (")
            + response.status()
            + ") has no Access-Control-Allow-Origin. So its list does not have this origin"
            + (isNear(listed) ? ": " + OriginValue.difference(listed, grant.origin()) + "." : "."),
        advice,
        own ? grant : grant.beside(listed));
  }

  /** The same of a layer that refuses by an error, whose first piece of advice is to add it. */
  public Remedy beside(String listed, Remedy refused) {
    List<Advice> rest = refused.advice().subList(1, refused.advice().size());
    return refused
        .withCause(
            refused.cause()
                + " It allows "
                + listed
                + (isNear(listed)
                    ? ", which differs from this origin: "
                        + OriginValue.difference(listed, grant.origin())
                        + "."
                    : "."))
        .withOnlyAdvice(rest)
        .withAdvice(0, first(listed))
        .granting(grant.beside(listed));
  }

  private Advice first(String listed) {
    String page = grant.origin();
    if (!isNear(listed)) {
      return LayerList.toAdd(page, list(), "");
    }
    return isSameMeant(listed)
        ? Topic.VALUE_ALONE.advice(
            "Write "
                + page
                + " instead of "
                + listed
                + " in "
                + list()
                + ". Browsers send the origin exactly like this: scheme, host, and port if it is not the"
                + " default, no slash at the end.")
        : Topic.VALUE_ALONE.advice(
            "Add "
                + page
                + " to "
                + list()
                + ", beside "
                + listed
                + ". If people open the page at only one of them, the other one can go.");
  }

  /** Whether they differ in nothing but what people leave out or write by mistake. */
  private boolean isNear(String listed) {
    return bare(listed).equals(bare(grant.origin()));
  }

  /** Whether it is no origin that any page has, so that this one was meant. */
  private boolean isSameMeant(String listed) {
    return !listed.contains("://")
        || Url.parse(listed).filter(url -> listed.equals(url.origin().serialize())).isEmpty();
  }

  private static String bare(String origin) {
    return origin
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^https?://", "")
        .replaceFirst("^www\\.", "")
        .replaceFirst("/$", "")
        .replaceFirst(":[0-9]+$", "");
  }

  /**
   * For a layer that gives itself away in another answer.
   *
   * @param shown which answer shows it, and by what
   */
  public Remedy silent(WireResponse response, boolean preflight, String shown) {
    int status = response.status();
    List<Advice> advice = new ArrayList<>();
    if (!preflight && status >= 400) {
      advice.addAll(ErrorStatus.byStatus(status, Optional.of(response)).stream().limit(1).toList());
    }
    advice.add(LayerList.toAdd(grant.origin(), list(), ""));
    advice.add(
        Advice.of(
            "If it is on the list, let the layer cover this path and method. "
                + layer
                    .map(KnownLayer::paths)
                    .orElse(
                        "Look at its pattern of paths, and at the order: it comes before the routes.")
                + " Or a proxy in front removes the header Origin of the request: let it pass on."));
    return Remedy.granting(
        "ACAO_MISSING",
        (preflight ? "The answer to the preflight (" : "The response (")
            + response.status()
            + ") has no Access-Control-Allow-Origin. A CORS layer is there: "
            + shown
            + ". Its list does not have this origin, or it does not cover this path"
            + (!preflight && status >= 400 ? ", method or error." : " or method."),
        advice,
        grant);
  }

  /** What a response without the header shows of the layer that has to send it. */
  static List<Advice> shownBy(WireResponse response, boolean preflight, String origin) {
    ResponseSigns signs = new ResponseSigns(response);
    Optional<KnownLayer> layer =
        preflight ? KnownLayer.ofPreflight(response) : KnownLayer.of(response);
    String list = layer.map(KnownLayer::origins).orElse(KnownLayer.SOME_LIST);
    String notPassed =
        FrontProxy.name(response)
            .map(
                proxy ->
                    " If it is there already, "
                        + proxy
                        + " does not pass Origin on: "
                        + TwoLayers.removesOrigin(response)
                        + ".")
            .orElse("");
    if (signs.hasHeadersOfCors()) {
      boolean told = signs.variesByOrigin() && !notPassed.isEmpty();
      return List.of(
          LayerList.toAdd(origin, list, told ? notPassed : ""),
          Advice.of(
              "If it is on the list, "
                  + (signs.variesByOrigin() && !told
                      ? "a proxy in front may remove the request's Origin: "
                          + TwoLayers.removesOrigin(response)
                          + ". Or "
                      : "")
                  + "a part of the configuration leaves the origin out: the code or line"
                  + " that sets the other CORS headers has to set "
                  + GrantHeaders.ALLOW_ORIGIN
                  + ", too. "
                  + TwoLayers.takesAway(response)));
    }
    if (signs.variesByOrigin()) {
      String covers =
          "he layer does not cover this path. "
              + layer.map(KnownLayer::paths).orElse("Look at its pattern of paths.");
      return notPassed.isEmpty()
          ? List.of(
              LayerList.toAdd(origin, list, ""),
              Advice.of(
                  "If it is on the list, a proxy in front may remove the request's Origin: "
                      + TwoLayers.removesOrigin(response)
                      + ". Or t"
                      + covers))
          : List.of(
              LayerList.toAdd(origin, list, notPassed),
              Advice.of(TwoLayers.takesAway(response)),
              Advice.of("Or t" + covers));
    }
    List<Advice> advice = new ArrayList<>();
    if (FrontProxy.name(response).equals(Optional.of("CloudFront"))) {
      advice.add(
          Advice.of(
              "CloudFront does not pass Origin on by default, so a layer behind it sends nothing: "
                  + TwoLayers.FORWARDS_ORIGIN
                  + ". Or let CloudFront add the headers: a response headers policy with CORS."));
    }
    if (!preflight && layer.isEmpty() && signs.isFile()) {
      advice.add(
          Advice.of(
              "It looks like a file. A small server of files has an option of its own, which allows any"
                  + " page: npx http-server --cors, npx serve --cors. In a program of your own, the CORS"
                  + " layer comes before what serves the files."));
    }
    advice.addAll(withoutSign(response, layer));
    return advice;
  }

  /** A program sends the headers only where its own settings say so. */
  private static Advice ofProgram(KnownLayer layer) {
    return Topic.NO_SIGN_OF_KNOWN_LAYER.advice(
        "This program has a CORS layer of its own, which sends nothing here. Add the page's origin to "
            + layer.origins()
            + layer.methods().map(methods -> ", the method to " + methods).orElse("")
            + layer.headers().map(headers -> ", the request's headers to " + headers).orElse("")
            + ". "
            + layer.paths());
  }

  /**
   * What to do where the response shows no layer.
   *
   * @param layer whose it would be; empty if nothing tells
   */
  public static List<Advice> withoutSign(WireResponse response, Optional<KnownLayer> layer) {
    Optional<KnownLayer> program = layer.filter(KnownLayer::own);
    if (program.isPresent()) {
      return List.of(ofProgram(program.get()));
    }
    Topic topic = layer.isEmpty() ? Topic.NO_SIGN_OF_LAYER : Topic.NO_SIGN_OF_KNOWN_LAYER;
    String layered =
        "If the server has a CORS layer already, add the origin to "
            + layer.map(KnownLayer::origins).orElse(KnownLayer.SOME_LIST)
            + ", and let the layer cover this path. "
            + layer
                .map(KnownLayer::paths)
                .orElse(
                    "A layer comes before the routes. Code of your own sets the header before it"
                        + " sends the body.");
    String unlayered =
        "If it has none, put one in front of the application: there is no sign of a CORS layer on"
            + " this path.";
    String changed =
        response.headers().has("Via")
            ? TwoLayers.takesAway(response)
            : "If the layer is there and has the origin, call the application itself, without a"
                + " proxy in front. If that is allowed, the proxy removes Origin from the request,"
                + " or this header from the answer.";
    // Where its list is, is news also where the origin is said to be in it.
    return Stream.of(layered, unlayered, changed)
        .map(topic::advice)
        .map(each -> layer.isEmpty() ? each.with(Trait.ADDS_PAGE) : each)
        .toList();
  }
}

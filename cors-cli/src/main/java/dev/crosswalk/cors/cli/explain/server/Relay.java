package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy that asks the URL behind its own, and gives the answer to pages: a public one, or one
 * that somebody runs. The page gets the relay's answer, so the relay is what is at fault.
 *
 * @param host of it
 * @param stranger whether it is a public one, whom nobody but its operator can change
 */
record Relay(String host, boolean stranger) {

  /** The URL of an API behind that of a relay. */
  private static final Pattern RELAYED =
      Pattern.compile(
          "(?i)https?://([^/?#]{1,200})/(?:(?:api/)?(?:cors-?proxy|proxy|cors|raw|get|fetch)/?)?"
              + "\\??(?:ur[li]=)?https?(?::|%3a)(?:/|%2f){1,2}[a-z0-9].*"
              // Its own name tells it, whatever the path is.
              + "|(?i)https?://([^/?#]{0,100}(?:cors|proxy)[^/?#]{0,100})/[^?#]{0,60}\\?(?:ur[li]|u|q|target)=https?(?::|%3a).*");

  /** With these nothing shows that the API would answer the page itself. */
  private static final List<String> OF_ANSWER =
      List.of("ACAO_MISSING", "PREFLIGHT_STATUS", "REASON_MISSING");

  private static final List<String> OF_VALUE = List.of("ACAO_MISMATCH", "ACAO_INVALID");

  private static final List<String> OF_NAME = List.of("HEADER_NOT_ALLOWED", "METHOD_NOT_ALLOWED");

  private static final List<String> OF_CREDENTIALS =
      List.of("ACAO_WILDCARD_CREDENTIALS", "ACAC_NOT_TRUE");

  /** The relay that a URL is of, by its form; empty if it is of none. */
  static Optional<Relay> at(String asked) {
    Matcher relayed = RELAYED.matcher(asked);
    return relayed.matches()
        ? Optional.of(
            new Relay(relayed.group(1) == null ? relayed.group(2) : relayed.group(1), false))
        : Optional.empty();
  }

  /** A remedy of what it answers; empty if it has no part in that. */
  Optional<Remedy> told(Remedy remedy) {
    if (OF_ANSWER.contains(remedy.code())) {
      return stranger ? Optional.empty() : Optional.of(ofAnswer(remedy));
    }
    return ofCode(remedy.code()).map(first -> alone(remedy, first));
  }

  private Optional<String> ofCode(String code) {
    if (code.equals("ACAO_MULTIPLE")) {
      return Optional.of(
          host
              + " is a proxy that calls the URL behind it, and it adds its own value to the one"
              + " that it gets: that is the proxy's fault. The other value is most likely the"
              + " API's own, so try its URL without the proxy first.");
    }
    if (OF_VALUE.contains(code)) {
      return Optional.of(
          host
              + " is a proxy that calls the URL behind it, and that value is the proxy's, or the"
              + " API's, which it passes on. Nothing in the page changes it.");
    }
    if (OF_NAME.contains(code)) {
      return Optional.of(
          host
              + " is a proxy that calls the URL behind it. It answers OPTIONS itself, and does not"
              + " let this through. What the API allows has no effect there.");
    }
    return OF_CREDENTIALS.contains(code)
        ? Optional.of(
            host
                + " is a proxy that calls the URL behind it, and your users' cookies for the API"
                + " never reach it. Remove credentials: \"include\" (fetch) or withCredentials"
                + " (XMLHttpRequest, axios) from the request.")
        : Optional.empty();
  }

  private Remedy alone(Remedy remedy, String first) {
    List<Advice> advice = new ArrayList<>(List.of(Advice.of(first), ServerOwner.ASK_WITHOUT_PROXY));
    if (!stranger) {
      advice.add(
          Advice.of(
              "If "
                  + host
                  + " is yours: remove each Access-Control header of the API's answer, and then set those for"
                  + " your page. Let it answer OPTIONS itself."));
    }
    return new Remedy(remedy.code(), remedy.cause(), advice, Optional.empty(), List.of());
  }

  private Remedy ofAnswer(Remedy remedy) {
    List<Advice> advice = new ArrayList<>();
    advice.add(
        Advice.of(
            host
                + " is a proxy that calls the URL behind it, and the headers have to come from the"
                + " proxy. A public one has mostly reached a limit, refuses this page, or is down:"
                + " open the URL in a tab, and do not build on it. If it is yours, let it answer"
                + " OPTIONS itself, and send the headers with every response, also where the API"
                + " fails."));
    advice.add(ServerOwner.ASK_WITHOUT_PROXY);
    advice.addAll(
        remedy.advice().stream()
            .filter(each -> !each.isAbout(Topic.ADD_ORIGIN) && !each.isAbout(Topic.WHOSE_SERVER))
            .toList());
    return remedy.withOnlyAdvice(advice);
  }
}

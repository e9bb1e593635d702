package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.paste.PlainText;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName.Misspelled;
import dev.crosswalk.cors.tck.browser.CorsCheck;
import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Headers of an answer, judged by what the page asks for.
 *
 * @param headers what the answer has of CORS
 * @param wantedMethod of the request that the page makes
 * @param wantedHeaders that the preflight asks for
 * @param text all that is shown, which may say what the page sends
 * @param values what is known of the exchange; what is found is added
 */
record ShownHeaders(
    Headers headers,
    String wantedMethod,
    List<String> wantedHeaders,
    String text,
    Map<String, String> values) {

  /** Somebody misses it, or has switched it on. */
  private static final Pattern MISSES_CREDENTIALS =
      Pattern.compile(
          "(?i)(?:cors[_-]?credentials[\"']?\\s?[:=]\\s?[\"']?true|\\b(?:no|not|without|missing|lacks?|never|n't)\\b[^.\\n]{0,60}access-control-allow-credentials\\b(?!:))");

  /** Somebody says that the page sends a token. */
  private static final Pattern SENDS_TOKEN =
      Pattern.compile(
          "\\b(?:uses?|using|utili[sz]es?|sends?|sending|needs?|requires?|add(?:s|ed|ing)?|lacks?|missing|without|not include)\\b"
              + "[^.]{0,60}\\bauthorization\\b");

  /** The page includes cookies, as its code or somebody says. */
  private static final Pattern WITH_CREDENTIALS =
      Pattern.compile("(?i)\\bwithcredentials\\W{1,6}true\\b|\\bcredentials\\W{1,6}include\\b");

  /** Browsers refuse nothing where these are missing. */
  private static final Set<String> NOT_REFUSED =
      Set.of(GrantHeaders.EXPOSE_HEADERS, GrantHeaders.MAX_AGE);

  /** The code of what is wrong with them. */
  String code() {
    Optional<Misspelled> typo =
        HeaderName.misspelled(headers).stream()
            .min(Comparator.comparing(found -> NOT_REFUSED.contains(found.meant())));
    if (typo.isPresent() && !NOT_REFUSED.contains(typo.get().meant())) {
      return typo(typo.get());
    }
    String origin = values.getOrDefault("origin", "");
    Where where = new Where(false, Initiator.FETCH, origin, "", "", 0);
    String allowed = String.join(", ", headers.lines("Access-Control-Allow-Origin"));
    values.put("value", allowed);
    Optional<String> unlisted =
        wantedHeaders.stream()
            .filter(name -> !lists("Access-Control-Allow-Headers", name))
            .findFirst();
    boolean excerpt = allowed.isEmpty() && !values.containsKey("status");
    if (excerpt && unlisted.isPresent() && headers.has("Access-Control-Allow-Headers")) {
      keepUnlisted("Access-Control-Allow-Headers", unlisted.get());
      return "HEADER_NOT_ALLOWED";
    }
    if (CorsCheck.of(headers, false, where) instanceof NotShared refusal) {
      boolean plain =
          origin.isEmpty()
              && !allowed.contains("*")
              && Url.parse(allowed)
                  .filter(url -> url.origin().serialize().equals(allowed))
                  .isPresent();
      if (!plain) {
        return refusal.cause().name();
      }
    }
    if (values.containsKey("preflight")
        && !Methods.isSafelisted(wantedMethod)
        && !lists("Access-Control-Allow-Methods", wantedMethod)) {
      keepUnlisted("Access-Control-Allow-Methods", wantedMethod);
      return "METHOD_NOT_ALLOWED";
    }
    if (unlisted.isPresent()) {
      keepUnlisted("Access-Control-Allow-Headers", unlisted.get());
      return "HEADER_NOT_ALLOWED";
    }
    if (headers.has("Access-Control-Allow-Headers")
        && !lists("Access-Control-Allow-Headers", "authorization")
        && SENDS_TOKEN.matcher(PlainText.ofWords(text)).find()) {
      keepUnlisted("Access-Control-Allow-Headers", "authorization");
      return "HEADER_NOT_ALLOWED";
    }
    boolean included =
        WITH_CREDENTIALS.matcher(text).find() || MISSES_CREDENTIALS.matcher(text).find();
    if (included
        && (allowed.equals("*") || !origin.isEmpty())
        && !headers.get("Access-Control-Allow-Credentials").orElse("").equals("true")
        && CorsCheck.of(headers, true, where) instanceof NotShared refusal) {
      if (!allowed.equals("*")) {
        values.remove("value");
      }
      return refusal.cause().name();
    }
    if (typo.isPresent()) {
      return typo(typo.get());
    }
    values.put(
        "value", allowed.equals("*") ? "any page, without credentials," : "a page of " + allowed);
    String credentials = headers.get("Access-Control-Allow-Credentials").orElse("");
    boolean any = allowed.equals("*");
    if (!any && credentials.equalsIgnoreCase("true") && !credentials.equals("true")) {
      values.put("value", credentials);
      return "ACAC_NOT_TRUE";
    }
    if (any && credentials.equals("true")) {
      return "HEADERS_WILDCARD";
    }
    return "HEADERS_FINE";
  }

  private String typo(Misspelled found) {
    values.put("subject", found.written());
    values.put("value", found.meant());
    return "HEADER_TYPO";
  }

  private void keepUnlisted(String header, String wanted) {
    values.put("subject", wanted);
    if (headers.has(header)) {
      values.put("value", String.join(", ", headers.lines(header)));
    } else {
      values.remove("value");
    }
  }

  private boolean lists(String header, String wanted) {
    return headers.lines(header).stream()
        .flatMap(line -> Stream.of(line.split("[, ]+")))
        .anyMatch(each -> each.equals("*") || Bytes.equalIgnoringCase(each, wanted));
  }
}

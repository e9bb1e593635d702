package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.request.SchemeRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import java.util.List;
import java.util.Optional;

/** What the meaning of a message tells in general, before the rest of the paste is looked at. */
public final class GeneralRemedy {

  /** A browser has blocked something, for whatever reason. */
  public static final List<String> BLOCKED =
      List.of("ACAO_MISSING", "REASON_MISSING", "SCHEME", "NETWORK", "HIDDEN", "PREFLIGHT_STATUS");

  /** These are not only about CORS, or are also said of requests to the page's own origin. */
  private static final List<String> ANY_REFUSAL = List.of("HIDDEN", "SERVER_REFUSES");

  private GeneralRemedy() {}

  /**
   * What the meaning says.
   *
   * @param whose the message is
   * @param code of its meaning
   * @param details of it
   */
  public static Remedy of(String whose, String code, Details details) {
    String url = details.url();
    String origin = details.origin();
    if (code.equals("SCHEME")
        && url.isEmpty()
        && origin.equals("null")
        && details.subject().isEmpty()) {
      return Meaning.of("FILE", details);
    }
    if (code.equals("FILE") && SchemeRemedy.isOfApp(url)) {
      return SchemeRemedy.fileOfApp();
    }
    if (code.equals("WORKER") && (url.startsWith("file:") || origin.equals("null"))) {
      return SchemeRemedy.isOfApp(url) ? SchemeRemedy.fileOfApp() : Meaning.of("FILE", details);
    }
    if (ANY_REFUSAL.contains(code)
        && !url.isEmpty()
        && AskedUrl.origin(url).equalsIgnoreCase(origin)) {
      // Spring answers 403 with these words, also to a page of its own.
      boolean answered = whose.equals("Spring") || details.get("status").equals("403");
      return Meaning.of(
          code.equals("HIDDEN")
              ? "SAME_ORIGIN"
              : answered ? "OWN_ORIGIN_REFUSED" : "SAME_ORIGIN_REFUSED",
          details);
    }
    Optional<Remedy> check = OriginCheck.told(whose, code, details);
    if (check.isPresent()) {
      return check.get();
    }
    Optional<String> variant = MeaningVariant.of(whose, code, details);
    if (variant.isPresent()) {
      return Meaning.of(variant.get(), details);
    }
    if (BLOCKED.contains(code)) {
      if (url.startsWith("data:") || url.startsWith("about:")) {
        return SchemeRemedy.replaced("a " + url.substring(0, url.indexOf(':') + 1) + " URL");
      }
      if (SchemeRemedy.isSchemeOfApp(url)) {
        return CorsCause.remedy(whose, Cause.SCHEME, details);
      }
      if (url.startsWith("file:") && !code.equals("SCHEME")) {
        return SchemeRemedy.isOfApp(url) ? SchemeRemedy.fileOfApp() : Meaning.of("FILE", details);
      }
    }
    // No server should name a file as an origin.
    if (origin.startsWith("file:")
        && (BLOCKED.contains(code) || code.startsWith("ACAO_"))
        && !code.equals("SCHEME")) {
      return Meaning.of(url.startsWith("http") ? "FILE/asking" : "FILE", details);
    }
    if (whose.equals(Speaker.LOG) && details.status() / 100 == 2) {
      return Meaning.of("PREFLIGHT_ANSWERED", details);
    }
    return CorsCause.told(whose, code, details).orElseGet(() -> Meaning.of(code, details));
  }
}

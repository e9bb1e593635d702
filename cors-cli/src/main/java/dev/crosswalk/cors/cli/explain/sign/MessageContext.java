package dev.crosswalk.cors.cli.explain.sign;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.tck.browser.Methods;

/**
 * A message, and what surrounds it: here {@linkplain Signs signs} are looked for.
 *
 * @param remedy of the message, as far as it is known without them
 * @param policy what the server's code allows
 * @param details of the message, and the paste
 */
public record MessageContext(Remedy remedy, PastedPolicy policy, Details details) {

  /** The cause that is told of a method, which not every browser names. */
  static final String METHOD = "METHOD_NOT_ALLOWED";

  PastedText paste() {
    return details.paste();
  }

  /** As it was pasted, in lower case. */
  String text() {
    return paste().pasted();
  }

  String value(String name) {
    return details.get(name);
  }

  String origin() {
    return value("origin");
  }

  /** The page's origin, or that of an example. */
  String page() {
    return origin().startsWith("http") ? origin() : RequiredGrant.SOME_ORIGIN;
  }

  String url() {
    return value("url");
  }

  /** The origin of the URL. */
  String server() {
    return AskedUrl.origin(url());
  }

  String status() {
    return value("status");
  }

  String method() {
    return value("method");
  }

  /** What the message is about. Firefox does not name the method. */
  String subject() {
    return details.get("subject", remedy.code().equals(METHOD) && asksMethod() ? method() : "");
  }

  /** Whether its method needs a permission. */
  boolean asksMethod() {
    return !method().isEmpty() && !Methods.isSafelisted(method());
  }

  /** Whether the browser sends a preflight, as far as the page's code tells. */
  boolean asksFirst() {
    return asksMethod() || !details.requestHeaders().isEmpty();
  }
}

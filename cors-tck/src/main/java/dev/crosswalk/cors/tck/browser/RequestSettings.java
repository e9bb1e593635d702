package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.Optional;

/**
 * What a {@link Request} holds, copied as a whole. It changes while a request is made, never after.
 */
final class RequestSettings implements Cloneable {

  String method;
  final Url url;
  final Origin origin;
  Headers authorHeaders = Headers.none();
  byte[] body = {};
  boolean streamed;
  Mode mode = Mode.CORS;
  Credentials credentials = Credentials.SAME_ORIGIN;
  Redirect redirect = Redirect.FOLLOW;
  ReferrerPolicy referrerPolicy = ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN;
  Initiator initiator = Initiator.FETCH;
  Destination destination = Destination.EMPTY;
  Optional<Origin> topLevel = Optional.empty();
  boolean useCorsPreflight;
  boolean byUser;
  boolean typed;
  String cookie = "";

  RequestSettings(String method, Url url, Origin origin) {
    this.method = method;
    this.url = url;
    this.origin = origin;
  }

  RequestSettings copy() {
    try {
      return (RequestSettings) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("it is Cloneable", e);
    }
  }

  /**
   * Refuses what {@code new Request()} refuses by a TypeError, in whatever order it was set.
   *
   * @throws IllegalArgumentException if a browser would not send this
   * @see <a href="https://fetch.spec.whatwg.org/#dom-request">Fetch: the constructor</a>
   */
  void requireSendable() {
    if (mode == Mode.NO_CORS && !Methods.isSafelisted(method)) {
      throw new IllegalArgumentException(
          "fetch() refuses " + method + " in mode no-cors: use GET, HEAD or POST");
    }
    if (mode == Mode.NO_CORS && streamed) {
      throw new IllegalArgumentException("fetch() refuses a streamed body in mode no-cors");
    }
    if ((method.equals("GET") || method.equals("HEAD")) && (body.length > 0 || streamed)) {
      throw new IllegalArgumentException("fetch() refuses a body with " + method);
    }
  }
}

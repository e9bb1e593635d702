package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a page asks its browser for: Fetch's <em>request</em>. The browser makes HTTP requests of
 * it, one or several. Immutable: each setting gives a new request.
 *
 * <p>A new request has the defaults of {@code fetch()}: mode "cors", credentials mode
 * "same-origin", redirect mode "follow".
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request">Fetch: request</a>
 */
public final class Request {

  /** {@code https://fetch.spec.whatwg.org/#concept-request-mode}. */
  public enum Mode {
    /** Other origins are an error. */
    SAME_ORIGIN,
    /** Other origins are asked, but their responses stay opaque: images, for example. */
    NO_CORS,
    /** Other origins take part in the CORS protocol. */
    CORS,
    /** A document is loaded; CORS has no part in it. */
    NAVIGATE,
    /** A WebSocket handshake: it carries {@code Origin}, and no check follows. */
    WEBSOCKET;

    String serialize() {
      return Bytes.lowerCase(name()).replace('_', '-');
    }
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-request-credentials-mode}. */
  public enum Credentials {
    /** Never. */
    OMIT,
    /** To the request's own origin only. */
    SAME_ORIGIN,
    /** Always. */
    INCLUDE
  }

  /** {@code https://fetch.spec.whatwg.org/#concept-request-redirect-mode}. */
  public enum Redirect {
    /** Go where it leads. */
    FOLLOW,
    /** Fail. */
    ERROR,
    /** Stop, and show that there was one. */
    MANUAL
  }

  private final RequestSettings settings;

  private Request(RequestSettings settings) {
    this.settings = settings;
  }

  private Request with(Consumer<RequestSettings> change) {
    RequestSettings copy = settings.copy();
    change.accept(copy);
    return new Request(copy);
  }

  /**
   * A request as a page of some origin makes it.
   *
   * @param origin of the page, serialized: {@code https://app.example}, or {@code null}
   * @param method normalized as {@code fetch()} does: {@code get} becomes {@code GET}, and {@code
   *     patch} stays
   * @param url absolute; {@code ws} and {@code wss} stand for {@code http} and {@code https}
   * @return the request
   * @throws IllegalArgumentException where {@code fetch()} would throw: the method is not a token
   *     or is forbidden, the URL cannot be parsed or has a user name or password; or if the origin
   *     is none
   */
  public static Request from(String origin, String method, String url) {
    String allowed = Methods.requireAllowed(method);
    Url parsed = httpUrl(Url.of(url));
    if (parsed.includesCredentials()) {
      throw new IllegalArgumentException(
          "fetch() refuses a URL with a user name or password: " + url);
    }
    return new Request(new RequestSettings(allowed, parsed, Origin.of(origin)));
  }

  // https://websockets.spec.whatwg.org/#concept-websocket-establish, steps 1 and 2.
  private static Url httpUrl(Url url) {
    return switch (url.scheme()) {
      case "ws" -> url.withScheme("http");
      case "wss" -> url.withScheme("https");
      default -> url;
    };
  }

  /**
   * Sets another method; see {@link #from}.
   *
   * @param newMethod normalized
   * @return a new request
   */
  public Request method(String newMethod) {
    String allowed = Methods.requireAllowed(newMethod);
    return with(copy -> copy.method = allowed);
  }

  /**
   * Adds a header the script sets. A browser ignores those it forbids, with no error: see {@link
   * #headers()}.
   *
   * @param name a token
   * @param value normalized: white space around it goes
   * @return a new request
   * @throws IllegalArgumentException if the name is not a token, or the value holds NUL, CR, LF or
   *     a character beyond Latin-1
   */
  public Request header(String name, String value) {
    String normalized = Headers.normalize(value);
    boolean beyondBytes = normalized.chars().anyMatch(c -> c > 0xFF);
    if (!Bytes.isToken(name) || !Headers.isValue(normalized) || beyondBytes) {
      throw new IllegalArgumentException(
          "not a header that a browser could send: " + name + ": " + value);
    }
    return with(copy -> copy.authorHeaders = copy.authorHeaders.with(name, normalized));
  }

  /**
   * Sets the body. {@code Content-Type} is not set with it: say it with {@link #header}.
   *
   * @param newBody copied
   * @return a new request
   */
  public Request body(byte[] newBody) {
    byte[] copied = newBody.clone();
    return with(copy -> copy.body = copied);
  }

  /**
   * Sets the body, as UTF-8; see {@link #body(byte[])}.
   *
   * @param newBody its characters
   * @return a new request
   */
  public Request body(String newBody) {
    return body(newBody.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sets the body as a {@code ReadableStream}: it forces a preflight, and cannot be sent twice.
   *
   * @param newBody copied
   * @return a new request
   */
  public Request streamedBody(byte[] newBody) {
    return body(newBody)
        .with(
            copy -> {
              copy.streamed = true;
              copy.useCorsPreflight = true;
            });
  }

  /**
   * Has upload listeners registered, which forces a preflight.
   *
   * @return a new request
   * @see <a href="https://fetch.spec.whatwg.org/#use-cors-preflight-flag">Fetch: use-CORS-preflight
   *     flag</a>
   */
  public Request withUploadListeners() {
    return with(copy -> copy.useCorsPreflight = true);
  }

  /**
   * Sets the mode.
   *
   * @param newMode "cors" if not set
   * @return a new request
   */
  public Request mode(Mode newMode) {
    return with(copy -> copy.mode = newMode);
  }

  /**
   * Sets the credentials mode.
   *
   * @param newCredentials "same-origin" if not set
   * @return a new request
   */
  public Request credentials(Credentials newCredentials) {
    return with(copy -> copy.credentials = newCredentials);
  }

  /**
   * Sets what the browser's jar holds for every URL of this request. It is sent where credentials
   * are included.
   *
   * @param newCookie the value of {@code Cookie}
   * @return a new request
   */
  public Request cookie(String newCookie) {
    return with(copy -> copy.cookie = newCookie);
  }

  /**
   * Sets the redirect mode.
   *
   * @param newRedirect "follow" if not set
   * @return a new request
   */
  public Request redirect(Redirect newRedirect) {
    return with(copy -> copy.redirect = newRedirect);
  }

  /**
   * Sets the referrer policy, which decides over {@code Origin} where CORS does not.
   *
   * @param newPolicy "strict-origin-when-cross-origin" if not set
   * @return a new request
   */
  public Request referrerPolicy(ReferrerPolicy newPolicy) {
    return with(copy -> copy.referrerPolicy = newPolicy);
  }

  /**
   * Sets who asks.
   *
   * @param newInitiator {@code fetch()} if not set
   * @return a new request
   */
  public Request initiator(Initiator newInitiator) {
    return with(copy -> copy.initiator = newInitiator);
  }

  /**
   * Makes it a navigation that a user's click began.
   *
   * @return a new request
   */
  public Request byUser() {
    return mode(Mode.NAVIGATE).with(copy -> copy.byUser = true);
  }

  /**
   * Makes it a navigation that a user began by the address bar or a bookmark: no page asks.
   *
   * @return a new request
   */
  public Request typed() {
    return byUser().with(copy -> copy.typed = true);
  }

  /**
   * Lets an element ask, such as a script with {@code crossorigin}: no preflight can be needed.
   *
   * @param newDestination what the response is for
   * @return a new request
   */
  public Request element(Destination newDestination) {
    return initiator(Initiator.ELEMENT).with(copy -> copy.destination = newDestination);
  }

  /**
   * Puts the page into a frame. What a browser keeps of preflights is kept apart for each site that
   * a user visits.
   *
   * @param topLevelOrigin of the page that the user visits, serialized
   * @return a new request
   * @throws IllegalArgumentException if this is not an origin
   * @see <a href="https://fetch.spec.whatwg.org/#network-partition-keys">Fetch: network partition
   *     keys</a>
   */
  public Request inFrameOf(String topLevelOrigin) {
    Origin parsed = Origin.of(topLevelOrigin);
    return with(copy -> copy.topLevel = Optional.of(parsed));
  }

  /** See {@link RequestSettings#requireSendable()}. */
  void requireSendable() {
    settings.requireSendable();
  }

  /** {@return the method, normalized} */
  public String method() {
    return settings.method;
  }

  /** {@return the URL, serialized} */
  public String url() {
    return settings.url.toString();
  }

  /** {@return the origin, serialized} */
  public String origin() {
    return settings.origin.serialize();
  }

  /**
   * The headers that a browser lets the script set, in their order.
   *
   * @return those that are not forbidden; in mode "no-cors", those that are safelisted
   * @see <a href="https://fetch.spec.whatwg.org/#concept-headers-append">Fetch: append</a>
   */
  public Headers headers() {
    Headers kept = Headers.none();
    for (Headers.Field field : settings.authorHeaders) {
      if (RequestHeaders.isForbidden(field.name(), field.value())) {
        continue;
      }
      if (settings.mode == Mode.NO_CORS) {
        String combined =
            kept.get(field.name()).map(value -> value + ", " + field.value()).orElse(field.value());
        if (!RequestHeaders.isNoCorsSafelisted(field.name(), combined)) {
          continue;
        }
      }
      kept = kept.with(field.name(), field.value());
    }
    return kept;
  }

  Url parsedUrl() {
    return settings.url;
  }

  Origin parsedOrigin() {
    return settings.origin;
  }

  /** {@return the body; not copied} */
  public byte[] body() {
    return settings.body;
  }

  boolean isStreamed() {
    return settings.streamed;
  }

  Mode mode() {
    return settings.mode;
  }

  /** {@return the credentials mode} */
  public Credentials credentials() {
    return settings.credentials;
  }

  /** {@return whether it also sends cookies to other origins} */
  public boolean includesCredentials() {
    return settings.credentials == Credentials.INCLUDE;
  }

  /** {@return the redirect mode} */
  public Redirect redirect() {
    return settings.redirect;
  }

  ReferrerPolicy referrerPolicy() {
    return settings.referrerPolicy;
  }

  Initiator initiator() {
    return settings.initiator;
  }

  boolean usesCorsPreflight() {
    return settings.useCorsPreflight;
  }

  boolean isByUser() {
    return settings.byUser;
  }

  boolean isTyped() {
    return settings.typed;
  }

  Destination destination() {
    return settings.destination;
  }

  /** The origin of the page that the user visits. */
  Origin topLevel() {
    return settings.topLevel.orElse(settings.origin);
  }

  String cookie() {
    return settings.cookie;
  }

  @Override
  public String toString() {
    return settings.method
        + " "
        + settings.url
        + " from "
        + settings.origin
        + List.copyOf(settings.authorHeaders.fields());
  }
}

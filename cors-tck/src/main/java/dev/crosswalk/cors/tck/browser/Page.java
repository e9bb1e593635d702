package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import java.util.List;
import java.util.Optional;

/**
 * A page in a browser, for your own tests: it calls a running server and sees what a script of that
 * page would see, or why the browser blocks it, in the browser's own words.
 *
 * <pre>{@code
 * Page app = Page.of("https://app.example.com");
 * Page.Answer answer = app.fetch("http://localhost:8080/orders/7").put().json("{}").send();
 * assertTrue(answer.isReadable(), answer::story);
 * }</pre>
 *
 * <p>It is not a browser but a transcription of what browsers do with CORS: preflights and their
 * cache, redirects, credentials, exposed headers. It needs no browser, no window and no TLS, and
 * works with any server that the test can reach over HTTP/1.1. It does not enforce mixed content, a
 * Content Security Policy or local network access.
 *
 * <p>A page keeps its browser's preflight cache, so make a new one where a test needs a fresh
 * browser. It does not keep cookies that servers set: {@link #withCookie} is what it sends. It
 * waits ten seconds for each response, and reads bodies of up to 8 MiB; beyond that, the call fails
 * as a network error, and {@link Answer#story} says why. Safe for use by several threads.
 */
public final class Page {

  private final String origin;
  private final UserAgent browser;
  private final String cookie;

  private Page(String origin, UserAgent browser, String cookie) {
    this.origin = origin;
    this.browser = browser;
    this.cookie = cookie;
  }

  /**
   * Opens a page in Chromium.
   *
   * @param origin of the page as {@code location.origin} shows it, such as {@code
   *     https://app.example.com}; {@code null} in quotation marks is the origin of a sandboxed
   *     frame
   * @return the page, in a browser that has just started
   * @throws IllegalArgumentException if this is not an origin
   */
  public static Page of(String origin) {
    Origin.of(origin);
    return new Page(origin, new UserAgent(Engine.CHROMIUM), "");
  }

  /**
   * Opens the same page in another browser.
   *
   * @param engine the browser's engine
   * @return a page in a browser that has just started
   */
  public Page in(Engine engine) {
    return new Page(origin, new UserAgent(engine), cookie);
  }

  /**
   * Gives the browser a cookie for every server. It is sent where a call includes credentials.
   *
   * @param newCookie the value of {@code Cookie}, such as {@code session=42}
   * @return a page in the same browser
   * @throws IllegalArgumentException if this is not the value of a header
   */
  public Page withCookie(String newCookie) {
    if (!Headers.isValue(newCookie)) {
      throw new IllegalArgumentException("not the value of a Cookie header: " + newCookie);
    }
    return new Page(origin, browser, newCookie);
  }

  /**
   * Begins a call of {@code fetch()}: a GET without credentials.
   *
   * @param url absolute, of a server that is running
   * @return the call
   * @throws IllegalArgumentException if {@code fetch()} would throw because of the URL
   */
  public Call fetch(String url) {
    return new Call(this, Request.from(origin, "GET", url).cookie(cookie), false);
  }

  /**
   * Begins a call of {@code XMLHttpRequest}: a GET without credentials.
   *
   * @param url absolute, of a server that is running
   * @return the call
   * @throws IllegalArgumentException if the URL cannot be parsed
   */
  public Call xhr(String url) {
    Call call = fetch(url);
    return new Call(this, call.request.initiator(Initiator.XHR), false);
  }

  /** {@return the page's origin and the browser's engine} */
  @Override
  public String toString() {
    return origin + " in " + browser.engine();
  }

  /** What a script of the page asks for. Immutable: each setting gives a new call. */
  public static final class Call {

    private final Page page;
    private final Request request;
    private final boolean hasMethod;

    private Call(Page page, Request request, boolean hasMethod) {
      this.page = page;
      this.request = request;
      this.hasMethod = hasMethod;
    }

    private Call with(Request changed) {
      return new Call(page, changed, hasMethod);
    }

    /** {@return the same call with the method {@code POST}} */
    public Call post() {
      return method("POST");
    }

    /** {@return the same call with the method {@code PUT}} */
    public Call put() {
      return method("PUT");
    }

    /** {@return the same call with the method {@code PATCH}} */
    public Call patch() {
      return method("PATCH");
    }

    /** {@return the same call with the method {@code DELETE}} */
    public Call delete() {
      return method("DELETE");
    }

    /**
     * Sets the method.
     *
     * @param method normalized as {@code fetch()} does: {@code get} becomes {@code GET}, and {@code
     *     patch} stays
     * @return a new call
     * @throws IllegalArgumentException if {@code fetch()} would throw
     */
    public Call method(String method) {
      return new Call(page, request.method(method), true);
    }

    /**
     * Sets a header. A browser silently drops those that it forbids to scripts, such as {@code
     * Cookie} and {@code Origin}.
     *
     * @param name the header's name
     * @param value its value
     * @return a new call
     * @throws IllegalArgumentException if {@code fetch()} would throw
     */
    public Call header(String name, String value) {
      return with(request.header(name, value));
    }

    /**
     * Sends JSON. The method is {@code POST} unless another one is set.
     *
     * @param text the body
     * @return a new call, with {@code Content-Type: application/json}
     */
    public Call json(String text) {
      return body("application/json", text);
    }

    /**
     * Sends a body. The method is {@code POST} unless another one is set.
     *
     * @param type the value of {@code Content-Type}
     * @param text the body
     * @return a new call
     */
    public Call body(String type, String text) {
      Call call = hasMethod ? this : post();
      return call.with(call.request.header("Content-Type", type).body(text));
    }

    /** {@return the same call with {@code credentials: "include"}: cookies are sent} */
    public Call credentials() {
      return with(request.credentials(Request.Credentials.INCLUDE));
    }

    /**
     * Makes the call: asks first where the browser would, sends the request, and follows redirects.
     *
     * @return what the script sees, or why it is blocked; never null, whatever the server does
     */
    public Answer send() {
      try (WireClient client = new WireClient()) {
        return new Answer(page.browser.engine(), page.browser.fetch(request, client));
      }
    }

    /** {@return the method, the URL, the page's origin and the headers that the script sets} */
    @Override
    public String toString() {
      return request.toString();
    }
  }

  /** What a script sees of a response, or why the browser does not let it. */
  public static final class Answer {

    /** Longer stories are those of redirects in a circle, which repeat themselves. */
    private static final int MOST_EXCHANGES = 5;

    private final Engine engine;
    private final Outcome outcome;

    private Answer(Engine engine, Outcome outcome) {
      this.engine = engine;
      this.outcome = outcome;
    }

    /** {@return whether the script may read the response, whatever its status} */
    public boolean isReadable() {
      return outcome.verdict().isShared();
    }

    /** {@return the status; 0 if the script may not read the response} */
    public int status() {
      return outcome.status();
    }

    /** {@return the body; empty if the script may not read the response} */
    public String text() {
      return outcome.text();
    }

    /**
     * Returns what {@code response.headers.get(name)} returns.
     *
     * @param name the header's name, in any case
     * @return the value; empty if the response lacks the header, or does not expose it to scripts
     */
    public Optional<String> header(String name) {
      return outcome.header(name);
    }

    /** {@return why the response is not shared; empty if it is} */
    public Optional<Cause> cause() {
      return outcome.verdict() instanceof NotShared refusal
          ? Optional.of(refusal.cause())
          : Optional.empty();
    }

    /** {@return what the browser's console shows; empty if the script may read the response} */
    public String console() {
      return outcome.verdict() instanceof NotShared refusal ? refusal.inTheWordsOf(engine) : "";
    }

    /** {@return whether the browser asked the server first} */
    public boolean wasPreflighted() {
      return !outcome.preflights().isEmpty();
    }

    /** {@return every request that was sent and its response, in order, preflights included} */
    public List<Exchange> exchanges() {
      return outcome.exchanges();
    }

    /**
     * Tells what happened, for the message of a failed assertion: the console's line, then each
     * request and its response. Where no response came, the second line says why.
     *
     * @return several lines; of many requests the first and the last
     */
    public String story() {
      StringBuilder story = new StringBuilder();
      story.append(isReadable() ? "The script may read the response." : console());
      if (outcome.verdict() instanceof NotShared refusal && refusal.cause() == Cause.NETWORK) {
        story.append('\n').append(refusal.subject());
      }
      List<Exchange> all = exchanges();
      int left = Math.max(0, all.size() - MOST_EXCHANGES);
      all.subList(0, all.size() - left).forEach(exchange -> tell(story, exchange));
      if (left > 0) {
        story.append("\n\n… and ").append(left).append(" more requests, the last of them:");
        tell(story, all.get(all.size() - 1));
      }
      return story.toString();
    }

    private static void tell(StringBuilder story, Exchange exchange) {
      story
          .append("\n\n")
          .append(exchange.request().method())
          .append(' ')
          .append(exchange.request().url());
      lines(story, exchange.request().headers());
      story.append('\n').append(exchange.response().status());
      lines(story, exchange.response().headers());
    }

    private static void lines(StringBuilder story, Headers headers) {
      for (Headers.Field field : headers) {
        story.append("\n  ").append(field.name()).append(": ").append(field.value());
      }
    }

    /** {@return the status if the script may read the response, and the console's line if not} */
    @Override
    public String toString() {
      return isReadable() ? "readable, status " + status() : console();
    }
  }
}

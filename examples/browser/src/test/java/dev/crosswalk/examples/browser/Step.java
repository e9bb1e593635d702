package dev.crosswalk.examples.browser;

import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.examples.browser.Pages.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that a page asks its browser for. It is told twice, in the same words: to the page's
 * script, and to the model. Filled once, then only read.
 */
final class Step {

  /** By what a page asks. */
  enum Via {
    FETCH,
    XHR,
    EVENTS,
    IMAGE,
    SCRIPT,
    MODULE,
    STYLESHEET,
    FONT;

    /** Whether a script sees more of the answer than that it is there. */
    boolean showsResponse() {
      return this == FETCH || this == XHR;
    }
  }

  private final Via via;
  private final String method;
  private final String target;
  private final List<List<String>> headers = new ArrayList<>();
  private Page page = Page.APP;
  private String body = "";
  private boolean streamed;
  private boolean uploadListeners;
  private Request.Mode mode = Request.Mode.CORS;
  private Request.Credentials credentials = Request.Credentials.SAME_ORIGIN;
  private Request.Redirect redirect = Request.Redirect.FOLLOW;

  private Step(Via via, String method, String target) {
    this.via = via;
    this.method = method;
    this.target = target;
  }

  /**
   * Asks by {@code fetch()}.
   *
   * @param target policy and route
   */
  static Step fetch(String method, String target) {
    return new Step(Via.FETCH, method, target);
  }

  static Step xhr(String method, String target) {
    return new Step(Via.XHR, method, target);
  }

  /** Asks by an element, which can do nothing but GET. */
  static Step by(Via via, String target) {
    return new Step(via, "GET", target);
  }

  Step from(Page newPage) {
    page = newPage;
    return this;
  }

  Step header(String name, String value) {
    headers.add(List.of(name, value));
    return this;
  }

  Step body(String contentType, String newBody) {
    body = newBody;
    return header("Content-Type", contentType);
  }

  Step streamed() {
    streamed = true;
    return this;
  }

  Step uploadListeners() {
    uploadListeners = true;
    return this;
  }

  Step mode(Request.Mode newMode) {
    mode = newMode;
    return this;
  }

  Step credentials(Request.Credentials newCredentials) {
    credentials = newCredentials;
    return this;
  }

  Step include() {
    return credentials(Request.Credentials.INCLUDE);
  }

  Step redirect(Request.Redirect newRedirect) {
    redirect = newRedirect;
    return this;
  }

  Page page() {
    return page;
  }

  Via via() {
    return via;
  }

  String url(String server, String scenario) {
    return server + "/" + target + "/" + scenario;
  }

  /** What the page's script gets. */
  Map<String, Object> script(String server, String scenario) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("via", word(via));
    step.put("method", method);
    step.put("url", url(server, scenario));
    step.put("headers", headers);
    step.put("body", body);
    step.put("streamed", streamed);
    step.put("uploadListeners", uploadListeners);
    step.put("mode", word(mode));
    step.put("credentials", word(credentials));
    step.put("redirect", word(redirect));
    return step;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the model gets. */
  Request model(Pages pages, String server, String scenario) {
    Request request =
        Request.from(pages.origin(page), method, url(server, scenario))
            .mode(mode)
            .credentials(credentials)
            .redirect(redirect)
            .initiator(
                switch (via) {
                  case FETCH -> Initiator.FETCH;
                  case XHR -> Initiator.XHR;
                  default -> Initiator.ELEMENT;
                });
    for (List<String> header : headers) {
      request = request.header(header.get(0), header.get(1));
    }
    if (streamed) {
      request = request.streamedBody(body.getBytes(StandardCharsets.UTF_8));
    } else if (!body.isEmpty()) {
      request = request.body(body);
    }
    if (uploadListeners) {
      request = request.withUploadListeners();
    }
    // The page's server has set it, for its host.
    return page == Page.APP || page == Page.SHOP ? request.cookie("crosswalk=1") : request;
  }
}

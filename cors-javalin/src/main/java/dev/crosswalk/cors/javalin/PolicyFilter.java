package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.RequestReader;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Answers preflights, and passes other requests on with a response that keeps to the policy. */
final class PolicyFilter implements Filter {

  private static final RequestReader<HttpServletRequest> READER = new Reader();

  private final Cors cors;
  private final boolean hasWebSockets;

  /** Of the decision among a request's attributes; another filter's decision is another. */
  private final String attribute =
      CorsDecision.class.getName() + '@' + Integer.toHexString(System.identityHashCode(this));

  /**
   * @param hasWebSockets whether this is in front of Javalin's own server, which alone opens them
   */
  PolicyFilter(Cors cors, boolean hasWebSockets) {
    this.cors = cors;
    this.hasWebSockets = hasWebSockets;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    CorsDecision decision = decide(request);
    if (decision instanceof CorsDecision.Respond respond) {
      new PolicyResponse(response, decision).setStatus(respond.status());
    } else if (hasWebSockets && opensWebSocket(request)) {
      chain.doFilter(request, response);
    } else {
      chain.doFilter(request, new PolicyResponse(response, decision));
    }
  }

  /**
   * CORS has no part in an <a
   * href="https://fetch.spec.whatwg.org/#websocket-opening-handshake">opening handshake</a>, and
   * gives its response no headers. By the last two fields Javalin 6 and 7 tell one, so that no
   * handler of HTTP gets it. No cache hands the first one on, lest anybody ask for a resource
   * without the policy's headers, and have a shared cache keep it.
   */
  private static boolean opensWebSocket(HttpServletRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
        && request.getHeader("Sec-WebSocket-Key") != null
        && request.getHeader("Sec-WebSocket-Version") != null;
  }

  /** A dispatch to an error page or to another path is about the request that the client sent. */
  private CorsDecision decide(HttpServletRequest request) {
    if (request.getAttribute(attribute) instanceof CorsDecision known) {
      return known;
    }
    CorsDecision decision = cors.decide(request, READER);
    request.setAttribute(attribute, decision);
    return decision;
  }

  private static final class Reader implements RequestReader<HttpServletRequest> {

    @Override
    public String method(HttpServletRequest request) {
      return request.getMethod();
    }

    /** Nothing else: Jetty throws from {@code getServletPath} where the path is ambiguous. */
    @Override
    public String path(HttpServletRequest request) {
      return request.getRequestURI();
    }

    @Override
    public @Nullable String header(HttpServletRequest request, String name) {
      String first = request.getHeader(name);
      if (first == null) {
        return name.equals("Host") ? authority(request) : null;
      }
      Enumeration<String> lines = request.getHeaders(name);
      lines.nextElement();
      return lines.hasMoreElements()
          ? RequestReader.combine(Collections.list(request.getHeaders(name)))
          : first;
    }

    /** HTTP/2 has an authority in place of Host (RFC 9113 §8.3.1); Jetty makes no header of it. */
    private static @Nullable String authority(HttpServletRequest request) {
      if (request.getProtocol().startsWith("HTTP/1")) {
        return null;
      }
      int port = request.getServerPort();
      boolean isDefault = port == (request.getScheme().equals("https") ? 443 : 80);
      return isDefault ? request.getServerName() : request.getServerName() + ":" + port;
    }
  }
}

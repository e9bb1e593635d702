package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.RequestReader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request that the client sent. A filter that first sees a dispatch, to an error page for
 * example, asks about the method and the path that led there.
 */
final class ServletRequestReader implements RequestReader<HttpServletRequest> {

  static final ServletRequestReader INSTANCE = new ServletRequestReader();

  /** {@code RequestDispatcher.ERROR_METHOD} of Servlet 6.1, where the page itself is got. */
  private static final String ERROR_METHOD = "jakarta.servlet.error.method";

  private ServletRequestReader() {}

  @Override
  public String method(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ERROR
            && request.getAttribute(ERROR_METHOD) instanceof String method
        ? method
        : request.getMethod();
  }

  /** Not {@code getServletPath}: Jetty throws from it where the path is ambiguous. */
  @Override
  public String path(HttpServletRequest request) {
    String attribute =
        switch (request.getDispatcherType()) {
          case ERROR -> RequestDispatcher.ERROR_REQUEST_URI;
          case FORWARD -> RequestDispatcher.FORWARD_REQUEST_URI;
          case ASYNC -> AsyncContext.ASYNC_REQUEST_URI;
          default -> null;
        };
    return attribute != null && request.getAttribute(attribute) instanceof String path
        ? path
        : sent(request).getRequestURI();
  }

  /**
   * The container's request. A filter that comes earlier may have wrapped it: Spring's
   * ForwardedHeaderFilter takes the beginning of the path, and the host, from headers that every
   * client can send.
   */
  static HttpServletRequest sent(HttpServletRequest request) {
    ServletRequest sent = request;
    while (sent instanceof ServletRequestWrapper wrapper) {
      sent = wrapper.getRequest();
    }
    return sent instanceof HttpServletRequest original ? original : request;
  }

  @Override
  public @Nullable String header(HttpServletRequest request, String name) {
    String first = request.getHeader(name);
    if (first == null) {
      return null;
    }
    Enumeration<String> lines = request.getHeaders(name);
    lines.nextElement();
    return lines.hasMoreElements()
        ? RequestReader.combine(Collections.list(request.getHeaders(name)))
        : first;
  }

  /**
   * Tomcat and Jetty make no header of what HTTP/2 sends instead of one. Where Tomcat's
   * RemoteIpValve has put the value of a header in its place, nothing has the client's.
   */
  @Override
  public @Nullable String authority(HttpServletRequest request) {
    if (request.getProtocol().startsWith("HTTP/1")) {
      return null;
    }
    HttpServletRequest sent = sent(request);
    int port = sent.getServerPort();
    boolean isDefault = port == (sent.getScheme().equals("https") ? 443 : 80);
    return isDefault ? sent.getServerName() : sent.getServerName() + ":" + port;
  }
}

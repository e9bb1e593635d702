package dev.crosswalk.cors.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request whose asynchronous context has the policy's response. */
final class PolicyRequest extends HttpServletRequestWrapper {

  private final PolicyResponse response;

  PolicyRequest(HttpServletRequest request, PolicyResponse response) {
    super(request);
    this.response = response;
  }

  /**
   * The container would hand its own response to the other thread, past every filter. The request
   * is the container's, as it is without this filter: Tomcat puts the path of a forward around it,
   * and would dispatch to that. Jetty for Servlet 5.0 writes the path into its own request. There,
   * an asynchronous dispatch without a path, out of a forward, goes to the path of the forward.
   */
  @Override
  public AsyncContext startAsync() {
    return startAsync(ServletRequestReader.sent(this), response);
  }

  /**
   * No other thread may find a response that still waits. What is asynchronous opens no WebSocket.
   */
  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse handed) {
    response.stopWaiting();
    return super.startAsync(request, handed);
  }
}

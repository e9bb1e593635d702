package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response that has the headers of a decision from the beginning, and keeps those that the policy
 * owns to itself.
 *
 * <p>Not once when it is committed: nothing tells a servlet about that moment, and a large response
 * commits in the middle of a write. And no repair after the application has written: Tomcat 10.1
 * removes no header, and Tomcat does not show a second line that is equal to the first.
 */
final class PolicyResponse extends HttpServletResponseWrapper {

  private static final String VARY = "Vary";

  private final CorsDecision decision;
  private final CorsPolicyFilter filter;

  /** Whether there were headers of CORS before the first that are written here. */
  private boolean hadHeaders;

  /** Whether the headers are not written yet, because this may be the 101 of a WebSocket. */
  private boolean waits;

  /** What {@code Vary} is while the policy alone has written it; else null. */
  private @Nullable String varyOfPolicy;

  /**
   * Makes a response.
   *
   * @param filter whose policy has decided
   */
  PolicyResponse(HttpServletResponse response, CorsDecision decision, CorsPolicyFilter filter) {
    this(response, decision, filter, false);
  }

  private PolicyResponse(
      HttpServletResponse response, CorsDecision decision, CorsPolicyFilter filter, boolean waits) {
    super(response);
    this.decision = decision;
    this.filter = filter;
    this.waits = waits;
    writeFirst();
  }

  /**
   * A response to the opening handshake of a WebSocket. Anybody can send its fields to any
   * resource, so it has the headers unless it opens one. What opens one writes no content.
   */
  static PolicyResponse toHandshake(
      HttpServletResponse response, CorsDecision decision, CorsPolicyFilter filter) {
    return new PolicyResponse(response, decision, filter, true);
  }

  /** Whether a response has the headers of a policy already, by another filter than this one. */
  static boolean isOfAnother(ServletResponse response, CorsPolicyFilter filter) {
    for (ServletResponse each = response;
        each instanceof ServletResponseWrapper wrapper;
        each = wrapper.getResponse()) {
      if (each instanceof PolicyResponse of
          && of.filter != filter
          && of.decision.owns("Access-Control-Allow-Origin")) {
        return true;
      }
    }
    return false;
  }

  /** Whether something before the filter has written headers of CORS. */
  boolean hadHeaders() {
    return hadHeaders;
  }

  /**
   * Writes the headers of a response that the application has not touched: what it writes later
   * yields.
   */
  private void writeFirst() {
    if (!waits) {
      boolean isMissing = merges(VARY) && !container().containsHeader(VARY);
      hadHeaders = decision.writeFirst(container(), WRITER);
      varyOfPolicy = isMissing ? container().getHeader(VARY) : null;
    }
  }

  /** Writes what has waited: now it is an ordinary response. */
  void stopWaiting() {
    if (waits && getStatus() != SC_SWITCHING_PROTOCOLS) {
      waits = false;
      writeFirst();
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    stopWaiting();
    return super.getOutputStream();
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    stopWaiting();
    return super.getWriter();
  }

  @Override
  public void flushBuffer() throws IOException {
    stopWaiting();
    super.flushBuffer();
  }

  @Override
  public void sendError(int status) throws IOException {
    if (!isSentAsNotModified(status)) {
      super.sendError(status);
    }
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    if (!isSentAsNotModified(status)) {
      super.sendError(status, message);
    }
  }

  /**
   * Sends a 304, which is not an error; false for any other status. Jetty's own servlet for files
   * sends it as one, of which Jetty takes {@code Vary} away. It has that of the 200: RFC 9110
   * §15.4.5.
   */
  private boolean isSentAsNotModified(int status) throws IOException {
    stopWaiting();
    if (status != SC_NOT_MODIFIED) {
      return false;
    }
    super.resetBuffer();
    super.setStatus(SC_NOT_MODIFIED);
    super.flushBuffer();
    return true;
  }

  /**
   * Those with a status, of Servlet 6.1, write no headers to what waits: to wrap them without their
   * API takes reflection for each, for a response that no script reads.
   */
  @Override
  public void sendRedirect(String location) throws IOException {
    stopWaiting();
    super.sendRedirect(location);
  }

  private HttpServletResponse container() {
    return (HttpServletResponse) getResponse();
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!yields(name, value)) {
      super.setHeader(name, value);
      changed(name);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (yields(name, value)) {
      return;
    }
    String present = merges(name) ? WRITER.get(container(), name) : null;
    if (present == null || value == null) {
      super.addHeader(name, value);
    } else {
      super.setHeader(name, RequestReader.combine(List.of(present, value)));
    }
    changed(name);
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!yields(name, String.valueOf(value))) {
      super.setIntHeader(name, value);
      changed(name);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!yields(name, String.valueOf(value))) {
      super.addIntHeader(name, value);
      changed(name);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (!yields(name, "a date")) {
      super.setDateHeader(name, date);
      changed(name);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (!yields(name, "a date")) {
      super.addDateHeader(name, date);
      changed(name);
    }
  }

  @Override
  public void reset() {
    super.reset();
    writeFirst();
  }

  // An application may set Vary only where there is none: the policy's own Vary is not one for it.

  @Override
  public boolean containsHeader(String name) {
    return super.containsHeader(name) && !isOfPolicyAlone(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isOfPolicyAlone(name) ? null : super.getHeader(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return isOfPolicyAlone(name) ? List.of() : super.getHeaders(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    Collection<String> names = super.getHeaderNames();
    return isOfPolicyAlone(VARY)
        ? names.stream().filter(name -> !name.equalsIgnoreCase(VARY)).toList()
        : names;
  }

  private boolean isOfPolicyAlone(String name) {
    return varyOfPolicy != null
        && VARY.equalsIgnoreCase(name)
        && varyOfPolicy.equals(WRITER.get(container(), VARY));
  }

  /** Whether a value is not for the response, because the policy owns the header. */
  private boolean yields(String name, @Nullable String value) {
    // Containers ignore a header without a name, and so does this.
    boolean isOwned = name != null && decision.owns(name);
    if (isOwned) {
      decision.overrule(name, value);
    }
    return isOwned;
  }

  private void changed(String name) {
    if (merges(name)) {
      varyOfPolicy = VARY.equalsIgnoreCase(name) ? null : varyOfPolicy;
      if (!waits) {
        decision.writeTo(container(), WRITER);
      }
    }
  }

  private boolean merges(String name) {
    return name != null && decision.merges(name);
  }

  private static final ResponseWriter<HttpServletResponse> WRITER =
      new ResponseWriter<>() {
        /** What is empty is what removing leaves in Tomcat 10.1. */
        @Override
        public @Nullable String get(HttpServletResponse response, String name) {
          String value =
              response.containsHeader(name)
                  ? RequestReader.combine(List.copyOf(response.getHeaders(name)))
                  : null;
          return value == null || value.isEmpty() ? null : value;
        }

        @Override
        public void set(HttpServletResponse response, String name, String value) {
          response.setHeader(name, value);
        }

        /**
         * A null value removes (Servlet 6.1 says so), but not in Tomcat 10.1: an empty one grants
         * nothing either.
         */
        @Override
        public void remove(HttpServletResponse response, String name) {
          if (response.containsHeader(name)) {
            response.setHeader(name, null);
            if (response.containsHeader(name)) {
              response.setHeader(name, "");
            }
          }
        }
      };
}

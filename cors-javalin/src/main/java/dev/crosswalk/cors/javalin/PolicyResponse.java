package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response that has the headers of a decision from the beginning, and has them again after each
 * change that could have touched them.
 *
 * <p>Not once when it is committed: a servlet is not told of that moment, and a large response
 * commits in the middle of a write. This way the headers are right at every moment.
 */
final class PolicyResponse extends HttpServletResponseWrapper {

  private static final ResponseWriter<HttpServletResponse> WRITER = new Writer();

  private final HttpServletResponse response;
  private final CorsDecision decision;

  PolicyResponse(HttpServletResponse response, CorsDecision decision) {
    super(response);
    this.response = response;
    this.decision = decision;
    writeDecision();
  }

  private void writeDecision() {
    decision.writeTo(response, WRITER);
  }

  private void changed(String name) {
    if (name != null
        && (name.equalsIgnoreCase("Vary")
            || name.equalsIgnoreCase("Timing-Allow-Origin")
            || name.equalsIgnoreCase("Cross-Origin-Resource-Policy")
            || name.regionMatches(true, 0, "Access-Control-", 0, 15))) {
      writeDecision();
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    super.setHeader(name, value);
    changed(name);
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    super.addHeader(name, value);
    changed(name);
  }

  @Override
  public void setIntHeader(String name, int value) {
    super.setIntHeader(name, value);
    changed(name);
  }

  @Override
  public void addIntHeader(String name, int value) {
    super.addIntHeader(name, value);
    changed(name);
  }

  @Override
  public void setDateHeader(String name, long date) {
    super.setDateHeader(name, date);
    changed(name);
  }

  @Override
  public void addDateHeader(String name, long date) {
    super.addDateHeader(name, date);
    changed(name);
  }

  @Override
  public void reset() {
    super.reset();
    writeDecision();
  }

  private static final class Writer implements ResponseWriter<HttpServletResponse> {

    @Override
    public @Nullable String get(HttpServletResponse response, String name) {
      String first = response.getHeader(name);
      if (first == null) {
        return null;
      }
      Collection<String> lines = response.getHeaders(name);
      return lines.size() == 1 ? first : RequestReader.combine(List.copyOf(lines));
    }

    @Override
    public void set(HttpServletResponse response, String name, String value) {
      response.setHeader(name, value);
    }

    /** A null value removes; the interface has no other way (Servlet 6.1 says so). */
    @Override
    public void remove(HttpServletResponse response, String name) {
      response.setHeader(name, null);
    }
  }
}

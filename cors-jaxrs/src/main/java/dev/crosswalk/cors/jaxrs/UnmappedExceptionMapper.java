package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Makes a response of every exception that no other mapper knows, so that response filters run for
 * it. Jersey and CXF hand such an exception to their container instead, whose answer lacks the
 * policy's headers: to a script, a 500 then looks like a CORS error.
 *
 * <pre>{@code
 * .register(new CorsPolicyFilter(policy)).register(new UnmappedExceptionMapper())
 * }</pre>
 *
 * <p>A {@link WebApplicationException} becomes the response that it contains, as it does without
 * this mapper. Any other exception is logged to the system logger with this class's name, and
 * becomes an empty response with status 500. The container's own error page and log entry do not
 * appear. A mapper for a more specific type still takes precedence.
 *
 * <p>RESTEasy needs no such mapper. It has exceptions of its own that contain a response, such as
 * the one with which it may answer {@code OPTIONS}, and this mapper would make a 500 of each.
 */
public final class UnmappedExceptionMapper implements ExceptionMapper<Throwable> {

  private static final System.Logger LOGGER =
      System.getLogger(UnmappedExceptionMapper.class.getName());

  /** Makes a mapper; it has no state. */
  public UnmappedExceptionMapper() {}

  /**
   * Turns an exception into a response.
   *
   * @param exception the exception for which there is no other mapper
   * @return its own response, or one with status 500 and no content
   */
  @Override
  public Response toResponse(Throwable exception) {
    if (exception instanceof WebApplicationException web) {
      return web.getResponse();
    }
    LOGGER.log(System.Logger.Level.ERROR, "A request failed with status 500.", exception);
    return Response.serverError().build();
  }
}

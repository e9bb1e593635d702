package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.internal.syntax.RequestPath;
import dev.crosswalk.cors.internal.syntax.Text;

/**
 * Why no policy covers a request.
 *
 * @param by what policies are chosen by, without one for this request
 * @param kind what kind of request it is
 */
record NoPolicy(By by, Kind kind) {

  /** What policies are chosen by. */
  enum By {
    PATH("No policy covers the request's path."),
    HOST("No policy covers the request's host."),
    FUNCTION("The function that chooses a policy chose none.");

    private final String sentence;

    By(String sentence) {
      this.sentence = sentence;
    }
  }

  /** Returns a sentence that contains nothing from the request. */
  String explanation() {
    return by.sentence;
  }

  /** Returns sentences that name what no policy covers. */
  <Q> String explanation(Q request, RequestReader<? super Q> reader) {
    return switch (by) {
      case PATH -> "No policy covers the path " + path(request, reader) + ".";
      case HOST -> {
        String host = RequestSite.host(request, reader);
        yield host == null
            ? "The request names no host, so no policy covers it."
            : "No policy covers the host " + Text.quote(host) + ".";
      }
      case FUNCTION ->
          RequestPath.isPlain(reader.path(request))
              ? by.sentence
              : by.sentence + " It cannot choose by the path " + path(request, reader) + ".";
    };
  }

  private static <Q> String path(Q request, RequestReader<? super Q> reader) {
    String path = reader.path(request);
    return Text.quote(path)
        + (RequestPath.isPlain(path) ? "" : ": servers could read it as a different path");
  }
}

package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.RequestHeaders;
import dev.crosswalk.cors.tck.rules.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server has to grant, so that a page may do what it wants to: as a policy, and as headers.
 *
 * @param origin of the page, serialized
 * @param method of its request
 * @param requestHeaders the names that a server must be asked about, lower case
 * @param credentials whether they are included
 */
record Grant(String origin, String method, List<String> requestHeaders, boolean credentials) {

  /** Stands for a page's origin where nothing tells it. */
  static final String SOME_ORIGIN = "https://app.example.com";

  Grant {
    requestHeaders = List.copyOf(requestHeaders);
  }

  static Grant of(Request request) {
    return new Grant(
        request.origin(),
        request.method(),
        List.copyOf(RequestHeaders.unsafeNames(request.headers(), Engine.STANDARD)),
        request.includesCredentials());
  }

  Grant to(String otherOrigin) {
    return new Grant(otherOrigin, method, requestHeaders, credentials);
  }

  private boolean listsMethod() {
    return !Methods.isSafelisted(method);
  }

  private boolean needsPreflight() {
    return listsMethod() || !requestHeaders.isEmpty();
  }

  /** Why it is not offered, neither as a policy nor as headers: it would be unsafe. */
  private List<String> problems() {
    if (origin.equals("null")) {
      return List.of(
          "any site can make its pages' origin null. Serve the page from a real origin.");
    }
    Permissions permissions =
        Permissions.to(origin).requestHeaders(requestHeaders.toArray(new String[0]));
    if (listsMethod()) {
      permissions = permissions.methods(method);
    }
    try {
      (credentials ? permissions.withCredentials() : permissions).policy();
      return List.of();
    } catch (InvalidCorsPolicyException e) {
      // Core knows what is unsafe, and how to mend it.
      return e.problems().stream().map(Object::toString).toList();
    }
  }

  /** The policy's code, one line each; or, if it would be unsafe, why it is not offered. */
  List<String> policy() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      return problems.stream().map(problem -> "(none: " + problem + ")").toList();
    }
    List<String> code = new ArrayList<>();
    code.add("CorsPolicy.builder()");
    code.add("    .allowOrigins(\"" + origin + "\")");
    if (listsMethod()) {
      code.add("    .allowMethods(\"" + method + "\")");
    }
    if (!requestHeaders.isEmpty()) {
      code.add(
          requestHeaders.stream()
              .collect(Collectors.joining("\", \"", "    .allowRequestHeaders(\"", "\")")));
    }
    if (credentials) {
      code.add("    .allowCredentials()");
    }
    code.add("    .build();");
    return code;
  }

  /** The field lines of the answer to a preflight; none if there is no preflight, or if unsafe. */
  List<String> onPreflight() {
    if (!needsPreflight() || !problems().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(onResponse());
    lines.remove("Vary: Origin");
    if (listsMethod()) {
      lines.add("Access-Control-Allow-Methods: " + method);
    }
    if (!requestHeaders.isEmpty()) {
      lines.add("Access-Control-Allow-Headers: " + String.join(", ", requestHeaders));
    }
    lines.add("Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    return lines;
  }

  /** The field lines of every other response, errors among them; none if they would be unsafe. */
  List<String> onResponse() {
    if (!problems().isEmpty()) {
      return List.of();
    }
    return Stream.of(
            "Access-Control-Allow-Origin: " + origin,
            credentials ? "Access-Control-Allow-Credentials: true" : "",
            "Vary: Origin")
        .filter(line -> !line.isEmpty())
        .toList();
  }
}

package dev.crosswalk.cors.cli.remedy;

import static java.util.Locale.ROOT;

import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.ProblemCode;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.RequestHeaders;
import dev.crosswalk.cors.tck.rules.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server has to grant, so that a page may do what it wants to: as a policy, and as headers.
 *
 * @param origin of the page, serialized
 * @param method of its request; never in lower case where the standard's name is in upper case
 * @param requestHeaders the names that a server must be asked about, lower case
 * @param credentials whether they are included
 * @param preflighted whether there is a preflight, even if neither method nor headers tell why
 */
public record Grant(
    String origin,
    String method,
    List<String> requestHeaders,
    boolean credentials,
    boolean preflighted) {

  /** Stands for a page's origin where nothing tells it. */
  public static final String SOME_ORIGIN = "https://app.example.com";

  public Grant {
    // Browsers send these two as the script wrote them, and no server means the lower case.
    method = method.equals("patch") || method.equals("query") ? method.toUpperCase(ROOT) : method;
    requestHeaders = List.copyOf(requestHeaders);
  }

  public static Grant of(Request request) {
    return new Grant(
        request.origin(),
        request.method(),
        List.copyOf(RequestHeaders.unsafeNames(request.headers(), Engine.STANDARD)),
        request.includesCredentials(),
        false);
  }

  private boolean listsMethod() {
    return !Methods.isSafelisted(method);
  }

  private boolean needsPreflight() {
    return preflighted || listsMethod() || !requestHeaders.isEmpty();
  }

  /** The origin to write; of a page that has none, of the page as it should be. */
  private String writtenOrigin() {
    return origin.equals("null") ? SOME_ORIGIN : origin;
  }

  /** The same, as a policy says it. */
  public Permissions permissions() {
    return new Permissions(
        List.of(origin),
        credentials,
        listsMethod() ? List.of(method) : List.of(),
        requestHeaders,
        List.of(),
        null);
  }

  /** Why no policy is offered; empty if one is. */
  Optional<String> refusal() {
    if (origin.equals("null")) {
      return Optional.of(
          "Crosswalk offers no policy for the origin null: any site can make its pages' origin null."
              + " Serve the page from a real origin, and allow that.");
    }
    try {
      permissions().policy();
      return Optional.empty();
    } catch (InvalidCorsPolicyException e) {
      boolean insecure =
          e.problems().stream().anyMatch(problem -> problem.code() == ProblemCode.ORIGIN_INSECURE);
      return Optional.of(
          insecure
              ? "Crosswalk offers no policy for "
                  + origin
                  + " with credentials: without https, anybody on the network can change that page,"
                  + " and read what your users can read. Serve the page over https."
              : "Crosswalk offers no policy for this: it refuses the origin, the method or a header"
                  + " name as it is written.");
    }
  }

  /** The policy's code, one line each; none if it would be unsafe. */
  public List<String> policy() {
    if (refusal().isPresent()) {
      return List.of();
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

  /** The field lines of the answer to a preflight; none if there is no preflight. */
  public List<String> onPreflight() {
    if (!needsPreflight()) {
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

  /** Whether a preflight asks for more than is known: its method, or its headers. */
  public boolean asksForMore() {
    return preflighted && !listsMethod() && requestHeaders.isEmpty();
  }

  /** The field lines of every other response, errors among them. */
  public List<String> onResponse() {
    return Stream.of(
            "Access-Control-Allow-Origin: " + writtenOrigin(),
            credentials ? "Access-Control-Allow-Credentials: true" : "",
            "Vary: Origin")
        .filter(line -> !line.isEmpty())
        .toList();
  }
}

package dev.crosswalk.cors.cli.remedy;

import static java.util.Locale.ROOT;

import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.ProblemCode;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.RequestHeaders;
import dev.crosswalk.cors.tck.rules.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
 * @param kept what the server grants already
 */
public record RequiredGrant(
    String origin,
    String method,
    List<String> requestHeaders,
    boolean credentials,
    boolean preflighted,
    ExistingGrant kept) {

  /** Stands for a page's origin where nothing tells it. */
  public static final String SOME_ORIGIN = "https://app.example.com";

  public RequiredGrant {
    // Browsers send these two as the script wrote them, and no server means the lower case.
    method = method.equals("patch") || method.equals("query") ? method.toUpperCase(ROOT) : method;
    requestHeaders = List.copyOf(requestHeaders);
  }

  /** For a server of which nothing is known. */
  public RequiredGrant(
      String origin,
      String method,
      List<String> requestHeaders,
      boolean credentials,
      boolean preflighted) {
    this(origin, method, requestHeaders, credentials, preflighted, ExistingGrant.NOTHING);
  }

  /** The same, and what the answers of the server list already. */
  public RequiredGrant keeping(ExistingGrant known) {
    return new RequiredGrant(
        origin, method, requestHeaders, credentials, preflighted, known.and(kept.origins()));
  }

  /** The same, and another origin that the server allows, as other answers show. */
  public RequiredGrant beside(String other) {
    return keeping(ExistingGrant.NOTHING.and(List.of(other)));
  }

  /** The same for another page. */
  public RequiredGrant withOrigin(String other) {
    return new RequiredGrant(other, method, requestHeaders, credentials, preflighted, kept);
  }

  /** The same, and with credentials. */
  public RequiredGrant withCredentials() {
    return new RequiredGrant(origin, method, requestHeaders, true, preflighted, kept);
  }

  /** The same, and another request header. */
  public RequiredGrant withRequestHeader(String name) {
    return new RequiredGrant(
        origin,
        method,
        Stream.concat(requestHeaders.stream(), Stream.of(name)).distinct().toList(),
        credentials,
        preflighted,
        kept);
  }

  /** The same without request headers that the page is to leave out. */
  public RequiredGrant without(List<String> names) {
    return new RequiredGrant(
        origin,
        method,
        requestHeaders.stream().filter(name -> !names.contains(name)).toList(),
        credentials,
        preflighted,
        kept);
  }

  public static RequiredGrant of(Request request) {
    return new RequiredGrant(
        request.origin(),
        request.method(),
        List.copyOf(RequestHeaders.unsafeNames(request.headers(), Engine.STANDARD)),
        request.includesCredentials(),
        false);
  }

  private boolean needsPreflight() {
    return preflighted || !Methods.isSafelisted(method) || !requestHeaders.isEmpty();
  }

  /** The request's own method, if it needs a permission. */
  private List<String> methods() {
    return Methods.isSafelisted(method) ? List.of() : List.of(method);
  }

  /** What anybody may read stays so; what changes something is granted to this page alone. */
  private boolean isForEverybody() {
    return kept.anyOrigin()
        && !credentials
        && !origin.equals("null")
        && Methods.isSafelisted(method);
  }

  /** The origin to write; of a page that has none, of the page as it should be. */
  private String writtenOrigin() {
    return isForEverybody() ? "*" : origin.equals("null") ? SOME_ORIGIN : origin;
  }

  /** The same, as a policy says it. */
  public Permissions permissions() {
    List<String> origins =
        isForEverybody() ? List.of("*") : ExistingGrant.both(List.of(origin), kept.origins());
    Permissions all = permissions(origins, kept);
    if (problems(all).isEmpty()) {
      return all;
    }
    // What is there may be what no policy grants: http with credentials, or names that no script
    // can send. The rest of it stays.
    List<String> alone = isForEverybody() ? origins : List.of(origin);
    Permissions less = permissions(alone, granted(alone));
    return problems(less).isEmpty() ? less : permissions(alone, ExistingGrant.NOTHING);
  }

  /** What is there and can be granted, name by name. */
  private ExistingGrant granted(List<String> origins) {
    return new ExistingGrant(
        kept.anyOrigin(),
        List.of(),
        each(kept.methods(), name -> kept(origins, List.of(name), List.of(), List.of())),
        each(kept.requestHeaders(), name -> kept(origins, List.of(), List.of(name), List.of())),
        each(kept.exposed(), name -> kept(origins, List.of(), List.of(), List.of(name))),
        kept.anyMethod(),
        kept.anyHeader(),
        kept.maxAge());
  }

  private static List<String> each(List<String> names, Function<String, Permissions> one) {
    return names.stream().filter(name -> problems(one.apply(name)).isEmpty()).toList();
  }

  private Permissions kept(
      List<String> origins, List<String> methods, List<String> headers, List<String> exposed) {
    return new Permissions(origins, credentials, methods, headers, exposed, null);
  }

  private Permissions permissions(List<String> origins, ExistingGrant more) {
    return new Permissions(
        origins,
        credentials,
        ExistingGrant.both(methods(), more.methods()),
        ExistingGrant.both(requestHeaders, more.requestHeaders()),
        more.exposed(),
        more.maxAge());
  }

  private static List<PolicyProblem> problems(Permissions permissions) {
    try {
      permissions.policy();
      return List.of();
    } catch (InvalidCorsPolicyException e) {
      return e.problems();
    }
  }

  /** Why no policy is offered; empty if one is. */
  public Optional<String> refusal() {
    if (origin.equals("null")) {
      return Optional.of(
          "Crosswalk offers no policy for the origin null: any site can make its pages' origin null."
              + " Serve the page from a real origin, and allow that.");
    }
    List<PolicyProblem> problems = problems(permissions());
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    boolean insecure =
        problems.stream().anyMatch(problem -> problem.code() == ProblemCode.ORIGIN_INSECURE);
    return Optional.of(
        insecure
            ? "Crosswalk offers no policy for "
                + origin
                + " with credentials: without https, anybody on the network can change that page,"
                + " and read what your users can read. Serve the page over https."
            : "Crosswalk offers no policy for this, because it refuses "
                + problems.stream()
                    .map(problem -> subject(problem.code()))
                    .distinct()
                    .collect(Collectors.joining(" and "))
                + " as it is written.");
  }

  private static String subject(ProblemCode code) {
    return code.name().startsWith("METHOD")
        ? "the method"
        : code.name().startsWith("ORIGIN") ? "the origin" : "the name of a header";
  }

  /** The policy's code, one line each; none if it would be unsafe. */
  public List<String> policy() {
    if (refusal().isPresent()) {
      return List.of();
    }
    List<String> code = new ArrayList<>();
    code.add("CorsPolicy.builder()");
    Permissions permissions = permissions();
    call(code, "allowOrigins", permissions.origins());
    call(code, "allowMethods", permissions.methods());
    call(code, "allowRequestHeaders", permissions.requestHeaders());
    call(code, "exposeResponseHeaders", permissions.exposed());
    if (credentials) {
      code.add("    .allowCredentials()");
    }
    if (permissions.maxAge() != null) {
      code.add("    .maxAge(Duration.ofSeconds(" + permissions.maxAge().toSeconds() + "))");
    }
    code.add("    .build();");
    return code;
  }

  /**
   * The calls of a policy's builder for what is not granted yet, one line each; none if they would
   * be unsafe.
   *
   * @param credentialsAllowed whether that is known
   */
  List<String> additions(boolean credentialsAllowed) {
    if (refusal().isPresent()) {
      return List.of();
    }
    List<String> code = new ArrayList<>();
    call(code, "allowOrigins", kept.anyOrigin() ? List.of() : less(origin, kept.origins()));
    call(code, "allowMethods", methods().isEmpty() ? methods() : less(method, kept.methods()));
    call(
        code,
        "allowRequestHeaders",
        requestHeaders.stream().filter(name -> !kept.requestHeaders().contains(name)).toList());
    if (credentials && !credentialsAllowed) {
      code.add("    .allowCredentials()");
    }
    return code.stream().map(String::strip).toList();
  }

  private static List<String> less(String name, List<String> there) {
    return there.contains(name) ? List.of() : List.of(name);
  }

  private static void call(List<String> code, String method, List<String> values) {
    if (!values.isEmpty()) {
      code.add(
          values.stream().collect(Collectors.joining("\", \"", "    ." + method + "(\"", "\")")));
    }
  }

  /** The field lines of the answer to a preflight; none if there is no preflight. */
  public List<String> onPreflight() {
    if (!needsPreflight()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(onResponse());
    lines.removeIf(line -> line.startsWith("Vary") || line.startsWith("Access-Control-Expose"));
    Permissions permissions = permissions();
    if (!permissions.methods().isEmpty()) {
      lines.add("Access-Control-Allow-Methods: " + String.join(", ", permissions.methods()));
    }
    if (!permissions.requestHeaders().isEmpty()) {
      lines.add("Access-Control-Allow-Headers: " + String.join(", ", permissions.requestHeaders()));
    }
    if (permissions.maxAge() != null) {
      lines.add("Access-Control-Max-Age: " + permissions.maxAge().toSeconds());
    }
    lines.add("Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    return lines;
  }

  /** Whether a preflight asks for more than is known: its method, or its headers. */
  public boolean asksForMore() {
    return preflighted && methods().isEmpty() && requestHeaders.isEmpty();
  }

  /** The same; if nothing tells what a preflight asks for, as if it asked for JSON. */
  public RequiredGrant withPreflight() {
    return asksForMore()
        ? new RequiredGrant(origin, method, List.of("content-type"), credentials, preflighted, kept)
        : this;
  }

  /** The field lines of every other response, including errors. */
  public List<String> onResponse() {
    List<String> exposed = permissions().exposed();
    return Stream.of(
            "Access-Control-Allow-Origin: " + writtenOrigin(),
            credentials ? "Access-Control-Allow-Credentials: true" : "",
            exposed.isEmpty() ? "" : "Access-Control-Expose-Headers: " + String.join(", ", exposed),
            isForEverybody() ? "" : "Vary: Origin")
        .filter(line -> !line.isEmpty())
        .toList();
  }
}

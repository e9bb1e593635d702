package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.layer.Fault;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import dev.crosswalk.cors.cli.explain.lists.ListedName;
import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one layer does not allow of a request.
 *
 * @param layer that decides
 * @param request that a message is about
 */
record GrantFaults(CorsLayer layer, AskedRequest request) {

  /** More of a long list are not repeated. */
  private static final int MAX_KEPT = 4;

  /** What a regular expression has, and neither an origin nor a placeholder. */
  private static final Pattern EXPRESSION = Pattern.compile("^\\^|\\\\|\\(\\?|\\.\\+");

  List<Fault> found() {
    List<Fault> faults = new ArrayList<>();
    origin().ifPresent(faults::add);
    method().ifPresent(faults::add);
    header().ifPresent(faults::add);
    credentials().ifPresent(faults::add);
    return faults;
  }

  private Optional<Fault> origin() {
    Grant grant = layer.grant();
    String place = layer.kind().place();
    for (String listed : grant.origins().items()) {
      if (listed.matches("\\S{1,100},\\s?\\S{1,100}")) {
        return Optional.of(
            new Fault(What.ORIGINS_IN_ONE_TEXT, Map.of("listed", listed, "place", place)));
      }
      if (listed.length() > 1 && (listed.contains("*") || EXPRESSION.matcher(listed).find())) {
        return Optional.of(
            new Fault(What.PATTERN_AS_ORIGIN, Map.of("listed", listed, "place", place)));
      }
    }
    if (layer.kind() == Kind.ENDPOINT
        && grant.isWhole()
        && !grant.origins().told()
        && !grant.patterns().told()) {
      String page = request.origin().isEmpty() ? "https://app.example.com" : request.origin();
      return Optional.of(
          new Fault(
              What.NO_ORIGIN_OF_ENDPOINT,
              Map.of("path", request.path(), "own", layer.kind().origin(page))));
    }
    if (!grant.isWhole()
        || request.origin().isEmpty()
        || !request.origin().startsWith("http") && !request.origin().contains("://")) {
      return Optional.empty();
    }
    if (grant.allows(request.origin())) {
      return Optional.empty();
    }
    String listed = nearest(grant);
    boolean wrong = listed.contains(request.origin()) || request.origin().endsWith("://" + listed);
    String own =
        layer
            .kind()
            .origins(
                grant.origins().items().stream()
                    .filter(each -> !wrong || !each.equals(listed))
                    .filter(each -> !each.equals(request.server()))
                    .limit(MAX_KEPT)
                    .toList(),
                request.origin());
    if (grant.origins().items().isEmpty() && grant.patterns().items().isEmpty()) {
      return List.of(Kind.CONFIGURATION, Kind.PROPERTIES, Kind.YAML).contains(layer.kind())
          ? Optional.of(new Fault(What.NO_ORIGIN, Map.of("place", place, "own", own)))
          : Optional.empty();
    }
    Map<String, String> words =
        Map.of(
            "listed",
            listed,
            "origin",
            request.origin(),
            "place",
            place,
            "own",
            own,
            "differs",
            differs(listed),
            "server",
            request.server());
    if (listed.equals(request.origin() + "/")) {
      return Optional.of(new Fault(What.ORIGIN_WITH_SLASH, words));
    }
    if (listed.startsWith(request.origin() + "/")) {
      return Optional.of(new Fault(What.ORIGIN_WITH_PATH, words));
    }
    if (!listed.contains("://") && request.origin().endsWith("://" + listed)) {
      return Optional.of(new Fault(What.ORIGIN_WITHOUT_SCHEME, words));
    }
    if (listed.equals(request.server())) {
      return Optional.of(new Fault(What.ORIGIN_OF_SERVER, words));
    }
    boolean pattern = grant.patterns().has(listed);
    return Optional.of(new Fault(pattern ? What.PATTERN_UNFIT : What.ORIGIN_UNLISTED, words));
  }

  private String nearest(Grant grant) {
    List<String> all = new ArrayList<>(grant.origins().items());
    all.addAll(grant.patterns().items());
    return all.stream()
        .filter(each -> each.contains(request.origin()) || request.origin().endsWith("://" + each))
        .findFirst()
        .or(
            () ->
                all.stream()
                    .filter(each -> new OriginComparison(request.origin(), each).isNear())
                    .findFirst())
        .or(() -> all.stream().findFirst())
        .orElse("");
  }

  private String differs(String listed) {
    return new OriginComparison(request.origin(), listed).words();
  }

  private Optional<Fault> method() {
    Values methods = layer.grant().methods();
    String method = request.method();
    String place = layer.kind().place();
    for (String listed : methods.items()) {
      if (layer.kind() != Kind.FILTER
          && listed.matches("[A-Za-z]{3,7}(?:\\s*,\\s*[A-Za-z]{3,7})+")) {
        return Optional.of(
            new Fault(What.METHODS_IN_ONE_TEXT, Map.of("listed", listed, "place", place)));
      }
    }
    if (!methods.whole()
        || method.isEmpty()
        || methods.isAny()
        || methods.has(method)
        || layer.kind() == Kind.FILTER && List.of("GET", "HEAD", "POST").contains(method)) {
      return Optional.empty();
    }
    String own =
        layer
            .kind()
            .methods(
                methods.items().stream().filter(each -> !each.equalsIgnoreCase(method)).toList(),
                method);
    Map<String, String> words =
        Map.of("method", method, "methods", methods.toString(), "place", place, "own", own);
    if (methods.hasIgnoringCase(method)) {
      return Optional.of(new Fault(What.METHOD_IN_LOWER_CASE, words));
    }
    if (!methods.told()
        && !layer.grant().headers().told()
        && layer.grant().headers().items().isEmpty()) {
      // Then it is told only origins.
      return Optional.empty();
    }
    return Optional.of(
        new Fault(methods.told() ? What.METHOD_UNLISTED : What.METHOD_UNTOLD, words));
  }

  private Optional<Fault> header() {
    Values headers = layer.grant().headers();
    String place = layer.kind().place();
    for (String listed : headers.items()) {
      if (layer.kind() != Kind.FILTER && listed.matches("[\\w-]{2,40}(?:\\s*,\\s*[\\w-]{2,40})+")) {
        return Optional.of(
            new Fault(What.HEADERS_IN_ONE_TEXT, Map.of("listed", listed, "place", place)));
      }
    }
    if (!headers.whole() || headers.isAny()) {
      return Optional.empty();
    }
    if (!headers.told()) {
      return request.isPreflighted()
              && (!request.headers().isEmpty() || request.status() == 403 || request.preflight())
          ? Optional.of(
              new Fault(
                  layer.grant().methods().told() || !layer.grant().methods().whole()
                      ? What.HEADERS_UNTOLD
                      : What.ONLY_ORIGINS,
                  Map.of(
                      "place",
                      place,
                      "methods",
                      layer
                          .kind()
                          .methods(
                              List.of("GET", "POST"),
                              request.method().isEmpty() ? "PUT" : request.method()),
                      "own",
                      layer
                          .kind()
                          .header(
                              request.headers().isEmpty()
                                  ? "Content-Type"
                                  : request.headers().get(0)))))
          : Optional.empty();
    }
    List<String> missing =
        request.headers().stream().filter(each -> !headers.hasIgnoringCase(each)).toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String first = missing.get(0);
    Optional<String> typo =
        headers.items().stream()
            .filter(
                each ->
                    ListedName.meant(each.toLowerCase(Locale.ROOT), missing)
                        .filter(missing::contains)
                        .isPresent())
            .findFirst();
    return Optional.of(
        new Fault(
            typo.isPresent() ? What.HEADER_WITH_TYPO : What.HEADER_UNLISTED,
            Map.of(
                "missing",
                String.join(" and ", missing),
                "headers",
                headers.toString(),
                "place",
                place,
                "own",
                layer.kind().header(first),
                "typo",
                typo.orElse(""))));
  }

  private Optional<Fault> credentials() {
    Values credentials = layer.grant().credentials();
    return credentials.whole() && !credentials.has("true")
        ? Optional.of(
            new Fault(
                What.NO_CREDENTIALS,
                Map.of("place", layer.kind().place(), "own", layer.kind().credentials())))
        : Optional.empty();
  }
}

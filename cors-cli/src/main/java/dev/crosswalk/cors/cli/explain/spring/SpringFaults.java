package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.layer.Fault;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Kind;
import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Position;
import dev.crosswalk.cors.cli.explain.spring.SecurityChain.Cors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with a Spring application for a request: what keeps it from starting, what is used
 * by nothing, what answers before it, and what it does not allow.
 */
public final class SpringFaults {

  /** The text speaks of Spring Security, and does not show its chain. */
  private static final Pattern NAMED_SECURITY =
      Pattern.compile(
          "(?i)spring[ -]?security|@Enable(?:AuthorizationServer|ResourceServer|WebSecurity)|/oauth/token");

  private final SpringApplication application;
  private final AskedRequest request;
  private final Optional<SecurityChain> chain;
  private final List<Fault> faults = new ArrayList<>();

  private SpringFaults(SpringApplication application, AskedRequest request) {
    this.application = application;
    this.request = request.within(application.context());
    this.chain = application.chain(this.request.path());
  }

  /**
   * The faults of an application.
   *
   * @param paste all of it
   * @param pasted code and configuration, as they were pasted
   * @param request that a message beside it is about
   * @return none if nothing of Spring is there
   */
  public static List<Fault> in(PastedText paste, String pasted, AskedRequest request) {
    return SpringApplication.isIn(pasted)
        ? new SpringFaults(
                paste.read(SpringApplication.class, () -> SpringApplication.of(pasted)), request)
            .found()
        : List.of();
  }

  private List<Fault> found() {
    wildcard();
    faults.addAll(new UnusedConfigurers(application.code()).found());
    chain.ifPresent(
        security -> new ChainFaults(application, security, request).found().ifPresent(this::add));
    boolean byHand = application.layers().isEmpty() && !application.filters().isEmpty();
    if (chain.isEmpty()
        && (request.status() == 401 || byHand && request.status() == 403)
        && application.isCorsBehind()
        && application.code().has(NAMED_SECURITY)) {
      add(Fault.of(What.FILTER_BEHIND_SECURITY));
    }
    withoutChain();
    misnamed();
    misplaced();
    unread();
    if (application.isGateway()
        && !application.layers().isEmpty()
        && application.layers().stream().allMatch(CorsLayer::isOfMvc)) {
      add(Fault.of(What.ROUTES_OF_GATEWAY));
    }
    // No other layer is asked for a WebSocket.
    List<CorsLayer> deciding =
        request.server().startsWith("ws")
            ? application.endpoints(request.path())
            : application.deciding(request.path());
    List<CorsLayer> covering =
        deciding.stream().filter(layer -> layer.covers(request.path())).toList();
    if (!deciding.isEmpty() && covering.isEmpty()) {
      outside(deciding);
    }
    if (!application.layers().isEmpty()
        && application.everything().allMatch(layer -> layer.kind() == Kind.ANNOTATION)) {
      new AnnotatedMethods(application.code()).unlike(request).ifPresent(this::add);
    }
    grants(covering.isEmpty() ? deciding : covering);
    twice();
    exposed(covering);
    granted(covering);
    return faults;
  }

  private void add(Fault fault) {
    faults.add(fault);
  }

  /** Spring refuses any origin together with credentials, since version 5.3. */
  private void wildcard() {
    if (application.old()) {
      return;
    }
    Stream.concat(application.everything(), application.endpoints(request.path()).stream())
        .filter(layer -> layer.grant().isOfAnyWithCredentials())
        .findFirst()
        .ifPresent(
            layer ->
                add(
                    Fault.of(
                        wildcard(layer),
                        "place",
                        layer.kind().place(),
                        "own",
                        layer.kind().origin(page()))));
  }

  private What wildcard(CorsLayer layer) {
    // What no request comes to bites later.
    boolean behind =
        layer.position() == Position.LAST
            && chain
                .filter(each -> each.cors() == Cors.ABSENT || each.cors() == Cors.DISABLED)
                .isPresent();
    return switch (layer.kind()) {
      case FILTER -> What.ANY_WITH_CREDENTIALS_BY_HAND;
      case ENDPOINT -> What.ANY_ORIGIN_OF_SOCKJS;
      case ANNOTATION -> What.ANY_WITH_CREDENTIALS_ANNOTATED;
      default -> behind ? What.ANY_WITH_CREDENTIALS_BEHIND : What.ANY_WITH_CREDENTIALS;
    };
  }

  private String page() {
    return request.origin().startsWith("http") ? request.origin() : "https://app.example.com";
  }

  /** A setting that there is only with an s at its end. */
  private void misnamed() {
    application.configuration().settings().keySet().stream()
        .filter(name -> name.contains("corsconfigurations."))
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .filter(List.of("allowedorigin", "allowedmethod", "allowedheader")::contains)
        .findFirst()
        .ifPresent(
            name ->
                add(
                    Fault.of(
                        What.MISNAMED,
                        "name",
                        "allowed"
                            + name.substring(7, 8).toUpperCase(Locale.ROOT)
                            + name.substring(8))));
  }

  /** Chains that are all for other paths, where only they use the policy. */
  private void withoutChain() {
    boolean onlyInChains =
        application.layers().stream()
                .anyMatch(layer -> layer.isBean() && layer.position() == Position.LAST)
            && application.everything().allMatch(CorsLayer::isBean)
            && application.chains().stream()
                .anyMatch(each -> each.cors() == Cors.ON || each.cors() == Cors.WITH_SOURCE);
    if (onlyInChains && chain.isEmpty()) {
      add(Fault.of(What.PATH_WITHOUT_CHAIN, "path", request.path()));
    }
  }

  /** Policies of the gateway at a place where it does not look for them. */
  private void misplaced() {
    application.configuration().settings().keySet().stream()
        .map(CONFIGURATIONS::matcher)
        .filter(Matcher::lookingAt)
        .map(found -> found.group(1))
        // What has a value of its own is no parent: a paste has lost a space there.
        .filter(place -> application.configuration().values(place).isEmpty())
        // The servlet gateway has no such list at all, which is told by itself.
        .filter(place -> !place.contains("server.webmvc"))
        .filter(
            place ->
                GATEWAY.stream()
                    .noneMatch(right -> right.equals(place) || right.endsWith("." + place)))
        .findFirst()
        .ifPresent(place -> add(Fault.of(What.GATEWAY_MISPLACED, "place", place)));
  }

  private static final Pattern CONFIGURATIONS =
      Pattern.compile("([\\w.\\[\\]]{1,120})\\.corsconfigurations[.\\[]");

  private static final List<String> GATEWAY =
      List.of("spring.cloud.gateway.globalcors", "spring.cloud.gateway.server.webflux.globalcors");

  /** A placeholder that nothing in the configuration has, beside a name that is nearly the same. */
  private void unread() {
    Matcher holes = PLACEHOLDER.matcher(application.code().text());
    while (holes.find()) {
      String read = holes.group(1);
      Optional<String> meant = application.configuration().nearly(read);
      if (meant.isPresent()) {
        add(Fault.of(What.OTHER_PLACEHOLDER, "read", read, "has", meant.get()));
        return;
      }
    }
  }

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([\\w.-]{0,80}(?:[cC]ors|[oO]rigin)[\\w.-]{0,60})(?::[^}]{0,200})?}");

  private void outside(List<CorsLayer> deciding) {
    String patterns =
        deciding.stream()
            .flatMap(layer -> layer.paths().stream())
            .map(PathPattern::text)
            .distinct()
            .limit(3)
            .collect(Collectors.joining(", "));
    Kind kind = deciding.get(0).kind();
    String context = application.context();
    if (context.length() > 1 && patterns.startsWith(context + "/")) {
      add(Fault.of(What.CONTEXT_PATH, "patterns", patterns, "context", context));
    } else if (kind == Kind.ANNOTATION) {
      add(Fault.of(What.OTHER_CONTROLLER, "patterns", patterns, "path", request.path()));
    } else {
      add(
          new Fault(
              What.PATH_OUTSIDE,
              Map.of("patterns", patterns, "path", request.path(), "place", kind.place())));
    }
  }

  /** One of several layers is enough; a controller's annotation is added to the mappings. */
  private void grants(List<CorsLayer> covering) {
    List<List<Fault>> each =
        covering.stream().map(layer -> new GrantFaults(layer, request).found()).toList();
    if (each.isEmpty()) {
      return;
    }
    List<Fault> least =
        each.stream()
            .min(
                Comparator.comparingLong(
                    found ->
                        found.stream()
                            .filter(fault -> fault.what() != What.NO_CREDENTIALS)
                            .count()))
            .orElseThrow();
    faults.addAll(least);
  }

  private void twice() {
    List<String> places =
        application
            .everything()
            .filter(layer -> layer.position() != Position.NOWHERE)
            .map(layer -> layer.kind().place())
            .distinct()
            .toList();
    if (places.size() > 1) {
      add(Fault.of(What.TWO_LAYERS, "one", places.get(0), "other", places.get(1)));
    }
  }

  private void exposed(List<CorsLayer> covering) {
    boolean known = !request.reads().isEmpty();
    boolean all =
        !covering.isEmpty() && covering.stream().allMatch(layer -> layer.grant().exposed().whole());
    if (all && covering.stream().noneMatch(layer -> layer.grant().exposed().isAny())) {
      Kind kind = covering.get(0).kind();
      String own = kind.exposed(known ? request.reads() : "X-Total-Count");
      add(
          Fault.of(
              What.NOTHING_EXPOSED,
              "own",
              known ? own : own + ", with the name of the one that the script reads",
              "place",
              kind.place()));
    }
  }

  /** Nothing of it is wrong. */
  private void granted(List<CorsLayer> covering) {
    boolean clean = faults.stream().allMatch(fault -> HARMLESS.contains(fault.what()));
    Optional<CorsLayer> known =
        covering.stream()
            .filter(layer -> layer.kind() != Kind.FILTER && !request.origin().isEmpty())
            .filter(layer -> layer.grant().isWhole() && layer.grant().allows(request.origin()))
            // Something else of a preflight may be refused that the paste does not show.
            .filter(layer -> !request.preflight() || layer.isKnown())
            .findFirst();
    if (clean && known.isPresent()) {
      Grant grant = known.get().grant();
      boolean listed = grant.methods().whole() && !grant.methods().isAny();
      add(
          Fault.of(
              chain.isPresent() || request.path().isEmpty()
                  ? What.GRANTED
                  : What.GRANTED_WITHOUT_SECURITY,
              "place",
              known.get().kind().place(),
              "methods",
              listed ? " for the methods " + grant.methods() : ""));
    }
  }

  private static final List<What> HARMLESS =
      List.of(What.NO_CREDENTIALS, What.TWO_LAYERS, What.NOTHING_EXPOSED);
}

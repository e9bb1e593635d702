package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.layer.Fault;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import dev.crosswalk.cors.cli.explain.spring.SecurityChain.Cors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Spring Security does to a request before anything behind it is asked.
 *
 * @param application of which it is
 * @param chain that the request comes to
 * @param request that a message is about
 */
record ChainFaults(SpringApplication application, SecurityChain chain, AskedRequest request) {

  /** Two kinds of applications in one. */
  private static final Pattern OTHER_STACK =
      Pattern.compile(
          "\\bCorsWebFilter\\b(?=[\\s\\S]*[( ]HttpSecurity )|[( ]HttpSecurity (?=[\\s\\S]*\\bCorsWebFilter\\b)");

  /** What has a policy of its own. */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "AuthorizationServer|addEndpoint\\(|withSockJS|orsConfigurationSource|CorsFilter|addCorsMappings");

  private static final Pattern BEAN =
      Pattern.compile(
          "@Bean\\b(\\([^)]{0,80}\\))?\\s{1,40}(?:@[\\w.]{2,40}(?:\\([^)\\n]{0,100}\\))?\\s{1,40}){0,4}(?:(?:public|protected|private|static|final|open|fun)\\s{1,3}){0,3}(?:(?:UrlBased)?CorsConfigurationSource\\s{1,3}(\\w{1,60})\\s?\\(|(\\w{1,60})\\s?\\([^)]{0,80}\\)\\s?:\\s?(?:UrlBased)?CorsConfigurationSource\\b)");

  /** What filters of Spring Security answer themselves. */
  private static final Pattern OF_LOGIN =
      Pattern.compile(
          "formLogin|oauth2Login|saml2Login|\\.logout\\b|httpBasic|UsernamePasswordAuthenticationFilter|form-login");

  private static final Pattern LOGIN_PATH =
      Pattern.compile("/(?:log-?in|log-?out|sign-?in|oauth2?|saml2?|authenticat(?:e|ion))(?:/.*)?");

  /** The same in a person's words, as what has no headers. */
  private static final Pattern LOGIN_IN_WORDS =
      Pattern.compile(
          "(?i)(?<![\\w\"'/])/(?:log-?in|log-?out|oauth2?/\\w+|authenticat(?:e|ion))\\b(?![\"'])[^\\n]{0,80}\\b(?:no|not|without|missing|fails?|cors)\\b");

  Optional<Fault> found() {
    if (application.code().has(OTHER_STACK)) {
      return Optional.empty();
    }
    if (application.isCorsFirst()) {
      return passed();
    }
    boolean fluxOnly = application.isReactive() && isOfMvc() && !hasSource();
    if (fluxOnly && !isOpen() && chain.cors() != Cors.WITH_SOURCE) {
      return Optional.of(Fault.of(What.MAPPINGS_OF_WEBFLUX));
    }
    boolean filtered = chain.cors() == Cors.ON || chain.cors() == Cors.WITH_SOURCE;
    if (filtered && chain.leavesOut(request.path()) && !isOfMvc()) {
      return Optional.of(Fault.of(What.PATH_IGNORED, "path", request.path()));
    }
    return switch (chain.cors()) {
      case DISABLED -> Optional.of(Fault.of(What.CORS_DISABLED));
      case ABSENT ->
          Optional.of(
              isOpen() && (isOfMvc() || application.isCorsBehind())
                  ? behind()
                  : Fault.of(without()));
      case ON -> application.isCorsBehind() ? Optional.empty() : policy();
      case WITH_SOURCE -> Optional.empty();
    };
  }

  /** Whether preflights get through its rules. */
  private boolean isOpen() {
    return chain.lets("OPTIONS", request.path()).orElse(false);
  }

  private boolean isOfMvc() {
    return application.layers().stream().anyMatch(CorsLayer::isOfMvc);
  }

  private boolean hasSource() {
    return application.layers().stream().anyMatch(CorsLayer::isBean);
  }

  /** A filter in front writes the headers, and leaves preflights to a chain that wants a login. */
  private Optional<Fault> passed() {
    boolean alone =
        application.layers().isEmpty()
            && application.filters().stream().noneMatch(HandWrittenFilter::answersOptions);
    boolean refused =
        (chain.cors() == Cors.ABSENT || chain.cors() == Cors.DISABLED)
            && !chain.lets("OPTIONS", request.path()).orElse(true);
    return alone && refused
        ? Optional.of(
            Fault.of(What.FILTER_PASSES_PREFLIGHTS, "class", application.filters().get(0).name()))
        : Optional.empty();
  }

  /** Preflights get through the chain to what does CORS behind it. */
  private Fault behind() {
    if (request.preflight()) {
      return Fault.of(What.BEHIND_FILTERS);
    }
    boolean changes = List.of("POST", "PUT", "PATCH", "DELETE").contains(request.method());
    return chain.csrf() && changes
        ? Fault.of(What.CSRF_BEFORE_CORS, "method", request.method())
        : Fault.of(What.ERRORS_OF_CHAIN);
  }

  /** What the chain should have asked. */
  private What without() {
    if (application.chains().stream().anyMatch(each -> each.cors() != Cors.ABSENT)) {
      return What.ONE_CHAIN_WITHOUT_CORS;
    }
    if (application.isCorsBehind()) {
      return What.FILTER_BEHIND_SECURITY;
    }
    if (isOfMvc()) {
      return What.MAPPINGS_BEHIND_SECURITY;
    }
    return hasSource()
        ? What.SOURCE_WITHOUT_CORS
        : application.layers().isEmpty() ? What.CHAIN_WITHOUT_CORS : What.GATEWAY_BEHIND_SECURITY;
  }

  /** Where http.cors() looks for its policy. */
  private Optional<Fault> policy() {
    List<String> names = new ArrayList<>();
    boolean named = false;
    Matcher bean = BEAN.matcher(application.code().text());
    while (bean.find()) {
      named |= bean.group(1) != null;
      names.add(bean.group(2) == null ? bean.group(3) : bean.group(2));
    }
    if (isOfMvc()) {
      boolean login =
          LOGIN_PATH.matcher(request.path()).matches()
              || request.path().isEmpty() && application.code().has(LOGIN_IN_WORDS);
      return login && !hasSource() && application.code().has(OF_LOGIN)
          ? Optional.of(Fault.of(What.MAPPINGS_BESIDE_LOGIN))
          : Optional.empty();
    }
    if (!names.isEmpty()) {
      boolean found = named || names.contains("corsConfigurationSource");
      return found || application.isReactive()
          ? Optional.empty()
          : Optional.of(Fault.of(What.OTHER_NAME_OF_SOURCE, "name", names.get(0)));
    }
    boolean none = !hasSource() && application.filters().isEmpty();
    return none && !application.code().has(OF_OTHERS)
        ? Optional.of(Fault.of(What.CORS_WITHOUT_POLICY))
        : Optional.empty();
  }
}

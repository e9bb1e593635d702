package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.cli.document.BrokenDocumentException;
import dev.crosswalk.cors.cli.document.Directive;
import dev.crosswalk.cors.cli.document.Json;
import dev.crosswalk.cors.cli.document.Node;
import dev.crosswalk.cors.cli.document.Properties;
import dev.crosswalk.cors.cli.document.Xml;
import dev.crosswalk.cors.cli.document.Yaml;
import dev.crosswalk.cors.cli.grant.Names;
import dev.crosswalk.cors.cli.policy.from.Expression.Anchoring;
import dev.crosswalk.cors.cli.policy.from.Imported.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whose configuration is read. */
public enum Format {
  NGINX,
  APACHE,
  HAPROXY,
  CADDY,
  ENVOY(
      Names.of("allow_methods", "allow_headers", "expose_headers", "allow_credentials", "max_age")
          .origins("allow_origin_string_match|allow_origin", ""),
      Anchoring.WHOLE),
  ISTIO(
      Names.of("allowMethods", "allowHeaders", "exposeHeaders", "allowCredentials", "maxAge")
          .origins("allowOrigins|allowOrigin", ""),
      Anchoring.WHOLE),
  TRAEFIK(
      Names.of(
              "accessControlAllowMethods",
              "accessControlAllowHeaders",
              "accessControlExposeHeaders",
              "accessControlAllowCredentials",
              "accessControlMaxAge")
          .origins("accessControlAllowOriginList", "accessControlAllowOriginListRegex"),
      Anchoring.SEARCH),
  INGRESS_NGINX(
      Names.of(
              "nginx.ingress.kubernetes.io/cors-allow-methods",
              "nginx.ingress.kubernetes.io/cors-allow-headers",
              "nginx.ingress.kubernetes.io/cors-expose-headers",
              "nginx.ingress.kubernetes.io/cors-allow-credentials",
              "nginx.ingress.kubernetes.io/cors-max-age")
          .origins("nginx.ingress.kubernetes.io/cors-allow-origin", "")
          .enabledBy("nginx.ingress.kubernetes.io/enable-cors"),
      Anchoring.WHOLE),
  GATEWAY_API(
      Names.of("allowMethods", "allowHeaders", "exposeHeaders", "allowCredentials", "maxAge")
          .origins("allowOrigins", ""),
      Anchoring.WHOLE),
  SPRING_CLOUD_GATEWAY(
      Names.of(
              "allowed-methods",
              "allowed-headers",
              "exposed-headers",
              "allow-credentials",
              "max-age")
          .origins("allowed-origins", "")
          .patterns("allowed-origin-patterns"),
      Anchoring.WHOLE),
  MICRONAUT(
      Names.of(
              "allowed-methods",
              "allowed-headers",
              "exposed-headers",
              "allow-credentials",
              "max-age")
          .origins("allowed-origins", "allowed-origins-regex"),
      Anchoring.WHOLE),
  QUARKUS(
      Names.of(
              "methods",
              "headers",
              "exposed-headers",
              "access-control-allow-credentials",
              "access-control-max-age")
          .origins("origins", ""),
      Anchoring.WHOLE),
  TOMCAT(
      Names.of(
              "cors.allowed.methods",
              "cors.allowed.headers",
              "cors.exposed.headers",
              "cors.support.credentials",
              "cors.preflight.maxage")
          .origins("cors.allowed.origins", ""),
      Anchoring.WHOLE),
  JETTY(
      Names.of(
              "allowedMethods",
              "allowedHeaders",
              "exposedHeaders",
              "allowCredentials",
              "preflightMaxAge")
          .origins("allowedOrigins", ""),
      Anchoring.WHOLE),
  S3(
      Names.of(
              "AllowedMethod",
              "AllowedHeader",
              "ExposeHeader|ExposedHeader",
              "",
              "MaxAgeSeconds|MaxAge")
          .origins("AllowedOrigin", ""),
      Anchoring.WHOLE),
  GCS(
      Names.of("method", "responseHeader", "responseHeader", "", "maxAgeSeconds")
          .origins("origin", ""),
      Anchoring.WHOLE),
  AZURE(
      Names.of(
              "allowedMethods",
              "allowedHeaders",
              "exposedHeaders|exposeHeaders",
              "supportCredentials|allowCredentials",
              "maxAgeInSeconds|maxAge")
          .origins("allowedOrigins", ""),
      Anchoring.WHOLE),
  API_GATEWAY(
      Names.of(
              "allowMethod|allowedMethod",
              "allowHeader|allowedHeader",
              "exposeHeader|exposedResponseHeader",
              "allowCredentials",
              "maxAge")
          .origins("allowOrigin|allowedOrigin", ""),
      Anchoring.WHOLE);

  private static final int MAX_LINES = 10;

  /** What a line about CORS has, in any format. */
  private static final Pattern ABOUT_CORS =
      Pattern.compile("(?i)\\bcors|access-control-|allow(?:ed)?[-_]?origin");

  /** How files of Java, JavaScript, Python, Go and C# begin. */
  private static final Pattern CODE =
      Pattern.compile(
          "^(?:import [\\w({\"'*]|package [\\w.]+;?\\R|from [\\w.]+ import |@\\w+|(?:const|let|var) \\w+ ?=|app\\.\\w+\\(|public |using [\\w.]+;)");

  /** Names of settings in a document, the usual one first; empty where the format has none. */
  record Names(
      String origins,
      String expressions,
      String patterns,
      String methods,
      String requestHeaders,
      String exposed,
      String credentials,
      String maxAge,
      String enabled) {

    static Names of(
        String methods, String requestHeaders, String exposed, String credentials, String maxAge) {
      return new Names("", "", "", methods, requestHeaders, exposed, credentials, maxAge, "");
    }

    Names origins(String list, String regular) {
      return new Names(
          list, regular, patterns, methods, requestHeaders, exposed, credentials, maxAge, enabled);
    }

    Names patterns(String list) {
      return new Names(
          origins,
          expressions,
          list,
          methods,
          requestHeaders,
          exposed,
          credentials,
          maxAge,
          enabled);
    }

    Names enabledBy(String flag) {
      return new Names(
          origins,
          expressions,
          patterns,
          methods,
          requestHeaders,
          exposed,
          credentials,
          maxAge,
          flag);
    }
  }

  private final Optional<Names> names;
  private final Anchoring anchoring;

  Format() {
    names = Optional.empty();
    anchoring = Anchoring.SEARCH;
  }

  Format(Names names, Anchoring anchoring) {
    this.names = Optional.of(names);
    this.anchoring = anchoring;
  }

  /** Returns the name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Anchoring anchoring() {
    return anchoring;
  }

  /** Where the * is not sent but the origin that asks, credentials work for everybody. */
  boolean echoes() {
    return switch (this) {
      case GATEWAY_API, MICRONAUT, JETTY, ENVOY, ISTIO -> true;
      default -> false;
    };
  }

  /** Where a * for methods and request headers sends back what the browser asks for. */
  boolean echoesWhatIsAsked() {
    return switch (this) {
      case SPRING_CLOUD_GATEWAY, MICRONAUT, QUARKUS, JETTY, ENVOY, ISTIO, S3, GATEWAY_API -> true;
      default -> false;
    };
  }

  /** Where a listed method is needed for a GET or POST, too, which no preflight asks for. */
  boolean refusesOtherMethods() {
    return switch (this) {
      case SPRING_CLOUD_GATEWAY, TOMCAT, MICRONAUT, S3, GCS, AZURE -> true;
      default -> false;
    };
  }

  String methodsByDefault() {
    return this == SPRING_CLOUD_GATEWAY ? "GET" : "*";
  }

  /** Returns the format of a name; empty if there is none. */
  public static Optional<Format> of(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /**
   * Reads a file.
   *
   * @param file its name, for findings
   * @throws dev.crosswalk.cors.cli.document.BrokenDocumentException if it is not of the format
   */
  public Imported read(String file, String text) {
    List<Finding> findings = new ArrayList<>();
    List<Draft> drafts = drafts(file, text, findings);
    Imported imported = joined(drafts, findings);
    if (imported.settings().isEmpty()) {
      notUnderstood(file, text, findings);
    }
    return imported;
  }

  private List<Draft> drafts(String file, String text, List<Finding> findings) {
    return switch (this) {
      case NGINX -> Nginx.read(Directive.braces(file, text), file, findings);
      case APACHE -> Apache.read(Directive.sections(file, text), file, findings);
      case HAPROXY -> Haproxy.read(Directive.lines(text), file, findings);
      case CADDY -> Caddy.read(Directive.blocks(file, text), file, findings);
      default -> {
        List<Node> documents = documents(file, text);
        NamedSettings settings = new NamedSettings(this, names.orElseThrow(), file, findings);
        try {
          documents.forEach(settings::routers);
          documents.forEach(settings::read);
        } catch (IllegalArgumentException e) {
          throw new BrokenDocumentException(file, 0, String.valueOf(e.getMessage()));
        }
        yield settings.drafts();
      }
    };
  }

  /** Where there is no policy, every line about CORS has a finding, or is named as it is. */
  private static void notUnderstood(String file, String text, List<Finding> findings) {
    if (findings.isEmpty()) {
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size() && findings.size() < MAX_LINES; i++) {
        if (!lines.get(i).strip().startsWith("#") && ABOUT_CORS.matcher(lines.get(i)).find()) {
          findings.add(
              new Finding(
                  Imported.Level.DROPPED,
                  file,
                  i + 1,
                  "this line is about CORS, and is not understood; write what it means into the"
                      + " policy"));
        }
      }
    }
    findings.add(
        new Finding(
            Imported.Level.DROPPED,
            file,
            0,
            "no origin could be carried over, so there is no policy"));
  }

  private static List<Node> documents(String file, String text) {
    String begin = text.stripLeading();
    if (begin.replaceAll("(?s)^(?:<!--.{0,2000}?-->\\s*){1,9}", "").startsWith("<filter")) {
      return List.of(Xml.read(file, "<web-app>" + text + "</web-app>")); // A part of web.xml.
    }
    if (begin.startsWith("<")) {
      return List.of(Xml.read(file, text));
    }
    if (CODE.matcher(begin).find()) {
      throw new BrokenDocumentException(
          file,
          0,
          "this is code, and only configuration is read: write what it grants into a policy, and"
              + " test the running server with crosswalk check");
    }
    if (file.endsWith(".toml") || begin.matches("(?s)\\[\\[?[A-Za-z][A-Za-z0-9_.-]*]]?\\s*\\R.*")) {
      throw new BrokenDocumentException(
          file, 1, "TOML is not read; write the same settings as YAML");
    }
    if (file.endsWith(".tf")
        || begin.matches("(?s)(resource|module|provider|data) \"[^\\n]*\\{.*")) {
      throw new BrokenDocumentException(
          file, 1, "Terraform is not read; write the same settings as JSON or YAML");
    }
    if (file.endsWith(".properties")) {
      return List.of(Properties.read(file, text));
    }
    return begin.startsWith("{") || begin.startsWith("[")
        ? List.of(Json.read(file, text))
        : Yaml.read(file, text);
  }

  /** One policy has no name; several have their paths. */
  private static Imported joined(List<Draft> drafts, List<Finding> findings) {
    Map<String, Map<String, String>> byPath = new LinkedHashMap<>();
    Map<String, String> spellings = new HashMap<>();
    Set<Object> sites = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Draft draft : drafts) {
      Map<String, String> settings = draft.settings();
      for (String written : settings.isEmpty() ? List.<String>of() : draft.paths) {
        String path = written.equals("/") ? "" : written;
        String spelling = spellings.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
        Optional<String> mistake = mistake(path, spelling);
        if (mistake.isPresent()) {
          draft.report(Imported.Level.DROPPED, draft.line, mistake.get());
          continue;
        }
        Map<String, String> earlier = byPath.putIfAbsent(path, settings);
        if (earlier == null && !sites.isEmpty() && sites.add(draft.site)) {
          draft.report(
              Imported.Level.WIDER,
              draft.line,
              "this is for another host than what is before it, and the policy has both for every"
                  + " host; import each separately, and give each to Cors.byHost");
        }
        sites.add(draft.site);
        if (earlier != null && !earlier.equals(settings)) {
          draft.report(
              Imported.Level.DROPPED,
              draft.line,
              "there is a policy before this one"
                  + (path.isEmpty() ? "" : " for " + path)
                  + ", and only that is carried over; import each separately");
        }
      }
    }
    Map<String, String> all = named(byPath);
    return new Imported(all, findings);
  }

  /**
   * Returns why there cannot be a policy for a path, beside one that is the same in another case.
   */
  private static Optional<String> mistake(String path, @Nullable String spelling) {
    String leftOut = "; this policy is left out";
    if (spelling != null && !spelling.equals(path)) {
      return Optional.of(path + " is the path " + spelling + " in another case" + leftOut);
    }
    try {
      Cors.byPath(Map.of(path.isEmpty() ? "/" : path, CorsPolicy.none()));
      return Optional.empty();
    } catch (InvalidCorsPolicyException e) {
      String reason = e.problems().get(0).reason();
      return Optional.of("\"" + path + "\" is not the path of a policy: " + reason + leftOut);
    }
  }

  private static Map<String, String> named(Map<String, Map<String, String>> byPath) {
    Map<String, String> all = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    byPath.forEach(
        (path, settings) -> {
          if (path.isEmpty()) {
            all.putAll(settings);
            return;
          }
          String base = path.substring(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
          String name = base;
          // Two paths may give one name: /a/b and /a-b.
          for (int i = 2; !names.add(name); i++) {
            name = base + "-" + i;
          }
          String prefix = "cors.policies." + name;
          all.put(prefix + ".paths", path);
          settings.forEach((key, value) -> all.put(prefix + key.substring("cors".length()), value));
        });
    return all;
  }
}

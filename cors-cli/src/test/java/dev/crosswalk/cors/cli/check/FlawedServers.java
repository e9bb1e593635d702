package dev.crosswalk.cors.cli.check;

import static dev.crosswalk.cors.cli.check.FlawedServer.APP;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Servers with one mistake each, and the cause that is to be found. */
final class FlawedServers {

  private static Arguments origins(String mistake, String cause, Predicate<String> origins) {
    return Arguments.of(mistake, cause, new FlawedServer(origins));
  }

  private static Arguments regex(String expression, String cause) {
    Pattern pattern = Pattern.compile(expression);
    return origins(expression, cause, origin -> pattern.matcher(origin).find());
  }

  private FlawedServers() {}

  static Stream<Arguments> servers() {
    return Stream.of(
        origins("sends back what comes", "reflects any origin / security", origin -> true),
        origins("any https", "reflects any origin / security", o -> o.startsWith("https://")),
        origins(
            "any http",
            "reflects any origin without TLS / security",
            o -> o.equals(APP) || o.startsWith("http://")),
        origins(
            "any port",
            "reflects any origin that has a port / security",
            o -> o.equals(APP) || o.matches("https?://[^/:]+:[0-9]+")),
        origins(
            "any address",
            "trusts any address / security",
            o -> o.equals(APP) || o.matches("https?://[0-9.]+(:[0-9]+)?")),
        regex(
            "^https://app.*\\.example\\.com$|^https://app\\.example\\.com$",
            "trusts any name that begins like an allowed one, in its domain / security"),
        origins(
            "letters alone",
            "leaves characters out before it compares / security",
            o -> o.replaceAll("[^a-z:/.]", "").equals(APP)),
        Arguments.of(
            "sends * without credentials",
            "* cannot be used with credentials / defect",
            FlawedServer.ofPublicData()),
        origins("startsWith", "compares by prefix / security", o -> o.startsWith(APP)),
        regex("^https://app\\.example\\.com", "compares by prefix / security"),
        origins(
            "endsWith a domain", "compares by suffix / security", o -> o.endsWith("example.com")),
        origins(
            "endsWith a host", "compares by suffix / security", o -> o.endsWith("app.example.com")),
        regex("^https://.*example\\.com$", "compares by suffix / security"),
        regex("https://.*\\.?example\\.com$", "compares by suffix / security"),
        origins(
            "contains a domain", "compares by contains / security", o -> o.contains("example.com")),
        regex("app\\.example\\.com", "compares by contains / security"),
        origins(
            "the list contains it",
            "compares the wrong way round / security",
            o -> o.startsWith("https://") && (APP + ",https://b.test").contains(o)),
        regex("^https://app.example\\.com$", "an unescaped dot / security"),
        regex("^https://app\\.example.com$", "an unescaped dot / note"),
        regex(
            "^https://app\\.example\\.com([^.a-z0-9:/-].*)?$",
            "lets odd characters end a host / security"),
        origins("null", "trusts null / security", Set.of(APP, "null")::contains),
        origins(
            "http, too",
            "ignores the scheme / security",
            o -> o.matches("https?://app\\.example\\.com")),
        origins(
            "any port",
            "ignores the port / security",
            o -> o.matches("https://app\\.example\\.com(:\\d+)?")),
        origins("equalsIgnoreCase", "ignores the case / note", APP::equalsIgnoreCase),
        origins(
            "any subdomain of the domain",
            "trusts every subdomain / security",
            o -> o.matches("https://([a-z0-9_-]+\\.)+example\\.com")),
        origins(
            "any subdomain of the host",
            "trusts every subdomain / security",
            o -> o.matches("https://([a-z0-9_-]+\\.)*app\\.example\\.com")),
        origins(
            "the apex",
            "trusts the parent domain / security",
            Set.of(APP, "https://example.com")::contains),
        origins(
            "a dot at the end",
            "ignores a dot at the end / note",
            o -> o.matches("https://app\\.example\\.com\\.?")),
        origins(
            "a slash at the end",
            "ignores a slash at the end / note",
            o -> o.matches("https://app\\.example\\.com/?")),
        origins(
            "localhost for developers",
            "trusts any localhost / security",
            o -> o.equals(APP) || o.matches("http://localhost(:\\d+)?")),
        origins(
            "what a developer left in the list",
            "trusts one localhost / security",
            Set.of(APP, "http://localhost:3000")::contains),
        origins(
            "any extension",
            "trusts any browser extension / security",
            o -> o.equals(APP) || o.startsWith("chrome-extension://")),
        origins(
            "another registry",
            "trusts the same name at another registry / security",
            Set.of(APP, "https://app.example.net")::contains),
        regex("^https://app\\.example\\.\\w+$", "does not compare the last label / security"),
        origins(
            "two registries",
            "trusts the same name at another registry / security",
            o -> o.matches("https://app\\.example\\.(com|co\\.uk|net)")),
        origins(
            "www taken away",
            "trusts www in front of an allowed name / security",
            o -> o.replace("www.", "").equals(APP)),
        origins("any .com", "compares by suffix / security", o -> o.endsWith(".com")),
        origins(
            "contains localhost",
            "trusts any name that begins like a local address / security",
            o -> o.equals(APP) || o.contains("localhost")),
        regex("^https://app\\.example\\.com[^.]*$", "compares by prefix / security"),
        origins("files", "trusts file / note", Set.of(APP, "file://")::contains),
        regex("^https://app\\.example\\.com\\w*$", "compares by prefix / security"),
        origins(
            "one localhost in the list",
            "trusts one localhost / security",
            Set.of(APP, "http://localhost:8081")::contains),
        origins(
            "one more port in the list",
            "allows one more port / security",
            Set.of(APP, APP + ":8443")::contains),
        origins(
            "the office",
            "trusts private addresses / security",
            o -> o.equals(APP) || o.matches("http://192\\.168\\.\\d+\\.\\d+")),
        origins(
            "previews",
            "trusts names that anybody can get / security",
            o -> o.equals(APP) || o.matches("https://[a-z0-9-]+\\.vercel\\.app")),
        origins(
            "letters that look alike",
            "accepts letters that look alike / security",
            o -> o.equals(APP) || o.startsWith("https://app.xn--")),
        origins(
            "startsWith localhost",
            "trusts any name that begins like a local address / security",
            o -> o.equals(APP) || o.startsWith("http://localhost")),
        origins(
            "startsWith a network",
            "trusts any name that begins like a local address / security",
            o -> o.equals(APP) || o.startsWith("http://192.168.")),
        regex("^https://app\\.example\\.[a-z.-]+$", "does not compare the last label / security"),
        origins(
            "subdomains without TLS",
            "ignores the scheme / security",
            o -> o.equals(APP) || o.matches("http://[a-z0-9-]+\\.example\\.com")),
        origins(
            "code pens",
            "trusts names that anybody can get / security",
            Set.of(APP, "https://codepen.io")::contains),
        origins(
            "previews of code pens",
            "trusts names that anybody can get / security",
            Set.of(APP, "https://s.codepen.io")::contains),
        origins(
            "a character that browsers send between dots",
            "lets odd characters end a host / security",
            o -> o.matches("https://app\\.example\\.com(\\.[^a-z0-9.:/]\\..*)?")),
        origins(
            "80 and 443", "reads the port as a number / note", Set.of(APP, APP + ":443")::contains),
        Arguments.of(
            "no Vary on errors",
            "no Vary on errors, so a shared cache may mix / defect",
            new FlawedServer() {
              @Override
              String varyOnErrors(String origin) {
                return "";
              }
            }),
        origins(
            "the second of two",
            "refuses an origin that is meant to be allowed / defect",
            "https://old.example.com"::equals),
        Arguments.of(
            "403 for whoever may not read",
            "answers with an error to the requests of a refused origin / note",
            new FlawedServer() {
              @Override
              boolean refusesRequests() {
                return true;
              }
            }),
        Arguments.of(
            "GET alone",
            "headers missing on HEAD / defect",
            new FlawedServer() {
              @Override
              boolean onHead() {
                return false;
              }
            }),
        Arguments.of(
            "no Vary",
            "no Vary, so a shared cache may mix / defect",
            new FlawedServer() {
              @Override
              String vary(String origin) {
                return "";
              }
            }),
        Arguments.of(
            "Vary with an Origin alone",
            "no Vary where there is no Origin, so a shared cache may mix / defect",
            new FlawedServer() {
              @Override
              String vary(String origin) {
                return origin.isEmpty() ? "" : "Origin";
              }
            }),
        Arguments.of(
            "no credentials where they are meant",
            "does not allow credentials / defect",
            new FlawedServer() {
              @Override
              boolean credentials() {
                return false;
              }
            }),
        Arguments.of(
            "True",
            "does not allow credentials / defect",
            new FlawedServer() {
              @Override
              String allowCredentials(boolean preflight) {
                return "True";
              }
            }),
        Arguments.of(
            "no credentials on preflights",
            "does not allow credentials on preflights / defect",
            new FlawedServer() {
              @Override
              String allowCredentials(boolean preflight) {
                return preflight ? "" : "true";
              }
            }),
        Arguments.of(
            "two layers",
            "sends Access-Control-Allow-Origin twice / defect",
            new FlawedServer() {
              @Override
              List<String> allowOrigins(String origin) {
                return List.of(origin, origin);
              }
            }),
        writes(
            "a list",
            "sends a list of origins, which browsers treat as no permission / defect",
            APP + ", https://admin.example.com"),
        writes(
            "a list with spaces",
            "sends a list of origins, which browsers treat as no permission / defect",
            APP + " https://admin.example.com"),
        writes(
            "a pattern",
            "sends a pattern, which browsers compare as it is written / defect",
            "https://*.example.com"),
        writes(
            "a pattern of ports",
            "sends a pattern, which browsers compare as it is written / defect",
            APP + ":*"),
        writes(
            "a slash behind it",
            "sends an origin other than the one that sends the request / defect",
            APP + "/"),
        writes(
            "a host alone",
            "sends an origin other than the one that sends the request / defect",
            "app.example.com"),
        writes(
            "nothing of Python",
            "sends an origin other than the one that sends the request / defect",
            "None"),
        writes(
            "an object",
            "sends an origin other than the one that sends the request / defect",
            "[object Object]"),
        preflights(
            "a login first", "requires authentication before it answers preflights / defect", 401),
        preflights("a redirect", "redirects preflights / defect", 301),
        preflights("no OPTIONS", "answers preflights with an error / defect", 405),
        preflights("forbidden", "answers preflights with an error / defect", 403),
        preflights("no route", "answers preflights with an error / defect", 404),
        Arguments.of(
            "nothing on preflights",
            "sends no CORS headers on preflights / defect",
            new FlawedServer() {
              @Override
              boolean preflights(String origin) {
                return false;
              }
            }),
        Arguments.of(
            "a star for methods",
            "lists * where there are credentials / defect",
            new FlawedServer() {
              @Override
              String allowMethods(String method) {
                return "*";
              }
            }),
        Arguments.of(
            "a star for headers",
            "lists * where there are credentials / defect",
            new FlawedServer() {
              @Override
              String allowHeaders(String names) {
                return "*";
              }
            }),
        Arguments.of(
            "errors for anybody",
            "sends errors with CORS headers to any origin / security",
            new FlawedServer() {
              @Override
              boolean errors(String origin) {
                return true;
              }
            }),
        Arguments.of(
            "no headers on errors",
            "headers missing on errors / note",
            new FlawedServer() {
              @Override
              boolean onErrors() {
                return false;
              }
            }),
        Arguments.of(
            "preflights of anybody",
            "allows preflights from any origin / security",
            new FlawedServer() {
              @Override
              boolean preflights(String origin) {
                return true;
              }
            }),
        Arguments.of(
            "preflights of a POST of anybody",
            "allows preflights from any origin / security",
            new FlawedServer() {
              @Override
              boolean preflights(String origin, String method) {
                return method.equals("POST") || super.preflights(origin, method);
              }
            }),
        Arguments.of(
            "HEAD for anybody",
            "allows HEAD from any origin / security",
            new FlawedServer() {
              @Override
              boolean heads(String origin) {
                return true;
              }
            }),
        Arguments.of(
            "no Vary for others",
            "no Vary where the origin is refused, so a shared cache may mix / defect",
            new FlawedServer() {
              @Override
              String vary(String origin) {
                return origin.isEmpty() || grants(origin) ? "Origin" : "";
              }

              @Override
              String varyOnErrors(String origin) {
                return "Origin";
              }
            }),
        Arguments.of(
            "headers by case",
            "treats header names as case-sensitive / defect",
            new FlawedServer() {
              @Override
              boolean permitsHeaders(String names) {
                return Set.of("X-Token", "X-Trace").containsAll(List.of(names.split(",")));
              }
            }),
        Arguments.of(
            "headers as one string",
            "compares the list of headers as one string / defect",
            new FlawedServer() {
              @Override
              boolean permitsHeaders(String names) {
                return Set.of("x-token", "x-trace").contains(names.toLowerCase(Locale.ROOT));
              }
            }),
        Arguments.of(
            "a method forgotten",
            "refuses a method that is meant to be allowed / defect",
            new FlawedServer() {
              @Override
              boolean permitsMethod(String method) {
                return !method.equals("PATCH") && super.permitsMethod(method);
              }
            }),
        Arguments.of(
            "a method in lower case",
            "knows a method only in lower case / defect",
            new FlawedServer() {
              @Override
              boolean permitsMethod(String method) {
                return method.equals("patch")
                    || (!method.equals("PATCH") && super.permitsMethod(method));
              }
            }));
  }

  private static Arguments writes(String mistake, String cause, String value) {
    return Arguments.of(
        mistake,
        cause,
        new FlawedServer() {
          @Override
          String allowOrigin(String origin) {
            return value;
          }
        });
  }

  private static Arguments preflights(String mistake, String cause, int status) {
    return Arguments.of(
        mistake,
        cause,
        new FlawedServer() {
          @Override
          int preflightStatus() {
            return status;
          }
        });
  }
}

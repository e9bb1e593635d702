package dev.crosswalk.cors.cli.configuration;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Servers that hold a whole policy: headers on errors, preflights that the upstream never sees, and
 * the upstream's own headers replaced.
 */
final class Proxies {

  private Proxies() {}

  /**
   * A header of the policy.
   *
   * @param on which responses it is
   */
  private record Field(String name, String value, On on) {}

  /**
   * Where a header is: on every shared response, on those that are not preflights, or on
   * preflights.
   */
  private enum On {
    SHARED,
    ACTUAL,
    PREFLIGHT
  }

  private static List<Field> fields(ExportedPolicy policy) {
    List<Field> fields = new ArrayList<>();
    if (policy.credentials()) {
      fields.add(new Field(GrantHeaders.ALLOW_CREDENTIALS, "true", On.SHARED));
    }
    list(fields, GrantHeaders.EXPOSE_HEADERS, policy.exposed(), On.ACTUAL);
    list(fields, GrantHeaders.ALLOW_METHODS, policy.methods(), On.PREFLIGHT);
    list(fields, GrantHeaders.ALLOW_HEADERS, policy.requestHeaders(), On.PREFLIGHT);
    policy
        .maxAge()
        .ifPresent(s -> fields.add(new Field(GrantHeaders.MAX_AGE, s.toString(), On.PREFLIGHT)));
    return fields;
  }

  private static void list(List<Field> fields, String name, List<String> values, On on) {
    if (!values.isEmpty()) {
      fields.add(new Field(name, String.join(", ", values), on));
    }
  }

  // --------------------------------------------------------------------------------------- nginx

  static Snippet nginx(ExportedPolicy wanted) {
    ExportedPolicy policy = wanted.withoutWildcardsBesideCredentials();
    List<String> http = new ArrayList<>();
    List<String> server = new ArrayList<>();
    http.add("# in http { }");
    http.add(
        "map \"$request_method|$http_access_control_request_method|$http_origin\" $cors_preflight {"
            + " default \"\"; \"~^OPTIONS\\|[^|]+\\|.\" 1; }");
    server.add(
        "# in server { } or location { }: all of it at one level, and your other add_header lines there, too");
    if (!policy.isConstant()) {
      http.add("map $http_origin $cors_origin {");
      http.add("  default \"\";");
      policy.expressions().forEach(e -> http.add("  \"~^" + e + "$\" $http_origin;"));
      http.add("}");
    }
    if (!policy.isConstant() && !policy.isNobody()) {
      server.add("add_header Vary Origin always;");
    }
    if (!policy.isNobody()) {
      String origin = policy.isConstant() ? "\"" + policy.constant() + "\"" : "$cors_origin";
      server.add("add_header Access-Control-Allow-Origin " + origin + " always;");
      for (Field field : fields(policy)) {
        server.add("add_header " + field.name() + ' ' + value(field, policy, http) + " always;");
      }
    }
    GrantHeaders.ALL.forEach(name -> server.add("proxy_hide_header " + name + ";"));
    server.add("if ($cors_preflight) { return 204; }");
    http.addAll(server);
    return Snippet.of(policy, http);
  }

  /**
   * A map has the value where the header is to be, and an empty one, which sends none, elsewhere.
   */
  private static String value(Field field, ExportedPolicy policy, List<String> http) {
    if (policy.isConstant() && field.on() == On.SHARED) {
      return "\"" + field.value() + "\"";
    }
    String name =
        "$cors_"
            + field
                .name()
                .substring("Access-Control-".length())
                .replace('-', '_')
                .toLowerCase(Locale.ROOT);
    String source =
        policy.isConstant() ? "\"$cors_preflight|any\"" : "\"$cors_preflight|$cors_origin\"";
    String when =
        switch (field.on()) {
          case SHARED -> "~\\|.";
          case ACTUAL -> "~^\\|.";
          case PREFLIGHT -> "~^1\\|.";
        };
    http.add(
        "map "
            + source
            + ' '
            + name
            + " { default \"\"; \""
            + when
            + "\" \""
            + field.value()
            + "\"; }");
    return name;
  }

  // -------------------------------------------------------------------------------------- Apache

  static Snippet apache(ExportedPolicy wanted) {
    ExportedPolicy policy = wanted.withoutWildcardsBesideCredentials();
    List<String> lines = new ArrayList<>();
    lines.add("# in the virtual host; with mod_headers, mod_setenvif and mod_rewrite");
    String asks =
        "%{REQUEST_METHOD} == 'OPTIONS' && -n req_novary('Access-Control-Request-Method') && -n req_novary('Origin')";
    boolean isConstant = policy.isConstant();
    String shared = isConstant ? "" : "-n reqenv('CORS_ORIGIN') && ";
    if (!isConstant && !policy.isNobody()) {
      lines.add("SetEnvIf Origin \"" + policy.expression() + "\" CORS_ORIGIN=$0");
    }
    lines.add("SetEnvIfExpr \"" + shared + asks + "\" CORS_PREFLIGHT=1");
    lines.add("SetEnvIfExpr \"" + shared + "!(" + asks + ")\" CORS_ACTUAL=1");
    lines.add("RewriteEngine On");
    lines.add("RewriteCond %{REQUEST_METHOD} =OPTIONS");
    lines.add("RewriteCond %{HTTP:Origin} . [NV]");
    lines.add("RewriteCond %{HTTP:Access-Control-Request-Method} . [NV]");
    lines.add("RewriteRule ^ - [R=204,L]");
    GrantHeaders.ALL.forEach(name -> lines.add("Header unset " + name));
    if (!policy.isNobody()) {
      if (!isConstant) {
        lines.add("Header always merge Vary Origin");
      }
      lines.add(
          isConstant
              ? "Header always set Access-Control-Allow-Origin \"" + policy.constant() + "\""
              : "Header always set Access-Control-Allow-Origin %{CORS_ORIGIN}e env=CORS_ORIGIN");
      for (Field field : fields(policy)) {
        String condition =
            switch (field.on()) {
              case SHARED -> isConstant ? "" : " env=CORS_ORIGIN";
              case ACTUAL -> " env=CORS_ACTUAL";
              case PREFLIGHT -> " env=CORS_PREFLIGHT";
            };
        lines.add("Header always set " + field.name() + " \"" + field.value() + "\"" + condition);
      }
    }
    return Snippet.of(policy, lines);
  }

  // ------------------------------------------------------------------------------------- HAProxy

  static Snippet haproxy(ExportedPolicy wanted) {
    ExportedPolicy policy = wanted.withoutWildcardsBesideCredentials();
    List<String> lines = new ArrayList<>();
    boolean isConstant = policy.isConstant();
    lines.add("# in the frontend; HAProxy 2.2 or later");
    if (!isConstant && !policy.isNobody()) {
      lines.add("acl cors_one req.fhdr_cnt(Origin) eq 1");
      for (int i = 0; i < policy.origins().size(); i++) {
        String origin = policy.origins().get(i);
        lines.add(
            origin.contains("*")
                ? "acl cors_origin req.fhdr(Origin) -m reg ^" + haproxyExpression(origin) + "$"
                : "acl cors_origin req.fhdr(Origin) -m str " + origin);
      }
      lines.add("http-request set-var(txn.cors_origin) req.fhdr(Origin) if cors_one cors_origin");
      lines.add("acl cors_allowed var(txn.cors_origin) -m found");
    }
    lines.add(
        "http-request set-var(txn.cors_preflight) bool(true) if METH_OPTIONS"
            + " { req.fhdr(Origin) -m len gt 0 }"
            + " { req.fhdr(Access-Control-Request-Method) -m len gt 0 }");
    lines.add("acl cors_preflight var(txn.cors_preflight) -m bool");
    lines.add("http-request return status 204 if cors_preflight");
    lines.add("http-response del-header Access-Control- -m beg");
    if (!policy.isNobody()) {
      if (!isConstant) {
        lines.add("http-after-response add-header Vary Origin");
      }
      String allowed = isConstant ? "" : " if cors_allowed";
      lines.add(
          "http-after-response set-header Access-Control-Allow-Origin "
              + (isConstant ? "\"" + policy.constant() + "\"" : "%[var(txn.cors_origin)]")
              + allowed);
      for (Field field : fields(policy)) {
        String condition =
            switch (field.on()) {
              case SHARED -> "";
              case ACTUAL -> " !cors_preflight";
              case PREFLIGHT -> " cors_preflight";
            };
        String when = isConstant && !condition.isEmpty() ? " if" : allowed;
        lines.add(
            "http-after-response set-header "
                + field.name()
                + " \""
                + field.value()
                + "\""
                + when
                + condition);
      }
    }
    return Snippet.of(
        policy.knowing("HAProxy's own 400 for a request that is not HTTP has no headers"), lines);
  }

  /** A backslash escapes in HAProxy's own words, too. */
  private static String haproxyExpression(String origin) {
    return ExportedPolicy.expression(origin).replace("\\", "\\\\");
  }

  // --------------------------------------------------------------------------------------- Caddy

  static Snippet caddy(ExportedPolicy wanted) {
    ExportedPolicy policy = wanted.withoutWildcardsBesideCredentials();
    List<String> lines = new ArrayList<>();
    boolean isConstant = policy.isConstant();
    String asks = "\tmethod OPTIONS\n\theader Origin *\n\theader Access-Control-Request-Method *\n";
    lines.add("# in the site; the address of your upstream instead of 127.0.0.1:8080");
    lines.add("@preflight {\n" + asks + "}");
    String origin = isConstant ? "" : "\theader_regexp Origin " + policy.expression() + "\n";
    if (!policy.isNobody()) {
      if (fields(policy).stream().anyMatch(field -> field.on() == On.PREFLIGHT)) {
        lines.add("@allowedPreflight {\n" + asks + origin + "}");
      }
      if (fields(policy).stream().anyMatch(field -> field.on() == On.ACTUAL)) {
        lines.add(
            "@allowedActual {\n" + origin + "\tnot {\n" + asks.replace("\t", "\t\t") + "\t}\n}");
      }
      if (!isConstant) {
        lines.add("@allowed header_regexp Origin " + policy.expression());
        lines.add("header +Vary Origin");
      }
      String allowed = isConstant ? "" : "@allowed ";
      lines.add(
          "header "
              + allowed
              + "Access-Control-Allow-Origin "
              + (isConstant ? "\"" + policy.constant() + "\"" : "{http.request.header.Origin}"));
      for (Field field : fields(policy)) {
        String matcher =
            switch (field.on()) {
              case SHARED -> allowed;
              case ACTUAL -> "@allowedActual ";
              case PREFLIGHT -> "@allowedPreflight ";
            };
        lines.add("header " + matcher + field.name() + " \"" + field.value() + "\"");
      }
    }
    lines.add("handle @preflight {\n\trespond 204\n}");
    lines.add(
        "handle {\n\treverse_proxy 127.0.0.1:8080 {\n\t\theader_down -Access-Control-*\n\t}\n}");
    return Snippet.of(policy, lines);
  }
}

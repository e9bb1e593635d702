package dev.crosswalk.cors.cli.remedy;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.cli.configuration.Target;
import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.rules.Permissions;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is granted, in the words of one server: lines for its configuration, or code. Each server
 * has a file of its own beside this class, which looks like what it writes.
 *
 * <p>It grants what is asked and nothing wider: where a server's own default is more, such as every
 * header that a page asks for, the lines say less. Errors have the headers, there is one {@code
 * Access-Control-Allow-Origin} where the application sends its own, and preflights are answered
 * before authentication, as far as the server can do so; the note says where it cannot.
 *
 * @param server whose words they are; empty if only the text shows that
 * @param lines to write
 * @param note what goes wrong there usually
 * @param guess whether other software answers alike, so that it may be another server
 * @param changes whether the lines are those that change in what somebody has shown, and the rest
 *     of it stays
 */
public record ServerRemedy(
    Optional<Server> server, List<String> lines, String note, boolean guess, boolean changes) {

  private static final String END_OF_LINES = "---\n";

  /** GET, HEAD and POST need no permission of a browser, but some servers list them. */
  private static final List<String> SAFELISTED = List.of("GET", "HEAD", "POST");

  private static final List<String> ANY = List.of("*");

  /** Servers whose lines are those of {@code policy export}; their files have only the note. */
  private static final Map<Server, Target> EXPORTED =
      Map.of(
          Server.NGINX, Target.NGINX,
          Server.APACHE, Target.APACHE,
          Server.HAPROXY, Target.HAPROXY,
          Server.CADDY, Target.CADDY,
          Server.INGRESS_NGINX, Target.INGRESS_NGINX,
          Server.S3, Target.S3);

  /** Servers that take a single star for any request header, also with credentials. */
  private static final Set<Server> ANY_HEADER =
      Set.of(
          Server.FASTAPI,
          Server.FLASK,
          Server.GO,
          Server.LARAVEL,
          Server.RAILS,
          Server.ASPNET,
          Server.SPRING,
          Server.SPRING_SECURITY,
          Server.SPRING_CLOUD_GATEWAY,
          Server.WEBFLUX,
          Server.S3);

  /** Servers that allow every request header where no list of them is written. */
  private static final Set<Server> ANY_HEADER_UNTOLD =
      Set.of(
          Server.EXPRESS,
          Server.NESTJS,
          Server.FASTIFY,
          Server.KOA,
          Server.HONO,
          Server.KONG,
          Server.FLASK,
          Server.SPRING);

  /** What a server allows of request headers where no list of them is written. */
  private static final Map<Server, List<String>> USUAL_HEADERS =
      Map.of(
          Server.DJANGO,
          List.of("authorization", "content-type", "x-csrftoken", "x-requested-with"));

  /** Servers that take a word or a star for any method, also with credentials. */
  private static final Set<Server> ANY_METHOD =
      Set.of(
          Server.FASTAPI,
          Server.LARAVEL,
          Server.RAILS,
          Server.ASPNET,
          Server.SPRING,
          Server.SPRING_SECURITY,
          Server.SPRING_CLOUD_GATEWAY,
          Server.WEBFLUX);

  public ServerRemedy {
    lines = List.copyOf(lines);
  }

  /**
   * The remedy of one server.
   *
   * @param permissions what pages are to be allowed, and nothing else
   * @return empty if no policy may grant that, or if it cannot be written down for a server without
   *     care for quotation: an origin, a method or a name with other characters than most have
   */
  public static Optional<ServerRemedy> of(Server server, Permissions permissions) {
    return of(server, permissions, ExistingGrant.NOTHING, true);
  }

  /**
   * The same for a request of which not everything is known: no list of request headers is written
   * where it would have none, and a star where that is what there is, and the server takes it.
   *
   * @param kept what the server allows already
   */
  public static Optional<ServerRemedy> of(
      Server server, Permissions permissions, ExistingGrant kept) {
    if (server == Server.S3) {
      // An upload has more headers than a script sets: the SDK's own begin with x-amz-.
      return of(server, permissions, kept.withAnyHeader(), true);
    }
    boolean untold = kept.anyHeader() && !ANY_HEADER.contains(server) && allowsUntold(server);
    Permissions written =
        untold
            ? new Permissions(
                permissions.origins(),
                permissions.credentials(),
                permissions.methods(),
                List.of(),
                permissions.exposed(),
                permissions.maxAge())
            : permissions;
    return of(server, written, kept, !written.requestHeaders().isEmpty());
  }

  /**
   * What is granted, and what the server allows where nobody has written a list: a list that is
   * written takes that away.
   */
  public static Permissions withUsual(Server server, Permissions permissions) {
    List<String> usual = USUAL_HEADERS.getOrDefault(server, List.of());
    return permissions.requestHeaders().isEmpty() || usual.isEmpty()
        ? permissions
        : new Permissions(
            permissions.origins(),
            permissions.credentials(),
            permissions.methods(),
            ExistingGrant.both(permissions.requestHeaders(), usual),
            permissions.exposed(),
            permissions.maxAge());
  }

  /** The same without a word that an older version of the server does not know. */
  public ServerRemedy withoutWord(String word) {
    return new ServerRemedy(
        server,
        lines.stream().map(line -> line.replace(" " + word + ";", ";")).toList(),
        note,
        guess,
        changes);
  }

  /** Whether a server allows every request header where no list of them is written. */
  public static boolean allowsUntold(Server server) {
    return ANY_HEADER_UNTOLD.contains(server);
  }

  /** The same of its own server. */
  public boolean allowsUntold() {
    return server.filter(ServerRemedy::allowsUntold).isPresent();
  }

  /** As people call the server, or what shows it. */
  public String title() {
    return server.map(Server::title).orElse("the text");
  }

  /**
   * What is written.
   *
   * @param limits whether it has a list of request headers, be it empty
   */
  private static Optional<ServerRemedy> of(
      Server server, Permissions permissions, ExistingGrant kept, boolean limits) {
    if (!isPlain(permissions) || !isSafe(permissions)) {
      return Optional.empty();
    }
    Map<String, Object> values = values(permissions);
    values.put("limitsHeaders", limits);
    if (kept.anyHeader() && ANY_HEADER.contains(server)) {
      values.put("headers", named(ANY));
      values.put("headerList", ANY.get(0));
      values.put("limitsHeaders", true);
      values.put("anyHeader", true);
    }
    if (kept.anyMethod() && ANY_METHOD.contains(server)) {
      values.put("methods", named(ANY));
      values.put("methodList", ANY.get(0));
      values.put("allMethods", named(ANY));
      values.put("allMethodList", ANY.get(0));
      values.put("anyMethod", true);
    }
    String text = template(server).execute(values);
    int end = text.indexOf(END_OF_LINES);
    String note = text.substring(end + END_OF_LINES.length()).replace('\n', ' ').strip();
    List<String> lines = text.substring(0, end).lines().toList();
    List<String> written = exported(server, permissions).orElse(lines);
    if (server == Server.S3 && kept.anyHeader()) {
      written = written.stream().map(ServerRemedy::withAnyHeader).toList();
    }
    return Optional.of(new ServerRemedy(Optional.of(server), written, note, false, false));
  }

  private static String withAnyHeader(String line) {
    return line.replaceFirst("(\"AllowedHeaders\": )\\[.*]", "$1[\"*\"]");
  }

  /** The lines that change in what somebody has shown, where no other words help. */
  public static ServerRemedy changing(Optional<Server> server, List<String> changed) {
    return new ServerRemedy(server, changed, "", false, true);
  }

  /** The same with only the lines that change in what somebody has shown. */
  public ServerRemedy changing(List<String> changed) {
    return new ServerRemedy(server, changed, note, guess, true);
  }

  /**
   * What there is beside the lines, as they cannot say it.
   *
   * @param kept what the server allows already
   * @return words for it, such as "every method"
   */
  public List<String> without(ExistingGrant kept) {
    List<String> words = new ArrayList<>();
    if (changes) {
      return words;
    }
    if (kept.anyMethod() && server.filter(ANY_METHOD::contains).isEmpty()) {
      words.add("every method");
    }
    if (kept.anyHeader() && server.filter(ANY_HEADER::contains).isEmpty() && !allowsUntold()) {
      words.add("every request header");
    }
    return words;
  }

  /** The remedy of the server that a response shows. */
  public static Optional<ServerRemedy> of(WireResponse response, Permissions permissions) {
    return Server.seen(response)
        .flatMap(server -> of(server, permissions))
        .map(
            written ->
                new ServerRemedy(
                    written.server,
                    written.lines,
                    written.note,
                    written.server.orElseThrow().isGuessedFrom(response),
                    false));
  }

  /**
   * What {@code policy export} writes for the same server; empty for those that it does not know.
   */
  private static Optional<List<String>> exported(Server server, Permissions permissions) {
    return Optional.ofNullable(EXPORTED.get(server))
        .map(target -> target.write(permissions.policy()).lines());
  }

  /** Whether core would take it as a policy: not any origin with credentials, for example. */
  private static boolean isSafe(Permissions permissions) {
    try {
      permissions.policy();
      return !permissions.origins().isEmpty() && !permissions.origins().contains("null");
    } catch (InvalidCorsPolicyException e) {
      return false;
    }
  }

  /** Nothing in it means something else in a file of a server. */
  private static boolean isPlain(Permissions permissions) {
    boolean origins =
        permissions.origins().equals(List.of("*"))
            || permissions.origins().stream().allMatch(ServerRemedy::isPlainOrigin);
    return origins
        && Stream.of(permissions.methods(), permissions.requestHeaders(), permissions.exposed())
            .flatMap(List::stream)
            .allMatch(name -> name.chars().allMatch(c -> Bytes.isAlphanumeric(c) || c == '-'));
  }

  private static boolean isPlainOrigin(String origin) {
    return origin.contains("://")
        && !origin.endsWith("://*")
        && origin.chars().allMatch(c -> Bytes.isAlphanumeric(c) || ":/.-_*[]".indexOf(c) >= 0);
  }

  // ------------------------------------------------------------------------ what a file can name

  private static Map<String, Object> values(Permissions permissions) {
    boolean any = permissions.origins().equals(List.of("*"));
    List<Map<String, Object>> origins =
        permissions.origins().stream().map(ServerRemedy::origin).toList();
    List<Map<String, Object>> patterns =
        origins.stream().filter(origin -> Boolean.TRUE.equals(origin.get("pattern"))).toList();
    List<Map<String, Object>> exact =
        any
            ? List.of()
            : origins.stream()
                .filter(origin -> Boolean.FALSE.equals(origin.get("pattern")))
                .toList();
    List<String> methods =
        permissions.methods().stream().filter(method -> !SAFELISTED.contains(method)).toList();
    List<String> allMethods = new ArrayList<>(SAFELISTED);
    allMethods.addAll(methods);
    List<String> headers = permissions.requestHeaders();
    boolean several = !any && (origins.size() > 1 || !patterns.isEmpty());
    boolean preflight = !methods.isEmpty() || !headers.isEmpty() || permissions.maxAge() != null;
    Map<String, Object> values = new HashMap<>();
    values.put("anyMethod", false);
    values.put("anyHeader", false);
    values.put("any", any);
    values.put("several", several);
    values.put("preflight", preflight);
    values.put("dynamic", several || preflight);
    values.put("origin", permissions.origins().get(0));
    values.put("origins", origins);
    values.put("originCount", origins.size());
    values.put("patterns", patterns);
    values.put("hasPatterns", !patterns.isEmpty());
    values.put("exact", exact);
    values.put("hasExact", !exact.isEmpty());
    values.put("credentials", permissions.credentials());
    values.put("methods", named(methods));
    values.put("methodList", String.join(", ", methods));
    values.put("allMethods", named(allMethods));
    values.put("allMethodList", String.join(", ", allMethods));
    values.put("allMethodCount", allMethods.size());
    values.put("rubyMethods", named(allMethods.stream().map(Bytes::lowerCase).toList()));
    values.put("headers", named(headers));
    values.put("headerList", String.join(", ", headers));
    values.put("headerCount", headers.size());
    values.put("hasBoth", !headers.isEmpty() && !permissions.exposed().isEmpty());
    values.put("exposed", named(permissions.exposed()));
    values.put("exposedList", String.join(", ", permissions.exposed()));
    values.put("exposedCount", permissions.exposed().size());
    values.put(
        "maxAge",
        permissions.maxAge() == null ? "" : Long.toString(permissions.maxAge().toSeconds()));
    values.put("owned", named(GrantHeaders.ALL));
    return values;
  }

  private static List<Map<String, Object>> named(List<String> values) {
    return values.stream().map(value -> Map.<String, Object>of("value", value)).toList();
  }

  private static Map<String, Object> origin(String value) {
    String regex = regex(value);
    int end = value.indexOf("://");
    return Map.of(
        "value",
        value,
        "pattern",
        value.contains("*") && !value.equals("*"),
        "regex",
        regex,
        "jsRegex",
        regex.replace("/", "\\/"),
        "scheme",
        value.substring(0, Math.max(0, end)),
        "host",
        end < 0 ? value : value.substring(end + "://".length()));
  }

  /**
   * A wildcard in front of a dot is one label or more; one behind a colon is any port, and none;
   * one inside a label is one character or more, and no dot. Browsers write hosts in lower case.
   */
  private static String regex(String origin) {
    String label = "[a-z0-9_-]+";
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < origin.length(); i++) {
      char c = origin.charAt(i);
      if (c == '*' && origin.startsWith("://", i - 3)) {
        regex.append("(").append(label).append("\\.)*").append(label);
      } else if (c == '*') {
        regex.append(label);
      } else if (c == ':' && origin.startsWith(":*", i)) {
        regex.append("(:[0-9]+)?");
        i++;
      } else {
        regex.append(".[]".indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return regex.toString();
  }

  // ------------------------------------------------------------------------------------- its file

  private static Template template(Server server) {
    return Mustache.compiler()
        .escapeHTML(false)
        .emptyStringIsFalse(true)
        .withLoader(name -> (Reader) new StringReader(text(name)))
        .compile(text(server.toString()));
  }

  private static String text(String name) {
    return Facts.text(ServerRemedy.class, "template/" + name.toLowerCase(Locale.ROOT) + ".txt");
  }
}

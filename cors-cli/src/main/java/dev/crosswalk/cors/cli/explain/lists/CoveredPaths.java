package dev.crosswalk.cors.cli.explain.lists;

import dev.crosswalk.cors.tck.url.Url;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which paths of a server its CORS layer covers, as the code or the configuration in a paste says.
 *
 * @param patterns as they are written there, in lower case; empty if nothing limits it
 * @param below those of them that cover every path that begins so
 * @param parts those of them in which one star is one part of a path
 * @param place where they are written, and how one for every path is
 */
public record CoveredPaths(
    Set<String> patterns, Set<String> below, Set<String> parts, String place) {

  /** What is written in quotation marks. */
  private static final String QUOTED = "r?[\"'`]([a-z0-9/_.*^$\\\\()\\[\\]+:<>-]{1,80})[\"'`]";

  /** Laravel, Spring, Flask, Django, Express and Rack: each has its own word for it. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:\\baddmapping\\(|\\bregistercorsconfiguration\\(|\\bresources\\s?=\\s?\\{\\s{0,20}"
              + "|\\bresources\\s?=\\s?\\[?(?=r?[\"'])|\\bcors_urls_regex\\s?=\\s?"
              + "|\\.(?:use|get|post|put|patch|delete|options|all)\\((?=[^,()]{1,60},\\s?cors\\()"
              // The decorator of one function of Flask is below its route.
              + "|@[a-z_]{1,30}\\.(?:route|get|post|put|patch|delete)\\((?=[^\\n]{1,120}\\n(?:[ \\t]{0,12}@(?!cross_origin)[^\\n]{1,120}\\n){0,4}[ \\t]{0,12}@cross_origin)"
              + "|\\bresource\\s(?=[\"'][^\\n]{1,100}\\b(?:headers|methods):))\\s{0,20}"
              + QUOTED);

  /** The list of Laravel, which has other lists of paths elsewhere. */
  private static final Pattern OF_LARAVEL =
      Pattern.compile(
          "[\"']paths[\"']\\s{0,30}=>\\s?\\[([^\\]]{1,600})](?=[\\s\\S]{0,1500}[\"']allowed_origins[\"'])");

  /** The paths of Helidon's configuration. */
  private static final Pattern OF_HELIDON =
      Pattern.compile("\\bpath-pattern[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?(/[a-z0-9/_.{}+*-]{0,80})");

  /** The path of a rule of Javalin's CORS layer. */
  private static final Pattern OF_JAVALIN =
      Pattern.compile("\\b[a-z]{1,12}\\.path\\s?=\\s?[\"'](/[a-z0-9/_*-]{0,80})[\"']");

  /** The paths of Grails' configuration. */
  private static final Pattern OF_GRAILS =
      Pattern.compile("\\bmappings:(?:\\s{1,40}[\"'\\[]{0,2}(/[a-z0-9/_*-]{0,80})[\"'\\]]{0,2}:)");

  /** A group of routes of Go that has a layer of its own: its path, and its name. */
  private static final Pattern OF_GROUP =
      Pattern.compile(
          "\\b([a-z_]\\w{0,30})\\s?:?=\\s?[a-z_]\\w{0,30}\\.(?:group|party)\\(\\s?\"(/[a-z0-9/_-]{1,60})\"[^\\n]{0,200}(?=[\\s\\S]{0,2000}\\b\\1\\.use\\(\\s?(?:[a-z]{1,20}\\.)?cors)");

  /** The same as a block of chi, a scope of actix-web, and a blueprint of Flask. */
  private static final List<Pattern> OF_BLOCKS =
      List.of(
          Pattern.compile(
              "\\.(?:route|group)\\(\\s?\"(/[a-z0-9/_-]{1,60})\"\\s?,\\s?func\\([^)]{0,60}\\)\\s?\\{[^{}]{0,200}(\\b[a-z]\\w{0,20}\\.use\\(\\s?(?:[a-z]{1,20}\\.)?cors)"),
          Pattern.compile(
              "\\bweb::scope\\(\\s?\"(/[a-z0-9/_-]{1,60})\"\\s?\\)\\s{0,40}(\\.wrap\\(\\s?(?:actix_cors::)?\\w{0,20}cors)"),
          Pattern.compile(
              "\\b([a-z_]\\w{0,30})\\s?=\\s?blueprint\\([^)]{0,200}\\burl_prefix\\s?=\\s?[\"'](/[a-z0-9/_-]{1,60})[\"'][^)]{0,100}\\)(?=[\\s\\S]{0,2000}\\bcors\\(\\s?\\1\\b)"));

  /** Several of Flask. */
  private static final Pattern OF_FLASK =
      Pattern.compile("\\bresources\\s?=\\s?\\[([^\\]]{1,600})]");

  private static final Pattern ITEM = Pattern.compile(QUOTED);

  /** A layer that covers every path. */
  private static final Pattern EVERYWHERE =
      Pattern.compile(
          "\\.use\\(\\s?cors|\\bcors\\(\\s?app\\s?\\)|\\bcors\\.init_app\\(|@crossorigin|corsmiddleware");

  /** Spring Security's filter refuses the preflight of a path that its source has not. */
  private static final Pattern SECURED = Pattern.compile("\\.cors\\s{0,9}\\(");

  private static final String ANNOTATION = "@crossorigin";

  /** Where a pattern begins that is no plain path. */
  private static final Pattern WILD = Pattern.compile("[*(\\[.+:$\\\\<].*");

  /** At the end, and not two of them. */
  private static final Pattern ONE_STAR = Pattern.compile("(?:^|(?<!\\*)/)\\*$");

  /** How the place is called, by what is written there. */
  private static final Map<String, String> PLACES =
      Map.of(
          "addmapping", "addMapping (\"/**\" is for every path, and * matches one part of it)",
          "register",
              "registerCorsConfiguration (\"/**\" is for every path, and * matches one part of it)",
          "resources", "resources of CORS(...) (r\"/*\" is for every path)",
          "cors_urls", "CORS_URLS_REGEX",
          ".use", "the first argument of app.use, or leave that out",
          "resource ", "resource (\"*\" is for every path)");

  private static final String LARAVEL =
      "paths of config/cors.php, and run php artisan config:clear after that";

  private static final String HONO =
      "the first argument of app.use, with /* at its end, as Hono compares the whole path";

  /** Rules of Nuxt and Nitro with the switch that adds headers. */
  private static final Pattern OF_NITRO =
      Pattern.compile(
          "[\"'`](/[a-z0-9/_*-]{0,80})[\"'`]\\s?:\\s?\\{[^{}]{0,200}\\bcors\\s?:\\s?true\\b");

  /** The paths of NelmioCorsBundle, which are regular expressions. */
  private static final Pattern OF_NELMIO =
      Pattern.compile(
          "(?m)(?:^[ \\t]{2,16}|\\bpaths\\s?:\\s?\\{\\s{0,20})[\"']?(\\^/[a-z0-9/_.*^$\\\\()\\[\\]+-]{0,80}|\\^)[\"']?[ \\t]?:");

  public static CoveredPaths of(String text) {
    Set<String> patterns = new LinkedHashSet<>();
    Set<String> below = new LinkedHashSet<>();
    Set<String> parts = new LinkedHashSet<>();
    String place = "";
    boolean secured = text.contains("registercorsconfiguration(") && SECURED.matcher(text).find();
    String layers = secured ? text.replace(ANNOTATION, "") : text;
    List<MatchResult> groups = OF_GROUP.matcher(text).results().toList();
    for (MatchResult group : groups) {
      layers = layers.replace(group.group(1) + ".use(", "");
    }
    List<MatchResult> blocks =
        OF_BLOCKS.stream().flatMap(each -> each.matcher(text).results()).toList();
    for (MatchResult block : blocks) {
      layers = layers.replace(block.group(2), "");
    }
    if (!EVERYWHERE.matcher(layers).find()) {
      // Hono compares the whole path.
      boolean whole = text.contains("hono");
      Matcher written = WRITTEN.matcher(text);
      while (written.find()) {
        patterns.add(written.group(1));
        String by = written.group();
        if (by.startsWith("cors_urls") || by.startsWith(".use") && !whole) {
          below.add(written.group(1));
        }
        if (by.startsWith("addmapping") || by.startsWith("register")) {
          parts.add(written.group(1));
        }
        place = place.isEmpty() ? whole && by.startsWith(".use") ? HONO : place(by) : place;
      }
      Matcher flask = OF_FLASK.matcher(text);
      while (flask.find()) {
        patterns.addAll(firstGroups(ITEM, flask.group(1)));
      }
      for (MatchResult block : blocks) {
        patterns.add(block.group(block.group(1).startsWith("/") ? 1 : 2) + "/*");
        place = "the other routes, or put it on the application itself";
      }
      for (MatchResult group : groups) {
        patterns.add(group.group(2) + "/*");
        place =
            "the group of those routes (Use), or put the layer on the router itself, above all groups";
      }
      Matcher helidon = OF_HELIDON.matcher(text);
      while (helidon.find()) {
        patterns.add(helidon.group(1).replace("{+}", "**"));
        place = "cors.paths (path-pattern: /{+} is for every path)";
      }
      if (text.contains("javalin") && text.contains("enablecors")) {
        patterns.addAll(firstGroups(OF_JAVALIN, text));
        place = "path of that rule of enableCors, or leave it out for every path";
      }
      if (text.contains("grails")) {
        List<String> mappings = firstGroups(OF_GRAILS, text);
        patterns.addAll(mappings);
        place = mappings.isEmpty() ? place : "grails.cors.mappings (/** is for every path)";
      }
      if (text.contains("routerules") && !text.contains("'access-control-allow-origin':")) {
        List<String> rules = firstGroups(OF_NITRO, text);
        patterns.addAll(rules);
        parts.addAll(rules);
        place = "routeRules (\"/**\" is for every path, and * matches one part of it)";
      }
      if (text.contains("nelmio_cors:")) {
        List<String> expressions = firstGroups(OF_NELMIO, text);
        patterns.addAll(expressions);
        below.addAll(expressions);
        place = "paths of nelmio_cors ('^/' is for every path)";
      }
      Matcher laravel = OF_LARAVEL.matcher(text);
      while (laravel.find()) {
        patterns.addAll(firstGroups(ITEM, laravel.group(1)));
        place = LARAVEL;
      }
    }
    return new CoveredPaths(patterns, below, parts, place);
  }

  private static List<String> firstGroups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String place(String written) {
    if (written.startsWith("@")) {
      return "the decorators of that route (@cross_origin() below @app.route), or write CORS(app) for"
          + " all of them";
    }
    if (written.startsWith(".") && !written.startsWith(".use")) {
      return "the arguments of that route (cors() in front of the handler), or write app.use(cors()) in"
          + " front of all routes";
    }
    return PLACES.entrySet().stream()
        .filter(each -> written.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the CORS layer");
  }

  /** Whether they are told, and a URL is outside of all; one with a hidden path is not. */
  public boolean isOutside(String url) {
    Optional<String> path = Url.parse(url).filter(asked -> asked.host() != null).map(Url::path);
    return path.isPresent()
        && !patterns.isEmpty()
        && patterns.stream().noneMatch(pattern -> covers(pattern, path.get()));
  }

  /** A server may be below a folder, so that the path begins anywhere in it. */
  private boolean covers(String pattern, String path) {
    String start = WILD.matcher(pattern).replaceFirst("").replaceFirst("^\\^?/?", "/");
    String asked = path.toLowerCase(Locale.ROOT) + "/";
    boolean whole = !WILD.matcher(pattern).find() && !below.contains(pattern);
    int at = asked.indexOf(start);
    if (parts.contains(pattern) && ONE_STAR.matcher(pattern).find() && at >= 0) {
      return asked.indexOf('/', at + start.length()) == asked.length() - 1;
    }
    if (start.equals("/") && whole) {
      return asked.equals("//");
    }
    return !whole
        ? asked.contains(start)
        : asked.endsWith(start.endsWith("/") ? start : start + "/");
  }

  /** As they are shown: the first ones. */
  @Override
  public String toString() {
    return String.join(", ", patterns.stream().limit(3).toList());
  }
}

package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A configuration of nginx: the longest location counts, and what it adds drops all that the blocks
 * around it add.
 */
final class NginxConfig {

  private static final Pattern LOCATION =
      Pattern.compile("\\blocation\\s{1,4}(=|~\\*?|\\^~)?\\s{0,4}([^\\s{]{1,120})\\s{0,4}\\{");

  private static final Pattern BLOCK =
      Pattern.compile("\\b(?:location|if|server|limit_except)\\b[^{};]{0,200}\\{");

  private static final Pattern OPTIONS_BLOCK =
      Pattern.compile(
          "\\bif\\s?\\(\\s?\\$request_method\\s?=\\s?[\"']?options\\b[^{}]{0,20}\\{[^{}]{0,4000}\\}");

  private static final Pattern ADDS = Pattern.compile("\\badd_header\\s");

  private static final Pattern ORIGIN =
      Pattern.compile(
          "\\b(?:add_header|more_set_headers)\\s{1,4}[\"']?access-control-allow-origin\\b");

  /** The two forms of regular expressions that most locations have. */
  private static final Pattern FILES =
      Pattern.compile("(?:\\.\\*|\\^\\.\\+)?\\\\?\\.\\((?:\\?:)?([a-z0-9|]{2,200})\\)\\$?");

  private static final Pattern PREFIX =
      Pattern.compile("\\^(/[a-z0-9/_-]{0,80})(?:\\(?\\.[*+]\\)?)?\\$?");

  /** What gives an answer in a location, or may do so. */
  private static final Pattern ANSWERS =
      Pattern.compile(
          "\\b(?:\\w{2,10}_pass|return|root|alias|try_files|rewrite|include|index|autoindex|internal|deny"
              + "|error_page|if|stub_status|echo|js_content|content_by_lua\\w{0,10})\\b");

  /** What only a request has a use for that is passed on. */
  private static final Pattern OF_PASSED =
      Pattern.compile("(?:^|[\\s;])(?:client_|proxy_|send_timeout)\\w{0,40}\\s");

  private static final Pattern PASSES = Pattern.compile("\\b\\w{2,10}_pass\\b");

  private static final Pattern FILES_OF_SERVER = Pattern.compile("\\b(?:root|try_files|alias)\\s");

  private final Code code;
  private final AskedRequest asked;

  private NginxConfig(Code code, AskedRequest asked) {
    this.code = code;
    this.asked = asked;
  }

  static List<Fault> faults(String text, AskedRequest asked) {
    return text.contains("location") && BLOCK.matcher(text).find()
        ? new NginxConfig(Code.withHash(text), asked).faults()
        : List.of();
  }

  private List<Fault> faults() {
    return Stream.concat(
            notPassedOn().stream(),
            ADDS.matcher(code.text()).find() ? fault().stream() : Stream.empty())
        .toList();
  }

  /** The location of the request answers by itself, as no other one gives it its proxy_pass. */
  private Optional<Fault> notPassedOn() {
    return code.all(LOCATION).stream()
        .filter(each -> !asked.isPathKnown() || covers(each))
        .filter(each -> !each.isCut() && !ANSWERS.matcher(each.inside()).find())
        .filter(
            each ->
                OF_PASSED.matcher(each.inside()).find() || !isExpression(each) && isBesidePassed())
        .findFirst()
        .map(each -> Fault.at(What.NGINX_NOT_PASSED_ON, name(each)));
  }

  private Optional<Fault> fault() {
    List<Bracketed> locations = code.all(LOCATION);
    boolean outside = ORIGIN.matcher(without(locations)).find();
    Optional<Fault> options = ofOptions(locations).filter(fault -> !outside || locations.isEmpty());
    return options.isPresent() ? options : ofLocations(locations, outside);
  }

  /** The request is known, and the server only passes on what it gets. */
  private boolean isBesidePassed() {
    return asked.isPathKnown() && code.has(PASSES) && !code.has(FILES_OF_SERVER);
  }

  /** The block for OPTIONS has the headers, and nothing has them for the request that follows. */
  private Optional<Fault> ofOptions(List<Bracketed> locations) {
    boolean alone =
        locations.isEmpty()
            ? isOfOptionsAlone(code.text())
            : locations.stream()
                .filter(each -> !asked.isPathKnown() || covers(each))
                .anyMatch(each -> isOfOptionsAlone(each.inside()));
    return alone ? Optional.of(Fault.of(What.NGINX_OPTIONS_ALONE)) : Optional.empty();
  }

  private static boolean isOfOptionsAlone(String block) {
    return OPTIONS_BLOCK.matcher(block).results().anyMatch(at -> ORIGIN.matcher(at.group()).find())
        && !ORIGIN.matcher(OPTIONS_BLOCK.matcher(block).replaceAll("")).find();
  }

  private Optional<Fault> ofLocations(List<Bracketed> locations, boolean outside) {
    List<Bracketed> sending = locations.stream().filter(NginxConfig::sends).toList();
    // Whether any regular expression fits is not known.
    boolean plain =
        locations.stream()
            .filter(NginxConfig::isExpression)
            .allMatch(each -> isOfFiles(each) || isOfPrefix(each));
    if (!asked.isPathKnown() || !plain || code.text().contains("include ")) {
      return Optional.empty();
    }
    Optional<Bracketed> asksFor = answering(locations);
    if (asksFor.isEmpty() && locations.stream().anyMatch(NginxConfig::isExpression)) {
      // What an expression that should fit lacks is told elsewhere.
      return Optional.empty();
    }
    if (outside) {
      return asksFor
          .filter(each -> !sends(each) && ADDS.matcher(own(each)).find())
          .map(each -> Fault.at(What.NGINX_DROPPED, name(each)));
    }
    return asksFor.filter(NginxConfig::sends).isPresent()
        ? Optional.empty()
        : sending.stream().findFirst().map(each -> Fault.at(What.NGINX_OTHER_LOCATION, name(each)));
  }

  /** The first expression that fits comes before the longest prefix, unless that has {@code ^~}. */
  private Optional<Bracketed> answering(List<Bracketed> locations) {
    Optional<Bracketed> longest =
        locations.stream()
            .filter(each -> !isExpression(each) && covers(each))
            .max(Comparator.comparing(each -> each.group(2).length()));
    boolean last = longest.filter(each -> !each.group(1).isEmpty()).isPresent();
    Optional<Bracketed> fits =
        locations.stream().filter(each -> isExpression(each) && covers(each)).findFirst();
    return last || fits.isEmpty() ? longest : fits;
  }

  private static boolean isExpression(Bracketed location) {
    return location.group(1).startsWith("~");
  }

  private static boolean isOfFiles(Bracketed location) {
    return FILES.matcher(location.group(2)).matches();
  }

  private static boolean isOfPrefix(Bracketed location) {
    return PREFIX.matcher(location.group(2)).matches();
  }

  private boolean covers(Bracketed location) {
    String place = location.group(2);
    Matcher files = FILES.matcher(place);
    if (isExpression(location) && files.matches()) {
      return List.of(files.group(1).split("\\|"))
          .contains(asked.path().substring(asked.path().lastIndexOf('.') + 1));
    }
    Matcher prefix = PREFIX.matcher(place);
    if (isExpression(location) && prefix.matches()) {
      return asked.path().startsWith(prefix.group(1));
    }
    return location.group(1).equals("=")
        ? asked.path().equals(place)
        : asked.path().startsWith(place);
  }

  private static boolean sends(Bracketed location) {
    return ORIGIN.matcher(location.inside()).find();
  }

  private static String name(Bracketed location) {
    return "location " + location.group(2);
  }

  /** What a block has itself, without those in it. */
  private static String own(Bracketed location) {
    Code inside = new Code(location.inside());
    String own = inside.text();
    for (Bracketed block : inside.all(BLOCK)) {
      own = own.replace(block.inside(), "");
    }
    return own;
  }

  private String without(List<Bracketed> locations) {
    String rest = code.text();
    for (Bracketed location : locations) {
      rest = rest.replace(location.inside(), "");
    }
    return rest;
  }
}

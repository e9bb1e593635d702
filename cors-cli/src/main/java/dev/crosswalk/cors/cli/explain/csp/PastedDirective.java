package dev.crosswalk.cors.cli.explain.csp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directive of a Content Security Policy that stands beside a message, in a header, a meta
 * element, or in the code of whatever language that writes it.
 *
 * @param name as CSP writes it: {@code script-src} also for {@code scriptSrc}
 * @param sources as CSP writes them
 */
public record PastedDirective(String name, List<String> sources) {

  private static final Pattern NAME =
      Pattern.compile(
          "(?<![a-z-])(?:csp_)?(default|script|style|img|font|connect|media|object|frame|child|worker|manifest|prefetch)"
              + "[-_]?(src)(?:[-_]?(elem|attr))?(?![\\w-])|(?<![a-z-])(?:csp_)?(form)[-_]?(action)(?![\\w-])");

  /** The browser's own message quotes one, which is told by that. */
  private static final Pattern QUOTED = Pattern.compile("directive:? ?[\"'“‘„`(]{0,2}$");

  private static final int MAX_QUOTED = 16;

  private static final Pattern BETWEEN = Pattern.compile("['\"`]?[\\s\"`,\\[({+:=>]{0,80}");

  private static final Pattern SOURCE =
      Pattern.compile(
          "'([a-z0-9+/=_.:*-]{1,300})'|(\\*|[a-z][a-z0-9+-]{0,30}:(?://\\S+?)?(?=[\\s\"'`,;)\\]}]|$)"
              + "|(?:\\*\\.)?[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,8}[^\\s\"'`,;)\\]}]{0,500}|localhost[^\\s\"'`,;)\\]}]{0,100})");

  /** What stands between two policies, and not between two directives. */
  private static final Pattern APART = Pattern.compile("[\"`<{}\\]]");

  private static final String HEADER = "content-security-policy";

  /**
   * A policy in a text.
   *
   * @param directives of different names
   * @param repeated those of a name that is in it already, which no browser reads
   * @param whole whether the text shows that it is a header or a meta element
   */
  public record Policy(
      List<PastedDirective> directives, List<PastedDirective> repeated, boolean whole) {

    /** The directive that counts for something; empty if nothing limits it. */
    public Optional<PastedDirective> counting(String wanted) {
      return PolicyViolation.fallbacks(wanted).stream()
          .flatMap(name -> directives.stream().filter(each -> each.name.equals(name)))
          .findFirst();
    }
  }

  /**
   * The policies of a text.
   *
   * @param text in lower case, with its marks
   */
  public static List<Policy> policies(String text) {
    List<Policy> policies = new ArrayList<>();
    List<PastedDirective> directives = new ArrayList<>();
    List<PastedDirective> repeated = new ArrayList<>();
    boolean whole = false;
    int end = 0;
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      List<String> sources = sources(text, name.end());
      String before = text.substring(Math.max(0, name.start() - MAX_QUOTED), name.start());
      if (sources.isEmpty() || QUOTED.matcher(before).find()) {
        continue;
      }
      PastedDirective found = new PastedDirective(plain(name), sources);
      String between = text.substring(end, name.start());
      boolean header = between.contains(HEADER);
      boolean again = directives.stream().anyMatch(each -> each.name.equals(found.name));
      if (header || again && APART.matcher(between).find()) {
        policies.add(new Policy(List.copyOf(directives), List.copyOf(repeated), whole));
        directives.clear();
        repeated.clear();
        whole = header;
        again = false;
      }
      (again ? repeated : directives).add(found);
      end = name.end();
    }
    policies.add(new Policy(List.copyOf(directives), List.copyOf(repeated), whole));
    return policies;
  }

  private static String plain(Matcher name) {
    return name.group(4) != null
        ? "form-action"
        : name.group(1) + "-src" + (name.group(3) == null ? "" : "-" + name.group(3));
  }

  private static List<String> sources(String text, int from) {
    List<String> sources = new ArrayList<>();
    Matcher between = BETWEEN.matcher(text);
    Matcher source = SOURCE.matcher(text);
    int at = from;
    while (true) {
      between.region(at, text.length());
      at = between.lookingAt() ? between.end() : at;
      source.region(at, text.length());
      if (!source.lookingAt()) {
        return sources;
      }
      String quoted = source.group(1);
      boolean host = quoted != null && (quoted.contains(".") || quoted.contains(":"));
      sources.add(quoted == null ? source.group(2) : host ? quoted : "'" + quoted + "'");
      at = source.end();
    }
  }
}

package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import dev.crosswalk.cors.cli.explain.settings.AllowList;
import dev.crosswalk.cors.cli.explain.settings.CoveredPaths;
import dev.crosswalk.cors.cli.explain.settings.PastedPatterns;
import dev.crosswalk.cors.cli.explain.settings.Routes;
import dev.crosswalk.cors.cli.remedy.OriginRemedy;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands beside a message: what the page's code does, what the server's code and configuration
 * say, and what a person remarks. Each of these is a sign; the file {@code signs.txt}, which says
 * of its form, has the signs, and what several of them mean together with the message's cause.
 *
 * @param signs the names of those that are there
 * @param words what fills the holes of an advice
 */
public record Signs(Set<String> signs, Map<String, String> words) {

  /** A sign, and the words by which it is known: of the plain text, or of that as it was pasted. */
  private record Sign(String name, List<Pattern> patterns) {
    boolean isIn(String text) {
      return patterns.stream().anyMatch(pattern -> BoundedText.findInPaste(pattern, text));
    }
  }

  /**
   * What signs mean.
   *
   * @param codes of the causes with which they mean it
   * @param signs that have to be there; after {@code !}, that must not
   */
  private record Rule(List<String> codes, List<String> signs, String advice) {
    boolean isFor(Set<String> found) {
      return signs.stream().allMatch(sign -> found.contains(named(sign)) != sign.startsWith("!"));
    }

    private static String named(String sign) {
      return sign.replaceFirst("^!", "");
    }
  }

  /** With these a CORS layer refuses a preflight itself. */
  private static final List<String> REFUSALS = List.of("400", "403");

  /**
   * What says as much as others, and more exactly.
   *
   * @param beginning of it; after {@code ...}, a part of it
   * @param general how those begin that are left out beside it
   */
  private record Once(String beginning, List<String> general) {
    boolean isIn(String advice) {
      return beginning.startsWith("...")
          ? advice.contains(beginning.substring("...".length()))
          : advice.startsWith(beginning);
    }

    boolean isOver(String advice) {
      return !isIn(advice) && general.stream().anyMatch(advice::startsWith);
    }
  }

  /** What is certain by the text itself comes before what is known of the server. */
  private static final String FIRST = "first";

  /** What is told besides what other signs mean. */
  private static final String ALSO = "also";

  private static final class Holder {
    private static final List<Sign> SIGNS = new ArrayList<>();
    private static final List<Rule> RULES = new ArrayList<>();
    private static final List<Rule> USELESS = new ArrayList<>();
    private static final List<Once> ONCE = new ArrayList<>();

    static {
      for (Facts.Block block : Facts.blocks(Signs.class, "signs.txt")) {
        List<String> head = block.head();
        if (head.get(0).equals("sign")) {
          List<Pattern> patterns =
              block.lines().stream().map(each -> Pattern.compile(each, Pattern.DOTALL)).toList();
          SIGNS.add(new Sign(head.get(1), patterns));
        } else if (head.get(0).equals("once")) {
          ONCE.add(new Once(String.join(" ", head.subList(1, head.size())), block.lines()));
        } else {
          boolean useless = head.get(0).equals("useless");
          int with = head.indexOf("with");
          (useless ? USELESS : RULES)
              .add(
                  new Rule(
                      head.subList(0, with),
                      head.subList(with + 1, head.size()),
                      String.join(" ", block.lines())));
        }
      }
    }
  }

  /**
   * A remedy with what stands beside the message in front, or behind what is known of the server.
   *
   * @param known how many pieces of its advice are about that very server
   * @param policy what the server's code allows
   * @param values of the message, by the names of its holes; {@code paste} is all of the text
   */
  static Remedy told(Remedy remedy, int known, PastedPolicy policy, Map<String, String> values) {
    String paste = values.getOrDefault("paste", "");
    List<Rule> rules =
        Holder.RULES.stream().filter(rule -> rule.codes.contains(remedy.code())).toList();
    if (paste.isEmpty() || rules.isEmpty()) {
      return remedy;
    }
    Signs beside = of(remedy, rules, policy, values);
    List<String> advice = new ArrayList<>(remedy.advice());
    int first = 0;
    int behind = known;
    for (Rule rule : rules) {
      if (rule.isFor(beside.signs)) {
        String told = beside.filled(rule.advice);
        advice.remove(told);
        boolean leads = rule.codes.contains(FIRST);
        advice.add(leads ? first++ : Math.min(behind, advice.size()), told);
        behind++;
        if (!rule.codes.contains(ALSO)) {
          break;
        }
      }
    }
    return remedy.withOnlyAdvice(advice);
  }

  /** A remedy without what the text answers already; something always stays. */
  static Remedy withoutUseless(Remedy remedy, PastedPolicy policy, Map<String, String> values) {
    String paste = values.getOrDefault("paste", "");
    List<Rule> rules =
        Holder.USELESS.stream().filter(rule -> rule.codes.contains(remedy.code())).toList();
    if (paste.isEmpty() || rules.isEmpty()) {
      return remedy;
    }
    Signs beside = of(remedy, rules, policy, values);
    List<String> advice = new ArrayList<>(remedy.advice());
    for (Rule rule : rules) {
      if (rule.isFor(beside.signs)) {
        String start = beside.filled(rule.advice);
        boolean general = OriginRemedy.ADD_ORIGIN.startsWith(start);
        advice.removeIf(
            each ->
                advice.size() > 1
                    && (each.startsWith(start) || general && KnownServer.isAsked(each)));
      }
    }
    return remedy.withOnlyAdvice(advice);
  }

  /** Without what is said more exactly by another advice. */
  static List<String> once(List<String> advice) {
    List<Once> told =
        Holder.ONCE.stream().filter(each -> advice.stream().anyMatch(each::isIn)).toList();
    return advice.stream()
        .filter(each -> told.stream().noneMatch(one -> one.isOver(each)))
        .toList();
  }

  /** Whether a sign of words is in a paste. */
  public static boolean has(String sign, String paste) {
    return Holder.SIGNS.stream().anyMatch(each -> each.name.equals(sign) && each.isIn(paste));
  }

  private static final String METHOD = "METHOD_NOT_ALLOWED";

  private static Signs of(
      Remedy remedy, List<Rule> rules, PastedPolicy policy, Map<String, String> values) {
    String paste = values.getOrDefault("paste", "");
    Set<String> wanted =
        rules.stream()
            .flatMap(rule -> rule.signs.stream().map(Rule::named))
            .collect(Collectors.toSet());
    Set<String> signs = new HashSet<>();
    for (Sign sign : Holder.SIGNS) {
      if (wanted.contains(sign.name) && sign.isIn(paste)) {
        signs.add(sign.name);
      }
    }
    String origin = values.getOrDefault("origin", "");
    String method = values.getOrDefault("method", "");
    boolean asksMethod = !method.isEmpty() && !Methods.isSafelisted(method);
    List<String> asked = CorsCause.asked(values);
    // Firefox does not name the method.
    String subject =
        values.getOrDefault("subject", remedy.code().equals(METHOD) && asksMethod ? method : "");
    String url = values.getOrDefault("url", "");
    String status = values.getOrDefault("status", "");
    // Firefox and Safari say the same of both.
    boolean either = has("message.either", paste) && (asksMethod || !asked.isEmpty());
    boolean refused = remedy.code().equals("PREFLIGHT_STATUS");
    add(signs, "preflight", values.containsKey("preflight") || refused || either);
    add(signs, "commented", values.containsKey("commented"));
    add(signs, "proxy.commented", values.containsKey("proxyCommented"));
    add(signs, "mistake", wanted.contains("mistake") && Clue.isMistake(paste, remedy));
    boolean error = status.startsWith("4") || status.startsWith("5");
    add(signs, "error", error);
    add(signs, "error.else", error && !REFUSALS.contains(status));
    add(signs, "local.page", Destination.isLoopback(origin));
    add(signs, "local.server", Destination.isLoopback(url));
    add(signs, "http.url", url.startsWith("http"));
    // Below the plain text is the one that was pasted, with its quotation marks and lines.
    String text = paste.substring(paste.indexOf('\n') + 1);
    AllowList origins = policy.origins();
    if (policy.settled()) {
      signs.remove("server.choice");
    }
    CoveredPaths covered = CoveredPaths.of(text);
    add(signs, "path.outside", covered.isOutside(url));
    String route = Routes.nearly(url, text);
    add(signs, "path.slash", !route.isEmpty());
    add(signs, "no.page", origin.isEmpty());
    add(signs, "null.page", origin.equals("null"));
    add(signs, "no.port", Destination.isLoopback(url) && url.matches("https?://[^/:]+(?:/.*)?"));
    add(signs, "http.server", url.matches("http://[^/:]+[.][a-z]{2,}(?:/.*)?"));
    add(signs, "lists.origins", !origins.values().isEmpty());
    add(signs, "lists.page", origins.has(origin));
    add(
        signs,
        "lists.others",
        origins.whole()
            && origin.startsWith("http")
            && !origins.has(origin)
            // Someone who lists the server that is asked has taken it for the page.
            && !origins.has(AskedUrl.origin(url)));
    boolean own = !origins.has(origin) && origins.has(AskedUrl.origin(url));
    boolean serverAlone = own && origins.whole() && remedy.grant().isPresent();
    add(signs, "lists.server", serverAlone && (origin.isEmpty() || origin.startsWith("http")));
    String pattern =
        wanted.contains("lists.patterns") ? PastedPatterns.without(origin, text).orElse("") : "";
    boolean fitsNone = !pattern.isEmpty() && !origins.has(origin);
    add(signs, "lists.patterns", fitsNone && origin.startsWith("http"));
    String bare =
        wanted.contains("lists.bare") ? AllowList.withoutScheme(origin, text).orElse("") : "";
    add(signs, "lists.bare", !bare.isEmpty() && !origins.has(origin));
    String sent = Bytes.lowerCase(values.getOrDefault("value", ""));
    add(signs, "lists.sent", origins.has(sent));
    add(signs, "lists.several", origins.values().size() > 1);
    add(signs, "sent.by-header", wanted.contains("sent.by-header") && isByHeader(sent, text));
    String broken = origins.broken(origin);
    add(signs, "lists.broken", !broken.isEmpty());
    AllowList methods = policy.methods();
    // Methods are case-sensitive, and the list is read in lower case.
    boolean otherCase =
        subject.matches(".*[a-z].*")
            || values.getOrDefault("value", "").contains(Bytes.lowerCase(subject));
    add(signs, "method.case", !subject.isEmpty() && otherCase);
    add(signs, "lists.method", methods.has(Bytes.lowerCase(subject)));
    add(signs, "lists.methods", methods.whole());
    add(
        signs,
        "lists.less",
        methods.whole() && !method.isEmpty() && !methods.has(Bytes.lowerCase(method)));
    add(signs, "asks.method", asksMethod);
    add(signs, "settings.told", !values.getOrDefault("configured", "").isEmpty());
    add(signs, "no.subject", subject.isEmpty());
    AllowList headers = policy.headers();
    add(signs, "lists.header", headers.has(Bytes.lowerCase(subject)));
    add(signs, "lists.headers", headers.whole());
    add(signs, "lists.told", !values.getOrDefault("value", "").isEmpty());
    List<String> unlisted = asked.stream().filter(name -> !headers.has(name)).toList();
    Set<String> needed = new LinkedHashSet<>(asked);
    needed.add(Bytes.lowerCase(subject));
    Map.Entry<String, String> misspelt = headers.misspelt(needed).orElse(Map.entry("", ""));
    add(signs, "lists.misspelt", !misspelt.getKey().isEmpty());
    String exposed =
        needed.stream()
            .filter(name -> policy.exposed().has(name) && !headers.has(name))
            .findFirst()
            .orElse("");
    add(signs, "lists.exposed", !exposed.isEmpty());
    add(signs, "asks.unlisted", headers.whole() && !unlisted.isEmpty());
    addRequest(signs, values);
    String listed = origins.nearest(origin);
    return new Signs(
        signs,
        Map.ofEntries(
            Map.entry("{origin}", origin.isEmpty() ? "the page's origin" : origin),
            Map.entry("{subject}", subject),
            Map.entry("{method}", method),
            Map.entry("{methods}", policy.shownMethods()),
            Map.entry("{headers}", policy.shownHeaders()),
            Map.entry("{misspelt}", misspelt.getKey()),
            Map.entry("{meant}", misspelt.getValue()),
            Map.entry("{exposed}", exposed),
            Map.entry("{unlisted}", String.join(" and ", unlisted)),
            Map.entry("{listed}", listed),
            Map.entry("{sent}", sent),
            Map.entry("{bare}", bare),
            Map.entry("{broken}", broken),
            Map.entry("{covered}", covered.toString()),
            Map.entry("{place}", covered.place()),
            Map.entry("{route}", route),
            Map.entry("{pattern}", pattern),
            Map.entry("{server}", AskedUrl.origin(url)),
            Map.entry("{whole}", AskedUrl.origin(broken)),
            Map.entry("{differs}", differs(origin, listed))));
  }

  /** What the page's code asks for. */
  private static void addRequest(Set<String> signs, Map<String, String> values) {
    String type = values.getOrDefault("sendsTypeWithoutBody", "");
    String origin = values.getOrDefault("origin", "");
    add(signs, "asks.response-headers", values.containsKey("sendsResponseHeaders"));
    add(signs, "asks.type", !type.isEmpty());
    add(signs, "asks.type-alone", type.equals("alone"));
    add(
        signs,
        "subject.authorization",
        values.getOrDefault("subject", "").equalsIgnoreCase("authorization"));
    add(signs, "subject.type", values.getOrDefault("subject", "").equalsIgnoreCase("content-type"));
    add(
        signs,
        "elsewhere",
        Url.parse(values.getOrDefault("url", ""))
            .filter(url -> url.host() != null && TwoOrigins.isElsewhere(url, origin))
            .isPresent());
  }

  /** Whether a line sends one value to every page. */
  private static boolean isByHeader(String value, String text) {
    return !value.isEmpty()
        && Pattern.compile(
                "access-control-allow-origin[\"'`]?[ \t]{0,4}[,:=]?[ \t]{0,4}[\"'`]?"
                    + Pattern.quote(value)
                    + "(?![\\w./:-])")
            .matcher(text)
            .find();
  }

  private static void add(Set<String> signs, String name, boolean there) {
    if (there) {
      signs.add(name);
    }
  }

  private static String differs(String origin, String listed) {
    return switch (new OriginComparison(origin, listed).part()) {
      case PORT ->
          origin.startsWith("https:") == listed.startsWith("https:")
              ? "the port differs"
              : "the scheme and the port differ";
      case SCHEME -> "the scheme differs";
      case WWW -> "www. makes them two origins";
      case LOOPBACK -> "both names are of this machine, and they are two origins";
      default -> "that is another origin";
    };
  }

  private String filled(String advice) {
    String told = advice;
    for (Map.Entry<String, String> word : words.entrySet()) {
      told = told.replace(word.getKey(), word.getValue());
    }
    return told;
  }
}

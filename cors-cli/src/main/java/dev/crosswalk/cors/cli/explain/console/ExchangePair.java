package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Template;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two exchanges that somebody shows together, of which one has what the other one lacks. What else
 * differs between them is the reason.
 *
 * @param good the answer has Access-Control-Allow-Origin, or the server does its work
 * @param bad the answer has not, or the server refuses
 */
record ExchangePair(Shown good, Shown bad) {

  private static final Pattern ALLOWED =
      Pattern.compile("(?im)^[ \\t<>|*]{0,8}access-control-allow-origin\\b ?:");

  /** In a URL, which a command may name without its scheme. */
  private static final Pattern HOST = Pattern.compile("^(?:[a-z]{2,8}://)?([^/?#\\s]+)");

  private static final Pattern WORD = Pattern.compile("[A-Za-z]{3}");

  /** Of which a line in front of an answer speaks. */
  private static final Pattern METHOD =
      Pattern.compile("\\b(?:pre-?flight|options|get|head|post|put|patch|delete)\\b");

  /** What only the answer to a preflight needs; some servers send it with each. */
  private static final Pattern FOR_PREFLIGHT =
      Pattern.compile("(?im)^[ \\t<>|*]{0,8}access-control-allow-(?:methods|headers)\\b ?:");

  private static final Pattern EMPTY =
      Pattern.compile("(?im)^[ \\t]{0,12}(?:< ?)?(?:HTTP/[0-9.]{1,3} 204|content-length: ?0\\s)");

  /** What a cache says of an answer that it has kept. */
  private static final Pattern KEPT =
      Pattern.compile(
          "(?im)^[ \\t<|*]{0,8}(?:(?:x-[a-z-]{0,20}cache[a-z-]{0,20}|[a-z]{1,8}-cache(?:-status)?|x-drupal-[a-z-]{0,20}cache|server-timing)[ \\t]*:[^\\n]{0,60}\\b(?:hit|stale)\\b"
              + "|age[ \\t]*: ?[1-9]|x-varnish[ \\t]*: ?[0-9]+ [0-9]+)");

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)\\b(?:authorization|cookie|[a-z-]{0,20}api-?key|x-[a-z-]{1,20}token): ?\\S|\\s(?:-u|--user)[ =]");

  /**
   * One of them.
   *
   * @param text the exchange
   * @param method in capitals; empty if it is not known
   * @param status of the answer
   * @param command whether all that was sent is shown, as in a command of curl
   * @param details of the request and its answer
   */
  record Shown(String text, String method, String status, boolean command, Details details) {

    /**
     * Reads one.
     *
     * @param before what stands in front of it, whose last line may say what was asked
     */
    static Optional<Shown> in(String text, String before) {
      Matcher status = PanelText.STATUS.matcher(text);
      if (!status.find()) {
        return Optional.empty();
      }
      Details details = PanelText.details(text);
      String method = details.get("asked");
      return Optional.of(
          new Shown(
              text,
              method.isEmpty() ? method(before + text.substring(0, status.start())) : method,
              status.group(1),
              new PastedCommand(text).isThere(),
              details));
    }

    private static String method(String lead) {
      List<String> words =
          lead.lines()
              .filter(
                  line -> WORD.matcher(line).find() && !PanelText.ANY_FIELD.matcher(line).find())
              .map(Bytes::lowerCase)
              .toList();
      String last = words.isEmpty() ? "" : words.get(words.size() - 1);
      Matcher found = METHOD.matcher(last);
      Set<String> methods = new TreeSet<>();
      while (found.find()) {
        methods.add(found.group().startsWith("pre") ? "options" : found.group());
      }
      return methods.size() == 1 ? methods.iterator().next().toUpperCase(Locale.ROOT) : "";
    }

    boolean isAllowed() {
      return ALLOWED.matcher(text).find();
    }

    /** Whether there is enough of the answer to say what it lacks. */
    boolean isWhole() {
      return PanelText.ANY_FIELD.matcher(text).results().count() >= PanelText.WHOLE_HEAD;
    }

    boolean showsField() {
      Matcher status = PanelText.STATUS.matcher(text);
      return status.find()
          && PanelText.ANY_FIELD.matcher(text).region(status.end(), text.length()).find();
    }

    boolean isGood() {
      return status.startsWith("2");
    }

    boolean isKept() {
      return KEPT.matcher(text).find();
    }

    boolean isPreflight() {
      return method.isEmpty()
          ? FOR_PREFLIGHT.matcher(text).find() && EMPTY.matcher(text).find()
          : method.equals("OPTIONS");
    }

    boolean namesOrigin() {
      return !details.get("origin").isEmpty();
    }

    /** Empty if it is not known. */
    String url() {
      return details.get("url");
    }

    /** Its host and port; empty if it is not known. */
    String server() {
      return HOST.matcher(url()).results().map(found -> found.group(1)).findFirst().orElse("");
    }

    boolean asksAs(Shown other) {
      return method.equals(other.method) && url().equals(other.url());
    }

    boolean authenticates() {
      return CREDENTIALS.matcher(text).find();
    }

    boolean wantsMethod() {
      return Bytes.lowerCase(text).contains("access-control-request-method");
    }
  }

  /** The pair that tells something; empty if no two of the exchanges do. */
  static Optional<ExchangePair> of(List<String> exchanges) {
    List<Shown> shown = new ArrayList<>();
    String before = "";
    for (String each : exchanges) {
      Shown.in(each, before).ifPresent(shown::add);
      before = each;
    }
    for (Shown good : shown) {
      for (Shown bad : shown) {
        ExchangePair pair = new ExchangePair(good, bad);
        if (pair.isRefusal() || pair.isOnSome()) {
          return Optional.of(pair);
        }
      }
    }
    return Optional.empty();
  }

  /** Both answers are good, and one of them lacks the header. */
  private boolean isOnSome() {
    return good.isGood()
        && bad.isGood()
        && good.isAllowed()
        && !bad.isAllowed()
        && (bad.isWhole() || isOfTwoServers() && bad.showsField());
  }

  /** Two commands ask as the same page, each at another host or port. */
  private boolean isOfTwoServers() {
    return bad.command()
        && bad.namesOrigin()
        && good.details().get("origin").equals(bad.details().get("origin"))
        && !good.server().isEmpty()
        && !bad.server().isEmpty()
        && !good.server().equals(bad.server());
  }

  /** The same request is answered, and refused as soon as it is one of a page. */
  private boolean isRefusal() {
    return good.isGood()
        && bad.status().equals("403")
        && good.command()
        && bad.command()
        && bad.namesOrigin()
        && good.asksAs(bad)
        && (bad.authenticates() || !good.authenticates())
        && (bad.wantsMethod() ? !good.wantsMethod() : !good.namesOrigin());
  }

  private String code() {
    if (isRefusal()) {
      return "REFUSES_PAGES";
    }
    boolean sameMethod = good.isPreflight() == bad.isPreflight();
    if (sameMethod && good.namesOrigin() && !bad.namesOrigin() && bad.command()) {
      return "HEADERS_WITH_ORIGIN";
    }
    if (bad.isKept() && !good.isKept()) {
      return "HEADERS_CACHED";
    }
    if (!sameMethod) {
      return good.isPreflight() ? "HEADERS_ON_PREFLIGHT" : "HEADERS_BEHIND_PREFLIGHT";
    }
    if (isOfTwoServers()) {
      return "HEADERS_OF_ONE_SERVER";
    }
    boolean otherUrl = !good.url().isEmpty() && !bad.url().isEmpty();
    return otherUrl && !good.url().equals(bad.url()) ? "HEADERS_OF_ONE_URL" : "HEADERS_ON_SOME";
  }

  /** What it says, about the request whose answer lacks something. */
  Fragment fragment() {
    Sentence sentence =
        new Sentence(Speaker.PANEL, code(), Sentences.CONSEQUENCE, Template.of("cors"));
    Details details = bad.details().filled("origin", good.details().get("origin"));
    return new Fragment(sentence, 0, 0, details);
  }
}

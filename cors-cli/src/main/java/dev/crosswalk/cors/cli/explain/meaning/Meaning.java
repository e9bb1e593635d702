package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.csp.PolicyRemedy;
import dev.crosswalk.cors.cli.explain.csp.PolicyViolation;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.tck.url.Origin;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is not one of the causes of CORS: two files have them, and the sentences that mean it.
 * {@code console.txt} describes their format.
 *
 * @param cause one sentence or two, with holes
 * @param advice in the order in which to follow it, with holes
 * @param headers to send, with holes; none if no header changes it
 * @param elements to write in a page
 * @param grant whether a server that allows the page's origin is part of the remedy
 */
public record Meaning(
    String cause,
    List<Line> advice,
    List<String> headers,
    List<String> elements,
    Optional<String> grant) {

  /** Advice for this counts where the message has no status. */
  private static final String NO_STATUS = "none";

  /** What browsers say, and what services, gateways and libraries do. */
  private static final List<String> FILES = List.of("console.txt", "services.txt");

  /** Keys of lines that are about a sentence. Every other key is whose sentence it is. */
  private static final List<String> ABOUT = List.of("cause", "header", "element");

  private static final String GRANT = "grant";

  private static final String REPEATED = "= ";

  /** The name of the value that tells whose message it is. */
  public static final String PROGRAM = "program";

  private static final class Holder {
    private static final List<Facts.Block> BLOCKS =
        FILES.stream().flatMap(file -> Facts.blocks(Meaning.class, file).stream()).toList();

    private static final Map<String, Meaning> ALL = new HashMap<>();

    static {
      for (Facts.Block block : BLOCKS) {
        block.value("cause").ifPresent(cause -> ALL.put(block.code(), read(cause, block)));
      }
    }

    private static Meaning read(String cause, Facts.Block block) {
      return new Meaning(
          cause,
          block.lines().stream().filter(Line::is).map(line -> Line.read(line, ALL)).toList(),
          block.values("header"),
          block.values("element"),
          block.lines().stream().filter(line -> line.startsWith(GRANT)).findFirst());
    }
  }

  /** A hole in a meaning, and what fills it if it is empty. */
  private static final Pattern HOLE = Pattern.compile("\\{([a-zA-Z]+)(?:\\|([^{}]*))?}");

  /** Whose console has more of them has a policy to write anew. */
  private static final int MAX_SOURCES = 6;

  /**
   * What Firefox says of scripts and styles inside of the page: "at self" before version 50, then
   * "at inline" and "at eval", in each language. Without {@code \b}, which knows only ASCII letters
   * since Java 19.
   */
  private static final Pattern ON_SELF =
      Pattern.compile(
          "(?i)(?<![-;:'‘’\"\\p{L}])[\\p{L}]{1,12} (?:(self)(?= [\\p{L}(]|\\s*\\(|[.]?\\s*[\\r\\n]|[.]?\\s*$)"
              + "|(inline|eval)(?=(?: \\p{L}{1,20}){0,2}\\s*[(（][^\\p{L}]{0,6}(?:script|style|default)-src))");

  /** The scheme of a URL that no server answers. */
  private static final Pattern OF_APP =
      Pattern.compile("(?i)(?!https?:|wss?:|ftp:|blob:|data:)[a-z][a-z0-9+.-]{1,60}://");

  /**
   * A piece of advice, and for whom it is: {@code advice for nginx: …}, {@code advice for 404 200:
   * …}.
   *
   * @param of programs whose users it is for, or statuses for which it counts; empty for all
   */
  public record Line(List<String> of, Advice advice) {

    private static final String KEY = "advice";

    private static boolean is(String line) {
      return line.startsWith(KEY + ": ") || line.startsWith(KEY + " for ");
    }

    /** As it is written, or as another meaning above has it: {@code = CODE 2}. */
    private static Line read(String line, Map<String, Meaning> above) {
      int colon = line.indexOf(": ");
      String words = line.substring(colon + 2);
      if (words.startsWith(REPEATED)) {
        String[] code = words.substring(REPEATED.length()).split(" ");
        return Optional.ofNullable(above.get(code[0]))
            .map(meaning -> meaning.advice().get(Integer.parseInt(code[1]) - 1))
            .orElseThrow(() -> new IllegalStateException("not above: " + line));
      }
      String of = line.substring(KEY.length(), colon).replaceFirst("^ for ", "");
      return new Line(
          of.isEmpty() ? List.of() : List.of(of.split(" ")),
          Advice.read(words, String.join(" or ", FILES)));
    }

    private boolean isForStatus() {
      return of.stream().anyMatch(each -> each.equals(NO_STATUS) || each.matches("[1-5][0-9]{2}"));
    }

    private boolean isForProgram() {
      return !of.isEmpty() && !isForStatus();
    }
  }

  /** Each a meaning with the sentences that have it, or such sentences alone. */
  public static List<Facts.Block> blocks() {
    return Holder.BLOCKS;
  }

  /** Whether a line of a block is a sentence, and not a part of the meaning. */
  public static boolean isSentence(String line) {
    int colon = line.indexOf(": ");
    return !line.startsWith(GRANT)
        && !Line.is(line)
        && !ABOUT.contains(colon < 0 ? line : line.substring(0, colon));
  }

  /**
   * The remedy of what a sentence means.
   *
   * @param code of the meaning
   * @param pasted of the sentence and of what surrounds it
   */
  public static Remedy of(String code, Details pasted) {
    String url = pasted.url();
    if (code.startsWith("CSP")) {
      PolicyViolation violation = PolicyViolation.of(pasted.get("policy"), url);
      if (code.equals("CSP")) {
        Matcher inside = ON_SELF.matcher(pasted.get("policy"));
        if (url.isEmpty() && inside.find()) {
          return of(
              violation.directive().startsWith("style")
                  ? "INLINE_STYLE"
                  : "eval".equalsIgnoreCase(inside.group(2)) ? "CSP_INLINE/eval" : "CSP_INLINE",
              pasted);
        }
        return violation.isOfFramedPage()
            ? of("FRAME", pasted)
            : PolicyRemedy.of(violation, url, pasted.origin(), sources(url, pasted));
      }
      if (violation.directive().startsWith("style-src")) {
        return of("INLINE_STYLE", pasted);
      }
    }
    if (code.equals("MIXED_CONTENT") && url.startsWith("ws:")) {
      return of("MIXED_SOCKET", pasted);
    }
    if (code.equals("MIXED_CONTENT") && OF_APP.matcher(url).lookingAt()) {
      return of("MIXED_SCHEME", pasted);
    }
    Meaning meaning =
        Optional.ofNullable(Holder.ALL.get(code))
            .orElseThrow(() -> new IllegalStateException("no meaning of " + code));
    Details details =
        pasted
            .with("fallback", code.startsWith("CSP_INLINE") ? fallback(pasted) : "")
            .with("site", AskedUrl.origin(url))
            .with("file", url.startsWith("file:") ? url : "")
            .with("secure", url.matches("(?:http|ws):.*") ? url.replaceFirst(":", "s:") : "");
    List<String> write =
        Stream.concat(meaning.headers().stream(), meaning.elements().stream())
            .map(line -> filled(line, details))
            .toList();
    return new Remedy(
        MeaningVariant.whole(code),
        filled(meaning.cause(), details)
            + (code.equals("REASON_MISSING") && details.isOfPreflight()
                ? " It was the answer to the preflight (OPTIONS, which the browser sends first)."
                : ""),
        counting(meaning.advice(), details).stream()
            .map(each -> each.worded(words -> filled(words, details)))
            .toList(),
        meaning
            .grant()
            // No server is asked for a file of the disk.
            .filter(words -> !code.equals("FILE") || !isOfDisk(url, details))
            .filter(words -> !OriginComparison.isForeign(details.origin()))
            .map(words -> grant(words, details)),
        write);
  }

  /** The lines that apply to the status and the program; all if none does. */
  private static List<Advice> counting(List<Line> lines, Details details) {
    String status = details.get("status");
    String program = details.get(PROGRAM);
    List<Line> ofStatus =
        lines.stream()
            .filter(line -> status.isEmpty() || !line.isForStatus() || line.of.contains(status))
            .toList();
    List<Line> counting = ofStatus.isEmpty() ? lines : ofStatus;
    boolean told = counting.stream().anyMatch(line -> line.of.contains(program));
    return counting.stream()
        .filter(line -> !told || !line.isForProgram() || line.of.contains(program))
        .map(Line::advice)
        .toList();
  }

  /** Whether what is asked for is a file, by its URL or, where the message has none, by another. */
  private static boolean isOfDisk(String url, Details details) {
    return url.startsWith("file:") || url.isEmpty() && details.paste().both().contains("file:///");
  }

  private static RequiredGrant grant(String words, Details details) {
    String origin = details.origin();
    boolean usable =
        Origin.isOriginOrNull(origin) && !origin.equals("null") && !words.contains("placeholder");
    return new RequiredGrant(
        usable ? origin : RequiredGrant.SOME_ORIGIN,
        details.method(),
        details.requestHeaders(),
        words.contains("credentials") || details.sendsCredentials(),
        false);
  }

  /** Without a directive for scripts the one for everything counts. */
  private static String fallback(Details details) {
    boolean general = PolicyViolation.of(details.get("policy"), "").applied().equals("default-src");
    return general
        ? " The policy has none, so default-src applies: write script-src with what default-src"
            + " allows, and the nonce after it."
        : "";
  }

  /** The sources that a policy has to name, for the URL of a message and those beside it. */
  private static List<String> sources(String url, Details details) {
    return Stream.concat(
            Stream.of(url),
            Arrays.stream(details.get("others").split(" ", -1))
                .filter(other -> !InternalHost.isAt(other, details.origin())))
        .map(each -> source(each, details))
        .filter(source -> !source.isEmpty())
        .distinct()
        .limit(MAX_SOURCES)
        .toList();
  }

  /** The source that a Content Security Policy has to name for a URL. */
  private static String source(String url, Details details) {
    if (url.isEmpty() && details.get("policy").contains("'data:")) {
      return "data:";
    }
    if (url.startsWith("http:") && details.origin().startsWith("https:")) {
      return AskedUrl.origin("https" + url.substring(4));
    }
    return url.startsWith("data:") || url.startsWith("blob:")
        ? url.substring(0, url.indexOf(':') + 1)
        : AskedUrl.origin(url);
  }

  public static String filled(String words, Details details) {
    Matcher holes = HOLE.matcher(words);
    return holes.replaceAll(
        hole -> {
          String value = details.get(hole.group(1));
          String otherwise = hole.group(2) == null ? "" : hole.group(2);
          return Matcher.quoteReplacement(value.isEmpty() ? otherwise : value);
        });
  }
}

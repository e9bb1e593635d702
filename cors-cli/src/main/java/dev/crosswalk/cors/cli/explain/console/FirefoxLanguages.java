package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.paste.PlainText;
import dev.crosswalk.cors.cli.explain.paste.Template;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Firefox in other languages than English. What it says is in {@code firefox.txt}; of older
 * versions, which had other words, how a message begins is enough to know it for one, and the names
 * of headers, which no language translates, tell the cause.
 */
final class FirefoxLanguages {

  static final String BEGINS = "begins";

  /** The preflight has no name that all languages share. */
  private static final Pattern PREFLIGHT =
      Pattern.compile(
          "preflight|pre-flight|pr[eé]-|préalable|preliminar|preverific|\\boptions\\b"
              + "|verificação prévia|solicitação de simulação|预检|預檢|预请求|プリフライト|사전|предварит|előzetes|prelimin|comprova");

  private static final Pattern REDIRECT =
      Pattern.compile(
          "redire|weiterleitung|umleitung|omleiding|przekierow|přesměrov|перенаправ|переспрям"
              + "|重定向|重新導向|リダイレクト|리다이렉|リダイレクション|yönlendir|omdiriger|átirány");

  /** Not where the URL is cut off. */
  private static final Pattern NOT_HTTP = Pattern.compile("\\bhttps?\\b(?!:|$)");

  /** A value between quotation marks that is not a header's name. */
  private static final Pattern QUOTED =
      Pattern.compile("[‘'\"“„«»`]\\s?([^‘’'\"“”„«»`]{0,300}?)\\s?[’'\"”“»«`]");

  /** What a server sends as an origin, however wrong it is. */
  private static final Pattern VALUE =
      Pattern.compile("://|\\*|^null$|[^\\s,],|^[^\\s-]*\\.[^\\s-]*$");

  /** Machines translate even the header's name. */
  private static final Pattern TRANSLATED = Pattern.compile("(?:访问|存取)控制.{0,4}允许");

  private static final Pattern MARK = Pattern.compile("\\p{M}+");

  private static final int MAX_LATIN = 0x24F;

  private static final class Holder {
    private static final List<Sentences.Sentence> ALL = read();
  }

  /** A reason behind its name in any language: in brackets, or cut off at the end of its line. */
  private static final Pattern REASON =
      Pattern.compile("(?:[(（]|[.。]\\s)[^()（）.。:：\\n]{1,40}[:：]\\s?([^\\n]{0,300})");

  /** Its bracket, or the end of its sentence, and no dots in place of what is left out. */
  private static final Pattern CLOSED = Pattern.compile("[)）。]|(?<!\\.)\\.(?!\\.)(?:\\s|$)");

  /** Firefox before version 36 ends its line with advice, and gives no reason in brackets. */
  private static final Pattern WHOLE_WITHOUT_REASON =
      Pattern.compile("^[.\"]?\\s{1,2}\\p{L}[^(（\\n:]{10,150}\\bCORS\\b[^(（\\n:]{0,40}\\.");

  private FirefoxLanguages() {}

  private static List<Sentences.Sentence> read() {
    Map<String, Integer> strengths = new HashMap<>(Map.of(BEGINS, Sentences.NO_REASON));
    Meaning.blocks()
        .forEach(block -> strengths.putIfAbsent(block.code(), Sentences.strength(block)));
    List<Sentences.Sentence> sentences = new ArrayList<>();
    for (String browser : List.of("Firefox", "Chrome")) {
      String file = browser.toLowerCase(Locale.ROOT) + ".txt";
      for (String line : Facts.lines(FirefoxLanguages.class, file)) {
        String[] parts = line.split(" \\| ");
        String whose = browser + " (" + parts[0] + ")";
        int strength = strengths.getOrDefault(parts[1], Sentences.REASON);
        for (String words : List.of(parts).subList(2, parts.length)) {
          String said = words.replace("{value}", value(parts[1]));
          boolean reason = parts[1].equals(BEGINS) || CutMessage.OF_CORS.contains(parts[1]);
          for (String spelling : reason ? spellings(said) : Set.of(said)) {
            Template template = Template.of(spelling);
            sentences.add(new Sentences.Sentence(whose, parts[1], strength, template));
          }
        }
      }
    }
    return List.copyOf(sentences);
  }

  /** With accents, and as people type the words of a Latin script who have none. */
  private static Set<String> spellings(String words) {
    boolean latin = words.chars().noneMatch(c -> c > MAX_LATIN && Character.isLetter(c));
    String plain = latin ? Normalizer.normalize(words, Normalizer.Form.NFD) : words;
    return latin
        ? new LinkedHashSet<>(List.of(words, MARK.matcher(plain).replaceAll("")))
        : Set.of(words);
  }

  /** The one value of a message: the header that the server sent, or the name that is refused. */
  private static String value(String code) {
    return switch (code) {
      case "HEADER_NOT_ALLOWED", "ACAM_SYNTAX", "ACAH_SYNTAX" -> "{subject}";
      default -> "{value}";
    };
  }

  static List<Sentences.Sentence> all() {
    return Holder.ALL;
  }

  /** What the words after the URL mean, in any language. */
  record Guess(String code, String subject, Optional<String> value) {
    /** With the status of an answer: a request that got none has (null) in its place. */
    Guess of(String status) {
      boolean error = status.startsWith("4") || status.startsWith("5");
      return code.equals("NETWORK") && error ? new Guess("PREFLIGHT_STATUS", subject, value) : this;
    }
  }

  private static final Guess CUT = new Guess("REASON_MISSING", "", Optional.empty());

  /**
   * The cause of a message whose reason is not known as a whole: it is cut, or its words are not
   * known.
   *
   * @param reason what follows the URL
   * @param url that the message names; empty if none
   */
  static Guess read(String reason, String url) {
    Matcher named = REASON.matcher(reason);
    if (!named.find()) {
      return guess(reason, url);
    }
    Set<String> codes = CutMessage.reason(named.group(1));
    if (codes.isEmpty() && CLOSED.matcher(named.group(1)).find()) {
      return guess(reason, url);
    }
    // An old reason may begin so, too: it is not the scheme where that is right.
    boolean one = codes.size() == 1 && !(codes.contains("SCHEME") && url.startsWith("http"));
    return one ? new Guess(codes.iterator().next(), "", Optional.empty()) : CUT;
  }

  private static Guess guess(String reason, String url) {
    String plain = PlainText.ofWords(reason);
    String quoted = "";
    Matcher quotes = QUOTED.matcher(reason);
    while (quotes.find()) {
      String found = quotes.group(1).strip();
      if (!found.toLowerCase(Locale.ROOT).startsWith("access-control-")) {
        quoted = found;
      }
    }
    if (plain.contains("access-control-allow-credentials")) {
      return new Guess("ACAC_NOT_TRUE", "", Optional.empty());
    }
    if (plain.contains("access-control-allow-methods")) {
      return quoted.isEmpty()
          ? new Guess("METHOD_NOT_ALLOWED", "", Optional.empty())
          : new Guess("ACAM_SYNTAX", quoted, Optional.empty());
    }
    if (plain.contains("access-control-allow-headers")) {
      // Between two quotation marks of code is no name.
      return quoted.matches("[^\\n{}()]*")
          ? new Guess("HEADER_NOT_ALLOWED", quoted, Optional.empty())
          : new Guess("REASON_MISSING", "", Optional.empty());
    }
    if (plain.contains("access-control-allow-origin") || TRANSLATED.matcher(plain).find()) {
      return !VALUE.matcher(quoted).find()
          ? new Guess("ACAO_MISSING", "", Optional.empty())
          : new Guess("ACAO_MISMATCH", "", Optional.of(quoted));
    }
    String code =
        PREFLIGHT.matcher(plain).find()
            ? "PREFLIGHT_STATUS"
            : REDIRECT.matcher(plain).find()
                ? "PREFLIGHT_REDIRECT"
                : NOT_HTTP.matcher(plain).find() && !url.startsWith("http")
                        || url.startsWith("file")
                    ? "SCHEME"
                    : WHOLE_WITHOUT_REASON.matcher(behind(reason, url)).find()
                        ? "REASON_NOT_SAID"
                        : isReason(plain) || plain.contains("(null)")
                            ? "NETWORK"
                            : "REASON_MISSING";
    return new Guess(code, "", Optional.empty());
  }

  /** Whether a message, or what a machine has made of it, names the preflight. */
  static boolean isOfPreflight(String reason) {
    return PREFLIGHT.matcher(PlainText.ofWords(reason)).find();
  }

  private static String behind(String reason, String url) {
    int at = url.isEmpty() ? -1 : reason.indexOf(url);
    return at < 0 ? reason : reason.substring(at + url.length());
  }

  private static boolean isReason(String plain) {
    int cors = plain.indexOf("cors");
    String before = cors < 0 ? "" : plain.substring(0, cors);
    return before.contains("(") || before.contains(":");
  }
}

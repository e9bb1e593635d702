package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of Firefox's in any language: the URL stands behind its beginning, and then the reason.
 *
 * @param before where the line begins at the earliest
 * @param after where it ends at the latest
 */
record FirefoxLine(Paste paste, int before, int after) {

  /** A sentence in another language is looked at so far behind its URL. */
  private static final int MAX_REASON = 300;

  /** Between a reason and its status there are two or three words. */
  private static final int MAX_STATUS = 60;

  /** A sentence of Firefox's that ends where the URL of a file begins. */
  private static final Pattern FILE =
      Pattern.compile("(?i)^(?![^\\n]{0,200}://)[^\\n]{10,200}\\sfile:[\\s\"'”»).]{0,4}$");

  private static final Pattern STATUS = Pattern.compile("[:：]\\s*([1-5][0-9]{2})(?![0-9])");

  /** What follows a reason that is cut off: a paragraph of a person's, or lines of code. */
  private static final Pattern BEHIND_REASON =
      Pattern.compile("\\n(?:\\n|[^\\n]{0,200}[({;]\\s{0,4}(?:\\n|\\z))");

  /** What a sentence in it tells, with the URL, the status and the reason of its line. */
  Finding told(Finding finding) {
    Finding told = finding;
    if (finding.strength() == Sentences.NO_REASON
        && FILE.matcher(paste.restOfLine(finding.start())).find()) {
      // All that is left of the file's URL.
      told = told.with("url", "file:///");
    }
    if (!told.get("url").contains(":") && finding.strength() != Sentences.HIDDEN) {
      // Behind its beginning the URL follows; in front of a reason it stands before.
      boolean begins = finding.strength() == Sentences.NO_REASON;
      String next = begins ? paste.firstUrl(finding.start(), after) : "";
      String url =
          next.isEmpty() || isInNextParagraph(paste.cut(finding.start(), paste.length()), next)
              ? paste.lastUrl(before, finding.start())
              : next;
      if (url.isEmpty() && begins) {
        url = next.isEmpty() ? paste.lastUrl(finding.start(), after) : next;
      }
      // The page of the documentation that a line about a cookie names.
      boolean documentation =
          finding.sentence().code().startsWith("COOKIE") && AskedUrl.isReference(url);
      told = documentation ? told : told.filled("url", url);
    }
    told = told.filled("status", status(finding.end()));
    boolean cut = finding.strength() == Sentences.NO_REASON;
    return cut ? guessed(told) : told;
  }

  /** What a person writes in the next paragraph, with a URL of its own, is none of the message. */
  private static boolean isInNextParagraph(String rest, String url) {
    int at = rest.indexOf(url);
    return at > 0 && rest.substring(0, at).contains("\n\n");
  }

  /** "Status code" in any language: a colon and three digits, soon after the reason. */
  private String status(int from) {
    Matcher status = STATUS.matcher(paste.cut(from, Math.min(after, from + MAX_STATUS)));
    return status.find() ? status.group(1) : "";
  }

  private Finding guessed(Finding finding) {
    String url = finding.get("url");
    String rest = paste.cut(finding.end(), Math.min(after, finding.end() + 2 * MAX_REASON));
    int at = url.isEmpty() ? -1 : rest.indexOf(url);
    String reason =
        at < 0 || isInNextParagraph(rest, url) ? rest : rest.substring(at + url.length());
    reason = reason.substring(0, Math.min(reason.length(), MAX_REASON));
    Matcher behind = BEHIND_REASON.matcher(reason);
    int paragraph = behind.find() ? behind.start() : -1;
    Matcher digits = STATUS.matcher(reason);
    String status = digits.find() ? digits.group(1) : "";
    String told = paragraph < 0 ? reason : reason.substring(0, paragraph);
    FirefoxLanguages.Guess guess = FirefoxLanguages.read(told, url).of(status);
    int strength =
        switch (guess.code()) {
          case "REASON_MISSING" -> Sentences.NO_REASON;
          case "NETWORK", "REASON_NOT_SAID" -> Sentences.CONSEQUENCE;
          default -> Sentences.REASON;
        };
    Finding guessed =
        finding
            .as(guess.code(), strength)
            .filled("subject", guess.subject())
            .filled("status", status);
    return guess.value().isPresent() ? guessed.filled("value", guess.value().get()) : guessed;
  }
}

package dev.crosswalk.cors.cli.diagnose;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;

/**
 * A diagnosis in Markdown, to paste into a ticket. What may be a secret is left out: the values of
 * headers that carry one, and of such parameters in URLs.
 */
final class Ticket {

  /** Longer names and values are not parameters that somebody types. */
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "([?&][^=&\\s]{0,100}(?:token|key|secret|passw|pwd|sig|code|auth|session|jwt|credential)"
              + "[^=&\\s]{0,100}=)[^&\\s\"'’”)]+",
          Pattern.CASE_INSENSITIVE);

  private Ticket() {}

  static String of(Diagnosis diagnosis) {
    StringWriter text = new StringWriter();
    new DiagnosisText(new PrintWriter(text), false).print(diagnosis);
    String plain = SECRET_PARAMETER.matcher(text.toString()).replaceAll("$1(not-shown)");
    int end = plain.indexOf('\n');
    String fence = "`".repeat(Math.max(3, longestRun(plain) + 1));
    return "### CORS: `"
        + plain.substring(0, end).strip().replace("`", "")
        + "`\n\n"
        + fence
        + "text\n"
        + plain.substring(end + 1).strip()
        + "\n"
        + fence
        + "\n";
  }

  /** Of backticks: a server could end the block with as many. */
  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}

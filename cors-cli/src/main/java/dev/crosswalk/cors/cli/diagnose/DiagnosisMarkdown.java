package dev.crosswalk.cors.cli.diagnose;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A diagnosis in Markdown, to paste into a ticket. */
final class DiagnosisMarkdown {

  private DiagnosisMarkdown() {}

  static String of(Diagnosis diagnosis) {
    StringWriter text = new StringWriter();
    new DiagnosisText(new PrintWriter(text), false).print(diagnosis);
    String plain = text.toString();
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

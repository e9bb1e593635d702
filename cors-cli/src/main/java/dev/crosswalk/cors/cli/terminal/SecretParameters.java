package dev.crosswalk.cors.cli.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters of URLs whose values may be secrets, by their names. What a command prints is pasted
 * into tickets and forums.
 */
public final class SecretParameters {

  /** Longer names and values are not parameters that somebody types. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "([?&](?!x-amz-signedheaders=|x-goog-signedheaders=)[^=&\\s]{0,100}(?:token|key|secret|passw|pwd|sig|code|auth|session|jwt|credential)"
              + "[^=&\\s]{0,100}=)[^&\\s\"'’”)]*[^&\\s\"'’”).,:;]",
          Pattern.CASE_INSENSITIVE);

  private SecretParameters() {}

  /**
   * A text without the values of such parameters.
   *
   * @param text with any number of URLs in it
   * @param instead what is written in their place
   */
  public static String hidden(String text, String instead) {
    return PARAMETER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + instead));
  }
}

package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.meaning.RefusalPattern;
import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.paste.Template;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal of an origin or a host by a program whose sentences are not known. The rows of {@code
 * origin-checks.txt} have the patterns; this tells which values are beside such words.
 */
final class ServerRefusal {

  private static final String VALUE = RefusalPattern.VALUE;

  /** Where a log, or an error, says what the request has, and what the program knows. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?<![a-z_-])(?<!\\bat )(?:request_?)?origin:?(?: header)?(?: value)?(?: is| was| of| looks like| mismatch| not allowed)?[ :=(\\[]{1,4}("
              + VALUE
              + ")");

  private static final Pattern HOST =
      Pattern.compile(
          "(?<![a-z_-])(?:x-forwarded-)?host(?:name)?:?(?: header)?(?: value)?(?: (?:is )?not allowed| is| was| of| looks like)?[ :=(\\[]{1,4}("
              + VALUE
              + "|(?<=looks like )[a-z0-9-]{1,63})");

  private static final Pattern EXPECTED =
      Pattern.compile(
          "(?<![a-z])(?:(?:allowed|trusted|accepted|permitted|known)(?:[ _-]?(?:origins?|hosts?|domains?|list))?"
              + "|expected(?: origin)?|whitelist)(?: are| is)?(?:=[(\\[]{0,2}|:? ?[(\\[]{1,2}|: ?| )("
              + VALUE
              + "(?:, ?"
              + VALUE
              + "){0,20})");

  private ServerRefusal() {}

  /** What looks like a refusal; empty if nothing does. */
  static Optional<Fragment> in(Paste paste) {
    if (Fragment.BETWEEN_SERVERS.matcher(paste.plain()).find()) {
      return Optional.empty();
    }
    for (OriginCheck row : OriginCheck.all()) {
      for (Pattern words : row.like()) {
        Matcher found = BoundedText.matcher(words, paste.plain());
        while (BoundedText.next(found)) {
          if (!paste.isArgument(found.start()) && !paste.isInClause(found.start())) {
            return Optional.of(of(row, found, paste.plain()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Fragment of(OriginCheck row, Matcher found, String plain) {
    Details details =
        Details.NONE
            .filled("seen", kept(group(found, "seen")))
            .filled("expected", kept(group(found, "expected")))
            .filled(details(row.code(), plain));
    Sentence sentence =
        new Sentence(row.program(), row.code(), Sentences.REASON, words(found.group()));
    return new Fragment(sentence, found.start(), found.end(), details);
  }

  /** What a paste says that the request has, and what the program compares it with. */
  static Details details(String code, String plain) {
    Details details =
        Details.NONE
            .filled("seen", kept(first(code.equals("HOST_CHECK") ? HOST : ORIGIN, plain)))
            .filled("expected", kept(first(EXPECTED, plain)));
    boolean host = List.of("HOST_COMPARED", "WEBSOCKET_ORIGIN").contains(code);
    return host ? details.filled("expected", kept(first(HOST, plain))) : details;
  }

  /** So many that no weaker sentence in the same place is preferred. */
  private static Template words(String found) {
    return Template.of(found.replaceAll("[{}]", " "));
  }

  private static String kept(String value) {
    // What follows "allowed origins" may be the name of the setting.
    boolean setting = !value.contains("://") && value.matches(".*(?:cors|origin|allowed).*");
    return setting ? "" : Paste.withoutPunctuation(value).replaceFirst("(?<=[^/])/$", "");
  }

  private static String group(Matcher found, String name) {
    String group = found.pattern().pattern().contains("(?<" + name + ">") ? found.group(name) : "";
    return group == null ? "" : group;
  }

  private static String first(Pattern named, String plain) {
    Matcher found = named.matcher(plain);
    return found.find() ? found.group(1) : "";
  }
}

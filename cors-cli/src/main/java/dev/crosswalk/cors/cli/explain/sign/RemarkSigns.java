package dev.crosswalk.cors.cli.explain.sign;

import static java.util.Map.entry;

import dev.crosswalk.cors.cli.explain.words.ClaimedMeasure;
import dev.crosswalk.cors.cli.explain.words.Contrast;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Signs of what a person says: what is done already, and what works beside what does not. */
final class RemarkSigns {

  static final Map<String, Predicate<MessageContext>> SIGNS =
      Map.ofEntries(
          entry("done.cors", each -> claimed(each).cors()),
          entry("done.named", each -> claimed(each).named()),
          entry("done.credentials", each -> claimed(each).credentials()),
          entry("done.tls", each -> claimed(each).tls()),
          entry("works.at-first", each -> Contrast.in(each.paste()).atFirst()),
          entry("works.other-files", each -> Contrast.in(each.paste()).is(Contrast.Kind.FILE)),
          entry(
              "works.other-requests", each -> Contrast.in(each.paste()).is(Contrast.Kind.REQUEST)),
          entry(
              "works.other-accounts", each -> Contrast.in(each.paste()).is(Contrast.Kind.ACCOUNT)));

  static final Map<String, Function<MessageContext, String>> WORDS =
      Map.of("trap", each -> LayerWords.trap(each.paste()));

  private RemarkSigns() {}

  private static ClaimedMeasure claimed(MessageContext beside) {
    return ClaimedMeasure.in(beside.paste());
  }
}

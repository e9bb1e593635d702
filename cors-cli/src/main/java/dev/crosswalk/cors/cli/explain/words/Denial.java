package dev.crosswalk.cors.cli.explain.words;

import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences by which a person says that something is not so, or asks whether it is: {@code it does
 * not work in Postman}, {@code before we had listed it}. What such a sentence has in it is no sign.
 */
public final class Denial {

  /** So far in front of a word its denial may begin. */
  private static final int MAX_NEAR = 64;

  /** More places of one text are not looked at. */
  private static final int MAX_TRIES = 100;

  /** The few words right before something: they belong to it. */
  private static final Pattern NEAR = Pattern.compile("(?:[^\\s.,;:!?()]{1,20} ){0,4}$");

  /** Another part of the sentence begins. */
  private static final String OTHER_PART =
      ".*\\b(?:but|and|while|whereas|yet|only|though|although|aber|und|mais|et|pero|mas|но)\\b";

  /** What denies a word that follows, with the small words between the two. */
  private static final Pattern NOT =
      Pattern.compile(
          "\\b(?:not|never|no|without|neither|nor|nobody|hardly|cannot|unless|if|whether|before|until|should|(?:do|does|did|could|can|should|would|is|was|are|has|have|had|wo|ca)n[ ’']?t|nicht|niemals|nie|keine?[nmrs]?|ohne|ob|wenn|falls|pas|jamais|sans|nunca|jamás|sin|não|nem|sem|не|нет|без|никогда)"
              + "(?: (?:an?|the|any|my|our|this|we|i|it|its|they|is|be|been|had|put|added|listed|allowed|to|even|really|yet|ever|also|just|quite|always|using|use|used|have|in|on|by|with|from|at|es|das|der|die|ein|eine|einen|il|elle|ça|une?|el|la|los|em|o|uma?)){0,3} ?$"
              + "|(?:不|没有?|沒有?|无法|未)[\\p{IsHan}]{0,2}$");

  /** The same in the middle of something, where "no problem" is none. */
  private static final Pattern NOT_INSIDE =
      Pattern.compile(
          "\\b(?:not|never|neither|nowhere|weder|cannot|(?:do|does|did|could|can|is|was|has|have|wo|ca)n[ ’']?t|nicht|niemals|nie|jamais|nunca|não|не)\\b(?! only)");

  private Denial() {}

  /** Whether a pattern is in a text where neither it nor the few words before it are denied. */
  public static boolean isSaid(Pattern pattern, String text) {
    Matcher said =
        BoundedText.matcher(pattern, text).useTransparentBounds(true).useAnchoringBounds(false);
    for (int tries = 0; tries < MAX_TRIES && BoundedText.next(said); tries++) {
      int from = Math.max(0, said.start() - MAX_NEAR);
      Matcher near = NEAR.matcher(text.substring(from, said.start()));
      String before = near.find() ? near.group().replaceFirst(OTHER_PART, "") : "";
      if (!NOT.matcher(before).find() && !NOT_INSIDE.matcher(said.group()).find()) {
        return true;
      }
      // In what is denied, something may begin that is not: "it fails to work, and works in curl".
      said.region(said.start() + 1, text.length());
    }
    return false;
  }
}

package broken.advice_is_for_people.dev.crosswalk.cors.cli.explain;

import broken.advice_is_for_people.dev.crosswalk.cors.cli.remedy.Advice;

class Breaks {

  static boolean isGuess(Advice advice) {
    return advice.words().startsWith("If ");
  }
}

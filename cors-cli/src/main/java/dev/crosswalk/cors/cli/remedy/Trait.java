package dev.crosswalk.cors.cli.remedy;

/**
 * What a piece of advice tells, whatever it is about: what the text answers already is then left
 * out. Data files write it like a {@linkplain Topic topic}, and behind it if there is one, as in
 * {@code advice: @LISTS_PAGE @AS_IT_IS The code lists …}.
 */
public enum Trait {
  /** The page's origin is to be added to a list. */
  ADDS_PAGE,
  /** What the text shows is right as it is, or is not what the server reads. */
  AS_IT_IS,
  /** The body of the answer is to be read. */
  READS_BODY,
  /**
   * It leaves open whether it is so: with an if or a "usually", or by telling where to look. What
   * is told in general then stays behind it.
   */
  PERHAPS,
  /** It is not about CORS, so that no header of the server is to be changed. */
  NOT_CORS,
  /** The service of which it is wants a login of its own, or asks servers alone. */
  WANTS_LOGIN,
  /** An example in it stands for the page's origin, as {@code {yours}} behind that says. */
  NAMES_PAGE
}

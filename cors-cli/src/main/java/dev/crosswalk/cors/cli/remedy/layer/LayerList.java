package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;

/** The list of origins that a CORS layer has, and how an origin gets into it. */
public final class LayerList {

  /** What is said where nothing but the absence of the header is known. */
  public static final Advice ADD_ORIGIN =
      Topic.ADD_ORIGIN
          .advice(
              "If the server has a CORS layer, add the origin to its list, and check that it covers this path,"
                  + " errors and preflights. If it has none, add one.")
          .with(Trait.ADDS_PAGE);

  private LayerList() {}

  /**
   * To allow an origin by a list, if whoever reads this may want that: a server refuses the origins
   * of strangers as well.
   *
   * @param list in the words of a sentence
   */
  public static String add(String origin, String list) {
    return origin.equals("null")
        ? "Do not add null to "
            + list
            + ": any site can make its pages' origin null. Serve the page from a real origin, and add"
            + " that."
        : "If the pages of "
            + origin
            + " are yours, add "
            + origin
            + " to "
            + list
            + ", exactly like this: scheme, host and port, no slash at the end.";
  }

  /** The same as a piece of advice of its own, and what may be the cause if it is there. */
  public static Advice toAdd(String origin, String list, String more) {
    Advice add = Advice.of(add(origin, list) + more);
    return origin.equals("null") ? add : add.with(Trait.ADDS_PAGE);
  }
}

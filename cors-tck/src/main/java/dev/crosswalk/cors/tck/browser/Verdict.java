package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.util.List;
import java.util.Optional;

/** What a browser decides about a response: it is shared with the script, or it is not, and why. */
public sealed interface Verdict {

  /** {@return whether the script may go on} */
  default boolean isShared() {
    return this instanceof Shared;
  }

  /** The response is shared; or, of a preflight, the actual request may follow. */
  record Shared() implements Verdict {
    @Override
    public String toString() {
      return "shared";
    }
  }

  /**
   * The response is not shared.
   *
   * @param cause why not
   * @param subject what the cause is about: the method, the header's name, the malformed element,
   *     the redirect's URL, the network's complaint, the header's name where it is there twice in
   *     the standard's letters; empty where the cause says it all
   * @param lines the lines of the offending response header; none if it is absent, or no header is
   *     at fault
   * @param where on which exchange
   * @param failure how the exchange failed; empty if a response came, or it is not known
   */
  record NotShared(
      Cause cause, String subject, List<String> lines, Where where, Optional<Failure> failure)
      implements Verdict {

    /**
     * A verdict on a response, or one whose failure is not known.
     *
     * @param cause why not
     * @param subject what the cause is about
     * @param lines the lines of the offending response header
     * @param where on which exchange
     */
    public NotShared(Cause cause, String subject, List<String> lines, Where where) {
      this(cause, subject, lines, where, Optional.empty());
    }

    /** {@return the offending header's combined value, as the browser sees it; empty if absent} */
    public String value() {
      return String.join(", ", lines);
    }

    /**
     * What a browser's console shows, as far as it tells the cause.
     *
     * @param engine whose words; for {@link Engine#STANDARD} ours, as the standard has none
     * @return one line
     */
    public String inTheWordsOf(Engine engine) {
      return switch (engine) {
        case STANDARD -> toString();
        case CHROMIUM -> Messages.chromium(this);
        case FIREFOX -> Messages.firefox(this);
        case WEBKIT -> Messages.webkit(this);
      };
    }

    /**
     * Everything about CORS that a browser's console shows: after a preflight has failed, Firefox
     * goes on to complain of the request that it has not sent.
     *
     * @param engine whose words; for {@link Engine#STANDARD} ours, as the standard has none
     * @return the lines, the one with the cause first
     */
    public List<String> console(Engine engine) {
      return engine == Engine.FIREFOX ? Messages.firefoxLines(this) : List.of(inTheWordsOf(engine));
    }

    @Override
    public String toString() {
      return "not shared: "
          + cause
          + (subject.isEmpty() ? "" : " (" + subject + ")")
          + (lines.isEmpty() ? "" : ", the header says " + lines)
          + (where.preflight() ? ", on the preflight of " : ", on ")
          + where.url()
          + " from "
          + where.origin()
          + (where.status() == 0 ? "" : ", status " + where.status());
    }
  }

  /**
   * The exchange that a verdict is about.
   *
   * @param preflight whether it was the preflight
   * @param initiator what asked for the URL
   * @param origin the request's origin, serialized
   * @param initialUrl the URL that was asked for
   * @param url the URL it was redirected to; else the same
   * @param status of the response; 0 if there is none
   * @param page the page's origin, serialized, which a redirect does not change
   */
  record Where(
      boolean preflight,
      Initiator initiator,
      String origin,
      String initialUrl,
      String url,
      int status,
      String page) {

    /**
     * An exchange that no redirect has given another origin than the page's.
     *
     * @param preflight whether it was the preflight
     * @param initiator what asked for the URL
     * @param origin of the request and of the page, serialized
     * @param initialUrl the URL that was asked for
     * @param url the URL it was redirected to; else the same
     * @param status of the response; 0 if there is none
     */
    public Where(
        boolean preflight,
        Initiator initiator,
        String origin,
        String initialUrl,
        String url,
        int status) {
      this(preflight, initiator, origin, initialUrl, url, status, origin);
    }
  }
}

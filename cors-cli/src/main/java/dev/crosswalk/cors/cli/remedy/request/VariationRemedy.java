package dev.crosswalk.cors.cli.remedy.request;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;

/** What to change where the same request, sent again or in another form, gets another answer. */
public final class VariationRemedy {

  private VariationRemedy() {}

  /**
   * For a server that allows the same request at another time.
   *
   * @param what was refused: the response, or the answer to the preflight
   */
  public static Remedy inTurns(String what, int status, int other, RequiredGrant grant) {
    return Remedy.of(
        "HEADERS_IN_TURNS",
        "The server does not always give the same answer: this time "
            + what
            + " ("
            + status
            + ") does not allow the origin, and the same request, sent again, is allowed ("
            + other
            + ").",
        List.of(
            "Most often several instances are behind one address, and not all have the same CORS"
                + " configuration: an old release, or an instance that was not restarted. Call"
                + " each one directly, and give all the same configuration.",
            "Or something in front answers some of the requests itself: a cache, a limit of requests,"
                + " or a waiting room."),
        grant);
  }

  /**
   * For two servers on one port of localhost, of which a browser asks the wrong one.
   *
   * @param url of localhost, or of a name below it
   * @param status of the one that does not allow the origin
   * @param firefox whether it is Firefox that asks that one, and not the others
   */
  public static Remedy anotherServer(Url url, int status, boolean firefox, RequiredGrant grant) {
    int port = url.effectivePort();
    return Remedy.of(
        "ANOTHER_SERVER",
        "Two servers listen on port "
            + port
            + ". "
            + url.host()
            + (firefox
                ? " is 127.0.0.1 first for Firefox, and the server there ("
                    + status
                    + ") does not allow the origin. The one at ::1 does, which Chrome tries first."
                : " is ::1 first for Chrome, and the server there ("
                    + status
                    + ") does not allow the origin. The one at 127.0.0.1 does, which Firefox tries"
                    + " first."),
        List.of(
            "See which programs listen on the port (lsof -i :"
                + port
                + ", on Windows netstat -ano): most often an old one, a container or another project still"
                + " runs. End the wrong one.",
            "Or let the page call http://"
                + (firefox ? "[::1]" : "127.0.0.1")
                + ":"
                + port
                + ", if that is the right server."),
        grant);
  }

  /** For a server whose compressed response has no headers, and whose other response has them. */
  public static Remedy compressedWithout(int status, int other, RequiredGrant grant) {
    return Remedy.of(
        "COMPRESSED_WITHOUT_HEADERS",
        "The compressed response ("
            + status
            + ") does not allow the origin, and the same response without compression ("
            + other
            + ") does. Browsers always request compression.",
        List.of(
            "If a cache or a CDN is in front, it has kept the compressed one from a request without"
                + " Origin: send Vary: Origin with every response, and empty the cache.",
            "If the server has compressed files beside the others (.gz, .br), add the headers where"
                + " those are served, too."),
        grant);
  }

  /**
   * For a server that refuses pages of other sites by what browsers tell of them.
   *
   * @param site the value of {@code Sec-Fetch-Site}
   * @param other the status where it is {@code same-origin}
   */
  public static Remedy siteRefused(String site, int status, int other, RequiredGrant grant) {
    return Remedy.of(
        "FETCH_METADATA_REFUSED",
        "The server refuses the request ("
            + status
            + ") for its header Sec-Fetch-Site: "
            + site
            + ", which browsers send by default. With same-origin the same request gets "
            + other
            + ".",
        List.of(
            "Let the rule that looks at Sec-Fetch-Site (a resource isolation policy, or a CSRF"
                + " protection) pass requests whose Origin is on your list of allowed origins. Keep it"
                + " for all others: it keeps the pages of unknown sites away.",
            "Put the CORS layer in front of that rule, so the script can read what it answers."),
        grant);
  }

  /**
   * For a server that refuses pages by the header {@code Referer}.
   *
   * @param downgrade whether the page is of https and the URL of http, so that none is sent
   * @param other the status where it names the server itself
   */
  public static Remedy refererRefused(
      boolean downgrade, int status, int other, RequiredGrant grant) {
    return Remedy.of(
        "REFERER_REFUSED",
        "The server refuses the request ("
            + status
            + ") for its header Referer. If that names the server's own host, the same request gets "
            + other
            + ".",
        List.of(
            "Add the host of the page to the list of that rule: valid_referers in nginx, a condition"
                + " on HTTP_REFERER in Apache, or the hotlink protection of a CDN."
                + (downgrade
                    ? " And call it over https: from a page of https, browsers send no Referer to"
                        + " http."
                    : ""),
            "Let the errors of that rule have the CORS headers, too, so the script can read them"
                + " (in nginx add_header with always, in Apache Header always)."),
        grant);
  }

  /**
   * For a server that does not read {@code Access-Control-Request-Headers} as browsers write it.
   *
   * @param written as browsers write it
   * @param allowed as it is allowed
   * @param spaces whether it is for a space behind the comma, and not for upper case
   */
  public static Remedy requestHeadersMisread(
      String written, String allowed, boolean spaces, RequiredGrant grant) {
    return Remedy.of(
        "REQUEST_HEADERS_MISREAD",
        "The server does not read Access-Control-Request-Headers as browsers write it. It refuses \""
            + written
            + "\", and it allows \""
            + allowed
            + "\", which means the same.",
        List.of(
            spaces
                ? "Split the value at each comma, and then remove the spaces around each name: browsers"
                    + " send a comma without a space."
                : "Compare the names of headers without regard to upper and lower case: browsers send"
                    + " them in lower case."),
        grant);
  }

  /** How a path that is answered differs from the one that the page asks for. */
  public enum OtherPath {
    /** It has a slash at its end. */
    WITH_SLASH("a slash is missing at the end", ""),
    /** It has none there. */
    WITHOUT_SLASH("the slash at the end is too much", ""),
    /** It has one slash where the page writes several. */
    WITHOUT_DOUBLED_SLASH(
        "a slash is there twice",
        " Most often a base URL ends in a slash, and the path behind it begins with one: remove one of"
            + " the two."),
    /** It has no capitals. */
    IN_LOWER_CASE("upper and lower case differ", " The case of a path matters.");

    private final String difference;
    private final String where;

    OtherPath(String difference, String where) {
      this.difference = difference;
      this.where = where;
    }
  }

  /**
   * For a path that is not there, or that no CORS layer covers, where a similar one is.
   *
   * @param preflight whether it is asked by one
   * @param there the URL that is answered
   */
  public static Remedy otherPath(
      int status, boolean preflight, OtherPath other, String there, RequiredGrant grant) {
    boolean missing = status == 404 || status == 405;
    return Remedy.of(
        "WRONG_PATH",
        (missing
                ? "The server has no route for this URL ("
                    + (preflight ? "OPTIONS, " : "")
                    + status
                    + "), and it answers "
                : "The server does not allow this origin at this URL ("
                    + (preflight ? "OPTIONS, " : "")
                    + status
                    + "), and it answers ")
            + there
            + " and allows this origin there. So "
            + other.difference
            + ".",
        List.of(
            "Let the page request " + there + "." + other.where,
            "Or let the server answer both, and let what answers "
                + status
                + " have the CORS headers, too."),
        grant);
  }
}

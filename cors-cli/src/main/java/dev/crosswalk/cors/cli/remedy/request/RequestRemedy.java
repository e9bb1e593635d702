package dev.crosswalk.cors.cli.remedy.request;

import dev.crosswalk.cors.cli.remedy.Remedy;

/** What to change where the script's own request is wrong, whatever the server does. */
public final class RequestRemedy {

  private RequestRemedy() {}

  /** For a URL with a user name or a password in it. */
  public static Remedy userInfo() {
    return Remedy.notCors(
        "URL_WITH_CREDENTIALS",
        "This is not a matter of the server: the URL has a user name or a password in it, and fetch()"
            + " refuses such a URL. Nothing is sent.",
        "Remove the part before the @ from the URL, and send it in a header: Authorization: Basic"
            + " and, in base64, the user name, a colon and the password. With diagnose that is -H"
            + " 'Authorization: Basic …'.",
        "With that header the browser sends a preflight first: the server has to allow the header"
            + " authorization, and to answer OPTIONS without authentication.",
        "Everybody who opens the page can read what its script sends. If the password is not the"
            + " user's own, let a server of yours send the request.");
  }

  /**
   * For a server that refuses characters of the query.
   *
   * @param status of the answer where they are encoded
   */
  public static Remedy queryRefused(int status) {
    return Remedy.notCors(
        "URL_CHARACTERS",
        "This is not CORS: the server refuses the URL (400) for characters in its query that browsers"
            + " send as they are: [ ] { } | ^ `. With these percent-encoded, the same request gets "
            + status
            + ".",
        "Encode the query in the script: new URLSearchParams({...}), or encodeURIComponent() for each"
            + " name and value.",
        "Or let the server accept them: relaxedQueryChars of Tomcat's Connector, in Spring Boot"
            + " server.tomcat.relaxed-query-chars.");
  }

  /** A URL without the characters of a query that browsers leave, and some servers refuse. */
  public static String withQueryEncoded(String url) {
    int start = url.indexOf('?');
    if (start < 0) {
      return url;
    }
    StringBuilder encoded = new StringBuilder(url.substring(0, start));
    for (char c : url.substring(start).toCharArray()) {
      encoded.append("[]{}|^`".indexOf(c) >= 0 ? String.format("%%%02X", (int) c) : c);
    }
    return encoded.toString();
  }
}

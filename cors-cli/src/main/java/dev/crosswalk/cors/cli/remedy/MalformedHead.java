package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.Locale;

/** What to change where browsers drop a response before they look for CORS. */
final class MalformedHead {

  private MalformedHead() {}

  static Remedy of(NotShared refusal) {
    String name = refusal.subject();
    String lines = String.join(" and ", refusal.lines());
    if (name.equals("101")) {
      return ofHead(
          refusal,
          "the server answers 101 (Switching Protocols), and nobody has asked for another protocol."
              + " Chrome drops such an answer",
          "Something takes the request for a WebSocket, or for an upgrade to HTTP/2: the path may be"
              + " that of a WebSocket, or a proxy adds Upgrade and Connection to every request. Let it"
              + " add them only where the browser sends Upgrade.");
    }
    if (Bytes.isDigits(name)) {
      return ofHead(
          refusal,
          "the server answers "
              + name
              + ", which is only for proxies, and Chrome drops such an answer",
          "Let the server ask for a login with 401 instead of "
              + name
              + ", and let that answer have the CORS headers.");
    }
    String answer =
        Remedy.answer(refusal.where()).substring(0, 1).toLowerCase(Locale.ROOT)
            + Remedy.answer(refusal.where()).substring(1);
    if (lines.indexOf(0) >= 0) {
      return ofHead(
          refusal,
          answer
              + " has a byte 0 in the header "
              + name
              + ". Browsers drop such a response, whatever its CORS headers are",
          "Look at where the server takes the value from: a buffer that is longer than its text, a"
              + " string in UTF-16, or a key that is not encoded. Send text without that byte.");
    }
    if (lines.indexOf('\r') >= 0) {
      return ofHead(
          refusal,
          answer
              + " has a carriage return in the header "
              + name
              + ". Chrome takes it for the end of the line, and Firefox drops the whole response",
          "The value most likely comes from a file with the line ends of Windows (CRLF), or from a"
              + " command's output: save the file with LF alone, or cut white space from the value"
              + " before it is sent.");
    }
    if (refusal.lines().size() == 1 && name.equals("Content-Disposition")) {
      return ofHead(
          refusal,
          answer
              + " has a comma in Content-Disposition, outside of quotation marks ("
              + lines
              + "). Chrome takes that for two values, and drops the response, whatever its CORS"
              + " headers are",
          "Put the name of the file in quotation marks: Content-Disposition: attachment;"
              + " filename=\"a,b.csv\". Most frameworks have a function that writes this header.");
    }
    boolean list = refusal.lines().size() == 1;
    return ofHead(
        refusal,
        answer
            + " has "
            + name
            + (list ? " with two values (" : " twice, with different values (")
            + lines
            + "). Browsers drop such a response, whatever its CORS headers are",
        name.equals("Content-Length")
            ? "Send it once. Most servers count by themselves: remove the line that sets it (in nginx,"
                + " add_header Content-Length beside return)."
            : "Send it once: most often the application and a proxy, or two handlers, set it.");
  }

  private static Remedy ofHead(NotShared refusal, String cause, String advice) {
    return Remedy.notCors(refusal.cause().name(), "This is not CORS: " + cause + ".", advice);
  }
}

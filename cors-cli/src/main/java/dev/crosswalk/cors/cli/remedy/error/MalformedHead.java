package dev.crosswalk.cors.cli.remedy.error;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to change where browsers drop a response before they look for CORS. */
public final class MalformedHead {

  /** Said of such a head. */
  public static final String BROKEN_OFF =
      "The connection ends before the empty line that ends the headers.";

  private MalformedHead() {}

  public static Remedy of(NotShared refusal) {
    String name = refusal.subject();
    String lines = String.join(" and ", refusal.lines());
    if (name.equals("101")) {
      return ofHead(
          refusal,
          "the server answers 101 (Switching Protocols), and nobody has requested another"
              + " protocol. Chrome drops such an answer",
          "Something treats the request as a WebSocket, or as an upgrade to HTTP/2: the path may"
              + " be that of a WebSocket, or a proxy adds Upgrade and Connection to every request."
              + " Let it add them only where the browser sends Upgrade.");
    }
    if (Bytes.isDigits(name)) {
      return ofHead(
          refusal,
          "the server answers "
              + name
              + ", which is only for proxies, and Chrome drops such an answer",
          "Let the server require authentication with 401 instead of "
              + name
              + ", and let that answer have the CORS headers.");
    }
    String answer =
        Remedy.answer(refusal.where()).substring(0, 1).toLowerCase(Locale.ROOT)
            + Remedy.answer(refusal.where()).substring(1);
    if (name.equals("status line")) {
      return ofHead(
          refusal,
          answer
              + " begins with "
              + Printable.printable(lines)
              + (lines.indexOf(0) >= 0
                  ? ", which has a byte 0 in it. Chrome drops such a response, whatever its CORS headers"
                      + " are"
                  : ". Chrome treats that as HTTP; Firefox does not, and gets no headers"),
          "Let the first line be a version, a space, a status of three digits, a space and the"
              + " reason: HTTP/1.1 200 OK. Code that writes it by hand has it wrong most often.");
    }
    if (lines.indexOf(0) >= 0) {
      return ofHead(
          refusal,
          answer
              + " has a byte 0 in the header "
              + name
              + ". Browsers drop such a response, whatever its CORS headers are",
          "Look at where the server gets the value from: a buffer that is longer than its text, a"
              + " string in UTF-16, or a key that is not encoded. Send text without that byte.");
    }
    if (lines.indexOf('\r') >= 0) {
      return ofHead(
          refusal,
          answer
              + " has a carriage return in the header "
              + name
              + ". Chrome treats it as the end of the line, and Firefox drops the whole response",
          "The value most likely comes from a file with the line ends of Windows (CRLF), or from a"
              + " command's output: save the file with LF alone, or cut white space from the value"
              + " before it is sent.");
    }
    if (refusal.lines().size() == 1 && name.equals("Content-Disposition")) {
      return ofHead(
          refusal,
          answer
              + " has a comma in Content-Disposition, outside quotation marks ("
              + lines
              + "). Chrome treats that as two values, and drops the response, whatever its CORS"
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
            ? "Send it once. Most servers set it automatically: remove the line that sets it (in"
                + " nginx, add_header Content-Length beside return)."
            : "Send it once: most often the application and a proxy, or two handlers, set it.");
  }

  /** What is wrong with a head that browsers take, and in which they find no CORS. */
  static Optional<Remedy> withoutCors(WireResponse response, RequiredGrant grant) {
    String head = response.head();
    if (head.startsWith("ICY ")) {
      return Optional.of(
          Remedy.of(
              "ACAO_MISSING",
              "The response begins with "
                  + Printable.printable(head.lines().findFirst().orElse(""))
                  + ", as a SHOUTcast server does. Chrome treats that as a body without headers;"
                  + " Firefox reads the headers behind it.",
              List.of(
                  "Let the server answer with HTTP/1.0 200 OK: newer versions of SHOUTcast and"
                      + " Icecast do so, or put a proxy in front of it that does. Then the headers"
                      + " below apply."),
              grant));
    }
    return isBrokenOff(response)
        ? Optional.of(
            Remedy.of(
                "ACAO_MISSING",
                "This is not CORS: the head of the response ("
                    + response.status()
                    + ") ends early. "
                    + BROKEN_OFF
                    + " So a header of CORS may be missing, or be cut short.",
                List.of(
                    "The program fails, or closes, while it writes the headers: its log tells why. Code that"
                        + " writes them by hand ends each with CRLF, and all of them with one more."),
                grant))
        : Optional.empty();
  }

  /** Whether the connection has ended before the head did. */
  public static boolean isBrokenOff(WireResponse response) {
    String head = response.head();
    return !head.isEmpty() && !head.endsWith("\n\r\n") && !head.endsWith("\n\n");
  }

  private static Remedy ofHead(NotShared refusal, String cause, String advice) {
    return Remedy.notCors(refusal.cause().name(), "This is not CORS: " + cause + ".", advice);
  }
}

package dev.crosswalk.cors.tck.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's clients complain of, told by their sentences: they have no other sign. No standard
 * says these, so a JDK may word them otherwise, and then another cause is named. They are those of
 * JDK 17 and 25, and tests provoke them on the JDK that runs. JDK 25 asks again itself where a
 * server refuses a stream, and says how that ended.
 */
enum JdkComplaint {
  /** The server closes a connection of HTTP/2. */
  GOAWAY("GOAWAY received$"),
  /** JDK 25's word for a connection that was closed so, and for a stream that was refused. */
  NOT_PROCESSED("request not processed by peer$"),
  /** The server ends a stream, with the name of its code. After the one left out, ask HTTP/1.1. */
  RESET("Received RST_STREAM: ((?!Use HTTP/1\\.1).+)"),
  /** What no client takes for HTTP/2. */
  NOT_HTTP_2(
      "Frame type\\(\\d+\\) length\\(\\d+\\) exceeds|no status code in response|Bad header name"),
  /** The server speaks no protocol of those that were offered in TLS. */
  NO_PROTOCOL("no_application_protocol"),
  OLD_TLS("protocol_version|No appropriate protocol"),
  /** What answers is not TLS. */
  NOT_TLS("Unsupported or unrecognized"),
  /** Nobody whom the JDK trusts has signed the certificate. */
  UNTRUSTED("PKIX path"),
  EXPIRED("validity check failed"),
  OTHER_HOST("subject alternative|No name matching");

  private final Pattern words;

  JdkComplaint(String words) {
    this.words = Pattern.compile(words);
  }

  boolean isIn(@Nullable String message) {
    return message != null && words.matcher(message).find();
  }

  /** What the sentence names; empty if the message is another one. */
  Optional<String> named(@Nullable String message) {
    Matcher found = words.matcher(message == null ? "" : message);
    return found.find() ? Optional.ofNullable(found.group(1)) : Optional.empty();
  }
}

package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What engines make of the head of a response before Fetch sees it. Chromium: net/http in {@code
 * http_stream_parser.cc} and {@code http_network_transaction.cc}; Gecko: {@code
 * nsHttpHeaderArray.cpp}.
 */
final class ResponseHead {

  /** Two different values may be an attack that splits responses, so that none is taken. */
  private static final List<String> SINGLE =
      List.of("Content-Length", "Content-Disposition", "Location");

  private static final String DISPOSITION = "Content-Disposition";

  /** A defect that is in no header. */
  private static final String STATUS_LINE = "status line";

  /** White space may stand in front of a status line, or some other bytes. */
  private static final int START = 8;

  /**
   * What Firefox takes for a status line ({@code nsHttpTransaction::LocateHttpStart}, {@code
   * nsHttpResponseHead::ParseStatusLine}): a version of HTTP/1, or one of three others that it
   * knows, and a status of three digits at most, or nothing.
   */
  private static final Pattern STATUS_LINE_OF_FIREFOX =
      Pattern.compile(
          "(?:HTTP/1\\.|HTTP/[23]|(?i:ICY)(?= ))[^ \\r]*(?: [ \\t]*\\d{1,3}(?:[ \\t][^\\r]*)?)?");

  /** What is no HTTP to Chromium, which gives the bytes behind it as a body without headers. */
  private static final String ICY = "ICY ";

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private ResponseHead() {}

  /**
   * Chromium cuts white space between a name and its colon, takes a lone carriage return for the
   * end of a line, and an empty {@code Location} for none; Firefox does not. What WebKit does with
   * a carriage return is not known: it is not said to refuse it.
   */
  static WireResponse read(WireResponse response, Engine engine) {
    if (engine != Engine.CHROMIUM && engine != Engine.WEBKIT) {
      return response;
    }
    boolean none = engine == Engine.CHROMIUM && response.head().startsWith(ICY);
    List<Headers.Field> fields =
        response.headers().fields().stream()
            .filter(field -> !none)
            .flatMap(ResponseHead::lines)
            .map(field -> engine == Engine.CHROMIUM ? trimmed(field) : field)
            .filter(field -> engine != Engine.CHROMIUM || !isEmptyLocation(field))
            .toList();
    return fields.equals(response.headers().fields())
        ? response
        : new WireResponse(
            response.status(),
            response.reason(),
            Headers.of(fields),
            response.body(),
            response.head(),
            response.end(),
            response.interim());
  }

  private static boolean isEmptyLocation(Headers.Field field) {
    return field.value().isEmpty() && Bytes.equalIgnoringCase(field.name(), "Location");
  }

  private static Headers.Field trimmed(Headers.Field field) {
    return new Headers.Field(field.name().stripTrailing(), field.value());
  }

  /** What is behind a carriage return is a line of its own, if it is a field. */
  private static Stream<Headers.Field> lines(Headers.Field field) {
    String[] lines = field.value().split("\r");
    return Stream.concat(
        Stream.of(new Headers.Field(field.name(), lines.length == 0 ? "" : lines[0])),
        Stream.of(lines)
            .skip(1)
            .filter(line -> line.indexOf(':') > 0)
            .map(
                line ->
                    new Headers.Field(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1))));
  }

  /**
   * For what an engine drops a response.
   *
   * @return the name of a header, or a status; empty if it takes it
   */
  static Optional<String> defect(WireResponse response, Engine engine) {
    if (engine == Engine.STANDARD) {
      return Optional.empty();
    }
    int status = response.status();
    if (engine == Engine.CHROMIUM
        && (status == PROXY_AUTHENTICATION_REQUIRED || status == SWITCHING_PROTOCOLS)) {
      return Optional.of(Integer.toString(status));
    }
    boolean framed = response.headers().has("Transfer-Encoding");
    return oddStart(response, engine)
        .or(() -> oddByte(response, engine))
        .or(
            () ->
                SINGLE.stream()
                    .filter(name -> !(framed && name.equals("Content-Length")))
                    .filter(name -> values(response, name, engine).stream().distinct().count() > 1)
                    .findFirst());
  }

  /** Where a status line is not as this engine has it. */
  private static Optional<String> oddStart(WireResponse response, Engine engine) {
    String line = statusLine(response.head());
    boolean odd =
        switch (engine) {
          case CHROMIUM -> line.indexOf(0) >= 0;
          case FIREFOX -> !line.isEmpty() && !STATUS_LINE_OF_FIREFOX.matcher(line).matches();
          default -> false;
        };
    return odd ? Optional.of(STATUS_LINE) : Optional.empty();
  }

  /** The first line without what stands in front of it; empty over HTTP/2, which has none. */
  private static String statusLine(String head) {
    String lower = head.substring(0, Math.min(head.length(), START)).toLowerCase(Locale.ROOT);
    String rest = head.substring(Math.max(0, lower.indexOf("http")));
    int end = rest.indexOf('\n');
    String line = end < 0 ? rest : rest.substring(0, end);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** The lines in which a defect is. */
  static List<String> lines(WireResponse response, String defect) {
    return defect.equals(STATUS_LINE)
        ? List.of(statusLine(response.head()))
        : response.headers().lines(defect);
  }

  /** The name of a field with a byte that no engine, or not this one, has in a field. */
  private static Optional<String> oddByte(WireResponse response, Engine engine) {
    return response.headers().fields().stream()
        .filter(
            field ->
                field.toString().indexOf(0) >= 0
                    || engine == Engine.FIREFOX && field.toString().indexOf('\r') >= 0)
        .map(Headers.Field::name)
        .findFirst();
  }

  /** A list of lengths is several; Chromium reads a comma in the name of a file so, too. */
  private static List<String> values(WireResponse response, String name, Engine engine) {
    boolean list =
        name.equals("Content-Length") || name.equals(DISPOSITION) && engine == Engine.CHROMIUM;
    return list ? response.headers().split(name).orElse(List.of()) : response.headers().lines(name);
  }

  /** Chromium's error for a defect, by the lines of the field. */
  static String netError(String defect, List<String> lines) {
    return lines.stream().anyMatch(line -> line.indexOf(0) >= 0)
        ? "ERR_INVALID_HTTP_RESPONSE"
        : netError(defect);
  }

  /** Chromium's error for a defect. */
  static String netError(String defect) {
    return switch (defect) {
      case "407" -> "ERR_UNEXPECTED_PROXY_AUTH";
      case "101" -> "ERR_EMPTY_RESPONSE";
      default ->
          "ERR_RESPONSE_HEADERS_MULTIPLE_" + defect.toUpperCase(Locale.ROOT).replace('-', '_');
    };
  }
}

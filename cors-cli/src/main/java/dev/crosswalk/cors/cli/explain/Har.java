package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A HAR file: the requests that a browser's network panel recorded. It is read from its start to
 * its end, and bodies are skipped, so that its size does not matter.
 *
 * @param entries in the order of the file
 * @param creator the browser's name, as it writes it
 * @see <a href="http://www.softwareishard.com/blog/har-12-spec/">HAR 1.2</a>
 */
record Har(String creator, List<Entry> entries) {

  /** A page with more requests than that is not one that somebody looks at. */
  static final int MAX_ENTRIES = 20_000;

  private static final int MAX_DEPTH = 100;
  private static final int MAX_HEADERS = 1_000;

  /** What is not skipped, such as a body. */
  private static final int MAX_STRING = 1024 * 1024;

  /**
   * Of a URL or of a header's value so much is read. Servers refuse what is longer; a {@code data:}
   * URL may be, and its rest tells nothing.
   */
  static final int MAX_READ = 8 * 1024;

  /** What is read of a request or of a response. */
  private static final class Message {
    private String method = "";
    private String url = "";
    private int status;
    private String reason = "";
    private String error = "";
    private boolean cached;
    private Headers headers = Headers.none();
  }

  /**
   * One request.
   *
   * @param number its place in the file, from 1
   * @param response empty if none came, or if the browser hid it from its own panel
   * @param error as Chrome writes it: {@code net::ERR_FAILED}; empty if there is none
   * @param cached whether the browser had the response already
   */
  record Entry(
      int number,
      WireRequest request,
      Optional<WireResponse> response,
      String error,
      boolean cached) {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is not a HAR file; the message is a sentence without its
   *     period
   */
  static Har read(Path file) throws IOException {
    JsonFactory json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = json.createParser(ObjectReadContext.empty(), in)) {
      Har har = parser.nextToken() == JsonToken.START_OBJECT ? root(parser) : null;
      if (har == null) {
        throw new IllegalArgumentException("it is JSON, but not a HAR file: it has no log");
      }
      return har;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not a HAR file, or it is cut off", e);
    }
  }

  private static @Nullable Har root(JsonParser parser) {
    Har har = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean log = parser.currentName().equals("log");
      if (parser.nextToken() == JsonToken.START_OBJECT && log) {
        har = log(parser);
      } else {
        parser.skipChildren();
      }
    }
    return har;
  }

  private static Har log(JsonParser parser) {
    String creator = "";
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("entries") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          if (entries.size() == MAX_ENTRIES) {
            throw new IllegalArgumentException("it has more than " + MAX_ENTRIES + " requests");
          }
          entries.add(entry(parser, entries.size() + 1));
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
          throw new IllegalArgumentException("it is not a HAR file: its entries are not requests");
        }
      } else if (name.equals("browser") || (name.equals("creator") && creator.isEmpty())) {
        creator = name(parser);
      } else {
        parser.skipChildren();
      }
    }
    return new Har(creator, List.copyOf(entries));
  }

  private static String name(JsonParser parser) {
    String found = "";
    while (parser.currentToken() != null && parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean name = parser.currentName().equals("name");
      if (parser.nextToken() == JsonToken.VALUE_STRING && name) {
        found = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private static Entry entry(JsonParser parser, int number) {
    Message request = new Message();
    Message response = new Message();
    boolean cached = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("request") && value == JsonToken.START_OBJECT) {
        request = message(parser);
      } else if (name.equals("response") && value == JsonToken.START_OBJECT) {
        response = message(parser);
      } else if (name.equals("_fromCache")) {
        cached = value == JsonToken.VALUE_STRING;
      } else {
        parser.skipChildren();
      }
    }
    return new Entry(
        number,
        new WireRequest(request.method, request.url, request.headers),
        response.status == 0
            ? Optional.empty()
            : Optional.of(
                new WireResponse(
                    response.status, response.reason, response.headers, new byte[0], "")),
        response.error,
        cached || response.cached);
  }

  private static Message message(JsonParser parser) {
    Message message = new Message();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("headers") && value == JsonToken.START_ARRAY) {
        message.headers = headers(parser);
      } else if (name.equals("status") && value == JsonToken.VALUE_NUMBER_INT) {
        message.status = status(parser);
      } else if (value == JsonToken.VALUE_STRING) {
        switch (name) {
          case "method" -> message.method = parser.getString();
          case "url" -> message.url = beginning(parser.getString());
          case "statusText" -> message.reason = parser.getString();
          case "_error", "_failureText" -> message.error = parser.getString();
          default -> {}
        }
      } else {
        parser.skipChildren();
      }
    }
    return message;
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), MAX_READ));
  }

  private static int status(JsonParser parser) {
    int status = parser.getIntValue();
    return status >= 100 && status < 1_000 ? status : 0;
  }

  /** In Chrome the names of HTTP/2 begin with a colon; they are not headers. */
  private static Headers headers(JsonParser parser) {
    List<Headers.Field> fields = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      String name = "";
      String content = "";
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          parser.skipChildren();
        } else if (key.equals("name")) {
          name = parser.getString();
        } else if (key.equals("value")) {
          content = beginning(parser.getString());
        }
      }
      // Chrome writes repeated lines as one, with line breaks.
      for (String line : content.split("\n", -1)) {
        String value = Headers.normalize(line);
        if (Bytes.isToken(name) && Headers.isValue(value) && fields.size() < MAX_HEADERS) {
          fields.add(new Headers.Field(name, value));
        }
      }
    }
    return Headers.of(fields);
  }
}

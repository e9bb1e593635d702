package dev.crosswalk.cors.cli.copied;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser's "Copy as fetch" holds, for the console or for Node.js: a URL, and an object
 * whose values are written out.
 */
final class FetchCall {

  private static final int MAX_DEPTH = 10;

  private FetchCall() {}

  static void read(String text, CopiedRequest request) {
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    if (close < open) {
      throw new IllegalArgumentException("the call of fetch is cut off: it has no closing bracket");
    }
    JsonNode arguments = arguments(text.substring(open + 1, close));
    if (arguments.isEmpty() || !arguments.get(0).isString()) {
      throw new IllegalArgumentException("the URL of fetch is not written out");
    }
    request.url(arguments.get(0).asString());
    JsonNode init = arguments.path(1);
    if (init.path("method").isString()) {
      request.method(init.get("method").asString());
    }
    init.path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().asString("")));
    if (init.path("body").isString()) {
      request.data(init.get("body").asString());
    }
    if (init.path("credentials").asString("").equals("include")) {
      request.includesCredentials();
    }
    request.referrer(init.path("referrer").asString(""));
  }

  /** As the browsers write them it is JSON; people write names without quotation marks. */
  private static JsonNode arguments(String text) {
    JsonFactory json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    try {
      return new JsonMapper(json).readTree("[" + text + "]");
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the call of fetch has values that only the page knows: write them out, or choose \"Copy"
              + " as cURL\"",
          e);
    }
  }
}

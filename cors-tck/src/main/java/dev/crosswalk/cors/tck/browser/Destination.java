package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;

/** {@code https://fetch.spec.whatwg.org/#concept-request-destination}, those tests ask for. */
public enum Destination {
  /** A script's own call. */
  EMPTY,
  /** {@code <script crossorigin>}, and every module script. */
  SCRIPT,
  /** {@code <link rel="stylesheet" crossorigin>}. */
  STYLE,
  /** {@code @font-face}: always with CORS. */
  FONT,
  /** {@code <img crossorigin>}. */
  IMAGE;

  String serialize() {
    return Bytes.lowerCase(name());
  }
}

package dev.crosswalk.cors.tck.wire;

import java.io.IOException;

/**
 * No HTTP response came. The message is one sentence that begins with the server's address and says
 * what happened.
 */
public final class WireException extends IOException {

  private static final long serialVersionUID = 1L;

  WireException(String message) {
    super(message);
  }

  WireException(String message, Throwable cause) {
    super(message, cause);
  }
}

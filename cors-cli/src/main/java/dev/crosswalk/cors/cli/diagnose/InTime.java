package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * Sends requests for some time, and then no more: a slow server is not asked again and again. What
 * leaves one path without an answer may do so with others, so that from then on only the URL is
 * asked that has got one; and not even that, if it gets none either.
 */
final class InTime implements Transport {

  private final Transport wire;
  private long end;
  private final String url;
  private boolean waited;

  /**
   * @param url that has got an answer
   */
  InTime(Transport wire, Duration time, String url) {
    this.wire = wire;
    this.end = System.nanoTime() + time.toNanos();
    this.url = url;
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    if (System.nanoTime() - end > 0 || waited && !request.url().equals(url)) {
      throw new IOException("not sent, as the answers before it took too long");
    }
    try {
      return wire.send(request);
    } catch (WireException e) {
      boolean late = e.failure() == Failure.TIME_OUT;
      waited |= late;
      end = late && request.url().equals(url) ? System.nanoTime() - 1 : end;
      throw e;
    }
  }
}

package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.time.Duration;

/** Sends requests for some time, and then no more: a slow server is not asked again and again. */
final class InTime implements Transport {

  private final Transport wire;
  private final long end;

  InTime(Transport wire, Duration time) {
    this.wire = wire;
    this.end = System.nanoTime() + time.toNanos();
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    if (System.nanoTime() - end > 0) {
      throw new IOException("not sent, as the answers before it took too long");
    }
    return wire.send(request);
  }
}

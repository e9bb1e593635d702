package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.RequestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Decides as another does, and remembers what the adapter said of each request. */
final class Witness implements Cors {

  /**
   * What the adapter said of a request.
   *
   * @param origin the value of {@code Origin}
   * @param names the value of {@code Access-Control-Request-Headers}
   * @param site the value of {@code Sec-Fetch-Site}
   */
  record Told(
      String method,
      String path,
      @Nullable String origin,
      @Nullable String names,
      @Nullable String site) {}

  private final Cors cors;
  private final List<Told> told = new ArrayList<>();
  private final AtomicInteger warned = new AtomicInteger();

  Witness(Cors cors) {
    this.cors = cors;
  }

  @Override
  public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    record(request, reader);
    return cors.decide(request, reader);
  }

  @Override
  public <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
    record(request, reader);
    return cors.decideAgain(request, reader);
  }

  private synchronized <Q> void record(Q request, RequestReader<? super Q> reader) {
    told.add(
        new Told(
            reader.method(request),
            reader.path(request),
            // In any case: names of fields have none.
            reader.header(request, "ORIGIN"),
            reader.header(request, "access-control-request-headers"),
            reader.header(request, "Sec-Fetch-Site")));
  }

  @Override
  public void logWarnings() {
    warned.incrementAndGet();
  }

  /** How often the adapter asked for the warnings to be logged. */
  int warned() {
    return warned.get();
  }

  /** What was said since this was last asked. */
  synchronized List<Told> told() {
    List<Told> said = List.copyOf(told);
    told.clear();
    return said;
  }
}

package dev.crosswalk.examples.jaxrs;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;

/** What else a service has: a page behind a login, a defect, a stream. */
@Singleton
@Path("/")
public final class OtherResource {

  private final Timer clock = new Timer("ticks", true);

  /** {@return who is logged in} */
  @GET
  @Path("me")
  @Login.Required
  @Produces(MediaType.APPLICATION_JSON)
  public Map<String, String> me() {
    return Map.of("name", "alice");
  }

  /** {@return nothing: this is a defect} */
  @GET
  @Path("broken")
  public String broken() {
    throw new IllegalStateException("This route is broken.");
  }

  /**
   * Sends the time every second.
   *
   * @param sink where to
   * @param sse what makes events
   */
  @GET
  @Path("ticks")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void ticks(@Context SseEventSink sink, @Context Sse sse) {
    TimerTask tick =
        new TimerTask() {
          @Override
          public void run() {
            if (sink.isClosed()) {
              cancel();
            } else {
              sink.send(sse.newEvent(Instant.now().toString()));
            }
          }
        };
    clock.schedule(tick, 0, 1_000);
  }
}

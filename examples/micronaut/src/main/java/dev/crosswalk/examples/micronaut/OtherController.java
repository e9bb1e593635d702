package dev.crosswalk.examples.micronaut;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What else a service has: a page behind a login, a defect, a stream. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class OtherController {

  @Get("/me")
  @Secured(SecurityRule.IS_AUTHENTICATED)
  Map<String, String> me(Principal user) {
    return Map.of("name", user.getName());
  }

  @Get("/broken")
  String broken() {
    throw new IllegalStateException("This route is broken.");
  }

  /** Sends the time every second. */
  @Get(value = "/ticks", produces = MediaType.TEXT_EVENT_STREAM)
  Publisher<Event<String>> ticks() {
    return Flux.interval(Duration.ZERO, Duration.ofSeconds(1))
        .map(tick -> Event.of(Instant.now().toString()));
  }
}

package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.CorsDecision;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/**
 * A response whose headers the policy writes last. Spring runs what waits for the commit in the
 * order in which it was added, and others add theirs after the first filter: Spring Security's
 * header writers, filters of the application.
 */
class PolicyServerHttpResponse extends ServerHttpResponseDecorator {

  private final CorsDecision decision;
  private final boolean isHandshake;
  private volatile boolean hasStatus;
  private volatile boolean opensWebSocket;

  private PolicyServerHttpResponse(
      ServerHttpResponse response, CorsDecision decision, boolean isHandshake) {
    super(response);
    this.decision = decision;
    this.isHandshake = isHandshake;
  }

  /**
   * Makes a response.
   *
   * @param response the server's
   * @param decision what the policy says
   * @param isHandshake whether the request may open a WebSocket. Anybody can send its fields to any
   *     resource, so the response has the headers unless it opens one.
   */
  static ServerHttpResponse of(
      ServerHttpResponse response, CorsDecision decision, boolean isHandshake) {
    PolicyServerHttpResponse wrapped =
        response instanceof ZeroCopyHttpOutputMessage
            ? new ZeroCopy(response, decision, isHandshake)
            : new PolicyServerHttpResponse(response, decision, isHandshake);
    response.beforeCommit(wrapped::write);
    return wrapped;
  }

  /** Whether a response has the headers of a policy, whatever is around it. */
  static boolean isAround(ServerHttpResponse response) {
    if (response instanceof PolicyServerHttpResponse of
        && of.decision.owns("Access-Control-Allow-Origin")) {
      return true;
    }
    return response instanceof ServerHttpResponseDecorator decorator
        && isAround(decorator.getDelegate());
  }

  private Mono<Void> write() {
    if (!opensWebSocket) {
      decision.writeTo(getHeaders(), CorsPolicyWebFilter.WRITER);
    }
    return Mono.empty();
  }

  @Override
  public void beforeCommit(Supplier<? extends Mono<Void>> action) {
    super.beforeCommit(() -> action.get().then(Mono.defer(this::write)));
  }

  @Override
  public boolean setStatusCode(@Nullable HttpStatusCode status) {
    hasStatus = status != null;
    return super.setStatusCode(status);
  }

  @Override
  public boolean setRawStatusCode(@Nullable Integer status) {
    hasStatus = status != null;
    return super.setRawStatusCode(status);
  }

  /**
   * Spring completes the response that opens a WebSocket, without content and without a status,
   * before it writes the 101 past this response.
   */
  @Override
  public Mono<Void> setComplete() {
    opensWebSocket = isHandshake && !hasStatus;
    return super.setComplete();
  }

  /** Keeps what lets a server send files without reading them. */
  private static final class ZeroCopy extends PolicyServerHttpResponse
      implements ZeroCopyHttpOutputMessage {

    ZeroCopy(ServerHttpResponse response, CorsDecision decision, boolean isHandshake) {
      super(response, decision, isHandshake);
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
      return ((ZeroCopyHttpOutputMessage) getDelegate()).writeWith(file, position, count);
    }
  }
}

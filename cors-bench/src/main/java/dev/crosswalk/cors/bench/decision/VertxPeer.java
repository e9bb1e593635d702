package dev.crosswalk.cors.bench.decision;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's handler, with requests and responses that are the plain ones. Vert.x's interfaces have a
 * hundred methods and more. Here are those that the handler calls; the others throw.
 */
final class VertxPeer implements Peer.Handling {

  private static final Constructor<? extends Context> CONTEXT = completed(Context.class);
  private static final Constructor<? extends Asked> ASKED = completed(Asked.class);
  private static final Constructor<? extends AskedFields> ASKED_FIELDS =
      completed(AskedFields.class);

  private final CorsHandler handler = CorsHandler.create();
  private final Answer answer;

  VertxPeer(Scenario scenario, PlainResponse response) {
    if (scenario.origins == Scenario.Origins.ANY) {
      handler.addOrigin("*");
    } else {
      handler.addOrigins(scenario.origins.exact());
    }
    if (scenario.origins.hasPattern()) {
      handler.addOriginWithRegex("https://([a-z0-9-]+\\.)+example\\.com");
    }
    handler
        .allowedMethods(
            Scenario.METHODS.stream().map(HttpMethod::valueOf).collect(Collectors.toSet()))
        .allowedHeaders(Set.copyOf(Scenario.REQUEST_HEADERS))
        .exposedHeaders(Set.copyOf(Scenario.RESPONSE_HEADERS))
        .maxAgeSeconds((int) Scenario.MAX_AGE.toSeconds());
    AnswerFields fields = made(completed(AnswerFields.class), response);
    answer = made(completed(Answer.class), response, fields);
  }

  @Override
  public Object received(PlainRequest plain) {
    AskedFields fields = made(ASKED_FIELDS, plain);
    Asked asked = made(ASKED, HttpMethod.valueOf(plain.method()), fields);
    return made(CONTEXT, asked, answer);
  }

  @Override
  public int handle(Object request) {
    answer.status = 200;
    Context context = (Context) request;
    handler.handle(context);
    return context.proceeds ? 0 : answer.status;
  }

  @Override
  public @Nullable String header(String name) {
    return answer.plain.get(name.toLowerCase(Locale.ROOT));
  }

  /** Returns how to make one of a class that lacks methods of its interface. */
  @SuppressWarnings("unchecked") // A subclass has the constructors of its superclass.
  private static <T> Constructor<? extends T> completed(Class<T> type) {
    return (Constructor<? extends T>)
        new ByteBuddy()
            .subclass(type)
            .make()
            .load(
                type.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
            .getLoaded()
            .getDeclaredConstructors()[0];
  }

  private static <T> T made(Constructor<T> constructor, Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A request that is routed. */
  abstract static class Context implements RoutingContextInternal {

    final Asked asked;
    final Answer answer;
    boolean proceeds;

    Context(Asked asked, Answer answer) {
      this.asked = asked;
      this.answer = answer;
    }

    @Override
    public HttpServerRequest request() {
      return asked;
    }

    @Override
    public HttpServerResponse response() {
      return answer;
    }

    @Override
    public RoutingContextInternal visitHandler(int id) {
      return this;
    }

    @Override
    public void next() {
      proceeds = true;
    }

    @Override
    public void fail(int status, Throwable reason) {
      answer.status = status;
    }
  }

  abstract static class Asked implements HttpServerRequest {

    final HttpMethod method;
    final AskedFields fields;

    Asked(HttpMethod method, AskedFields fields) {
      this.method = method;
      this.fields = fields;
    }

    @Override
    public HttpMethod method() {
      return method;
    }

    @Override
    public MultiMap headers() {
      return fields;
    }

    @Override
    public @Nullable String getHeader(CharSequence name) {
      return fields.get(name);
    }
  }

  abstract static class AskedFields implements MultiMap {

    final PlainRequest plain;

    AskedFields(PlainRequest plain) {
      this.plain = plain;
    }

    @Override
    public @Nullable String get(CharSequence name) {
      if (name == HttpHeaders.ORIGIN) {
        return plain.origin();
      }
      if (name == HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) {
        return plain.requestedMethod();
      }
      return name == HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS
          ? plain.requestedNames()
          : plain.header(name.toString());
    }

    @Override
    public boolean contains(CharSequence name) {
      return get(name) != null;
    }
  }

  abstract static class Answer implements HttpServerResponse {

    final PlainResponse plain;
    final AnswerFields fields;
    int status;

    Answer(PlainResponse plain, AnswerFields fields) {
      this.plain = plain;
      this.fields = fields;
    }

    @Override
    public MultiMap headers() {
      return fields;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, CharSequence value) {
      plain.set(name.toString(), value.toString());
      return this;
    }

    @Override
    public HttpServerResponse setStatusCode(int code) {
      status = code;
      return this;
    }

    @Override
    public HttpServerResponse setStatusMessage(String message) {
      return this;
    }

    @Override
    public Future<Void> end() {
      return Future.succeededFuture();
    }
  }

  abstract static class AnswerFields implements MultiMap {

    final PlainResponse plain;

    AnswerFields(PlainResponse plain) {
      this.plain = plain;
    }

    @Override
    public @Nullable String get(CharSequence name) {
      return plain.get(name.toString());
    }

    @Override
    public boolean contains(CharSequence name) {
      return plain.get(name.toString()) != null;
    }

    @Override
    public MultiMap set(CharSequence name, CharSequence value) {
      plain.set(name.toString(), value.toString());
      return this;
    }
  }
}

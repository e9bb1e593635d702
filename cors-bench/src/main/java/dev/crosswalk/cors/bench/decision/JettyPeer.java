package dev.crosswalk.cors.bench.decision;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Jetty's handler, with requests and responses that hold Jetty's own fields and no more. */
final class JettyPeer implements Peer.Handling {

  private static final Request NO_REQUEST = Servlets.nothing(Request.class);

  private final CrossOriginHandler handler = new CrossOriginHandler();
  private final Answer answer = new Answer();
  private boolean proceeds;

  JettyPeer(Scenario scenario) throws Exception {
    // Every allowed origin is a regular expression to this handler.
    Set<String> patterns =
        scenario.origins == Scenario.Origins.ANY
            ? Set.of("*")
            : scenario.origins.exact().stream()
                .map(Pattern::quote)
                .collect(Collectors.toCollection(HashSet::new));
    if (scenario.origins.hasPattern()) {
      patterns.add("https://([a-z0-9-]+\\.)+example\\.com");
    }
    handler.setAllowedOriginPatterns(patterns);
    handler.setAllowedMethods(Set.copyOf(Scenario.METHODS));
    handler.setAllowedHeaders(Set.copyOf(Scenario.REQUEST_HEADERS));
    handler.setExposedHeaders(Set.copyOf(Scenario.RESPONSE_HEADERS));
    handler.setPreflightMaxAge(Scenario.MAX_AGE);
    handler.setAllowCredentials(false);
    handler.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            proceeds = true;
            return true;
          }
        });
    handler.start();
  }

  private static final class Asked extends Request.Wrapper {

    private final String method;
    private final HttpFields fields;

    Asked(PlainRequest plain) {
      super(NO_REQUEST);
      method = plain.method();
      HttpFields.Mutable all = HttpFields.build();
      add(all, HttpHeader.HOST, "api.example");
      all.add("Sec-Fetch-Site", String.valueOf(plain.header("Sec-Fetch-Site")));
      add(all, HttpHeader.ORIGIN, plain.origin());
      add(all, HttpHeader.ACCESS_CONTROL_REQUEST_METHOD, plain.requestedMethod());
      add(all, HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS, plain.requestedNames());
      fields = all.asImmutable();
    }

    private static void add(HttpFields.Mutable all, HttpHeader name, @Nullable String value) {
      if (value != null) {
        all.add(new HttpField(name, value));
      }
    }

    @Override
    public String getMethod() {
      return method;
    }

    @Override
    public HttpFields getHeaders() {
      return fields;
    }
  }

  private static final class Answer extends Response.Wrapper {

    private final HttpFields.Mutable fields = HttpFields.build();
    private int status;

    Answer() {
      super(NO_REQUEST, Servlets.nothing(Response.class));
    }

    @Override
    public HttpFields.Mutable getHeaders() {
      return fields;
    }

    @Override
    public void setStatus(int code) {
      status = code;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
      callback.succeeded();
    }
  }

  @Override
  public Object received(PlainRequest request) {
    return new Asked(request);
  }

  @Override
  public int handle(Object request) throws Exception {
    answer.fields.clear();
    answer.status = 200;
    proceeds = false;
    handler.handle((Asked) request, answer, Callback.NOOP);
    return proceeds ? 0 : answer.status;
  }

  @Override
  public @Nullable String header(String name) {
    return answer.fields.get(name);
  }
}

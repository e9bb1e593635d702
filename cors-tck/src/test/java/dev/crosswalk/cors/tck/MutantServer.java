package dev.crosswalk.cors.tck;

import com.sun.net.httpserver.HttpExchange;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The reference adapter with one step broken. */
public final class MutantServer extends JdkServer {

  /** An origin that no policy allows. */
  private static final String NOBODY = "https://none.example";

  private final Step step;

  /** What the policy and its guard say, by the names of configuration. */
  private final Map<String, List<String>> settings = new HashMap<>();

  /** What a wrong implementation keeps between requests. */
  final ConcurrentMap<Object, String> state = new ConcurrentHashMap<>();

  public MutantServer(Cors cors, TestApplication application, Step step) throws IOException {
    super(cors, application);
    this.step = step;
    for (String line : cors.toString().split("\n")) {
      String[] setting = line.split("=", 2);
      if (setting.length == 2) {
        settings.put(setting[0], List.of(setting[1].split(", ")));
      }
    }
  }

  /** The members of a setting, such as {@code allowed-methods}; none if it is not set. */
  List<String> setting(String name) {
    return settings.getOrDefault("cors." + name, List.of());
  }

  /** The origins and patterns that the policy allows. */
  List<String> origins() {
    return Stream.of("allowed-origins", "dangerously-allowed-origins")
        .flatMap(name -> setting(name).stream())
        .toList();
  }

  /** The route that a request leads to, by its method or by the one that a preflight asks for. */
  Optional<TestApplication.Route> route(HttpExchange exchange) {
    String asked = exchange.getRequestHeaders().getFirst("Access-Control-Request-Method");
    String method = method(exchange).equals("OPTIONS") && asked != null ? asked : method(exchange);
    return application.routes().stream()
        .filter(route -> route.path().equals(exchange.getRequestURI().getPath()))
        .filter(route -> route.method().equals(method))
        .findFirst();
  }

  /** Whether the route that a request leads to answers in one of these ways. */
  boolean leadsTo(HttpExchange exchange, TestApplication.Behavior... behaviors) {
    return route(exchange).filter(r -> List.of(behaviors).contains(r.behavior())).isPresent();
  }

  /** The steps of the reference adapter, each as it should be. */
  public static class Step {

    /** What the policy is told of a request header. */
    String header(MutantServer server, HttpExchange exchange, String name, String value) {
      return value;
    }

    String method(HttpExchange exchange) {
      return exchange.getRequestMethod();
    }

    String path(HttpExchange exchange) {
      return exchange.getRequestURI().getRawPath();
    }

    /** What the response has, in the eyes of the adapter. */
    String get(HttpExchange exchange, String name) {
      return RequestReader.combine(exchange.getResponseHeaders().get(name));
    }

    /** Whether it starts without a policy. */
    public boolean acceptsNull() {
      return false;
    }

    void handle(MutantServer server, HttpExchange exchange) throws IOException {
      server.proceed(exchange);
    }

    void write(Call call) {
      call.writeDecision();
    }
  }

  /** A response that is about to leave. */
  static final class Call {
    final MutantServer server;
    final HttpExchange exchange;
    final CorsDecision decision;
    final Reply reply;
    final boolean streamed;
    int status;
    List<String> chunks;

    Call(
        MutantServer server,
        HttpExchange exchange,
        CorsDecision decision,
        Reply reply,
        boolean streamed) {
      this.server = server;
      this.exchange = exchange;
      this.decision = decision;
      this.reply = reply;
      this.streamed = streamed;
      this.status = reply.status();
      this.chunks = reply.chunks();
    }

    void writeDecision() {
      decision.writeTo(exchange, server);
    }

    boolean preflight() {
      return decision instanceof CorsDecision.Respond;
    }

    boolean allowed() {
      return decision.outcome() == Outcome.ALLOWED;
    }

    /** Refused for its origin, or of the server's own, which is not told apart by many. */
    boolean refused() {
      return decision.outcome().name().contains("ORIGIN");
    }

    /** Refused by the guard. */
    boolean refusedWrite() {
      return decision.outcome().name().startsWith("WRITE");
    }

    String origin() {
      return request("Origin");
    }

    /** The members of one of the policy's settings, as the value of a header. */
    String setting(String name) {
      return String.join(", ", server.setting(name));
    }

    /** Sends a setting of the policy; nothing where it is not set. */
    void setFrom(String setting, String header) {
      if (!setting(setting).isEmpty()) {
        set(header, setting(setting));
      }
    }

    /** The first line of a request header, or an empty string. */
    String request(String name) {
      String value = exchange.getRequestHeaders().getFirst(name);
      return value == null ? "" : value;
    }

    String get(String name) {
      String value = server.get(exchange, name);
      return value == null ? "" : value;
    }

    boolean has(String name) {
      return server.get(exchange, name) != null;
    }

    void set(String name, String value) {
      server.set(exchange, name, value);
    }

    void add(String name, String value) {
      exchange.getResponseHeaders().add(name, value);
    }

    void remove(String... names) {
      for (String name : names) {
        server.remove(exchange, name);
      }
    }

    void removeCors() {
      remove(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Max-Age",
          "Access-Control-Expose-Headers");
    }
  }

  /**
   * A wrong comparison of origins. The policy is asked about another origin, and what is granted to
   * that one is granted to the one that asks.
   */
  static final class Comparison extends Step {
    private final BiFunction<List<String>, String, String> takenFor;

    private Comparison(BiFunction<List<String>, String, String> takenFor) {
      this.takenFor = takenFor;
    }

    /**
     * Which origin it takes another one for.
     *
     * @param configured the origins and patterns that the policy allows
     */
    String takenFor(List<String> configured, String origin) {
      return takenFor.apply(configured, origin);
    }

    @Override
    String header(MutantServer server, HttpExchange exchange, String name, String value) {
      return name.equals("Origin") && value != null ? takenFor(server.origins(), value) : value;
    }

    @Override
    void write(Call call) {
      call.writeDecision();
      String real = RequestReader.combine(call.exchange.getRequestHeaders().get("Origin"));
      if (real != null
          && call.get("Access-Control-Allow-Origin")
              .equals(takenFor(call.server.origins(), real))) {
        call.set("Access-Control-Allow-Origin", real);
      }
    }
  }

  /** Origins are changed before they are compared. */
  static Step normalizes(UnaryOperator<String> change) {
    return new Comparison((configured, origin) -> change.apply(origin));
  }

  /** An origin is granted, too, if this holds for it and one of the configured origins. */
  static Step alsoGrants(BiPredicate<String, String> wrong) {
    return new Comparison(
        (configured, origin) ->
            configured.stream()
                .filter(one -> !one.equals("*") && !one.equals("null") && wrong.test(one, origin))
                .map(one -> one.replace("://*.", "://a.").replace(":*", ":8080").replace("*", "x"))
                .findFirst()
                .orElse(origin));
  }

  /** An origin is refused if this holds for it and the configured origins. */
  static Step refuses(BiPredicate<List<String>, String> wrong) {
    return new Comparison((configured, origin) -> wrong.test(configured, origin) ? NOBODY : origin);
  }

  /** The policy is told another value of a request header. */
  static Step request(String header, BiFunction<HttpExchange, String, String> lie) {
    return new Step() {
      @Override
      String header(MutantServer server, HttpExchange exchange, String name, String value) {
        return name.equals(header) ? lie.apply(exchange, value) : value;
      }
    };
  }

  /** Something is done to the response after the decision has been written. */
  static Step response(Consumer<Call> spoil) {
    return new Step() {
      @Override
      void write(Call call) {
        call.writeDecision();
        spoil.accept(call);
      }
    };
  }

  /** Something is done instead of writing the decision. */
  static Step instead(Consumer<Call> spoil) {
    return new Step() {
      @Override
      void write(Call call) {
        spoil.accept(call);
      }
    };
  }

  /** The request goes another way. */
  public static Step flow(Flow flow) {
    return new Step() {
      @Override
      void handle(MutantServer server, HttpExchange exchange) throws IOException {
        flow.handle(server, exchange);
      }
    };
  }

  /** The guard is not asked. */
  static Step unguarded(Predicate<HttpExchange> where) {
    return unguarded((server, exchange) -> where.test(exchange));
  }

  /** The guard is not asked. */
  static Step unguarded(BiPredicate<MutantServer, HttpExchange> where) {
    Cors policy = TestPolicy.GUARDED.permissions().policy();
    return flow(
        (server, exchange) -> {
          if (server.cors instanceof CrossOriginGuard && where.test(server, exchange)) {
            server.follow(policy.decide(exchange, server), exchange);
          } else {
            server.proceed(exchange);
          }
        });
  }

  /** The guard refuses what it should not. */
  static Step refusing(Predicate<HttpExchange> where) {
    return refusing((server, exchange) -> where.test(exchange));
  }

  /** The guard refuses what it should not. */
  static Step refusing(BiPredicate<MutantServer, HttpExchange> where) {
    return flow(
        (server, exchange) -> {
          if (server.cors instanceof CrossOriginGuard && where.test(server, exchange)) {
            server.answer(exchange, 403);
          } else {
            server.proceed(exchange);
          }
        });
  }

  /** Another way through the server. */
  public interface Flow {
    void handle(MutantServer server, HttpExchange exchange) throws IOException;
  }

  /** The right way. */
  public void proceed(HttpExchange exchange) throws IOException {
    super.handle(exchange);
  }

  /** Takes so many milliseconds, and no longer than a rule can wait. */
  static void pause(long millis) {
    try {
      Thread.sleep(Math.min(millis, 1_100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An answer that no policy has been asked about. */
  void answer(HttpExchange exchange, int status) throws IOException {
    commit(exchange, status, List.of(), false);
  }

  /** Fails, as software does, or goes on. */
  void failIf(boolean broken, HttpExchange exchange) throws IOException {
    if (broken) {
      answer(exchange, 500);
    } else {
      proceed(exchange);
    }
  }

  /** Runs the handlers of a path, whatever their method. */
  void runHandlers(String path) {
    application.routes().stream()
        .filter(route -> route.path().equals(path))
        .limit(1)
        .forEach(TestApplication.Route::call);
  }

  CorsDecision decide(HttpExchange exchange) {
    return cors.decide(exchange, this);
  }

  @Override
  void handle(HttpExchange exchange) throws IOException {
    step.handle(this, exchange);
  }

  @Override
  void send(HttpExchange exchange, CorsDecision decision, Reply reply, boolean streamed)
      throws IOException {
    reply.headers().forEach(f -> exchange.getResponseHeaders().add(f.name(), f.value()));
    Call call = new Call(this, exchange, decision, reply, streamed);
    step.write(call);
    commit(exchange, call.status, call.chunks, streamed);
  }

  @Override
  public String method(HttpExchange exchange) {
    return step == null ? super.method(exchange) : step.method(exchange);
  }

  @Override
  public String path(HttpExchange exchange) {
    return step.path(exchange);
  }

  @Override
  public String get(HttpExchange exchange, String name) {
    return step.get(exchange, name);
  }

  @Override
  public String header(HttpExchange exchange, String name) {
    String value = super.header(exchange, name);
    return step == null ? value : step.header(this, exchange, name, value);
  }
}

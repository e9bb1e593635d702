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
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The reference adapter with one step broken. */
public final class MutantServer extends JdkServer {

  private final Step step;

  /** What a wrong implementation keeps between requests. */
  final ConcurrentMap<Object, String> state = new ConcurrentHashMap<>();

  public MutantServer(Cors cors, TestApplication application, Step step) throws IOException {
    super(cors, application);
    this.step = step;
  }

  /** The steps of the reference adapter, each as it should be. */
  public static class Step {

    /** What the policy is told of a request header. */
    String header(MutantServer server, HttpExchange exchange, String name, String value) {
      return value;
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

  /** The policy is asked about another origin, and what is granted to it is granted to this one. */
  static Step origin(UnaryOperator<String> pretend) {
    return new Step() {
      @Override
      String header(MutantServer server, HttpExchange exchange, String name, String value) {
        return name.equals("Origin") && value != null ? pretend.apply(value) : value;
      }

      @Override
      void write(Call call) {
        call.writeDecision();
        String real = RequestReader.combine(call.exchange.getRequestHeaders().get("Origin"));
        if (real != null && call.get("Access-Control-Allow-Origin").equals(pretend.apply(real))) {
          call.set("Access-Control-Allow-Origin", real);
        }
      }
    };
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

  /** Something is done in place of writing the decision. */
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
    Cors policy = TestPolicy.GUARDED.permissions().policy();
    return flow(
        (server, exchange) -> {
          if (server.cors instanceof CrossOriginGuard && where.test(exchange)) {
            server.follow(policy.decide(exchange, server), exchange);
          } else {
            server.proceed(exchange);
          }
        });
  }

  /** The guard refuses what it should not. */
  static Step refusing(Predicate<HttpExchange> where) {
    return flow(
        (server, exchange) -> {
          if (server.cors instanceof CrossOriginGuard && where.test(exchange)) {
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
  public String header(HttpExchange exchange, String name) {
    String value = super.header(exchange, name);
    return step == null ? value : step.header(this, exchange, name, value);
  }
}

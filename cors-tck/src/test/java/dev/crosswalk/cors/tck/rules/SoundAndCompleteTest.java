package dev.crosswalk.cors.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * For every policy, and every request that a browser can make: the browser lets the script read the
 * response if and only if the policy says so. Random policies and requests, without a network
 * between: 200 000 pairs, or a million with {@code -Dpolicies=1300}.
 */
class SoundAndCompleteTest {

  private static final long SEED = Long.getLong("seed", 20_261_123);
  private static final int POLICIES = Integer.getInteger("policies", 260);
  private static final int REQUESTS = 800;
  private static final String URL = "https://api.tck.example/resource";

  private static final List<String> ORIGINS =
      List.of(
          "https://app.tck.example",
          "https://admin.tck.example",
          "https://app.tck.example:8443",
          "http://localhost:3000",
          "http://localhost:*",
          "http://127.0.0.1:3000",
          "http://[::1]:3000",
          "https://*.sub.tck.example",
          "https://*.tck.example",
          "https://app-*-team.tck.example",
          "https://my_app.tck.example",
          "https://xn--bcher-kva.tck.example",
          "capacitor://localhost",
          "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
          "null");

  private static final List<String> METHODS =
      List.of("PUT", "PATCH", "DELETE", "QUERY", "CHICKEN", "TacO", "patch", "x!y");

  private static final List<String> NAMES =
      List.of("Content-Type", "Authorization", "X-Tck", "X-Tck-Other", "x_tck.special!", "Range");

  /** A policy, a request, and the browser. */
  private record Case(Permissions permissions, Request request, Engine engine) {

    /** Whether what the script gets is what the policy says. */
    boolean holds() {
      return isRead(permissions.policy(), request, engine) == permissions.allow(request, engine);
    }

    @Override
    public String toString() {
      return permissions
          + "\n"
          + RequestSample.curl(request)
          + "\nThe policy says "
          + (permissions.allow(request, engine) ? "yes" : "no")
          + ", "
          + engine
          + " says "
          + (isRead(permissions.policy(), request, engine) ? "yes" : "no");
    }
  }

  @Test
  void a_browser_lets_a_script_read_what_the_policy_says_and_nothing_else() {
    Random random = new Random(SEED);
    RequestSample sample = new RequestSample(SEED, true);
    Map<Engine, List<Fetched>> requests = new EnumMap<>(Engine.class);
    List<Request> made = Stream.generate(() -> sample.next(URL)).limit(REQUESTS).toList();
    for (Engine engine : Engine.values()) {
      requests.put(engine, made.stream().map(request -> Fetched.of(request, engine)).toList());
    }
    long pairs = 0;
    long read = 0;
    for (int i = 0; i < POLICIES; i++) {
      Permissions permissions = anyPermissions(random);
      CorsPolicy policy = permissions.policy();
      // One engine for each policy; each engine meets hundreds of them.
      Engine engine = Engine.values()[i % Engine.values().length];
      for (Fetched fetched : requests.get(engine)) {
        boolean isRead = fetched.isRead(policy);
        if (isRead != permissions.allow(fetched.request(), engine)) {
          fail("seed " + SEED + "\n" + smallest(new Case(permissions, fetched.request(), engine)));
        }
        pairs++;
        read += isRead ? 1 : 0;
      }
    }
    System.out.println(pairs + " pairs of a policy and a request, " + read + " of them read");
    assertTrue(pairs >= 200_000, "pairs: " + pairs);
    // Neither answer may be an exception, or the test says nothing about the other.
    assertTrue(read > pairs / 20 && read < pairs * 19 / 20, "read: " + read + " of " + pairs);
  }

  private static boolean isRead(Cors cors, Request request, Engine engine) {
    return Fetched.of(request, engine).isRead(cors);
  }

  /**
   * The single steps of the browser, without the redirects, caches and bodies of a whole fetch.
   *
   * @param preflight null if there is none
   */
  private record Fetched(
      Request request, UserAgent browser, WireRequest preflight, WireRequest actual) {

    static Fetched of(Request request, Engine engine) {
      UserAgent browser = new UserAgent(engine);
      Headers headers = request.headers().with("Origin", request.origin());
      return new Fetched(
          request,
          browser,
          browser.needsPreflight(request) ? browser.preflight(request) : null,
          new WireRequest(request.method(), URL, headers));
    }

    boolean isRead(Cors cors) {
      return browser.corsCheck(request, answer(cors, actual)).isShared()
          && (preflight == null
              || browser.judgePreflight(request, answer(cors, preflight)).isShared());
    }
  }

  /** The smallest adapter: it has a request and a response of its own, and no server. */
  private static WireResponse answer(Cors cors, WireRequest request) {
    CorsDecision decision = cors.decide(request, READER);
    List<Headers.Field> fields = new ArrayList<>();
    decision.writeTo(fields, WRITER);
    int status = decision instanceof CorsDecision.Respond respond ? respond.status() : 200;
    return new WireResponse(status, Headers.of(fields));
  }

  private static final RequestReader<WireRequest> READER =
      new RequestReader<>() {
        @Override
        public String method(WireRequest request) {
          return request.method();
        }

        @Override
        public String path(WireRequest request) {
          return "/resource";
        }

        @Override
        public String header(WireRequest request, String name) {
          return request.headers().get(name).orElse(null);
        }
      };

  // Nobody but core writes here, always with the same names.
  private static final ResponseWriter<List<Headers.Field>> WRITER =
      new ResponseWriter<>() {
        @Override
        public String get(List<Headers.Field> response, String name) {
          for (Headers.Field field : response) {
            if (field.name().equals(name)) {
              return field.value();
            }
          }
          return null;
        }

        @Override
        public void set(List<Headers.Field> response, String name, String value) {
          remove(response, name);
          response.add(new Headers.Field(name, value));
        }

        @Override
        public void remove(List<Headers.Field> response, String name) {
          response.removeIf(field -> field.name().equals(name));
        }
      };

  /** Policies as people write them, and as they do not; those that cannot be built are left out. */
  private static Permissions anyPermissions(Random random) {
    while (true) {
      List<String> origins =
          random.nextInt(4) == 0 ? List.of("*") : some(ORIGINS, 1 + random.nextInt(8), random);
      Permissions permissions =
          new Permissions(
              origins,
              random.nextBoolean(),
              random.nextInt(4) == 0 ? List.of("*") : some(METHODS, random.nextInt(4), random),
              random.nextInt(4) == 0
                  ? random.nextBoolean() ? List.of("*") : List.of("*", "Authorization")
                  : some(NAMES, random.nextInt(5), random),
              List.of(),
              random.nextBoolean() ? Duration.ofMinutes(10) : null);
      if (built(permissions).isPresent()) {
        return permissions;
      }
    }
  }

  private static Optional<CorsPolicy> built(Permissions permissions) {
    try {
      return Optional.of(permissions.policy());
    } catch (InvalidCorsPolicyException e) {
      return Optional.empty();
    }
  }

  private static List<String> some(List<String> values, int count, Random random) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = values.get(random.nextInt(values.size()));
      if (!some.contains(value)) {
        some.add(value);
      }
    }
    return some;
  }

  // Shrinking: as long as something can be left out and the case still fails, it is left out.

  private static Case smallest(Case failing) {
    return smallest(failing, one -> !one.holds());
  }

  private static Case smallest(Case failing, Function<Case, Boolean> fails) {
    for (Case smaller : smaller(failing)) {
      if (built(smaller.permissions()).isPresent() && fails.apply(smaller)) {
        return smallest(smaller, fails);
      }
    }
    return failing;
  }

  private static List<Case> smaller(Case one) {
    Permissions p = one.permissions();
    List<Case> smaller = new ArrayList<>();
    for (List<String> origins : without(p.origins())) {
      smaller.add(
          with(
              one,
              new Permissions(
                  origins,
                  p.credentials(),
                  p.methods(),
                  p.requestHeaders(),
                  p.exposed(),
                  p.maxAge())));
    }
    for (List<String> methods : without(p.methods())) {
      smaller.add(with(one, p.methods(methods.toArray(new String[0]))));
    }
    for (List<String> names : without(p.requestHeaders())) {
      smaller.add(with(one, p.requestHeaders(names.toArray(new String[0]))));
    }
    if (p.credentials()) {
      smaller.add(
          with(
              one,
              new Permissions(
                  p.origins(), false, p.methods(), p.requestHeaders(), p.exposed(), p.maxAge())));
    }
    Request request = one.request();
    for (int i = 0; i < request.headers().fields().size(); i++) {
      smaller.add(with(one, copy(request, request.method(), i)));
    }
    if (!request.method().equals("GET")) {
      smaller.add(with(one, copy(request, "GET", -1)));
    }
    if (request.credentials() != Credentials.OMIT) {
      smaller.add(with(one, request.credentials(Credentials.OMIT)));
    }
    return smaller;
  }

  private static Case with(Case one, Permissions permissions) {
    return new Case(permissions, one.request(), one.engine());
  }

  private static Case with(Case one, Request request) {
    return new Case(one.permissions(), request, one.engine());
  }

  /** The request with another method, and without one of its headers. */
  private static Request copy(Request request, String method, int leftOut) {
    Request copy = Request.from(request.origin(), method, URL).credentials(request.credentials());
    List<Headers.Field> fields = request.headers().fields();
    for (int i = 0; i < fields.size(); i++) {
      if (i != leftOut) {
        copy = copy.header(fields.get(i).name(), fields.get(i).value());
      }
    }
    return copy;
  }

  private static List<List<String>> without(List<String> values) {
    List<List<String>> smaller = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      List<String> copy = new ArrayList<>(values);
      copy.remove(i);
      smaller.add(copy);
    }
    return smaller;
  }

  @Test
  void a_counterexample_shrinks_to_what_matters() {
    Permissions permissions =
        Permissions.to("https://app.tck.example", "https://admin.tck.example", "http://localhost:*")
            .methods("PUT", "PATCH")
            .requestHeaders("X-Tck", "Content-Type");
    Request request =
        Request.from("https://app.tck.example", "PUT", URL)
            .header("X-Tck", "1")
            .header("Content-Type", "application/json");
    // As if core were wrong about X-Tck.
    Case smallest =
        smallest(
            new Case(permissions, request, Engine.STANDARD),
            one ->
                one.permissions().requestHeaders().contains("X-Tck")
                    && one.request().headers().has("X-Tck"));
    assertEquals(List.of("X-Tck"), smallest.permissions().requestHeaders());
    assertEquals(List.of(), smallest.permissions().origins());
    assertEquals(List.of(), smallest.permissions().methods());
    assertEquals("GET", smallest.request().method());
    assertEquals(Headers.of("X-Tck", "1"), smallest.request().headers());
    assertTrue(smallest.toString().contains("cors.allowed-request-headers=X-Tck"));
    assertTrue(smallest.toString().contains("curl -i -X GET"), smallest.toString());
  }
}

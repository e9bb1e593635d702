package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Respond;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random policies and requests: the answer is, header by header, what {@code docs/answers.md} and
 * {@code docs/configuration.md} say. The oracle is written from their sentences, with regular
 * expressions, lists and no cache, and shares nothing with what it judges. A build compares 200 000
 * pairs, {@code -DargLine=-Dpairs=10000000} ten million.
 */
@DisplayName("The answer to any request under any policy")
class DocumentedAnswersTest {

  private static final long SEED = Long.getLong("seed", 20_261_127);
  private static final int PAIRS = Integer.getInteger("pairs", Rounds.of(100_000));
  private static final int REQUESTS_OF_A_POLICY = 400;

  private static final List<String> ORIGINS =
      List.of(
          "https://app.example",
          "https://app.example:8443",
          "http://localhost:*",
          "http://127.0.0.1:3000",
          "http://[::1]:3000",
          "https://*.sub.example",
          "https://*.deep.sub.example:*",
          "https://app-*-team.example",
          "https://*-team.sub.example",
          "https://my_app.example",
          "capacitor://localhost");

  private static final List<String> METHODS =
      List.of("PUT", "PATCH", "DELETE", "QUERY", "patch", "x!y", "OPTIONS");

  private static final List<String> NAMES =
      List.of("Content-Type", "Authorization", "X-A", "x-b", "x_c.d!");

  /** RFC 9110 §5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Of what Fetch forbids, what the requests below ask for. */
  private static final Pattern FORBIDDEN_METHOD = Pattern.compile("(?i)connect|trace|track");

  private static final Pattern FORBIDDEN_NAME =
      Pattern.compile("(?i)cookie|origin|host|te|(sec|proxy)-.*");

  /** What a policy was told to allow. */
  private record Told(
      List<String> origins,
      boolean opaque,
      boolean credentials,
      List<String> methods,
      List<String> names,
      List<String> exposed,
      @Nullable Integer maxAge) {

    static Told any(Random random) {
      return new Told(
          random.nextInt(8) == 0 ? List.of("*") : some(random, ORIGINS),
          random.nextInt(8) == 0,
          random.nextBoolean(),
          random.nextInt(4) == 0 ? List.of("*") : some(random, METHODS),
          switch (random.nextInt(8)) {
            case 0 -> List.of("*");
            case 1 -> List.of("*", "Authorization");
            default -> some(random, NAMES);
          },
          some(random, List.of("ETag", "X-Total")),
          random.nextBoolean() ? null : random.nextInt(86_401));
    }

    CorsPolicy policy() {
      CorsPolicy.Builder builder =
          CorsPolicy.builder()
              .allowOrigins(origins)
              .allowMethods(methods.toArray(String[]::new))
              .allowRequestHeaders(names.toArray(String[]::new))
              .exposeResponseHeaders(exposed.toArray(String[]::new));
      if (opaque) {
        builder.dangerouslyAllowOrigins("null");
      }
      if (credentials) {
        builder.allowCredentials();
      }
      if (maxAge != null) {
        builder.maxAge(Duration.ofSeconds(maxAge));
      }
      return builder.build();
    }

    boolean anyOrigin() {
      return origins.contains("*");
    }

    /** The value that is the same for everyone; null if the answers depend on the origin. */
    @Nullable String constant() {
      boolean isOne = origins.size() == 1 && !opaque && !origins.get(0).contains(":*");
      return anyOrigin() || isOne && !origins.get(0).contains("*") ? origins.get(0) : null;
    }

    boolean allowsOrigin(String origin) {
      return anyOrigin()
          || opaque && origin.equals("null")
          || origins.stream().anyMatch(pattern -> denotes(pattern, origin));
    }

    boolean allowsMethod(String method) {
      boolean isMethod = method.length() <= 64 && TOKEN.matcher(method).matches();
      boolean isForbidden = FORBIDDEN_METHOD.matcher(method).matches();
      return List.of("GET", "HEAD", "POST").contains(method)
          || methods.contains(method)
          || methods.contains("*") && isMethod && !isForbidden;
    }

    private boolean lists(String name) {
      return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    boolean allowsName(String name) {
      return TOKEN.matcher(name).matches()
          && (lists(name)
              || names.contains("*")
                  && !isForbidden(name)
                  && (credentials || !name.equalsIgnoreCase("authorization")));
    }

    private static boolean isForbidden(String name) {
      return FORBIDDEN_NAME.matcher(name).matches();
    }

    /** The value of Access-Control-Allow-Methods. */
    @Nullable String methods(String asked) {
      if (!allowsMethod(asked) && (methods.isEmpty() || methods.contains("*"))) {
        return "GET, HEAD, POST";
      }
      return methods.contains("*") && credentials ? asked : joined(methods, ", ");
    }

    /** The value of Access-Control-Allow-Headers. */
    @Nullable String names(List<String> asked) {
      if (!names.contains("*")) {
        return joined(names, ", ");
      }
      List<String> before = asked.stream().takeWhile(this::allowsName).map(Told::lower).toList();
      if (before.size() == asked.size()) {
        return credentials ? joined(before, ",") : joined(names, ", ");
      }
      // Browsers take a * for Authorization, so the answer has no *.
      boolean isAuthorization = asked.get(before.size()).equalsIgnoreCase("authorization");
      return isAuthorization && !before.contains("*") ? joined(before, ",") : null;
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String joined(List<String> values, String by) {
      return values.isEmpty() ? null : String.join(by, values);
    }
  }

  private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";

  private static final Map<String, Pattern> HOSTS = new HashMap<>();

  /** The table of patterns in {@code docs/configuration.md}, line by line. */
  private static boolean denotes(String pattern, String origin) {
    boolean anyPort = pattern.endsWith(":*");
    String withoutPort = anyPort ? pattern.substring(0, pattern.length() - 2) : pattern;
    int colon = origin.lastIndexOf(':');
    boolean hasPort = anyPort && colon > origin.indexOf(':') && !origin.endsWith("]");
    String host = hasPort ? origin.substring(0, colon) : origin;
    return HOSTS.computeIfAbsent(withoutPort, DocumentedAnswersTest::regex).matcher(host).matches()
        && host.length() - host.indexOf("://") - 3 <= 253
        && (!hasPort || isPort(origin.substring(colon + 1), origin.startsWith("https:")));
  }

  private static Pattern regex(String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return Pattern.compile(Pattern.quote(pattern));
    }
    String before = pattern.substring(0, star);
    String after = Pattern.quote(pattern.substring(star + 1));
    if (before.endsWith("://") && pattern.startsWith("*.", star)) {
      return Pattern.compile(Pattern.quote(before) + "(?:" + LABEL + "\\.)*" + LABEL + after);
    }
    int label = before.indexOf("://") + 3;
    return Pattern.compile(
        Pattern.quote(before.substring(0, label))
            + "(?="
            + LABEL
            + "\\.)"
            + Pattern.quote(before.substring(label))
            + "[a-z0-9_-]+"
            + after);
  }

  private static boolean isPort(String port, boolean isHttps) {
    return port.matches("[1-9][0-9]{0,4}")
        && Integer.parseInt(port) <= 65_535
        && !port.equals(isHttps ? "443" : "80");
  }

  /** What the documentation says of the answer: a status, or that the application answers. */
  private static String expected(Told told, Asked asked) {
    TreeMap<String, String> headers = new TreeMap<>();
    String origin = asked.origin();
    boolean isAllowed = origin != null && told.allowsOrigin(origin);
    String shared = told.constant() != null ? told.constant() : isAllowed ? origin : null;
    if (shared != null) {
      headers.put("Access-Control-Allow-Origin", shared);
      if (told.credentials()) {
        headers.put("Access-Control-Allow-Credentials", "true");
      }
    }
    String method = asked.requestedMethod();
    boolean isPreflight =
        asked.method().equals("OPTIONS") && origin != null && method != null && !method.isEmpty();
    if (!isPreflight) {
      if (shared != null && !told.exposed().isEmpty()) {
        headers.put("Access-Control-Expose-Headers", String.join(", ", told.exposed()));
      }
      if (told.constant() == null) {
        headers.put("Vary", "Origin");
      }
      return "proceeds " + headers;
    }
    headers.put(
        "Vary",
        (told.anyOrigin() ? "" : "Origin, ")
            + "Access-Control-Request-Method, Access-Control-Request-Headers");
    if (!isAllowed) {
      headers.remove("Access-Control-Allow-Credentials");
      return "403 " + headers;
    }
    String methods = told.methods(method);
    if (methods != null) {
      headers.put("Access-Control-Allow-Methods", methods);
    }
    String names = told.names(asked.members());
    if (names != null) {
      headers.put("Access-Control-Allow-Headers", names);
    }
    if (told.maxAge() != null) {
      headers.put("Access-Control-Max-Age", told.maxAge().toString());
    }
    return "204 " + headers;
  }

  private static boolean mayReadOrSend(Told told, Asked asked) {
    return told.allowsOrigin(asked.origin())
        && told.allowsMethod(asked.requestedMethod())
        && asked.members().stream().allMatch(told::allowsName);
  }

  /** A request. */
  private record Asked(
      String method,
      @Nullable String origin,
      @Nullable String requestedMethod,
      @Nullable String requestedNames) {

    static Asked any(Random random, Told told) {
      return new Asked(
          any(random, "GET", "POST", "OPTIONS", "OPTIONS", "OPTIONS", "OPTIONS", "options"),
          random.nextInt(20) == 0 ? null : origin(random, told),
          switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 ->
                any(random, "", " ", "P UT", "TRACE", "connect", "X".repeat(64), "X".repeat(65));
            case 2 -> any(random, "GET", "HEAD", "POST", "get", "*");
            default -> any(random, METHODS);
          },
          random.nextInt(4) == 0 ? null : names(random));
    }

    /** The members of the list that RFC 9110 §5.6.1.2 makes of the names. */
    List<String> members() {
      List<String> members = new ArrayList<>();
      for (String member : (requestedNames == null ? "" : requestedNames).split(",")) {
        String stripped = member.replaceAll("^[ \t]+|[ \t]+$", "");
        if (!stripped.isEmpty()) {
          members.add(stripped);
        }
      }
      return members;
    }

    Message message() {
      Message message = Message.request(method);
      if (origin != null) {
        message.with("Origin", origin);
      }
      if (requestedMethod != null) {
        message.with("Access-Control-Request-Method", requestedMethod);
      }
      if (requestedNames != null) {
        message.with("Access-Control-Request-Headers", requestedNames);
      }
      return message;
    }

    private static String origin(Random random, Told told) {
      String origin = any(random, random.nextInt(4) == 0 ? ORIGINS : told.origins());
      String covered = any(random, "x", "x-y", "app-x", "x.y", "x_y", "-", "X", "x".repeat(63));
      origin = origin.replaceFirst("://([a-z-]*)\\*", "://$1" + covered);
      origin = origin.replace(":*", any(random, "", ":1", ":80", ":443", ":65535", ":65536", ":0"));
      if (random.nextInt(3) == 0) {
        int at = random.nextInt(origin.length() + 1);
        origin =
            origin.substring(0, at)
                + any(random, "", "a", ".", "-", "/", ":", "A", "*", "\u212a", " ", ",")
                + origin.substring(Math.min(origin.length(), at + random.nextInt(2)));
      }
      return random.nextInt(20) == 0
          ? any(random, "null", "", "*", "https://evil.example", "https://a, https://b", "Null")
          : origin;
    }

    private static String names(Random random) {
      List<String> names = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        String name =
            switch (random.nextInt(12)) {
              case 0 -> any(random, "", " ", "*", "x y", "caf\u00e9", "x-a:", "x-\u212a");
              case 1 -> any(random, "cookie", "Sec-A", "proxy-b", "Host", "security", "TE", "tea");
              default -> any(random, NAMES);
            };
        names.add(random.nextBoolean() ? name.toLowerCase(Locale.ROOT) : name);
      }
      return String.join(any(random, ",", ", ", " ,\t", ",,"), names);
    }

    private static String any(Random random, String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private static String any(Random random, List<String> choices) {
      return choices.get(random.nextInt(choices.size()));
    }
  }

  private static List<String> some(Random random, List<String> values) {
    Set<String> some = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      some.add(values.get(random.nextInt(values.size())));
    }
    return List.copyOf(some);
  }

  private static String actual(CorsDecision decision) {
    Message response = Message.response();
    decision.writeTo(response, Message.WRITER);
    TreeMap<String, String> headers = new TreeMap<>();
    response
        .toString()
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(line -> assertEquals(null, headers.put(line[0], line[1])));
    return (decision instanceof Respond respond ? respond.status() : "proceeds") + " " + headers;
  }

  @Test
  void is_what_the_documentation_says() {
    Random random = new Random(SEED);
    long pairs = 0;
    long refused = 0;
    TreeMap<String, Integer> answers = new TreeMap<>();
    for (int i = 0; pairs < PAIRS; i++) {
      assertTrue(i < 1_000 + 20 * (PAIRS / REQUESTS_OF_A_POLICY), "too few policies can be built");
      Told told = Told.any(random);
      CorsPolicy policy;
      try {
        policy = told.policy();
      } catch (InvalidCorsPolicyException e) {
        continue; // Wrong together, which is tested elsewhere.
      }
      for (int j = 0; j < REQUESTS_OF_A_POLICY; j++) {
        Asked asked = Asked.any(random, told);
        CorsDecision decision = policy.decide(asked.message(), Message.READER);
        String expected = expected(told, asked);
        if (!expected.equals(actual(decision))) {
          assertEquals(expected, actual(decision), "seed " + SEED + "\n" + told + "\n" + asked);
        }
        if (!expected.startsWith("proceeds")) {
          boolean isRefused = !mayReadOrSend(told, asked);
          assertEquals(
              isRefused, decision.outcome().isRefusal(), () -> SEED + "\n" + told + "\n" + asked);
          refused += isRefused ? 1 : 0;
        }
        answers.merge(expected.substring(0, 3), 1, Integer::sum);
        pairs++;
      }
    }
    System.out.println(pairs + " pairs of a policy and a request: " + answers + ", " + refused);
    assertEquals(Set.of("204", "403", "pro"), answers.keySet());
    for (String answer : answers.keySet()) {
      assertTrue(answers.get(answer) > pairs / 10, answers::toString);
    }
    assertTrue(refused > pairs / 10, refused + ", " + answers);
  }
}

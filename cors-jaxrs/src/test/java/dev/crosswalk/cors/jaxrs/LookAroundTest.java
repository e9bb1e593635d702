package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a filter sees beside it, and says nothing of, on Jersey. */
class LookAroundTest {

  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins("https://app.example.com").build();

  /** A resource, and no filter, whatever its name. */
  @Path("/notes")
  public static class CorsNotes {
    @GET
    public String get() {
      return "notes";
    }
  }

  @Test
  void a_filter_alone_is_not_named_and_nothing_else_with_such_a_name() throws Exception {
    logged(); // what other tests have made
    assertEquals(List.of(), logged(new CorsNotes()));
  }

  /** One of another application, which starts later. */
  @Test
  void a_filter_that_is_made_after_the_application_has_started_is_not_named() throws Exception {
    logged(); // what other tests have made
    JaxRsServer server = start(new CorsPolicyFilter(POLICY));
    try (LogLines log = new LogLines()) {
      CorsPolicyFilter later = new CorsPolicyFilter(CorsPolicy.none());
      get(server);
      assertEquals(List.of(), log.lines());
      Reference.reachabilityFence(later);
    } finally {
      server.stop().close();
    }
  }

  @Test
  void a_filter_that_is_never_asked_is_not_kept() throws InterruptedException {
    WeakReference<CorsPolicyFilter> made = new WeakReference<>(new CorsPolicyFilter(POLICY));
    for (int i = 0; i < 100 && made.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(made.get());
  }

  /** A filter, and not for CORS. */
  public static class Ordinary implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {}
  }

  @Test
  void a_filter_of_another_name_is_not_named() throws Exception {
    logged(); // what other tests have made
    assertEquals(List.of(), logged(new Ordinary()));
  }

  /** Where it comes is chance. */
  @PreMatching
  @Priority(Integer.MIN_VALUE)
  public static class AsEarly extends Ordinary {}

  /** It always comes after the policy, because it waits for the resource. */
  @Priority(Integer.MIN_VALUE)
  public static class BehindMatching extends Ordinary {}

  /** It always comes after the policy. */
  @PreMatching
  @Priority(Integer.MIN_VALUE + 1)
  public static class Later extends Ordinary {}

  /** Of two with the lowest number, either may write last. */
  @Priority(Integer.MIN_VALUE)
  public static class AsLate implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {}
  }

  /** Both. */
  @PreMatching
  @Priority(Integer.MIN_VALUE)
  public static class AsEarlyAndAsLate extends AsLate implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {}
  }

  @Test
  void a_filter_of_the_same_priority_is_named_with_what_it_may_do() throws Exception {
    logged(); // what other tests have made
    assertEquals(
        List.of(ofSamePriority(AsEarly.class, "answer preflights before the policy")),
        logged(new AsEarly(), new BehindMatching(), new Later()));
    assertEquals(
        List.of(ofSamePriority(AsLate.class, "write headers after the policy")),
        logged(new AsLate()));
    assertEquals(
        List.of(
            ofSamePriority(
                AsEarlyAndAsLate.class,
                "answer preflights before the policy, and write headers after it")),
        logged(new AsEarlyAndAsLate()));
  }

  private static String ofSamePriority(Class<?> filter, String effect) {
    return filter.getName()
        + " has the same priority as CorsPolicyFilter, Integer.MIN_VALUE, so it may "
        + effect
        + ". Give it a higher number.";
  }

  /** A copied one, as early as ours. */
  @PreMatching
  @Priority(Integer.MIN_VALUE)
  public static class FirstCorsFilter extends Ordinary {}

  /** A copied one that is asked after ours, for it waits for the resource. */
  @Priority(Integer.MIN_VALUE)
  public static class NextCorsFilter extends Ordinary {}

  @Test
  void a_filter_for_CORS_is_named_once_and_answers_preflights_only_if_it_may_come_first()
      throws Exception {
    logged(); // what other tests have made
    String named = "The application has another filter for CORS beside CorsPolicyFilter, ";
    assertEquals(
        List.of(
            named
                + FirstCorsFilter.class.getName()
                + ". It may refuse origins that the policy allows. If it comes first, it may also"
                + " answer preflights itself, so that the policy is never asked. Remove it.",
            named
                + NextCorsFilter.class.getName()
                + ". It may refuse origins that the policy allows. Remove it."),
        logged(new FirstCorsFilter(), new NextCorsFilter()));
  }

  /** A filter for {@code Cross-Origin-Opener-Policy}, which is not CORS. */
  public static class CrossOriginOpenerPolicyFilter extends Ordinary {}

  /** A filter for what makes a page isolated, which is not CORS. */
  public static class CrossOriginIsolationFilter extends Ordinary {}

  @Test
  void a_filter_for_another_cross_origin_header_is_not_named() throws Exception {
    logged(); // what other tests have made
    assertEquals(
        List.of(), logged(new CrossOriginOpenerPolicyFilter(), new CrossOriginIsolationFilter()));
  }

  @Test
  void a_filter_of_another_application_is_no_second_one() throws Exception {
    logged(); // what other tests have made
    JaxRsServer other = start(new CorsPolicyFilter(POLICY));
    try {
      assertEquals(List.of(), logged());
    } finally {
      other.stop().close();
    }
  }

  /** As on Helidon, which asks an application twice for its filters. */
  @Test
  void a_filter_that_was_made_twice_is_no_second_one() throws Exception {
    logged(); // what other tests have made
    new CorsPolicyFilter(POLICY.toBuilder().build());
    assertEquals(List.of(), logged());
    CorsPolicyFilter other = new CorsPolicyFilter(CorsPolicy.none());
    assertEquals(1, logged().size());
    Reference.reachabilityFence(other);
  }

  /** Of HTTP/2, on an implementation that makes no Host of it. */
  @Test
  void the_authority_is_that_of_the_URI() throws Exception {
    List<String> authorities = new CopyOnWriteArrayList<>();
    Cors reading =
        new Cors() {
          @Override
          public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
            authorities.add(String.valueOf(reader.authority(request)));
            return POLICY.decide(request, reader);
          }
        };
    JaxRsServer server = start(new CorsPolicyFilter(reading));
    try {
      get(server);
      assertEquals("127.0.0.1:" + server.port(), authorities.get(0));
    } finally {
      server.stop().close();
    }
  }

  private static JaxRsServer start(Object... singletons) {
    return JaxRsServer.start("", JaxRsServer.application(singletons));
  }

  private static void get(JaxRsServer server) throws Exception {
    try (WireClient client = new WireClient()) {
      String url = "http://127.0.0.1:" + server.port() + "/books";
      client.send(new WireRequest("GET", url, Headers.none()));
    }
  }

  /** What is logged while a filter beside these answers its first request. */
  private static List<String> logged(Object... others) throws Exception {
    List<Object> singletons = new ArrayList<>(List.of(others));
    singletons.add(new CorsPolicyFilter(POLICY));
    try (LogLines log = new LogLines()) {
      JaxRsServer server = start(singletons.toArray());
      try {
        get(server);
      } finally {
        server.stop().close();
      }
      return log.lines();
    }
  }
}

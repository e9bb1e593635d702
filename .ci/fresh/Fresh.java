import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.javalin.CorsPolicyPlugin;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.wire.WireClient;
import io.javalin.Javalin;
import java.util.List;

/** A service with a policy, and the kit's browser before it: what a first project would try. */
public class Fresh {

  /** What whoever follows the documentation names first. */
  private static final List<String> TYPES =
      List.of(
          "cli.Crosswalk",
          "javalin.CorsPolicyPlugin",
          "jaxrs.CorsPolicyFilter",
          "micronaut.CorsPolicyFilter",
          "quarkus.CorsPolicyFilter",
          "servlet.CorsPolicyFilter",
          "spring.CorsPolicyAutoConfiguration",
          "tck.CorsTck",
          "vertx.CorsPolicyHandler");

  public static void main(String[] arguments) throws Exception {
    for (String type : TYPES) {
      String file = "dev/crosswalk/cors/" + type.replace('.', '/') + ".class";
      check(Fresh.class.getClassLoader().getResource(file) != null, file + " is missing");
    }
    CorsPolicy policy = CorsPolicy.builder().allowOrigins("https://app.example.com").build();
    Javalin server =
        Javalin.create(
                config -> {
                  config.registerPlugin(new CorsPolicyPlugin(policy));
                  config.routes.get("/hello", context -> context.result("Hello"));
                })
            .start(0);
    try (WireClient wire = new WireClient()) {
      String url = "http://localhost:" + server.port() + "/hello";
      check(shares("https://app.example.com", url, wire), "the allowed page does not read");
      check(!shares("https://evil.example", url, wire), "another page reads");
    } finally {
      server.stop();
    }
    System.out.println("A fresh project on Java " + Runtime.version().feature() + " works.");
  }

  private static boolean shares(String origin, String url, WireClient wire) {
    Outcome outcome = new UserAgent().fetch(Request.from(origin, "GET", url), wire);
    return outcome.verdict().isShared();
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}

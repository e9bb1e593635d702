package dev.crosswalk.examples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.javalin.CorsPolicyPlugin;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import dev.crosswalk.examples.browser.Adapter.Server;
import dev.crosswalk.examples.browser.Pages.Page;
import io.javalin.Javalin;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What pages of other origins can do to a server, by the two ways that CORS leaves open: a form,
 * and a WebSocket. And that a guard closes both.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardTest {

  private static final String PAGE = "/guarded/page";
  private static final String WRITE = "/guarded/write";
  private static final String SOCKET = "/guarded/socket";

  /** What has been written: the handler's part. */
  static final class Writes {
    private final BlockingQueue<String> written = new LinkedBlockingQueue<>();

    String write() {
      written.add("a write");
      return "written";
    }
  }

  /** A page of the server's own, a handler that writes, and a WebSocket that sends back. */
  private enum Framework {
    JAVALIN {
      @Override
      Server start(Cors cors, Writes writes) {
        Javalin server =
            Javalin.create(
                config -> {
                  config.registerPlugin(new CorsPolicyPlugin(cors));
                  config.startup.showJavalinBanner = false;
                  config.routes.get(PAGE, context -> context.html(""));
                  config.routes.post(WRITE, context -> context.result(writes.write()));
                  config.routes.ws(
                      SOCKET,
                      socket -> socket.onMessage(message -> message.send(message.message())));
                });
        server.start("localhost", 0);
        return new Server("http://localhost:" + server.port(), server::stop);
      }
    },
    MICRONAUT {
      @Override
      Server start(Cors cors, Writes writes) {
        EmbeddedServer server =
            ApplicationContext.builder()
                .singletons(cors, writes)
                .properties(
                    Map.of("micronaut.server.port", -1, "micronaut.server.host", "localhost"))
                .run(EmbeddedServer.class);
        return new Server("http://localhost:" + server.getPort(), server::stop);
      }
    },
    VERT_X {
      @Override
      Server start(Cors cors, Writes writes) {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        router.route().handler(new CorsPolicyHandler(cors));
        router.get(PAGE).handler(context -> context.response().end());
        router.post(WRITE).handler(context -> context.response().end(writes.write()));
        router
            .get(SOCKET)
            .handler(
                context ->
                    context
                        .request()
                        .toWebSocket()
                        .onSuccess(socket -> socket.textMessageHandler(socket::writeTextMessage)));
        HttpServer server =
            vertx.createHttpServer().requestHandler(router).listen(0, "localhost").await();
        return new Server("http://localhost:" + server.actualPort(), () -> vertx.close().await());
      }
    };

    abstract Server start(Cors cors, Writes writes);
  }

  /** The handlers on Micronaut. */
  @Controller
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Requires(beans = Writes.class)
  static final class Handlers {
    private final Writes writes;

    Handlers(Writes writes) {
      this.writes = writes;
    }

    @Get(PAGE)
    @Produces(MediaType.TEXT_HTML)
    String page() {
      return "";
    }

    @Post(WRITE)
    @Consumes(MediaType.ALL)
    String write() {
      return writes.write();
    }
  }

  /** The WebSocket on Micronaut. */
  @ServerWebSocket(SOCKET)
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Requires(beans = Writes.class)
  static class Socket {
    @OnMessage
    void message(String message, WebSocketSession session) {
      session.sendSync(message);
    }
  }

  private final Map<String, String> tabs = new HashMap<>();
  private Pages pages;

  @BeforeAll
  void start() throws IOException {
    LogManager.getLogManager().reset();
    Browser.Kind.requireAll();
    pages = new Pages();
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    Browser.Kind.closeTabs();
    if (pages != null) {
      pages.close();
    }
  }

  /** A server, and what it was asked. */
  private final class Visit implements AutoCloseable {
    private final Browser.Kind kind;
    private final Writes writes = new Writes();
    private final BlockingQueue<Outcome> decided = new LinkedBlockingQueue<>();
    private final Server server;

    Visit(Browser.Kind kind, Framework framework, Cors cors) {
      this.kind = kind;
      server =
          framework.start(
              Cors.observed(cors, event -> decided.add(event.decision().outcome())), writes);
    }

    /** What came back of a WebSocket's message; "refused" if none opens. */
    String socketFrom(String url) throws Exception {
      return in(
          url,
          """
          new Promise(resolve => {
            const socket = new WebSocket(%s);
            socket.onopen = () => socket.send('hello');
            socket.onmessage = message => { socket.close(); resolve(message.data); };
            socket.onclose = () => resolve('refused');
          })
          """
              .formatted(quoted(server.base().replace("http:", "ws:") + SOCKET)));
    }

    /** Submits a form, and returns what was decided about it. */
    Outcome formFrom(String url) throws Exception {
      decided.clear();
      in(
          url,
          """
          (() => {
            const frame = document.createElement('iframe');
            frame.name = 'answer';
            const form = document.createElement('form');
            form.action = %s;
            form.method = 'post';
            form.target = 'answer';
            document.body.replaceChildren(frame, form);
            form.submit();
            return 'submitted';
          })()
          """
              .formatted(quoted(server.base() + WRITE)));
      return decided.poll(10, TimeUnit.SECONDS);
    }

    /** What a script reads of the answer to a write. */
    String fetchFrom(String url) throws Exception {
      return in(
          url,
          "fetch(%s, {method: 'POST', body: 'a=1'})"
              .formatted(quoted(server.base() + WRITE))
              .concat(".then(answer => String(answer.status), error => 'nothing')"));
    }

    String ownPage() {
      return server.base() + PAGE;
    }

    /** How many writes there have been since this was last called; waits for the last of them. */
    int writes(int expected) throws InterruptedException {
      int count = 0;
      while (count < expected && writes.written.poll(10, TimeUnit.SECONDS) != null) {
        count++;
      }
      return count + writes.written.size();
    }

    private String in(String url, String script) throws Exception {
      Browser browser = kind.browser();
      if (!tabs.containsKey(kind + url)) {
        tabs.put(kind + url, browser.open(url));
      }
      return browser.evaluate(tabs.get(kind + url), script);
    }

    private String quoted(String text) {
      return JsonMapper.shared().writeValueAsString(text);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void without_a_guard_a_page_of_whatever_origin_writes_and_opens_WebSockets(Browser.Kind kind)
      throws Exception {
    Cors policy = CorsPolicy.builder().allowOrigins(pages.origin(Page.APP)).build();
    for (Framework framework : Framework.values()) {
      try (Visit visit = new Visit(kind, framework, policy)) {
        String evil = pages.url(Page.EVIL);
        assertEquals("hello", visit.socketFrom(evil), framework.name());
        assertEquals(Outcome.ORIGIN_NOT_ALLOWED, visit.formFrom(evil), framework.name());
        assertEquals(1, visit.writes(1), framework.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_guard_lets_its_own_pages_and_trusted_ones_and_no_others(Browser.Kind kind)
      throws Exception {
    // One reads and writes, one reads alone, and one does neither. The first two are same-site.
    Cors guard =
        CrossOriginGuard.around(
                CorsPolicy.builder()
                    .allowOrigins(pages.origin(Page.APP), pages.origin(Page.SHOP))
                    .build())
            .trustOrigins(pages.origin(Page.APP))
            .build();
    for (Framework framework : Framework.values()) {
      try (Visit visit = new Visit(kind, framework, guard)) {
        assertEquals("hello", visit.socketFrom(visit.ownPage()), framework.name());
        assertEquals("hello", visit.socketFrom(pages.url(Page.APP)), framework.name());
        assertEquals("refused", visit.socketFrom(pages.url(Page.SHOP)), framework.name());
        assertEquals("refused", visit.socketFrom(pages.url(Page.EVIL)), framework.name());

        assertEquals(
            Outcome.WRITE_FROM_CROSS_SITE, visit.formFrom(pages.url(Page.EVIL)), framework.name());
        assertEquals(
            Outcome.WRITE_FROM_SAME_SITE, visit.formFrom(pages.url(Page.SHOP)), framework.name());
        assertEquals("403", visit.fetchFrom(pages.url(Page.SHOP)), framework.name());
        assertEquals("nothing", visit.fetchFrom(pages.url(Page.EVIL)), framework.name());
        assertEquals(0, visit.writes(0), framework.name());

        assertEquals("200", visit.fetchFrom(pages.url(Page.APP)), framework.name());
        assertEquals("200", visit.fetchFrom(visit.ownPage()), framework.name());
        assertEquals(Outcome.ALLOWED, visit.formFrom(pages.url(Page.APP)), framework.name());
        assertEquals(3, visit.writes(3), framework.name());
      }
    }
  }
}

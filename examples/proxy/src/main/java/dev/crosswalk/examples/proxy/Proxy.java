package dev.crosswalk.examples.proxy;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.WatchedCors;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import dev.crosswalk.examples.proxy.Exchange.Limits;
import dev.crosswalk.examples.proxy.Upstream.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.Router;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A proxy in front of other people's APIs, which says what pages of other origins may do. */
@Command(
    name = "cors-proxy",
    version = "cors-proxy 0.1.0",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Passes requests of web pages on to APIs that send no CORS headers, and answers with those of"
          + " your policy. It reaches the named upstreams and nothing else. Ctrl-C ends it.",
      ""
    },
    optionListHeading = "Options:%n",
    footer = {
      "",
      "Not passed on: cookies, Origin, Referer, Sec-Fetch-*, Forwarded and X-Forwarded-*; from"
          + " the answer, cookies and Access-Control-*. Redirects are not followed. WebSockets, TRACE"
          + " and CONNECT are refused. CORS binds browsers: anyone else who reaches the port can"
          + " use it, and the secrets with it.",
      "",
      "Example:",
      "  cors-proxy --upstream /api=https://api.example.org/v1 --cors cors.properties"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Ended normally.", "2:Something is wrong; nothing was started."})
public final class Proxy implements Callable<Integer>, AutoCloseable {

  /** Each is a socket here and one there; browsers open six for a host. */
  private static final int MAX_CONNECTIONS = 512;

  /** Beyond this, requests are refused at once instead of waiting for a connection. */
  private static final int MAX_WAITING = 1_024;

  /** As most servers do: of request and response, all fields together. */
  private static final int MAX_HEADER_BYTES = 16 * 1_024;

  /**
   * Less than the five seconds of Node.js, the shortest known, so that no request meets a close.
   */
  private static final int KEEP_ALIVE_SECONDS = 4;

  private static final Pattern SECRET =
      Pattern.compile("(?<prefix>/[^=]*)=(?<name>[\\w!#$%&'*+.^`|~-]+):(?<variable>\\w+)");

  /** RFC 9110 §5.5, without the obsolete. */
  private static final Pattern FIELD_VALUE = Pattern.compile("[!-~]([ \t!-~]*[!-~])?");

  @Option(
      names = "--upstream",
      required = true,
      paramLabel = "PATH=URL",
      description = "Pass on what is at the path and below it to this URL; may be repeated.")
  private List<String> upstreamOptions = new ArrayList<>();

  @Option(
      names = "--cors",
      required = true,
      paramLabel = "FILE",
      description = "The policy, such as cors.properties. A change takes effect within seconds.")
  private Path file = Path.of("cors.properties");

  @Option(
      names = "--secret-header",
      paramLabel = "PATH=NAME:VARIABLE",
      description = "Add this header to requests for an upstream, with the variable's value.")
  private List<String> secretOptions = new ArrayList<>();

  @Option(
      names = "--forward-cookies",
      description = "Pass on cookies both ways. Every upstream gets all that the proxy gets.")
  private boolean forwardCookies;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Where to listen; ${DEFAULT-VALUE} by default.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen, 0 for any free port; ${DEFAULT-VALUE} by default.")
  private int port = 8088;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = {
        "A name by which browsers reach it, as behind a server that does TLS; may be repeated.",
        "Addresses and localhost need none."
      })
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--max-body",
      paramLabel = "BYTES",
      description = "The longest body of a request; ${DEFAULT-VALUE} by default.")
  private long maxBody = 10 * 1_024 * 1_024;

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      description = "Until an upstream is found and connected; ${DEFAULT-VALUE} by default.")
  private int connectTimeout = 5;

  @Option(
      names = "--head-timeout",
      paramLabel = "SECONDS",
      description = "Until it begins to answer; ${DEFAULT-VALUE} by default.")
  private int headTimeout = 30;

  @Option(
      names = "--idle-timeout",
      paramLabel = "SECONDS",
      description = "Without a byte either way, also in streams; ${DEFAULT-VALUE} by default.")
  private int idleTimeout = 60;

  // Picocli puts the real one here.
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;
  private final Resolver resolver;
  private @Nullable Vertx vertx;
  private @Nullable WatchedCors watched;
  private int actualPort;

  /**
   * Makes a proxy that {@link #command()} starts.
   *
   * @param environment where the secrets are
   */
  public Proxy(Map<String, String> environment) {
    this(environment, Resolver.system());
  }

  Proxy(Map<String, String> environment, Resolver resolver) {
    this.environment = Map.copyOf(environment);
    this.resolver = resolver;
  }

  /**
   * Starts the proxy. It runs until the program is ended.
   *
   * @param arguments {@code --help} tells
   */
  public static void main(String... arguments) {
    int code = new Proxy(System.getenv()).command().execute(arguments);
    if (code != ExitCode.OK) {
      System.exit(code);
    }
  }

  /**
   * {@return the command, which starts this proxy and returns when it listens} Every mistake is one
   * sentence, never a stack trace.
   */
  public CommandLine command() {
    return new CommandLine(this)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              wrong.getCommandLine().getErr().println("cors-proxy: " + wrong.getMessage());
              return ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() {
    List<Upstream> upstreams = upstreams();
    atLeastOne("--connect-timeout", connectTimeout);
    atLeastOne("--head-timeout", headTimeout);
    if (idleTimeout <= connectTimeout + headTimeout) {
      throw usage("--idle-timeout must be longer than the other two time-outs together.");
    }
    if (maxBody < 0) {
      throw usage("--max-body " + maxBody + " is negative.");
    }
    if (port < 0 || port > 65_535) {
      throw usage("--port is from 0 to 65535, not " + port + ".");
    }
    PrintWriter err = spec.commandLine().getErr();
    WatchedCors cors;
    try {
      cors = CorsConfiguration.watching(file, problems -> warnOfSecrets(upstreams, err));
    } catch (InvalidCorsPolicyException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    watched = cors;
    try {
      listen(cors, upstreams, port);
    } catch (Exception e) {
      close();
      throw usage("Cannot listen on " + host + ", port " + port + ": " + e.getMessage() + ".");
    }
    for (Upstream upstream : upstreams) {
      String url = "http://" + host + ":" + actualPort + upstream.prefix();
      spec.commandLine().getOut().println(url + " is " + upstream.base());
    }
    warnOfSecrets(upstreams, err);
    return ExitCode.OK;
  }

  private void atLeastOne(String option, int seconds) {
    if (seconds < 1) {
      throw usage(option + " is at least one second, not " + seconds + ".");
    }
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Reads the options; the longest prefix comes first. */
  private List<Upstream> upstreams() {
    List<Upstream> upstreams = new ArrayList<>();
    try {
      upstreamOptions.forEach(option -> upstreams.add(Upstream.parse(option)));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    upstreams.sort(Comparator.comparing((Upstream upstream) -> -upstream.prefix().length()));
    long prefixes = upstreams.stream().map(Upstream::prefix).distinct().count();
    if (prefixes < upstreams.size()) {
      throw usage("Two --upstream options have the same path, so one of them would get nothing.");
    }
    for (String option : secretOptions) {
      Matcher matcher = SECRET.matcher(option);
      if (!matcher.matches()) {
        throw usage(
            "--secret-header must be /path=Name:VARIABLE. The value itself is not written there.");
      }
      String prefix = matcher.group("prefix");
      String variable = matcher.group("variable");
      String value = environment.get(variable);
      if (value == null || !FIELD_VALUE.matcher(value).matches()) {
        throw usage(
            "The environment variable "
                + variable
                + (value == null ? " is not set." : " has a value that a header cannot have."));
      }
      if (upstreams.stream().noneMatch(upstream -> upstream.prefix().equals(prefix))) {
        throw usage("--secret-header " + prefix + ": no --upstream has this path.");
      }
      if (upstreams.stream().anyMatch(u -> u.prefix().equals(prefix) && u.secret() != null)) {
        throw usage("--secret-header is given twice for " + prefix + ", and an upstream has one.");
      }
      Secret secret = new Secret(matcher.group("name"), value);
      upstreams.replaceAll(
          upstream -> upstream.prefix().equals(prefix) ? upstream.with(secret) : upstream);
    }
    return upstreams;
  }

  /** Warns if a policy for any origin gives a secret away. */
  private void warnOfSecrets(List<Upstream> upstreams, PrintWriter err) {
    Cors cors = watched;
    for (Upstream upstream : upstreams) {
      Cors.Request stranger =
          Cors.Request.of("GET", upstream.prefix()).from("https://stranger.invalid");
      if (upstream.secret() != null
          && cors != null
          && cors.decide(stranger).outcome() == Outcome.ALLOWED) {
        err.println(
            "Warning: the policy allows any origin, and "
                + upstream.prefix()
                + " adds a secret: any page can use your key.");
      }
    }
  }

  /** Listens with any policy. */
  void listen(Cors cors, List<Upstream> upstreams, int onPort) throws Exception {
    Vertx running = Vertx.vertx();
    vertx = running;
    HttpClient client =
        running.createHttpClient(
            new HttpClientOptions()
                // One second more than what the exchange waits, which says so in better words.
                .setConnectTimeout((connectTimeout + 1) * 1_000)
                .setIdleTimeout(idleTimeout)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
    Set<String> known = new HashSet<>(Set.of("localhost"));
    names.forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
    Limits limits = new Limits(known, connectTimeout, headTimeout, maxBody);
    Fields fields = new Fields(forwardCookies);
    Router router = Router.router(running);
    router.route().handler(new CorsPolicyHandler(cors));
    router
        .route()
        .handler(
            context -> new Exchange(context, limits, fields).begin(upstreams, resolver, client));
    HttpServer server =
        running.createHttpServer(
            new HttpServerOptions()
                .setIdleTimeout(idleTimeout)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(MAX_HEADER_BYTES)));
    actualPort = server.requestHandler(router).listen(onPort, host).await().actualPort();
  }

  /** {@return the port on which it listens} */
  public int port() {
    return actualPort;
  }

  /** Ends it, and all that it is passing on. */
  @Override
  public void close() {
    if (watched != null) {
      watched.close();
    }
    if (vertx != null) {
      vertx.close().await();
    }
  }
}

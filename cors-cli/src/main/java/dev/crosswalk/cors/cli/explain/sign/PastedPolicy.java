package dev.crosswalk.cors.cli.explain.sign;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.SentOrigin;
import dev.crosswalk.cors.cli.explain.lists.AllowList;
import dev.crosswalk.cors.cli.explain.lists.ElementLists;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.settings.Environment;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.cli.remedy.ExistingGrant;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.terminal.Enumeration;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.url.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the code or the configuration of a server in a paste allows, in whatever language it is
 * written.
 *
 * @param origins that it lists
 * @param settled whether the paste has the values also where a function or a variable chooses them
 * @param methods that it lists
 * @param headers of requests that it lists
 * @param exposed headers of answers that it lists
 * @param credentials whether it allows them, or the page's code sends them
 * @param maxAge the value of Access-Control-Max-Age; {@code null} if nothing sets it
 */
public record PastedPolicy(
    AllowList origins,
    boolean settled,
    AllowList methods,
    AllowList headers,
    AllowList exposed,
    boolean credentials,
    @Nullable Duration maxAge) {

  /** More of each are not repeated. */
  private static final int MAX_KEPT = 12;

  /** Names of request headers without a hyphen, which are words of code as well. */
  private static final List<String> PLAIN_NAMES =
      List.of("authorization", "apikey", "baggage", "traceparent", "tracestate", "prefer", "token");

  /** The same of headers of answers. */
  private static final List<String> PLAIN_NAMES_OF_ANSWERS =
      List.of("location", "etag", "link", "digest", "token");

  /** Browsers send these without a permission, and people list them. */
  private static final List<String> OF_BROWSER =
      List.of("accept", "origin", "host", "referer", "cookie", "range", "dnt");

  /** Words of prose with a hyphen, which may follow a list on the same line. */
  private static final List<String> OF_PROSE =
      List.of(
          "allow-list",
          "white-list",
          "deny-list",
          "pre-flight",
          "cross-origin",
          "same-origin",
          "front-end",
          "back-end",
          "third-party",
          "server-side",
          "client-side",
          "end-point");

  /**
   * Reads a paste.
   *
   * @param included whether the page's request includes credentials
   */
  public static PastedPolicy of(PastedText paste, boolean included) {
    PastedPolicy read = paste.read(PastedPolicy.class, () -> of(paste));
    return included
        ? new PastedPolicy(
            read.origins, read.settled, read.methods, read.headers, read.exposed, true, read.maxAge)
        : read;
  }

  private static PastedPolicy of(PastedText paste) {
    // The lists in a script are those of its request.
    boolean ofPage = WordSigns.has("page", paste) && !WordSigns.has("server", paste);
    String pasted = SentOrigin.without(paste.pasted());
    String text = ofPage ? "" : ElementLists.flat(Environment.into(pasted));
    Optional<AllowList> lookedUp = AllowList.lookedUp(text);
    AllowList origins = lookedUp.orElseGet(() -> AllowList.of(AllowList.Kind.ORIGINS, text));
    return new PastedPolicy(
        origins,
        lookedUp.isPresent()
            || AllowList.isNamed(pasted)
            || origins.whole() && !text.equals(pasted),
        AllowList.of(AllowList.Kind.METHODS, text),
        AllowList.of(AllowList.Kind.HEADERS, text),
        AllowList.of(AllowList.Kind.EXPOSED, text),
        WordSigns.has("server.credentials", paste) || WordSigns.has("page.sanctum", paste),
        maxAge(text));
  }

  /** Each of several layers allows everybody. */
  private static final Pattern STARS = Pattern.compile("\\s*\\*(?:\\s*,\\s*\\*)+\\s*");

  /** A number of seconds beside the name of the header, in code or in an answer. */
  private static final Pattern MAX_AGE =
      Pattern.compile("access-control-max-age[\"'`]?[\\s:,=>]{1,4}[\"'`]?([0-9]{1,7})(?![0-9.])");

  /** No browser keeps an answer for longer. */
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private static @Nullable Duration maxAge(String text) {
    Matcher found = MAX_AGE.matcher(text);
    return found.find() ? Duration.ofSeconds(Math.min(DAY, Long.parseLong(found.group(1)))) : null;
  }

  /** The methods as they are shown. */
  String shownMethods() {
    return Enumeration.of(
        methods.values().stream().map(each -> each.toUpperCase(Locale.ROOT)).toList());
  }

  /** The names of headers as they are shown. */
  String shownHeaders() {
    List<String> shown =
        headers.values().stream()
            .filter(name -> isName(name) || OF_BROWSER.contains(name))
            .limit(MAX_KEPT)
            .toList();
    // Headers of an answer do not belong there, and are all that some lists have.
    return Enumeration.of(
        shown.isEmpty() ? headers.values().stream().limit(MAX_KEPT).toList() : shown);
  }

  private static boolean isName(String name) {
    return (name.contains("-") || PLAIN_NAMES.contains(name))
        && !name.startsWith("access-control-")
        && !OF_PROSE.contains(name);
  }

  private static boolean isExposedName(String name) {
    return isName(name) || PLAIN_NAMES_OF_ANSWERS.contains(name);
  }

  private List<String> names() {
    return headers.values().stream().filter(PastedPolicy::isName).limit(MAX_KEPT).toList();
  }

  /**
   * The same remedy, so that it keeps what the code allows: pasted instead of what is there, it
   * would otherwise take that away.
   *
   * @param url of the server, whose own origin no list needs
   * @param sent what the answer has in Access-Control-Allow-Origin; empty if nothing tells
   */
  public Remedy keepingExisting(Remedy remedy, String url, String sent) {
    if (remedy.grant().isEmpty()) {
      return remedy;
    }
    boolean any = remedy.code().equals("ACAO_MULTIPLE") && STARS.matcher(sent).matches();
    ExistingGrant existing = existing(AskedUrl.origin(url), any);
    RequiredGrant granted = remedy.grant().get();
    // The pages of a list are better examples than a page of nobody.
    boolean example = granted.origin().equals(RequiredGrant.SOME_ORIGIN) && origins.whole();
    RequiredGrant kept =
        (example && !existing.origins().isEmpty()
                ? granted.withOrigin(existing.origins().get(0))
                : granted)
            .keeping(existing);
    return remedy.granting(credentials ? kept.withCredentials() : kept);
  }

  /**
   * The origin that it lists, if that is one alone.
   *
   * @param url of the server, whose own origin no list needs
   */
  public String onlyOrigin(String url) {
    List<String> listed = existing(AskedUrl.origin(url), false).origins();
    return listed.size() == 1 && listed.get(0).startsWith("http") ? listed.get(0) : "";
  }

  private ExistingGrant existing(String own, boolean any) {
    return new ExistingGrant(
        any,
        origins.values().stream()
            .map(AskedUrl::origin)
            .filter(origin -> Origin.isOriginOrNull(origin) && !origin.equals(own))
            .distinct()
            .limit(MAX_KEPT)
            .toList(),
        methods.values().stream()
            .map(each -> each.toUpperCase(Locale.ROOT))
            .filter(each -> !Methods.isSafelisted(each) && !each.equals("OPTIONS"))
            .toList(),
        names(),
        exposed.values().stream().filter(PastedPolicy::isExposedName).limit(MAX_KEPT).toList(),
        methods.open(),
        headers.open(),
        maxAge);
  }
}

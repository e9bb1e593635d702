package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks a server what a page of an allowed origin needs. */
final class PageProbe {

  /** More headers or methods are not asked about one by one. */
  private static final int MAX_NAMES = 10;

  /** Names that nobody lists: a server that permits them permits any. */
  private static final String OTHER_HEADER = "x-crosswalk-check";

  private static final String OTHER_METHOD = "CROSSWALK-CHECK";

  private final PoliteClient client;
  private final Profile profile;
  private final DeclaredOrigins declared;
  private final boolean credentials;
  private final boolean grantsSomebody;
  private final Map<ServerCause, RootCause> causes = new LinkedHashMap<>();

  private PageProbe(
      PoliteClient client, Profile profile, DeclaredOrigins declared, boolean grantsSomebody) {
    this.grantsSomebody = grantsSomebody;
    this.client = client;
    this.profile = profile;
    this.declared = declared;
    this.credentials = profile.credentials().orElse(false);
  }

  /**
   * Why pages that are meant to work do not, in the order of asking; empty if they do.
   *
   * @param grantsSomebody whether other origins got the header
   */
  static Map<ServerCause, RootCause> run(
      PoliteClient client, Profile profile, DeclaredOrigins declared, boolean grantsSomebody)
      throws InterruptedException {
    PageProbe probe = new PageProbe(client, profile, declared, grantsSomebody);
    if (!declared.members().isEmpty()) {
      probe.askAsPage(declared.members().get(0));
    }
    return probe.causes;
  }

  private void askAsPage(String origin) throws InterruptedException {
    Optional<Observation> actual = client.get(origin);
    if (actual.isEmpty()) {
      return;
    }
    addOtherTypos(actual.get());
    if (!OriginProbe.isGranted(actual.get())) {
      add(whyRefused(actual.get()), Subject.of(origin), actual.get());
      return; // Nothing else can be told apart from that.
    }
    boolean star = credentials(actual.get());
    askForMembers();
    client
        .head(origin)
        .filter(seen -> seen.response().hasOkStatus() && !OriginProbe.isGranted(seen))
        .ifPresent(seen -> addLost(ServerCause.NO_HEADERS_ON_HEAD, seen));
    if (!star) {
      askPreflights(origin, OriginProbe.allowsCredentials(actual.get()));
    }
    // What caches may do comes after what does not work at all.
    boolean constant = isConstant(actual.get());
    if (!constant) {
      askWhatVaries(actual.get());
    }
    askForError(origin, actual.get(), constant);
  }

  /** A response without the header may lack it for another reason than the origin. */
  private ServerCause whyRefused(Observation actual) throws InterruptedException {
    ServerCause cause = ServerCause.ofRefused(actual);
    if (cause != ServerCause.ORIGIN_REFUSED) {
      return cause;
    }
    if (actual.response().status() >= 400) {
      boolean anyway = client.get("").filter(plain -> isSameError(plain, actual)).isPresent();
      boolean layer = new ResponseSigns(actual.response()).corsLayer().isPresent();
      return anyway && !layer ? ServerCause.ERROR_WITHOUT_HEADERS : cause;
    }
    Optional<Observation> preflight = client.preflight(actual.origin(), "GET", "");
    if (preflight.filter(OriginProbe::isGranted).isPresent()) {
      return ServerCause.NO_HEADERS_ON_RESPONSES;
    }
    boolean layer =
        grantsSomebody
            || preflight.isEmpty()
            || Stream.of(actual, preflight.get()).anyMatch(PageProbe::isOfLayer);
    return layer ? cause : ServerCause.NO_HEADERS;
  }

  /** Whether it fails without an origin as it does with one; another refusal is of the origin. */
  private static boolean isSameError(Observation plain, Observation actual) {
    int status = plain.response().status();
    boolean passing = status >= 500 || status == 429 || actual.response().status() >= 500;
    return status == actual.response().status() || status >= 400 && passing;
  }

  /** Whether a CORS layer has had a part in it. */
  private static boolean isOfLayer(Observation seen) {
    ResponseSigns signs = new ResponseSigns(seen.response());
    return signs.hasHeadersOfCors() || signs.variesByOrigin() || signs.corsLayer().isPresent();
  }

  /**
   * Whether a response with credentials may be read.
   *
   * @return whether it is a star, which is one mistake with many consequences
   */
  private boolean credentials(Observation actual) {
    boolean star = OriginProbe.allowOrigin(actual).contains("*");
    List<String> lines = OriginProbe.allowCredentials(actual);
    if (star && (credentials || !lines.isEmpty())) {
      add(ServerCause.STAR_WITH_CREDENTIALS, Subject.NONE, actual);
      return true;
    }
    if (credentials && lines.isEmpty()) {
      add(ServerCause.NO_CREDENTIALS, Subject.NONE, actual);
    } else if (credentials && !lines.equals(List.of("true"))) {
      add(ServerCause.CREDENTIALS_NOT_TRUE, Subject.NONE, actual);
    } else if (credentials && isStar(actual, GrantHeaders.EXPOSE_HEADERS)) {
      add(ServerCause.EXPOSES_STAR, Subject.NONE, actual);
    }
    return false;
  }

  /** Every origin that is meant to read, one by one. */
  private void askForMembers() throws InterruptedException {
    for (String member : declared.members()) {
      client
          .get(member)
          .filter(seen -> !OriginProbe.isGranted(seen))
          .ifPresent(
              seen ->
                  add(
                      declared.examples().contains(member)
                          ? ServerCause.ofRefused(seen)
                          : ServerCause.PATTERN_IN_PART,
                      Subject.of(member),
                      seen));
    }
  }

  private void askForError(String origin, Observation actual, boolean constant)
      throws InterruptedException {
    Optional<Observation> missing = client.missing(origin);
    if (missing.isPresent() && !OriginProbe.isGranted(missing.get())) {
      addLost(ServerCause.NO_HEADERS_ON_ERRORS, missing.get());
    } else if (missing.isPresent()
        && !constant
        && OriginProbe.variesByOrigin(actual)
        && !OriginProbe.variesByOrigin(missing.get())
        && !OriginProbe.allowOrigin(missing.get()).contains("*")) {
      add(ServerCause.NO_VARY_ON_ERRORS, Subject.NONE, missing.get());
    }
  }

  private void askWhatVaries(Observation actual) throws InterruptedException {
    if (!OriginProbe.variesByOrigin(actual)) {
      // Where it is *, the header's presence alone depends on Origin.
      boolean star = OriginProbe.allowOrigin(actual).contains("*");
      add(star ? ServerCause.VARY_WITH_ORIGIN_ALONE : ServerCause.NO_VARY, Subject.NONE, actual);
      return;
    }
    Optional<Observation> without = client.get("");
    if (without.isPresent()
        && without.get().response().status() == actual.response().status()
        && !OriginProbe.variesByOrigin(without.get())
        && !OriginProbe.allowOrigin(without.get()).equals(OriginProbe.allowOrigin(actual))) {
      add(ServerCause.VARY_WITH_ORIGIN_ALONE, Subject.NONE, without.get());
      return;
    }
    client
        .get(LookAlike.unrelated().get(0).origin())
        .filter(seen -> seen.response().status() == actual.response().status())
        .filter(seen -> !OriginProbe.isGranted(seen) && !OriginProbe.variesByOrigin(seen))
        .ifPresent(seen -> add(ServerCause.NO_VARY_FOR_OTHERS, Subject.NONE, seen));
  }

  /** Whether everybody gets the same answer: with it no cache mixes anything up. */
  private boolean isConstant(Observation actual) throws InterruptedException {
    for (String other : List.of("", LookAlike.unrelated().get(0).origin())) {
      if (!client
          .get(other)
          .map(OriginProbe::allowOrigin)
          .equals(Optional.of(OriginProbe.allowOrigin(actual)))) {
        return false;
      }
    }
    return true;
  }

  // Preflights.

  private void askPreflights(String origin, boolean actualAllows) throws InterruptedException {
    Optional<Observation> plain = client.preflight(origin, "GET", "");
    if (plain.isEmpty()) {
      return;
    }
    Observation seen = plain.get();
    addOtherTypos(seen);
    if (!seen.response().hasOkStatus()) {
      boolean needed =
          !declared.includeEveryone()
              || !profile.methods().isEmpty()
              || !profile.requestHeaders().isEmpty();
      add(
          needed
              ? ServerCause.ofStatus(seen.response().status())
              : ServerCause.PREFLIGHT_NOT_NEEDED,
          Subject.NONE,
          seen);
      return;
    }
    if (!OriginProbe.isGranted(seen)) {
      addLost(ServerCause.NO_HEADERS_ON_PREFLIGHTS, seen);
      return;
    }
    if (credentials && actualAllows && !OriginProbe.allowsCredentials(seen)) {
      add(ServerCause.NO_CREDENTIALS_ON_PREFLIGHTS, Subject.NONE, seen);
    }
    askForHeaders(origin, "GET", profile.requestHeaders());
    askForMethods(origin);
    askForOthers(origin);
  }

  private void askForMethods(String origin) throws InterruptedException {
    for (String method : profile.methods().stream().limit(MAX_NAMES).toList()) {
      Optional<Observation> asked = client.preflight(origin, method, "");
      if (asked.isEmpty() || permits(asked.get(), method, List.of())) {
        continue;
      }
      String lower = method.toLowerCase(Locale.ROOT);
      boolean listed =
          client
              .preflight(origin, lower, "")
              .filter(seen -> permits(seen, lower, List.of()))
              .isPresent();
      add(
          isStar(asked.get(), GrantHeaders.ALLOW_METHODS)
              ? ServerCause.STAR_IN_LISTS
              : isMalformed(asked.get(), GrantHeaders.ALLOW_METHODS)
                  ? ServerCause.MALFORMED_LIST
                  : listed ? ServerCause.METHOD_IN_LOWER_CASE : ServerCause.METHOD_REFUSED,
          Subject.of(method),
          asked.get());
    }
  }

  /** Whether it permits what nobody lists, where some are meant to be refused. */
  private void askForOthers(String origin) throws InterruptedException {
    if (!profile.refusedRequestHeaders().isEmpty()) {
      client
          .preflight(origin, "GET", OTHER_HEADER)
          .filter(seen -> permits(seen, "GET", List.of(OTHER_HEADER)))
          .ifPresent(seen -> add(ServerCause.ANY_HEADER, Subject.of(OTHER_HEADER), seen));
    }
    if (!profile.refusedMethods().isEmpty()) {
      client
          .preflight(origin, OTHER_METHOD, "")
          .filter(seen -> permits(seen, OTHER_METHOD, List.of()))
          .ifPresent(seen -> add(ServerCause.ANY_METHOD, Subject.of(OTHER_METHOD), seen));
    }
  }

  /** Each header alone and all together, as browsers write them, and as people do. */
  private void askForHeaders(String origin, String method, List<String> declaredNames)
      throws InterruptedException {
    List<String> names =
        declaredNames.stream().map(Bytes::lowerCase).sorted().distinct().limit(MAX_NAMES).toList();
    boolean alone = true;
    for (String name : names) {
      Optional<Observation> asked = client.preflight(origin, method, name);
      if (asked.isEmpty() || permits(asked.get(), method, List.of(name))) {
        continue;
      }
      alone = false;
      boolean cased = false;
      for (String other : spellings(name, declaredNames)) {
        cased |=
            client
                .preflight(origin, method, other)
                .filter(seen -> permits(seen, method, List.of(name)))
                .isPresent();
      }
      boolean star = isStar(asked.get(), GrantHeaders.ALLOW_HEADERS);
      add(
          star
              ? credentials ? ServerCause.STAR_IN_LISTS : ServerCause.STAR_AND_AUTHORIZATION
              : isMalformed(asked.get(), GrantHeaders.ALLOW_HEADERS)
                  ? ServerCause.MALFORMED_LIST
                  : cased ? ServerCause.HEADERS_BY_CASE : ServerCause.HEADER_REFUSED,
          Subject.of(name),
          asked.get());
    }
    if (alone && names.size() > 1) {
      client
          .preflight(origin, method, String.join(",", names))
          .filter(seen -> !permits(seen, method, names))
          .ifPresent(seen -> add(ServerCause.HEADERS_AS_ONE_TEXT, Subject.of(names), seen));
    }
  }

  private static List<String> spellings(String name, List<String> declaredNames) {
    List<String> all = new ArrayList<>();
    declaredNames.stream().filter(other -> Bytes.equalIgnoringCase(name, other)).forEach(all::add);
    all.add(name.toUpperCase(Locale.ROOT));
    StringBuilder title = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      if (i == 0 || name.charAt(i - 1) == '-') {
        title.setCharAt(i, Character.toUpperCase(name.charAt(i)));
      }
    }
    all.add(title.toString());
    all.remove(name);
    return all.stream().distinct().toList();
  }

  private static boolean isStar(Observation seen, String list) {
    return seen.response().headers().split(list).orElse(List.of()).contains("*");
  }

  private static boolean isMalformed(Observation seen, String list) {
    return seen.response().headers().lines(list).stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .anyMatch(name -> !name.isBlank() && !Bytes.isToken(name.strip()));
  }

  private boolean permits(Observation seen, String method, List<String> names) {
    List<String> methods =
        seen.response().headers().split(GrantHeaders.ALLOW_METHODS).orElse(List.of());
    List<String> headers =
        seen.response().headers().split(GrantHeaders.ALLOW_HEADERS).orElse(List.of());
    return seen.response().hasOkStatus()
        && OriginProbe.isGranted(seen)
        && (List.of("GET", "HEAD", "POST").contains(method)
            || methods.contains(method)
            || (!credentials && methods.contains("*")))
        && names.stream()
            .allMatch(
                name ->
                    headers.stream().anyMatch(other -> Bytes.equalIgnoringCase(other, name))
                        || (!credentials
                            && headers.contains("*")
                            && !name.equals("authorization")));
  }

  /** An answer that does not allow what the response to GET does has no header, or a wrong one. */
  private void addLost(ServerCause missing, Observation seen) {
    if (OriginProbe.allowOrigin(seen).stream().allMatch(String::isBlank)) {
      add(missing, Subject.NONE, seen);
    } else {
      add(ServerCause.ofRefused(seen), Subject.of(seen.origin()), seen);
    }
  }

  /** What is missing may be there by a name that is misspelled: then that is the cause. */
  private void add(ServerCause cause, Subject subject, Observation proof) {
    Optional<HeaderName.Misspelled> typo =
        cause
            .missed()
            .flatMap(
                header ->
                    misspelled(proof).filter(name -> name.meant().equals(header)).findFirst());
    if (typo.isPresent()) {
      merge(ServerCause.MISSPELLED_NAME, Subject.of(typo.get()), proof);
    } else {
      merge(cause, subject, proof);
    }
  }

  /** Names that are misspelled where nothing that was asked for is missing. */
  private void addOtherTypos(Observation seen) {
    misspelled(seen)
        .filter(
            name ->
                List.of(GrantHeaders.EXPOSE_HEADERS, GrantHeaders.MAX_AGE).contains(name.meant()))
        .forEach(name -> merge(ServerCause.MISSPELLED_OPTION, Subject.of(name), seen));
  }

  private static Stream<HeaderName.Misspelled> misspelled(Observation seen) {
    Headers headers = seen.response().headers();
    return Stream.concat(
        HeaderName.misspelled(headers).stream(), HeaderName.shortened(headers).stream());
  }

  private void merge(ServerCause cause, Subject subject, Observation proof) {
    causes.merge(cause, cause.cause(profile, client.url(), proof, subject), RootCause::and);
  }
}

package dev.crosswalk.cors.cli.remedy.refusal;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.remedy.layer.KnownLayer;
import dev.crosswalk.cors.cli.terminal.Typo;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What to change where the lists of methods and of request headers lack what a request has. */
final class UnlistedName {

  /** At most this many characters of a server's Allow are shown. */
  private static final int MAX_ALLOW = 100;

  private static final String NEAR_MISS =
      "The list has %s, which is another %s than %s: a letter is wrong in one of them.";

  /** Names that differ in more letters are other names. */
  private static final int MAX_TYPO = 2;

  /** Shorter words are near to too many. */
  private static final int MIN_LENGTH = 5;

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");

  /** In the order of telling, because an answer may have the name in both. */
  private static final List<Map.Entry<String, String>> NOT_FOR_PERMISSION =
      List.of(
          Map.entry(
              GrantHeaders.EXPOSE_HEADERS, "is for headers of the response that a page may read"),
          Map.entry(
              "Access-Control-Request-Headers", "is the browser's question, and not an answer"));

  /** Browsers send these by themselves, and then ask nobody. */
  private static final List<String> OF_CACHES =
      List.of("cache-control", "expires", "if-modified-since", "if-none-match", "pragma");

  private UnlistedName() {}

  static Remedy syntax(NotShared refusal, RequiredGrant grant) {
    boolean methods = refusal.cause() == Cause.ACAM_SYNTAX;
    String header = methods ? GrantHeaders.ALLOW_METHODS : GrantHeaders.ALLOW_HEADERS;
    return Remedy.of(
        refusal.cause().name(),
        Remedy.answer(refusal.where())
            + " has a malformed "
            + header
            + (refusal.subject().isEmpty() || refusal.subject().equals(refusal.value())
                ? ": a browser finds no list of "
                    + (methods ? "methods" : "header names")
                    + " there"
                : ": \""
                    + refusal.subject()
                    + "\" is not a "
                    + (methods ? "method" : "header name"))
            + (refusal.lines().isEmpty() ? "." : ". The header is:  " + refusal.value()),
        List.of(
            "Separate "
                + (methods ? "methods" : "names")
                + " by commas. Use no quotation marks, brackets or semicolons, and no spaces inside a name."),
        grant);
  }

  static Remedy method(NotShared refusal, RequiredGrant grant, Optional<WireResponse> response) {
    String method = refusal.subject().isEmpty() ? "the request's method" : refusal.subject();
    List<Advice> advice = new ArrayList<>();
    if (method.equals("patch") || method.equals("query")) {
      return lowerCase(refusal, grant, method.toUpperCase(Locale.ROOT));
    }
    if (isQuoted(refusal.value(), method)) {
      advice.add(
          Advice.of("Remove the quotation marks from the list: they are part of the method now."));
    } else if (List.of(refusal.value().split("[, ]+")).contains(Bytes.lowerCase(method))) {
      advice.add(
          Advice.of(
              "Methods are case-sensitive: the list has "
                  + Bytes.lowerCase(method)
                  + ", and the request is a "
                  + method
                  + ". Write "
                  + method
                  + ", and the others of the list in upper case, too."));
    } else {
      if (refusal.lines().contains("*")) {
        advice.add(
            Advice.of(
                "With credentials, a * in Access-Control-Allow-Methods is not a wildcard: write the methods"
                    + " instead."));
      }
      word(refusal, "methods").ifPresent(advice::add);
      nearMiss(refusal, method)
          .filter(near -> !METHODS.contains(near))
          .ifPresent(near -> advice.add(Advice.of(NEAR_MISS.formatted(near, "method", method))));
      boolean bars = List.of(refusal.value().split("[|/]")).contains(method);
      advice.add(
          bars
              ? Advice.of(
                  "Separate the methods by commas: with | or / between them, the whole is one method.")
              : Topic.ADD_NAME.advice(
                  "Add "
                      + method
                      + " to Access-Control-Allow-Methods."
                      + ofProgram(response, KnownLayer::methods)
                      + lacked(refusal, "Access-Control-Request-Method")));
    }
    Optional<Server> seen = response.flatMap(Server::seen);
    boolean fastify = seen.isEmpty() || seen.equals(Optional.of(Server.FASTIFY));
    boolean named = response.filter(found -> found.headers().has("Server")).isPresent();
    if (refusal.value().equals("GET,HEAD,POST") && fastify && !named) {
      advice.add(
          Advice.marked(
              "If it is {program Fastify}: that is what @fastify/cors allows as long as its option methods is not set."
                  + " Name them all there: methods: [\"GET\", \"HEAD\", \"POST\", \""
                  + method
                  + "\"]."));
    }
    if (refusal.lines().isEmpty()) {
      advice.add(byFramework(response).map(Advice::of).orElseGet(() -> ifListed(method)));
    }
    return Remedy.granting(
        "METHOD_NOT_ALLOWED",
        Remedy.answer(refusal.where())
            + " does not allow "
            + method
            + listed("; Access-Control-Allow-Methods", refusal),
        advice,
        grant);
  }

  /**
   * Some frameworks answer OPTIONS by themselves, and a filter adds the origin to whatever it is.
   */
  private static Optional<String> byFramework(Optional<WireResponse> response) {
    return response
        .flatMap(found -> found.headers().get("Allow"))
        .map(
            allow ->
                "The framework answers OPTIONS itself (Allow: "
                    + Printable.shown(allow, MAX_ALLOW)
                    + "), which is no permission for a browser, and what adds"
                    + " Access-Control-Allow-Origin does not check whether it is a preflight. Let"
                    + " it add the lists to answers to OPTIONS, or use a CORS layer that answers"
                    + " preflights.");
  }

  /** The script has to write the method in upper case; only then is the list looked at. */
  private static Remedy lowerCase(NotShared refusal, RequiredGrant grant, String upper) {
    boolean listed = List.of(refusal.value().split("[, ]+")).contains(upper);
    String inScript =
        "Write "
            + upper
            + " in the script. Methods are case-sensitive, and browsers write only GET, HEAD,"
            + " POST, PUT, DELETE and OPTIONS in upper case automatically.";
    return Remedy.of(
        "METHOD_NOT_ALLOWED",
        Remedy.answer(refusal.where())
            + " does not allow "
            + refusal.subject()
            + ", as the script writes it"
            + listed("; Access-Control-Allow-Methods", refusal),
        listed
            ? List.of(inScript, "The server allows " + upper + ": nothing is to be changed there.")
            : List.of(inScript, "Then let the server allow " + upper + "."),
        listed ? Optional.empty() : Optional.of(grant),
        List.of());
  }

  /** What the list is called in a program that has a layer of its own. */
  private static String ofProgram(
      Optional<WireResponse> response, Function<KnownLayer, Optional<String>> list) {
    return response
        .flatMap(KnownLayer::ofProgram)
        .flatMap(list)
        .map(name -> " Here that list is " + name + ".")
        .orElse("");
  }

  /** Where the name is, if nobody has written it. */
  private static String lacked(NotShared refusal, String header) {
    return refusal.subject().isEmpty()
        ? " Your paste does not have the name: in the browser's network panel, the preflight has"
            + " it in "
            + header
            + "."
        : "";
  }

  /** For whom adding a name is no news. */
  private static Advice ifListed(String name) {
    return Topic.LISTED_ELSEWHERE.advice(
        "If "
            + name
            + " is listed already, another layer answers OPTIONS for this path (a proxy, a gateway, a"
            + " panel such as Plesk, the framework), or the list applies to other paths.");
  }

  /** What the list has instead of a word, misspelled, or with an underscore. */
  private static Optional<String> nearMiss(NotShared refusal, String word) {
    return Stream.of(refusal.value().split("[, ]+"))
        .filter(listed -> word.length() >= MIN_LENGTH && Bytes.isToken(listed))
        .filter(listed -> Math.abs(listed.length() - word.length()) <= MAX_TYPO)
        .filter(listed -> !Bytes.equalIgnoringCase(listed, word))
        .filter(listed -> Typo.distance(Bytes.lowerCase(listed), Bytes.lowerCase(word)) <= MAX_TYPO)
        .findFirst();
  }

  private static boolean isListed(NotShared refusal) {
    return !refusal.subject().isEmpty()
        && List.of(Bytes.lowerCase(refusal.value()).split("[, ]+"))
            .contains(Bytes.lowerCase(refusal.subject()));
  }

  /** An apostrophe is a letter of methods and names (RFC 9110, section 5.6.2). */
  private static boolean isQuoted(String list, String word) {
    return Bytes.lowerCase(list).contains("'" + Bytes.lowerCase(word) + "'");
  }

  static Remedy header(NotShared refusal, RequiredGrant grant, Optional<WireResponse> response) {
    String name = refusal.subject();
    String named = name.isEmpty() ? "one of the request's headers" : name;
    Optional<Remedy> misplaced = MisplacedHeader.remedy(refusal, grant);
    if (misplaced.isPresent()) {
      return misplaced.get();
    }
    List<Advice> advice = new ArrayList<>();
    if (isQuoted(refusal.value(), name)) {
      advice.add(
          Advice.of("Remove the quotation marks from the list: they are part of the name now."));
    } else if (isListed(refusal)) {
      advice.add(
          Topic.LISTED_ELSEWHERE.advice(
              "The list above has it already, so another layer answers OPTIONS for this path: a proxy, a"
                  + " gateway, a panel such as Plesk, or the framework. Add it there, or let OPTIONS pass to"
                  + " the application."));
    } else {
      word(refusal, "names").ifPresent(advice::add);
      nearMiss(refusal, name)
          .ifPresent(near -> advice.add(Advice.of(NEAR_MISS.formatted(near, "name", name))));
      inAnotherHeader(response, name).ifPresent(advice::add);
      boolean any = refusal.value().contains("*");
      if (any) {
        advice.add(
            Advice.of(
                Bytes.equalIgnoringCase(name, "Authorization")
                    ? "A * in Access-Control-Allow-Headers does not cover Authorization: write that name"
                        + " beside it, or all names instead of *."
                    : "With credentials, a * in Access-Control-Allow-Headers is not a wildcard: write the"
                        + " names instead."));
      }
      Topic add = Bytes.equalIgnoringCase(name, "Content-Type") ? Topic.ADD_TYPE : Topic.ADD_NAME;
      advice.add(
          add.advice(
              "Add "
                  + named
                  + " to Access-Control-Allow-Headers. Case does not matter."
                  + ofProgram(response, KnownLayer::headers)
                  + lacked(refusal, "Access-Control-Request-Headers")));
      if (refusal.where().status() == 0 && !any) {
        advice.add(ifListed(name.isEmpty() ? "it" : name));
      } else if (refusal.lines().isEmpty()) {
        byFramework(response).map(Advice::of).ifPresent(advice::add);
      }
      if (add != Topic.ADD_TYPE) {
        advice.add(
            Topic.MAY_REMOVE_HEADER.advice(
                OF_CACHES.contains(Bytes.lowerCase(name))
                    ? "Or remove it from the script: the browser's cache checks automatically"
                        + " whether its copy is still good. fetch(url, {cache: \"no-cache\"})"
                        + " makes it check each time, and \"no-store\" leaves the cache out;"
                        + " neither needs a permission."
                    : "Or remove it from the request, if the server does not need it: a default or an"
                        + " interceptor of the HTTP library may add it to every request."));
      }
    }
    if (Bytes.equalIgnoringCase(name, "Content-Type")) {
      boolean reads = List.of("GET", "HEAD").contains(grant.method());
      if (reads && refusal.where().status() != 0) {
        advice.add(
            0,
            Topic.SENDS_TYPE.advice(
                "The script sends Content-Type with a "
                    + grant.method()
                    + ", which has no body: remove that header from the script, and the browser"
                    + " does not request it."));
      } else {
        advice.add(
            Topic.TYPE_OF_JSON.advice(
                "A JSON body needs it. A request without a body does not. Only form data and"
                    + " text/plain are sent without a preflight."));
      }
    }
    return Remedy.granting(
        "HEADER_NOT_ALLOWED",
        Remedy.answer(refusal.where())
            + " does not allow the request header "
            + (name.isEmpty() ? "that the page sends" : name)
            + listed("; Access-Control-Allow-Headers", refusal),
        advice,
        grant);
  }

  /** A word that is meant to say: all of them. */
  private static Optional<Advice> word(NotShared refusal, String what) {
    String word = refusal.value().strip();
    return Bytes.equalIgnoringCase(word, "all") || Bytes.equalIgnoringCase(word, "any")
        ? Optional.of(
            Advice.of(
                word
                    + " has no meaning there. Write the "
                    + what
                    + ", with commas between them. * is possible only without credentials."))
        : Optional.empty();
  }

  /** A name that the answer has, in a header that says something else. */
  private static Optional<Advice> inAnotherHeader(Optional<WireResponse> response, String name) {
    return NOT_FOR_PERMISSION.stream()
        .filter(other -> response.filter(found -> has(found, other.getKey(), name)).isPresent())
        .map(
            other ->
                Advice.of(
                    other.getKey()
                        + " has that name, which "
                        + other.getValue()
                        + ". What is allowed belongs in Access-Control-Allow-Headers."))
        .findFirst();
  }

  private static boolean has(WireResponse response, String list, String name) {
    return response.headers().split(list).orElse(List.of()).stream()
        .anyMatch(listed -> Bytes.equalIgnoringCase(listed, name));
  }

  /** What the list has, behind what is said of it. */
  static String listed(String header, NotShared refusal) {
    return refusal.where().status() == 0 && refusal.lines().isEmpty()
        ? "."
        : refusal.lines().isEmpty()
            ? header + " is absent."
            : refusal.value().isBlank()
                ? header + " is empty."
                : isListed(refusal)
                    ? ", and the list in your paste has it already: " + refusal.value() + "."
                    : header + " has only: " + refusal.value() + ".";
  }
}

package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import dev.crosswalk.cors.cli.explain.paste.DeniedPrograms;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.sign.LayerWords;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a paste shows of the server: its configuration, its code, or its name. Nothing is guessed:
 * two servers of the same kind of sign are none, because nobody knows which one has to change.
 *
 * @param server that it is a sign of; empty: a provider's own, which nobody else configures
 * @param sign the kind of it
 * @param pattern of the paste, or of the host that was asked
 */
record Software(Optional<Server> server, Sign sign, Pattern pattern) {

  /** How much a sign tells, the most first. */
  private enum Sign {
    HOST,
    CORS,
    CODE,
    NAME
  }

  private static final List<Software> ALL =
      Facts.lines(Software.class, "software.txt").stream().map(Software::read).toList();

  /** What is built on the next has the last word. */
  private static final List<List<Server>> IN_FRONT =
      List.of(
          List.of(Server.INGRESS_NGINX, Server.NGINX),
          List.of(Server.NESTJS, Server.KOA, Server.HONO, Server.WORKERS, Server.EXPRESS),
          List.of(Server.LARAVEL, Server.PHP),
          List.of(
              Server.SPRING_CLOUD_GATEWAY, Server.WEBFLUX, Server.SPRING_SECURITY, Server.SPRING));

  private static Software read(String line) {
    String[] columns = line.split(" \\| ", 3);
    return new Software(
        columns[0].equals("-") ? Optional.empty() : Optional.of(server(columns[0])),
        Sign.valueOf(columns[1].toUpperCase(Locale.ROOT)),
        Pattern.compile(columns[2], Pattern.CASE_INSENSITIVE | Pattern.MULTILINE));
  }

  private static Server server(String name) {
    return Stream.of(Server.values())
        .filter(server -> server.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The application's own layer refuses. */
  private static final String REFUSED = "SERVER_REFUSES";

  /** Whose refusal tells the software, as nothing else has these words. */
  private static final String OF_SPRING = "Spring";

  /** Not solved by headers, or not in the configuration that a paste is most likely to show. */
  private static final List<String> OTHERWISE = List.of(REFUSED, "ORB", "CORB");

  /** The paste lists the page, and still lacks lines. */
  private static final List<String> BY_LINES =
      List.of("ACAO_WILDCARD_CREDENTIALS", "HEADER_NOT_ALLOWED", "METHOD_NOT_ALLOWED");

  /** What the paste has is right but for one value, and lines for the rest would replace it. */
  private static final Topic[] ONE_VALUE = {
    Topic.LISTS_OTHERS,
    Topic.LISTS_NAMES,
    Topic.SETTING,
    Topic.SETTING_IN_JSON,
    Topic.SETTING_WITHOUT_SCHEME,
    Topic.SETTING_NEAR,
    Topic.SETTING_DIFFERS,
    Topic.SETTING_OTHER_PORT,
    Topic.SETTING_WITH_SLASH,
    Topic.SETTING_QUOTED
  };

  /** The page has to ask for another URL, and then no header is needed. */
  private static final Topic[] OTHER_URL = {Topic.PATH_SLASH};

  /** The same, where the paste has the rest of the layer. */
  private static final Topic[] ONE_LINE = {
    Topic.LAYER, Topic.SPRING, Topic.PATHS, Topic.BUCKET_HEADERS
  };

  /**
   * The server that has to change.
   *
   * @param message what it is about
   * @param paste all of it
   * @return empty if nothing tells, if there are several, or if its configuration is no help
   */
  static Optional<Server> in(String paste, ConsoleMessage message) {
    Remedy remedy = message.remedy();
    boolean listed = remedy.grant().filter(grant -> !grant.kept().isNothing()).isPresent();
    boolean granted =
        remedy
            .grant()
            .filter(grant -> grant.kept().origins().contains(grant.origin()))
            .filter(grant -> !grant.origin().equals(RequiredGrant.SOME_ORIGIN))
            .isPresent();
    if (remedy.code().equals(REFUSED) && message.whose().equals(OF_SPRING)) {
      return Optional.of(inFront(Server.SPRING, paste, message.host()));
    }
    boolean elsewhere =
        granted && !BY_LINES.contains(remedy.code())
            || isElsewhere(remedy)
            || first(remedy)
                .filter(first -> first.isAbout(ONE_VALUE) || listed && first.isAbout(ONE_LINE))
                .isPresent();
    return elsewhere ? Optional.empty() : shown(paste, message.host());
  }

  /**
   * The same where the paste may have the rest, so that single lines of it change.
   *
   * @return empty if none of them does, as where two programs of the paste send headers; in it,
   *     empty if the lines alone tell of the server
   */
  static Optional<Optional<Server>> ofLines(String paste, ConsoleMessage message) {
    Set<Server> senders = seen(DeniedPrograms.withoutDenied(paste), "", Sign.CORS);
    boolean several = !senders.isEmpty() && one(senders).isEmpty();
    Optional<Server> shown = shown(paste, message.host());
    // Lines that are to be removed need no other value.
    boolean twice =
        first(message.remedy())
            .filter(first -> first.isAbout(Topic.TWO_LAYERS_IN_TEXT))
            .isPresent();
    return isElsewhere(message.remedy())
            || twice
            || several
            || shown.isEmpty() && isOfProvider(message.host())
        ? Optional.empty()
        : Optional.of(shown);
  }

  /** Whether nothing in the server's settings has to change. */
  private static boolean isElsewhere(Remedy remedy) {
    return OTHERWISE.contains(remedy.code())
        || first(remedy)
            .filter(first -> first.isAbout(OTHER_URL) || first.has(Trait.AS_IT_IS))
            .isPresent();
  }

  private static Optional<Advice> first(Remedy remedy) {
    return remedy.advice().stream().findFirst();
  }

  private static Optional<Server> shown(String pasted, String host) {
    String paste = withoutSender(DeniedPrograms.withoutDenied(pasted));
    if (REST_API.matcher(paste).find()) {
      return Optional.empty();
    }
    for (Sign sign : Sign.values()) {
      Set<Server> seen = seen(paste, host, sign);
      if (!seen.isEmpty()) {
        return one(seen).map(server -> inFront(server, paste, host));
      }
      if (sign == Sign.HOST && isOfProvider(host)) {
        break;
      }
    }
    return Optional.empty();
  }

  /** Amazon's older gateway, which has no setting for CORS: its template has to change. */
  private static final Pattern REST_API =
      Pattern.compile(
          "(?i)\\A(?s)(?!.*\\b(?:httpapi|aws::apigatewayv2|http api)\\b).*(?:\\baws::(?:serverless::api|apigateway::[a-z]{4,20})\\b"
              + "|\\bgatewayresponses?\\b|\\b(?:aws sam|sam template)\\b|\\bdefault_[45]xx\\b|\\bevents:\\s{1,40}- ?http:)");

  /** What an answer names as its server, where the layer that writes its headers is in the text. */
  private static final Pattern SENDER =
      Pattern.compile("(?im)^[ \\t<>|*]{0,8}(?:server|via): ?[^\\n]{1,200}$");

  /** Behind a layer that a paste shows, a web server in front of it needs no second one. */
  private static String withoutSender(String paste) {
    return LayerWords.shown(Paste.of(paste).whole()).isPresent()
        ? SENDER.matcher(paste).replaceAll("")
        : paste;
  }

  private static boolean isOfProvider(String host) {
    return ALL.stream()
        .filter(each -> each.server.isEmpty())
        .anyMatch(each -> BoundedText.find(each.pattern, host));
  }

  private static Set<Server> seen(String paste, String host, Sign sign) {
    String text = sign == Sign.HOST ? host : paste;
    return ALL.stream()
        .filter(each -> each.sign == sign && BoundedText.find(each.pattern, text))
        .flatMap(each -> each.server.stream())
        .collect(Collectors.toSet());
  }

  private static Optional<Server> one(Set<Server> seen) {
    boolean related = IN_FRONT.stream().anyMatch(family -> family.containsAll(seen));
    return related || seen.size() == 1 ? seen.stream().findFirst() : Optional.empty();
  }

  /** PHP's code shows Laravel as well, where that is named. */
  private static Server inFront(Server found, String paste, String host) {
    Optional<List<Server>> family =
        IN_FRONT.stream().filter(each -> each.contains(found)).findFirst();
    if (family.isEmpty()) {
      return found;
    }
    Set<Server> seen =
        Stream.of(Sign.values())
            .flatMap(sign -> seen(paste, host, sign).stream())
            .collect(Collectors.toSet());
    return family.get().stream().filter(seen::contains).findFirst().orElse(found);
  }
}

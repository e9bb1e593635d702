package dev.crosswalk.cors.cli.explain.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.cli.explain.Cases;
import dev.crosswalk.cors.cli.explain.clue.Clue;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.server.KnownServer;
import dev.crosswalk.cors.cli.explain.sign.SignRules;
import dev.crosswalk.cors.cli.remedy.Advice;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to no block: none may take it for its own. */
class ForeignTextTest {

  private static final String BLOCKED =
      "Access to fetch at 'https://api.example.com/items' from origin 'https://app.example.com' has"
          + " been blocked by CORS policy: ";

  private static final List<String> MESSAGES =
      List.of(
          BLOCKED + "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
          BLOCKED
              + "Response to preflight request doesn't pass access control check: No"
              + " 'Access-Control-Allow-Origin' header is present on the requested resource.",
          BLOCKED
              + "Response to preflight request doesn't pass access control check: It does not have"
              + " HTTP ok status.",
          BLOCKED
              + "Response to preflight request doesn't pass access control check: Redirect is not"
              + " allowed for a preflight request.",
          BLOCKED
              + "Request header field x-tenant is not allowed by Access-Control-Allow-Headers in"
              + " preflight response.",
          BLOCKED
              + "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
          BLOCKED
              + "The value of the 'Access-Control-Allow-Origin' header in the response must not be"
              + " the wildcard '*' when the request's credentials mode is 'include'.",
          BLOCKED
              + "The 'Access-Control-Allow-Origin' header contains multiple values"
              + " 'https://app.example.com, https://app.example.com', but only one is allowed.",
          BLOCKED
              + "The 'Access-Control-Allow-Origin' header has a value 'https://www.example.com' that"
              + " is not equal to the supplied origin.",
          "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource"
              + " at https://api.example.com/items. (Reason: CORS request did not succeed).",
          "TypeError: Failed to fetch");

  /** A question in plain words, with no program in it, and no fact. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "I am new to this and do not understand what the browser wants from me.",
        "It works on my machine, and not on the one of my colleague.",
        "The same request works in the address bar, but not from my page.",
        "I have searched for two days and tried everything that I found.",
        "Since yesterday nothing works any more, and I have changed nothing.",
        "Is this a problem of the page or of the server?",
        "I only want to read a list of items and to show it.",
        "The page loads, the list stays empty, and the console shows this.",
        "Could somebody explain what I have to change, and where?",
        "It happens only now and then, most often in the evening.",
        "In the network panel the request is red, and there is no response to see.",
        "Our users see an empty page, and we cannot reproduce it.",
        "The server is run by another team, and they say that all is right on their side.",
        "When I send the request by hand, I get the data that I expect.",
        "We have two environments, and only one of them does this.",
        "I need this for a school project, so please answer in simple words.",
        "The login works, and every request after it fails like this.",
        "The first version of the page had no such trouble.",
        "I have added the headers in my request, and it makes no difference.",
        "My colleague says that I should ask the people who made the API.",
        "I cleared the cache, used another browser, and restarted everything.",
        "It worked last week, then we updated some packages.",
        "Pictures are shown, and only the data is missing.",
        "On the phone it works, and on the desktop it does not.",
        "The page is on one domain and the API is on another one, both with a certificate.",
        "I do not want to open the API for everybody, only for my own page.",
        "Is it safe to allow all origins, or should I name the pages?",
        "My boss wants to know whose fault it is before we change anything.",
        "I read that it has to do with a header, but I do not know which one to set.",
        "Thank you in advance, any hint is welcome!"
      })
  void a_plain_question_changes_nothing(String question) {
    for (String message : Cases.each(9, MESSAGES)) {
      assertEquals(ALONE.get(message), advice(message + "\n" + question), message);
    }
  }

  private static List<String> advice(String paste) {
    return Console.read(paste).get(0).remedy().words();
  }

  /** What is told of each message with nothing beside it. */
  private static final Map<String, List<String>> ALONE =
      MESSAGES.stream().collect(Collectors.toMap(Function.identity(), ForeignTextTest::advice));

  /** People paste what they were told; advice is right, and so it has no mistake in it. */
  @ParameterizedTest
  @MethodSource("told")
  void advice_is_not_a_mistake_itself(String words) {
    PastedText text = Paste.of(words).whole();
    assertEquals(
        List.of(),
        Clue.all().stream()
            .filter(clue -> clue.where().contains(Clue.MISTAKE) && clue.isIn(text))
            .filter(clue -> !clue.advice().words().equals(words))
            .toList());
  }

  static Stream<String> told() {
    return Stream.of(
        Clue.all().stream().map(Clue::advice),
        KnownServer.all().stream().map(KnownServer::note),
        SignRules.all().rules().stream().map(SignRules.Rule::advice))
        .flatMap(each -> each)
        .map(Advice::words)
        .distinct()
        .collect(Collectors.collectingAndThen(Collectors.toList(), all -> Cases.each(9, all)))
        .stream();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Another project of ours uses %s, and there it works.",
        "It works fine with %s.",
        "I also tried %s, and it is the same.",
        "We moved away from %s last year.",
        "We used to have %s.",
        "Should I use %s?"
      })
  void a_program_beside_the_server_that_is_asked_changes_nothing(String remark) {
    for (String program :
        List.of("nginx", "Caddy", "Django", "FastAPI", "Fastify", "Keycloak", "Strapi", "Zuul")) {
      for (String message : Cases.each(13, MESSAGES)) {
        assertEquals(
            ALONE.get(message), advice(message + "\n" + remark.formatted(program)), program);
      }
    }
  }

  @Test
  void a_program_that_the_text_is_about_counts() {
    String twice = MESSAGES.get(7);
    assertEquals(
        "nginx adds the header, and so does the server behind it.",
        advice(twice + "\nThe server is behind nginx. I also tried nginx without my lines.")
            .get(0)
            .replaceFirst("(?<=behind it\\.).*", ""));
  }
}

package dev.crosswalk.cors.cli.explain.sign;

import static java.util.Map.entry;

import dev.crosswalk.cors.cli.explain.lists.AllowList;
import dev.crosswalk.cors.cli.explain.lists.MisspelledHeader;
import dev.crosswalk.cors.cli.explain.lists.TwoLists;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Signs of the names of methods and headers that code lists, and of those that a header has. */
final class NameSigns {

  static final Map<String, Predicate<MessageContext>> SIGNS =
      Map.ofEntries(
          entry("method.case", NameSigns::isMethodOfOtherCase),
          entry("lists.methods", each -> each.policy().methods().whole()),
          entry("lists.method", each -> has(each.policy().methods(), each.subject())),
          entry("lists.less", NameSigns::listsLess),
          entry("lists.headers", each -> headers(each).whole()),
          entry("lists.header", each -> has(headers(each), each.subject())),
          entry("lists.typo", each -> typo(each).isPresent()),
          entry("lists.exposed", each -> !exposed(each).isEmpty()),
          entry("exposes.subject", each -> has(each.policy().exposed(), each.subject())),
          entry("asks.unlisted", each -> headers(each).whole() && !unlisted(each).isEmpty()),
          entry("answer.any", each -> each.value("value").strip().equals("*")),
          entry("lists.told", each -> !each.value("value").isEmpty()),
          entry("lists.received", each -> !received(each).isEmpty()),
          entry("header.misspelled", each -> misspelled(each).isPresent()),
          entry("own.header", each -> !headerInOwnWords(each).isEmpty()),
          entry("own.exposed", each -> !exposedInOwnWords(each).isEmpty()));

  static final Map<String, Function<MessageContext, String>> WORDS =
      Map.ofEntries(
          entry("methods", each -> each.policy().shownMethods()),
          entry("headers", each -> each.policy().shownHeaders()),
          entry("typo", each -> typo(each).map(Map.Entry::getKey).orElse("")),
          entry("meant", each -> typo(each).map(Map.Entry::getValue).orElse("")),
          entry("exposed", NameSigns::exposed),
          entry("unlisted", NameSigns::unlisted),
          entry("received", NameSigns::received),
          entry("misspelled", each -> misspelled(each).map(MisspelledHeader::written).orElse("")),
          entry("spelled", each -> misspelled(each).map(MisspelledHeader::meant).orElse("")),
          entry("ownmethod", NameSigns::methodInOwnWords),
          entry("ownheader", NameSigns::headerInOwnWords),
          entry("ownexposed", NameSigns::exposedInOwnWords));

  /** Which header has to be there for a cause. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "ACAO_MISSING",
          "access-control-allow-origin",
          MessageContext.METHOD,
          "access-control-allow-methods",
          "HEADER_NOT_ALLOWED",
          "access-control-allow-headers",
          "ACAC_NOT_TRUE",
          "access-control-allow-credentials",
          "NOT_EXPOSED",
          "access-control-expose-headers");

  private NameSigns() {}

  private static boolean has(AllowList list, String name) {
    return list.has(Bytes.lowerCase(name));
  }

  // --------------------------------------------------------------------------------- the methods

  /** Methods are case-sensitive, and the list is read in lower case. */
  private static boolean isMethodOfOtherCase(MessageContext beside) {
    String method = beside.subject();
    return !method.isEmpty()
        && (method.matches(".*[a-z].*") || beside.value("value").contains(Bytes.lowerCase(method)));
  }

  private static boolean listsLess(MessageContext beside) {
    boolean ofItself = !beside.asksMethod() && WordSigns.has("methods.added", beside.paste());
    AllowList methods = beside.policy().methods();
    return !ofItself
        && methods.whole()
        && !beside.method().isEmpty()
        && !has(methods, beside.method());
  }

  private static String methodInOwnWords(MessageContext beside) {
    String method = beside.subject().isEmpty() ? beside.method() : beside.subject();
    return LayerWords.sentence(LayerWords.Lack.METHOD, method, beside.paste());
  }

  // --------------------------------------------------------------------------------- the headers

  private static AllowList headers(MessageContext beside) {
    return beside.policy().headers();
  }

  /** The request headers that the server has to allow. */
  private static Set<String> needed(MessageContext beside) {
    Set<String> needed = new LinkedHashSet<>(beside.details().requestHeaders());
    needed.add(Bytes.lowerCase(beside.subject()));
    return needed;
  }

  /** A name of the list with a typo in it, and the header that was meant. */
  private static Optional<Map.Entry<String, String>> typo(MessageContext beside) {
    return headers(beside).typo(needed(beside));
  }

  /** A request header in the list of those that a script may read. */
  private static String exposed(MessageContext beside) {
    return needed(beside).stream()
        .filter(name -> beside.policy().exposed().has(name) && !headers(beside).has(name))
        .findFirst()
        .orElse("");
  }

  private static List<String> allUnlisted(MessageContext beside) {
    return beside.details().requestHeaders().stream()
        .filter(name -> !headers(beside).has(name))
        .toList();
  }

  private static String unlisted(MessageContext beside) {
    return String.join(" and ", allUnlisted(beside));
  }

  /** The list has not the header of the message, or else the first of the page's. */
  private static String headerInOwnWords(MessageContext beside) {
    String header =
        beside.subject().isEmpty()
            ? allUnlisted(beside).stream().findFirst().orElse("")
            : beside.subject();
    return LayerWords.sentence(LayerWords.Lack.HEADER, header, beside.paste());
  }

  private static String exposedInOwnWords(MessageContext beside) {
    return LayerWords.sentence(LayerWords.Lack.EXPOSED, beside.subject(), beside.paste());
  }

  // ---------------------------------------------------------------------------------- the answer

  /** The list that the browser got, where the text shows another one as well. */
  private static String received(MessageContext beside) {
    String value = beside.value("value");
    return TwoLists.in(beside.paste(), beside.value("code"))
        .received(beside.subject())
        .map(list -> value.isBlank() ? list : value)
        .orElse("");
  }

  private static Optional<MisspelledHeader> misspelled(MessageContext beside) {
    return MisspelledHeader.in(beside.paste(), HEADERS.getOrDefault(beside.remedy().code(), ""));
  }
}

package dev.crosswalk.cors.cli.remedy.refusal;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.layer.CrosswalkRemedy;
import dev.crosswalk.cors.cli.remedy.layer.OptionsAnswer;
import dev.crosswalk.cors.cli.remedy.layer.TwoLayers;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A browser names the first fault of an answer and stops. The answer shows others, which the same
 * change can solve.
 */
public final class FollowingFault {

  /** After these, a browser goes on to look whether credentials are allowed. */
  private static final Set<Cause> OF_ORIGIN =
      Set.of(
          Cause.ACAO_MULTIPLE,
          Cause.ACAO_INVALID,
          Cause.ACAO_MISMATCH,
          Cause.ACAO_WILDCARD_CREDENTIALS);

  /** There the list itself has to be rewritten. */
  private static final Set<Cause> OF_LISTS = Set.of(Cause.ACAM_SYNTAX, Cause.ACAH_SYNTAX);

  private FollowingFault() {}

  /**
   * What the refused answer shows besides.
   *
   * @param told what is said already
   */
  public static List<String> after(
      NotShared refusal, WireResponse answer, Remedy told, RequiredGrant grant) {
    List<String> next = new ArrayList<>();
    boolean credentials =
        grant.credentials()
            && OF_ORIGIN.contains(refusal.cause())
            && !answer.headers().get(GrantHeaders.ALLOW_CREDENTIALS).equals(Optional.of("true"));
    if (credentials) {
      next.add(
          told.isOfCrosswalk()
              // Its refusal has that header in no case.
              ? "A request with credentials also needs allowCredentials() in the CorsPolicy (in"
                  + " configuration, cors.allow-credentials=true)."
              : "A request with credentials also needs Access-Control-Allow-Credentials: true, which"
                  + " this answer does not have.");
    }
    if (refusal.where().preflight()
        && isBeforeStatus(refusal)
        && !answer.hasOkStatus()
        && !told.isOfCrosswalk()) {
      List<String> whose = OptionsAnswer.whose(answer.status(), Optional.of(answer), true);
      next.add(
          "The answer also has the status "
              + answer.status()
              + ", and browsers accept only 200 to 299 for a preflight."
              + whose.stream().findFirst().map(" "::concat).orElse(""));
    }
    if (refusal.where().preflight() && !OF_LISTS.contains(refusal.cause())) {
      boolean ofLayer =
          refusal.cause() == Cause.METHOD_NOT_ALLOWED
              || refusal.cause() == Cause.HEADER_NOT_ALLOWED
              // An answer that names an origin is of a layer; 404 and the like are not.
              || isBeforeStatus(refusal) && answer.hasOkStatus();
      String known = !isBeforeStatus(refusal) && ofLayer ? Bytes.lowerCase(refusal.subject()) : "";
      next.addAll(lists(answer, told, grant, ofLayer, known));
    }
    return next;
  }

  /** Whether a browser has not come to look at the status of a preflight. */
  private static boolean isBeforeStatus(NotShared refusal) {
    return OF_ORIGIN.contains(refusal.cause()) || refusal.cause() == Cause.ACAC_NOT_TRUE;
  }

  /** What is missing in the lists of an answer to another request than a preflight. */
  public static List<String> lists(WireResponse answer, Remedy told, RequiredGrant grant) {
    return lists(answer, told, grant, false, "");
  }

  /**
   * @param isOfLayer whether a CORS layer has answered a preflight, so that no list is an empty one
   * @param known in lower case, what the browser complains of already
   */
  private static List<String> lists(
      WireResponse answer, Remedy told, RequiredGrant grant, boolean isOfLayer, String known) {
    List<String> next = new ArrayList<>();
    String method = grant.method();
    Optional<List<String>> methods = answer.headers().split(GrantHeaders.ALLOW_METHODS);
    List<String> methodsListed = methods.orElse(List.of());
    if ((methods.isPresent() || isOfLayer)
        && !Methods.isSafelisted(method)
        && !Bytes.lowerCase(method).equals(known)
        && !isTold(told, method)
        && methodsListed.stream().allMatch(Bytes::isToken)
        && !methodsListed.contains(method)
        && !isAny(methodsListed, grant)) {
      next.add(
          "Then add "
              + method
              + " to "
              + place(told, CrosswalkRemedy.layer().methods(), GrantHeaders.ALLOW_METHODS)
              + " as well"
              + (told.isOfCrosswalk()
                  ? "."
                  : methodsListed.isEmpty()
                      ? ", which is absent."
                      : ": the list has only " + String.join(", ", methodsListed) + "."));
    }
    Optional<List<String>> headers = answer.headers().split(GrantHeaders.ALLOW_HEADERS);
    List<String> listed = headers.orElse(List.of()).stream().map(Bytes::lowerCase).toList();
    List<String> missing =
        grant.requestHeaders().stream()
            .filter(name -> !listed.contains(name) && !name.equals(known) && !isTold(told, name))
            .filter(name -> name.equals("authorization") || !isAny(listed, grant))
            .toList();
    // Browsers let a * pass for Authorization, and warn.
    boolean warned = missing.equals(List.of("authorization")) && isAny(listed, grant);
    boolean wellFormed = listed.stream().allMatch(Bytes::isToken);
    boolean asked = TwoLayers.namesAreNotAsked(answer).isEmpty() || headers.isPresent();
    if (!missing.isEmpty()
        && !warned
        && wellFormed
        && asked
        && (headers.isPresent() || isOfLayer)) {
      next.add(
          "Then add "
              + String.join(", ", missing)
              + " to "
              + place(told, CrosswalkRemedy.layer().headers(), GrantHeaders.ALLOW_HEADERS)
              + " as well"
              + (told.isOfCrosswalk()
                  ? "."
                  : listed.isEmpty()
                      ? ", which is absent."
                      : ": the list has only "
                          + String.join(", ", headers.orElseThrow())
                          + (listed.stream().anyMatch(name -> name.startsWith("'"))
                              ? ", where the quotation marks are a part of the names."
                              : ".")));
    }
    return next;
  }

  /** What a name is added to: where this library answers, its policy, and no header. */
  private static String place(Remedy told, Optional<String> ofPolicy, String field) {
    return ofPolicy.filter(list -> told.isOfCrosswalk()).orElse(field);
  }

  private static boolean isAny(List<String> listed, RequiredGrant grant) {
    return listed.contains("*") && !grant.credentials();
  }

  /** What is to be added already needs no second sentence. */
  private static boolean isTold(Remedy told, String name) {
    Pattern word =
        Pattern.compile(
            "\\badd [^.]*(?<![a-z-])" + Pattern.quote(Bytes.lowerCase(name)) + "(?![a-z-])");
    return told.words().stream()
        .map(Bytes::lowerCase)
        .anyMatch(words -> word.matcher(words).find());
  }
}

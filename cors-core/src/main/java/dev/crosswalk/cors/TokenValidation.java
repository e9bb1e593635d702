package dev.crosswalk.cors;

import dev.crosswalk.cors.PolicyProblem.Severity;
import dev.crosswalk.cors.internal.syntax.HeaderNames;
import dev.crosswalk.cors.internal.syntax.Methods;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import dev.crosswalk.cors.internal.syntax.TokenList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with a list of tokens, which may be a single {@code *}.
 *
 * @param key what is equal if two members are the same
 * @param duplicate the code of a member that is there twice
 * @param besideAny what may be listed together with {@code *}
 * @param anyMixed the code of a member that may not
 * @param checks the first check that finds something is reported
 */
record TokenValidation(
    Setting setting,
    UnaryOperator<String> key,
    ProblemCode duplicate,
    Predicate<String> besideAny,
    ProblemCode anyMixed,
    List<Check> checks) {

  /**
   * Something that can be wrong with one member of a list.
   *
   * @param instead what to write instead; empty if that is not certain
   */
  record Check(
      ProblemCode code, Predicate<String> isWrong, Function<String, List<String>> instead) {

    Check(ProblemCode code, Predicate<String> isWrong) {
      this(code, isWrong, member -> List.of());
    }
  }

  static final TokenValidation METHODS =
      new TokenValidation(
          Setting.ALLOWED_METHODS,
          method -> method,
          ProblemCode.METHOD_DUPLICATE,
          method -> false,
          ProblemCode.METHOD_ANY_MIXED,
          List.of(
              empty(ProblemCode.METHOD_EMPTY),
              invalid(ProblemCode.METHOD_INVALID),
              new Check(ProblemCode.METHOD_FORBIDDEN, Methods::isForbidden),
              new Check(
                  ProblemCode.METHOD_NOT_NORMALIZED,
                  method -> !Methods.normalize(method).equals(method),
                  method -> List.of(Methods.normalize(method))),
              wildcard(ProblemCode.METHOD_WILDCARD),
              new Check(ProblemCode.METHOD_OPTIONS, method -> method.equals("OPTIONS")),
              doubtful(ProblemCode.METHOD_DOUBTFUL),
              new Check(
                  ProblemCode.METHOD_CASE,
                  method -> !method.toUpperCase(Locale.ROOT).equals(method))));

  static final TokenValidation REQUEST_HEADERS =
      new TokenValidation(
          Setting.ALLOWED_REQUEST_HEADERS,
          name -> name.toLowerCase(Locale.ROOT),
          ProblemCode.REQUEST_HEADER_DUPLICATE,
          HeaderNames.AUTHORIZATION::equalsIgnoreCase,
          ProblemCode.REQUEST_HEADER_ANY_MIXED,
          List.of(
              empty(ProblemCode.REQUEST_HEADER_EMPTY),
              invalid(ProblemCode.REQUEST_HEADER_INVALID),
              new Check(ProblemCode.REQUEST_HEADER_OF_POLICY, HeaderNames::isOfTheProtocol),
              new Check(ProblemCode.REQUEST_HEADER_DIRECTION, HeaderNames::isOfResponsesOnly),
              new Check(ProblemCode.REQUEST_HEADER_FORBIDDEN, HeaderNames::isForbiddenInRequests),
              wildcard(ProblemCode.REQUEST_HEADER_WILDCARD),
              doubtful(ProblemCode.REQUEST_HEADER_DOUBTFUL),
              new Check(
                  ProblemCode.REQUEST_HEADER_SAFELISTED, HeaderNames::isSafelistedInRequests)));

  static final TokenValidation RESPONSE_HEADERS =
      new TokenValidation(
          Setting.EXPOSED_RESPONSE_HEADERS,
          name -> name.toLowerCase(Locale.ROOT),
          ProblemCode.RESPONSE_HEADER_DUPLICATE,
          name -> false,
          ProblemCode.RESPONSE_HEADER_ANY_MIXED,
          List.of(
              empty(ProblemCode.RESPONSE_HEADER_EMPTY),
              invalid(ProblemCode.RESPONSE_HEADER_INVALID),
              new Check(ProblemCode.RESPONSE_HEADER_FORBIDDEN, HeaderNames::isForbiddenInResponses),
              new Check(ProblemCode.RESPONSE_HEADER_OF_POLICY, HeaderNames::isOfTheProtocol),
              new Check(ProblemCode.RESPONSE_HEADER_DIRECTION, HeaderNames::isOfRequestsOnly),
              wildcard(ProblemCode.RESPONSE_HEADER_WILDCARD),
              doubtful(ProblemCode.RESPONSE_HEADER_DOUBTFUL),
              new Check(
                  ProblemCode.RESPONSE_HEADER_SAFELISTED, HeaderNames::isSafelistedInResponses)));

  private static Check empty(ProblemCode code) {
    return new Check(code, String::isEmpty);
  }

  private static Check invalid(ProblemCode code) {
    return new Check(code, token -> !Token.isToken(token), Token::within);
  }

  private static Check wildcard(ProblemCode code) {
    return new Check(code, token -> token.contains("*") && !token.equals(Setting.ANY));
  }

  private static Check doubtful(ProblemCode code) {
    return new Check(code, Token::isDoubtful, Token::names);
  }

  /**
   * Returns the members that are right.
   *
   * @param problems takes everything that is wrong or doubtful, in the order written
   */
  TokenList valid(Written written, Consumer<PolicyProblem> problems) {
    List<@Nullable String> members = written.members(setting);
    boolean any = members.contains(Setting.ANY);
    Set<String> seen = new HashSet<>();
    List<String> right = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      String member = members.get(i) == null ? "" : members.get(i);
      PolicyProblem problem = first(written, member, i);
      if (problem != null && problem.severity() == Severity.ERROR) {
        problems.accept(problem);
      } else if (any && !member.equals(Setting.ANY) && !besideAny.test(member)) {
        problems.accept(written.problem(anyMixed, setting, i));
      } else if (!seen.add(key.apply(member))) {
        problems.accept(written.problem(duplicate, setting, i));
      } else {
        right.add(member);
        if (problem != null) {
          problems.accept(problem);
        }
      }
    }
    return new TokenList(right);
  }

  private @Nullable PolicyProblem first(Written written, String member, int index) {
    for (Check check : checks) {
      if (check.isWrong().test(member)) {
        return written
            .problem(check.code(), setting, index, named(written, check.code(), member))
            .instead(check.instead().apply(member));
      }
    }
    return null;
  }

  private static String named(Written written, ProblemCode code, String member) {
    return switch (code) {
      case REQUEST_HEADER_DIRECTION -> written.nameOf(Setting.EXPOSED_RESPONSE_HEADERS);
      case RESPONSE_HEADER_DIRECTION -> written.nameOf(Setting.ALLOWED_REQUEST_HEADERS);
      case METHOD_CASE -> Text.quote(member.toUpperCase(Locale.ROOT));
      default -> "";
    };
  }
}

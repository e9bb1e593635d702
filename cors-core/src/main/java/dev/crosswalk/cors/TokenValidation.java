package dev.crosswalk.cors;

import dev.crosswalk.cors.PolicyProblem.Severity;
import dev.crosswalk.cors.internal.syntax.HeaderNames;
import dev.crosswalk.cors.internal.syntax.Methods;
import dev.crosswalk.cors.internal.syntax.Text;
import dev.crosswalk.cors.internal.syntax.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with methods, request headers and response headers. */
final class TokenValidation {

  /**
   * Something that can be wrong with one member of a list.
   *
   * @param code the code, without the prefix of the list's codes
   * @param instead what to write instead; empty if that is not certain
   */
  private record Check(
      String code, Predicate<String> isWrong, Function<String, List<String>> instead) {

    Check(String code, Predicate<String> isWrong) {
      this(code, isWrong, member -> List.of());
    }
  }

  /**
   * A list of tokens, which may be a single {@code *}.
   *
   * @param codes what the codes of its problems begin with
   * @param key what is equal if two members are the same
   * @param besideAny what may be listed together with {@code *}
   * @param checks the first check that finds something is reported
   */
  private record Tokens(
      Setting setting,
      String codes,
      UnaryOperator<String> key,
      Predicate<String> besideAny,
      List<Check> checks) {

    ProblemCode code(String code) {
      return ProblemCode.valueOf(codes + "_" + code);
    }
  }

  private static final Check EMPTY = new Check("EMPTY", String::isEmpty);
  private static final Check INVALID =
      new Check("INVALID", token -> !Token.isToken(token), Token::within);
  private static final Check WILDCARD =
      new Check("WILDCARD", token -> token.contains("*") && !token.equals(Setting.ANY));

  private static final Check DOUBTFUL = new Check("DOUBTFUL", Token::isDoubtful, Token::names);

  private static final Tokens METHODS =
      new Tokens(
          Setting.ALLOWED_METHODS,
          "METHOD",
          method -> method,
          method -> false,
          List.of(
              EMPTY,
              INVALID,
              new Check("FORBIDDEN", Methods::isForbidden),
              new Check(
                  "NOT_NORMALIZED",
                  method -> !Methods.normalize(method).equals(method),
                  method -> List.of(Methods.normalize(method))),
              WILDCARD,
              new Check("OPTIONS", method -> method.equals("OPTIONS")),
              DOUBTFUL,
              new Check("CASE", method -> !method.toUpperCase(Locale.ROOT).equals(method))));

  private static final Tokens REQUEST_HEADERS =
      new Tokens(
          Setting.ALLOWED_REQUEST_HEADERS,
          "REQUEST_HEADER",
          name -> name.toLowerCase(Locale.ROOT),
          HeaderNames.AUTHORIZATION::equalsIgnoreCase,
          List.of(
              EMPTY,
              INVALID,
              new Check("OF_POLICY", HeaderNames::isOfTheProtocol),
              new Check("DIRECTION", HeaderNames::isOfResponsesOnly),
              new Check("FORBIDDEN", HeaderNames::isForbiddenInRequests),
              WILDCARD,
              DOUBTFUL,
              new Check("SAFELISTED", HeaderNames::isSafelistedInRequests)));

  private static final Tokens RESPONSE_HEADERS =
      new Tokens(
          Setting.EXPOSED_RESPONSE_HEADERS,
          "RESPONSE_HEADER",
          name -> name.toLowerCase(Locale.ROOT),
          name -> false,
          List.of(
              EMPTY,
              INVALID,
              new Check("FORBIDDEN", HeaderNames::isForbiddenInResponses),
              new Check("OF_POLICY", HeaderNames::isOfTheProtocol),
              new Check("DIRECTION", HeaderNames::isOfRequestsOnly),
              WILDCARD,
              DOUBTFUL,
              new Check("SAFELISTED", HeaderNames::isSafelistedInResponses)));

  private static final List<Tokens> LISTS = List.of(METHODS, REQUEST_HEADERS, RESPONSE_HEADERS);

  private final Setting.Values written;
  private final Setting.Values right;
  private final List<PolicyProblem> problems = new ArrayList<>();

  private TokenValidation(Setting.Values written, Setting.Values right) {
    this.written = written;
    this.right = right;
  }

  /**
   * Returns everything that is wrong or doubtful, in the order written.
   *
   * @param right takes the members that are right
   */
  static List<PolicyProblem> of(Setting.Values written, Setting.Values right) {
    TokenValidation validation = new TokenValidation(written, right);
    LISTS.forEach(validation::check);
    return validation.problems;
  }

  private void check(Tokens tokens) {
    List<@Nullable String> members = written.written(tokens.setting());
    boolean any = members.contains(Setting.ANY);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      String member = members.get(i) == null ? "" : members.get(i);
      PolicyProblem problem = first(tokens, member, i);
      if (problem != null && problem.severity() == Severity.ERROR) {
        problems.add(problem);
      } else if (any && !member.equals(Setting.ANY) && !tokens.besideAny().test(member)) {
        problems.add(written.problem(tokens.code("ANY_MIXED"), tokens.setting(), i));
      } else if (!seen.add(tokens.key().apply(member))) {
        problems.add(written.problem(tokens.code("DUPLICATE"), tokens.setting(), i));
      } else {
        right.add(tokens.setting(), member);
        if (problem != null) {
          problems.add(problem);
        }
      }
    }
  }

  private @Nullable PolicyProblem first(Tokens tokens, String member, int index) {
    for (Check check : tokens.checks()) {
      if (check.isWrong().test(member)) {
        ProblemCode code = tokens.code(check.code());
        return written
            .problem(code, tokens.setting(), index, named(code, member))
            .instead(check.instead().apply(member));
      }
    }
    return null;
  }

  private String named(ProblemCode code, String member) {
    return switch (code) {
      case REQUEST_HEADER_DIRECTION -> written.nameOf(Setting.EXPOSED_RESPONSE_HEADERS);
      case RESPONSE_HEADER_DIRECTION -> written.nameOf(Setting.ALLOWED_REQUEST_HEADERS);
      case METHOD_CASE -> Text.quote(member.toUpperCase(Locale.ROOT));
      default -> "";
    };
  }
}

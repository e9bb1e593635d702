package dev.crosswalk.cors.cli.grant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is granted, in words. */
final class GrantText {

  /** A sentence that names more than these is not read. */
  private static final int FEW = 12;

  private GrantText() {}

  /** Returns where a policy holds, inside a sentence. */
  static String paths(List<String> paths) {
    return paths.equals(List.of("/")) ? "every path" : String.join(", ", paths) + " and below";
  }

  /** Returns who is meant by what is left of a set. */
  static String of(List<OriginSet.Rest> rest) {
    OriginSet.Rest first = rest.get(0);
    if (rest.size() > 1) {
      return few(rest.stream().map(OriginSet.Rest::range).toList());
    }
    String who = first.range().equals("*") ? "every origin" : first.range();
    return first.except().isEmpty() ? who : who + " (except " + few(first.except()) + ")";
  }

  /**
   * @param names of methods or headers, perhaps with all others
   * @param noun what one of them is, such as {@code request header}
   */
  static String of(List<String> names, String noun) {
    List<String> named = names.stream().filter(name -> !name.equals(Names.OTHER)).toList();
    if (named.isEmpty()) {
      return "every other " + noun;
    }
    String all = "the " + noun + (named.size() > 1 ? "s " : " ") + few(named);
    return named.size() == names.size() ? all : all + ", and every other " + noun;
  }

  /** What readers of a policy may do beside reading; begins with a comma where that is anything. */
  static String ofReader(Rights rights) {
    List<String> may = new ArrayList<>();
    if (rights.credentials()) {
      may.add("with credentials");
    }
    names(rights.methods(), "method").ifPresent(methods -> may.add("using " + methods));
    names(rights.requestHeaders(), "request header")
        .ifPresent(headers -> may.add("setting " + headers));
    names(rights.exposed(), "response header")
        .ifPresent(headers -> may.add("seeing the response header " + headers));
    return may.isEmpty() ? "" : ", " + String.join(", ", may);
  }

  private static Optional<String> names(Names names, String noun) {
    if (names.isAny()) {
      return Optional.of("every " + noun);
    }
    return names.listed().isEmpty()
        ? Optional.empty()
        : Optional.of(few(List.copyOf(names.listed())));
  }

  static String few(List<String> all) {
    return all.stream().limit(FEW).collect(Collectors.joining(", "))
        + (all.size() > FEW ? " and " + (all.size() - FEW) + " more" : "");
  }

  static String duration(long seconds) {
    if (seconds == 0) {
      return "0 s";
    }
    Duration duration = Duration.ofSeconds(seconds);
    List<String> parts = new ArrayList<>();
    if (duration.toHours() > 0) {
      parts.add(duration.toHours() + " h");
    }
    if (duration.toMinutesPart() > 0) {
      parts.add(duration.toMinutesPart() + " min");
    }
    if (duration.toSecondsPart() > 0) {
      parts.add(duration.toSecondsPart() + " s");
    }
    return String.join(" ", parts);
  }
}

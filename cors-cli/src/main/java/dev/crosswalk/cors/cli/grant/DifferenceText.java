package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.cli.grant.Difference.Kind;
import dev.crosswalk.cors.cli.terminal.Lines;
import java.util.ArrayList;
import java.util.List;

/** Differences as text for a console, and as Markdown for a pull request. */
public final class DifferenceText {

  private static final String SAME = "The two policies decide the same.";

  private DifferenceText() {}

  /** Returns what differs in one sentence. */
  static String summary(List<Difference> differences) {
    if (differences.isEmpty()) {
      return SAME;
    }
    boolean wider = differences.stream().anyMatch(one -> one.kind() == Kind.WIDER);
    boolean narrower = differences.stream().anyMatch(one -> one.kind() == Kind.NARROWER);
    if (wider && narrower) {
      return "The new policy grants what the old one did not, and removes something.";
    }
    if (wider) {
      return "The new policy is wider.";
    }
    return narrower ? "The new policy is narrower." : "The new policy grants nothing new.";
  }

  /** Returns the differences in lines. */
  public static String text(List<Difference> differences) {
    List<String> lines = new ArrayList<>(List.of(summary(differences)));
    for (Kind kind : Kind.values()) {
      List<Difference> ofKind = of(kind, differences);
      if (ofKind.isEmpty()) {
        continue;
      }
      lines.add("");
      lines.add(kind.title());
      for (Difference difference : ofKind) {
        lines.addAll(
            Lines.wrapped(
                "  " + sign(kind) + " ",
                "    ",
                difference.where() + ": " + difference.sentence() + "."));
        lines.addAll(Lines.wrapped("      ", "        ", difference.witness().toString()));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** Returns the differences as Markdown. */
  public static String markdown(List<Difference> differences) {
    StringBuilder text = new StringBuilder("**CORS**: ").append(summary(differences)).append('\n');
    for (Kind kind : Kind.values()) {
      List<Difference> ofKind = of(kind, differences);
      if (ofKind.isEmpty()) {
        continue;
      }
      text.append("\n| ").append(kind.title()).append(" | paths | for example |\n|---|---|---|\n");
      for (Difference difference : ofKind) {
        text.append("| ")
            .append(OverviewText.escaped(difference.sentence()))
            .append(" | ")
            .append(OverviewText.escaped(difference.where()))
            .append(" | ")
            .append(OverviewText.escaped(difference.witness().toString()))
            .append(" |\n");
      }
    }
    return text.toString();
  }

  private static List<Difference> of(Kind kind, List<Difference> differences) {
    return differences.stream().filter(one -> one.kind() == kind).toList();
  }

  private static String sign(Kind kind) {
    return switch (kind) {
      case WIDER -> "+";
      case NARROWER -> "-";
      case OTHERWISE -> "~";
    };
  }
}

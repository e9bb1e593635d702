package dev.crosswalk.cors.internal.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods or the names of headers that a policy lists.
 *
 * @param members what is listed, in the order written; a {@code *} among them stands for all
 */
public record TokenList(List<String> members) {

  /** A list of nothing. */
  public static final TokenList NONE = new TokenList(List.of());

  /** Takes a copy. */
  public TokenList {
    members = List.copyOf(members);
  }

  /** Whether all are listed, whatever they are. */
  public boolean hasAny() {
    return members.contains("*");
  }

  /** Returns the list as the value of a header; null if it is empty. */
  public @Nullable String joined() {
    return members.isEmpty() ? null : String.join(", ", members);
  }
}

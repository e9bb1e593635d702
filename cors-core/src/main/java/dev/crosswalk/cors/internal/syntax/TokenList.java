package dev.crosswalk.cors.internal.syntax;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Methods or names of headers, in the order written. Where a policy lists them, a {@code *} stands
 * for all. Two lists are equal if they have the same members in the same order.
 */
public final class TokenList {

  /** A list of nothing. */
  public static final TokenList NONE = new TokenList(List.of());

  private final List<String> members;
  private final String joined;

  public TokenList(Collection<String> members) {
    this.members = List.copyOf(members);
    joined = String.join(", ", members);
  }

  public static TokenList of(String... members) {
    return new TokenList(List.of(members));
  }

  public List<String> members() {
    return members;
  }

  /** Whether all are listed, whatever they are. */
  public boolean hasAny() {
    return members.contains("*");
  }

  /** Returns the members, separated by commas. */
  public String joined() {
    return joined;
  }

  /** Returns the value of a header that has this list; null if there is nothing to say. */
  public @Nullable String headerValue() {
    return members.isEmpty() ? null : joined;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenList list && members.equals(list.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return joined;
  }
}

package dev.crosswalk.cors.tck.wire;

import java.util.List;

/**
 * What Fetch's <em>extract header list values</em> yields: null, failure, or a list. Three types
 * instead of one null and one exception, because each of the three means something else to a
 * browser.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#extract-header-list-values">Fetch: extract header
 *     list values</a>
 */
public sealed interface ListValues {

  /** The header is not there. */
  record Absent() implements ListValues {}

  /**
   * A line does not match the grammar, or there are more lines than it allows.
   *
   * @param element the first element that is malformed, or all values if there are too many
   */
  record Malformed(String element) implements ListValues {}

  /**
   * Every line matched.
   *
   * @param values of all lines, in order; empty if the lines hold no element
   */
  record Values(List<String> values) implements ListValues {}

  /** {@return the values; none unless there are some} */
  default List<String> orNone() {
    return this instanceof Values some ? some.values() : List.of();
  }
}

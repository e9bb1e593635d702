package dev.crosswalk.cors.tck.wire;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A header list: fields in the order in which they were sent, several of one name allowed. Names
 * are compared byte-case-insensitively and kept as written. Immutable.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list">Fetch: header list</a>
 */
public final class Headers implements Iterable<Headers.Field> {

  /**
   * One field line.
   *
   * @param name as written
   * @param value without the spaces and tabs around it, which are not part of a value (RFC 9110,
   *     section 5.5)
   */
  public record Field(String name, String value) {
    /**
     * Strips the optional whitespace around the value.
     *
     * @param name as written
     * @param value with or without it
     */
    public Field {
      value = Bytes.stripTabsAndSpaces(value);
    }

    boolean is(String otherName) {
      return Bytes.equalIgnoringCase(name, otherName);
    }

    @Override
    public String toString() {
      return name + ": " + value;
    }
  }

  private static final Headers NONE = new Headers(List.of());

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  /** {@return no field at all} */
  public static Headers none() {
    return NONE;
  }

  /**
   * Fields in the given order.
   *
   * @param namesAndValues a name, its value, the next name, its value, …
   * @return the header list
   * @throws IllegalArgumentException if the last name has no value
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "names and values come in pairs; the last name has no value: "
              + Arrays.toString(namesAndValues));
    }
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(fields);
  }

  /**
   * Fields in the given order.
   *
   * @param fields copied
   * @return the header list
   */
  public static Headers of(List<Field> fields) {
    return new Headers(List.copyOf(fields));
  }

  /**
   * Appends a field line, whether or not the name is there already.
   *
   * @param name of the field
   * @param value of the field
   * @return a new header list
   */
  public Headers with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(List.copyOf(more));
  }

  /**
   * Removes every field line of a name.
   *
   * @param name of the fields
   * @return a new header list
   */
  public Headers without(String name) {
    return new Headers(fields.stream().filter(field -> !field.is(name)).toList());
  }

  /**
   * Says whether at least one field line has this name.
   *
   * @param name compared byte-case-insensitively
   * @return whether it is there
   */
  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.is(name));
  }

  /**
   * The values of each field line of this name.
   *
   * @param name compared byte-case-insensitively
   * @return the values, in order; empty if there is no such line
   */
  public List<String> lines(String name) {
    return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  /**
   * The combined value: all lines joined with a comma and a space, which is why two lines {@code *}
   * are not {@code *}.
   *
   * @param name compared byte-case-insensitively
   * @return the combined value; empty if there is no such line
   * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list-get">Fetch: get</a>
   */
  public Optional<String> get(String name) {
    List<String> lines = lines(name);
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
  }

  /**
   * The combined value, split at commas that are outside quoted strings.
   *
   * @param name compared byte-case-insensitively
   * @return the items, of which some may be empty; nothing if there is no such line
   * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split">Fetch: get,
   *     decode, and split</a>
   */
  public Optional<List<String>> split(String name) {
    return get(name).map(Headers::splitValue);
  }

  /**
   * Parts a value at its commas, but not inside quotation marks.
   *
   * @param value of one line, or of several that a comma joins
   * @return the members in order, without the blanks around them; they may be empty
   * @see <a href="https://fetch.spec.whatwg.org/#header-value-get-decode-and-split">Fetch: get,
   *     decode, and split a header value</a>
   */
  public static List<String> splitValue(String value) {
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' && !quoted) {
        items.add(Bytes.stripTabsAndSpaces(item.toString()));
        item.setLength(0);
        continue;
      }
      item.append(c);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted && i + 1 < value.length()) {
        item.append(value.charAt(++i));
      }
    }
    items.add(Bytes.stripTabsAndSpaces(item.toString()));
    return items;
  }

  /**
   * The values of a header that has a grammar of its own: the three list headers of the CORS
   * protocol, and {@code Access-Control-Max-Age}. One malformed element fails all lines.
   *
   * @param name compared byte-case-insensitively
   * @return absent, malformed, or the values of all lines
   * @throws IllegalArgumentException for any other name: its grammar is not known here
   * @see <a href="https://fetch.spec.whatwg.org/#extract-header-list-values">Fetch: extract header
   *     list values</a>
   */
  public ListValues extractListValues(String name) {
    List<String> lines = lines(name);
    return switch (Bytes.lowerCase(name)) {
      case "access-control-allow-methods",
          "access-control-allow-headers",
          "access-control-expose-headers" ->
          tokens(lines);
      case "access-control-max-age" -> deltaSeconds(lines);
      default -> throw new IllegalArgumentException("no grammar known for the header " + name);
    };
  }

  /** {@code #method} and {@code #field-name}: both are lists of tokens, empty elements allowed. */
  private static ListValues tokens(List<String> lines) {
    if (lines.isEmpty()) {
      return new ListValues.Absent();
    }
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      for (String raw : line.split(",", -1)) {
        String element = Bytes.stripTabsAndSpaces(raw);
        if (element.isEmpty()) {
          continue;
        }
        if (!Bytes.isToken(element)) {
          return new ListValues.Malformed(element);
        }
        values.add(element);
      }
    }
    return new ListValues.Values(List.copyOf(values));
  }

  /** {@code delta-seconds}: one line, digits only (RFC 9111, section 1.2.2). */
  private static ListValues deltaSeconds(List<String> lines) {
    if (lines.isEmpty()) {
      return new ListValues.Absent();
    }
    if (lines.size() > 1 || !Bytes.isDigits(lines.get(0))) {
      return new ListValues.Malformed(String.join(", ", lines));
    }
    return new ListValues.Values(lines);
  }

  /**
   * Strips the bytes a script may leave around a value it sets.
   *
   * @param potentialValue as the script gives it
   * @return it without HTTP's white space at both ends
   * @see <a href="https://fetch.spec.whatwg.org/#concept-header-value-normalize">Fetch:
   *     normalize</a>
   */
  public static String normalize(String potentialValue) {
    return Bytes.stripHttpWhitespace(potentialValue);
  }

  /**
   * Whether a browser can send some bytes as a value: what {@link #normalize} must yield.
   *
   * @param bytes one char for each
   * @return whether no blank is at either end, and no NUL, CR or LF is in it
   * @see <a href="https://fetch.spec.whatwg.org/#header-value">Fetch: header value</a>
   */
  public static boolean isValue(String bytes) {
    return bytes.chars().noneMatch(c -> c == 0 || c == '\r' || c == '\n')
        && Bytes.stripTabsAndSpaces(bytes).equals(bytes);
  }

  /** {@return every field line, in order} */
  public List<Field> fields() {
    return fields;
  }

  @Override
  public Iterator<Field> iterator() {
    return fields.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers headers && headers.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}

package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a message and the text around it tell of a request and its answer. Each detail has the name
 * of the hole that it fills in a sentence of {@code console.txt}; those that code asks for have a
 * method. What nothing tells is empty.
 *
 * @param paste all of the text
 */
public record Details(Map<String, String> holes, PastedText paste) {

  public static final Details NONE = new Details(Map.of(), PastedText.NONE);

  public Details {
    holes = Map.copyOf(holes);
  }

  /** Of a sentence alone. */
  public Details(Map<String, String> holes) {
    this(holes, PastedText.NONE);
  }

  /** The same, where all of the text is known. */
  public Details in(PastedText paste) {
    return new Details(holes, paste);
  }

  public String get(String name) {
    return get(name, "");
  }

  public String get(String name, String otherwise) {
    return holes.getOrDefault(name, otherwise);
  }

  /** Whether a sentence has that hole, even if nothing is in it. */
  public boolean has(String name) {
    return holes.containsKey(name);
  }

  public Details with(String name, String value) {
    Map<String, String> more = new HashMap<>(holes);
    more.put(name, value);
    return new Details(more, paste);
  }

  public Details without(String name) {
    Map<String, String> fewer = new HashMap<>(holes);
    fewer.remove(name);
    return new Details(fewer, paste);
  }

  /** With a detail that is not told yet. */
  public Details filled(String name, String value) {
    return has(name) || value.isEmpty() ? this : with(name, value);
  }

  /** With all of those that are not told yet. */
  public Details filled(Details more) {
    Details filled = this;
    for (Map.Entry<String, String> hole : more.holes.entrySet()) {
      filled = filled.filled(hole.getKey(), hole.getValue());
    }
    return filled;
  }

  public String url() {
    return get("url");
  }

  /** Of the page. */
  public String origin() {
    return get("origin");
  }

  public String method() {
    return get("method", "GET");
  }

  /** The names of request headers that the page's code sets, and of which a server is asked. */
  public List<String> requestHeaders() {
    String asked = get("asks");
    return asked.isEmpty() ? List.of() : List.of(asked.split(" "));
  }

  public boolean sendsCredentials() {
    return has("includes");
  }

  public boolean isOfPreflight() {
    return has("preflight");
  }

  /** Of the answer; 0 if nothing tells it. */
  public int status() {
    String status = get("status");
    boolean number = status.length() >= 3 && Bytes.isDigits(status.substring(0, 3));
    return number ? Integer.parseInt(status.substring(0, 3)) : 0;
  }

  /** What is refused: a method, the name of a header, a directive. */
  public String subject() {
    return get("subject");
  }

  /** Of the header that is complained of. */
  public String value() {
    return get("value");
  }
}

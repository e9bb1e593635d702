package dev.crosswalk.cors.cli.explain.page;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls by which a page's code asks several URLs. What one of them sends is not said of the
 * others.
 */
public final class PageCalls {

  /** A call with the text of its URL, of which a variable may be the beginning. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?i)(?<![\\w$])(?:fetch|axios|ky|got|ofetch|\\$fetch|(?:\\$|jquery)\\.(?:ajax|get|post|getjson)"
              + "|(?:[a-z]{1,20}\\.){1,2}(?:get|head|post|put|patch|delete)|axios\\.request)(?:<[^<>()\\n]{1,80}>)?\\("
              + "\\s{0,20}(?:\\{\\s{0,20}(?:(?:method|type)\\s?:\\s?['\"`][a-z]{3,6}['\"`],\\s{0,20})?url\\s?:\\s?)?"
              + "(?:[\\w.]{1,60}\\s?\\+\\s?)?['\"`]([^'\"`\\s]{1,300})['\"`](\\s?\\+)?");

  /** Calls by which the SDK of a bucket stores a file: no call of the code has that URL. */
  private static final Pattern STORES =
      Pattern.compile(
          "(?i)\\bputobject(?:command)?\\(|\\bs3\\.upload\\(|\\buploadpart(?:command)?\\(");

  /** What stands for a part of a URL that the code computes. */
  private static final Pattern HOLE =
      Pattern.compile("\\$\\{[^}]{0,100}\\}|:[a-z]\\w{0,30}(?=/|$)");

  private static final String ANY = "*";

  private static final int MAX_CALL = 1_200;

  /** How many paths are told apart. Nobody pastes the code of more. */
  private static final int MAX_REQUESTS = 10;

  /**
   * One of them.
   *
   * @param path that the code writes, in which a variable is {@code *}
   * @param server that it names; empty if the code computes it
   */
  private record Call(int start, int end, String path, String server) {}

  private final String code;
  private final List<Call> calls = new ArrayList<>();
  private final boolean server;
  private final PageRequest all;
  private final Map<String, PageRequest> requests = new HashMap<>();

  /**
   * Reads the code of a page.
   *
   * @param code without what is commented out
   * @param server whether the text has code of a server, too
   */
  public PageCalls(String code, boolean server) {
    this.code = code;
    this.server = server;
    all = PageRequest.in(code, server);
    Matcher call = CALL.matcher(code);
    while (call.find()) {
      String written = call.group(1) + (call.group(2) == null ? "" : ANY);
      String path = path(HOLE.matcher(written).replaceAll(ANY));
      String named = call.group(1).contains("{") ? "" : AskedUrl.origin(call.group(1));
      calls.add(new Call(call.start(), end(code, call.start(1)), path, named));
    }
  }

  /**
   * The request of the call that is certain to be that of a URL; if there is none, what all of the
   * code sends.
   *
   * @param url as a message names it
   */
  public PageRequest about(String url) {
    String path = path(url);
    List<Call> others = calls.stream().filter(call -> !isLike(path, call.path())).toList();
    boolean known = requests.containsKey(path) || requests.size() < MAX_REQUESTS;
    String asked = AskedUrl.origin(url);
    // Another path of another server is another request.
    boolean elsewhere =
        !asked.isEmpty()
            && others.stream()
                .noneMatch(call -> call.server.isEmpty() || call.server.equalsIgnoreCase(asked));
    if (path.isEmpty()
        || others.isEmpty()
        || others.size() == calls.size() && !elsewhere
        || !known) {
      return STORES.matcher(code).find() ? all.by("PUT") : all;
    }
    return requests.computeIfAbsent(path, unused -> PageRequest.in(without(others), server));
  }

  private String without(List<Call> others) {
    StringBuilder rest = new StringBuilder();
    int from = 0;
    for (Call call : others) {
      if (call.start() >= from) {
        rest.append(code, from, call.start()).append(' ');
      }
      from = Math.max(from, call.end());
    }
    return rest.append(code, from, code.length()).toString();
  }

  /** Behind the host, and in front of the query. */
  private static String path(String url) {
    return url.replaceFirst("^[a-z]{2,6}://[^/?#]{0,300}", "")
        .replaceFirst("[?#].*$", "")
        .replaceFirst("/$", "");
  }

  /** Whether the end of the path is what the code writes, in which a variable is any part. */
  private static boolean isLike(String path, String written) {
    List<String> told = List.of(path.split("/", -1));
    List<String> parts = List.of(written.split("/", -1));
    int front = told.size() - parts.size();
    if (front < 0 || written.replace(ANY, "").replace("/", "").isEmpty()) {
      return false;
    }
    // What is in front of the path is an address, or a variable that has it.
    for (int i = 1; i < parts.size(); i++) {
      if (!parts.get(i).contains(ANY) && !parts.get(i).equals(told.get(front + i))) {
        return false;
      }
    }
    return parts.get(0).isEmpty()
        || parts.get(0).contains(ANY)
        || parts.get(0).equals(told.get(front));
  }

  /** Behind the bracket that closes the call. */
  private static int end(String code, int from) {
    int depth = 1;
    int last = Math.min(code.length(), from + MAX_CALL);
    for (int at = from; at < last; at++) {
      char c = code.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return at + 1;
      }
    }
    return last;
  }
}

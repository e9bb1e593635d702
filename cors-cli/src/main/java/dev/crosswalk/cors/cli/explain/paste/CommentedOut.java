package dev.crosswalk.cors.cli.explain.paste;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Code and configuration in a paste that is commented out: it has no effect, and does not count as
 * what the server does.
 *
 * @param active the text without it
 * @param cors whether there is any that does CORS
 * @param proxy whether there is any that is the proxy of a development server
 */
public record CommentedOut(String active, boolean cors, boolean proxy) {

  /** The mark of a comment at the start of a line, or of a block of them. */
  private static final Pattern MARK =
      Pattern.compile("^[ \\t]*(?:(//|#|;)[/#;]*|(<!--|/\\*+)|\\*)[ \\t]*");

  private static final Pattern CLOSES = Pattern.compile("-->|\\*/(?!\\*)");

  /** Code that does CORS, from its first word on. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?i)(?:(?:no difference|no effect|not working|does(?: not|n['’]t) work|tried|disabled|old)[ :\\t-]{1,20})?(?:(?:const|let|var|import|from|using|use)\\s.*\\bcors.*|[\\w.$>()-]{0,40}\\b(?:cors|usecors|addcors|enablecors|addcorsmappings)\\(.*"
              + "|(?:await )?\\w{1,20}\\.register\\(\\s?(?:fastify)?cors\\b.*"
              + "|@crossorigin\\b.*|app\\.add_middleware\\(.*|(?:app|router|r|e|server|api)\\.use\\( ?(?:cors|\\(req).*"
              + "|config\\.middleware\\.\\S+ .*rack::cors.*|['\"]?corsheaders[\\w.]*['\"],?"
              + "|[\\w$>().]{0,30}\\(?['\"]access-control-allow-[a-z]+(?:['\"]\\s*[:=,]|\\s?:).*"
              + "|[\\w$>.]{1,30}(?:header|set|add|append)s?\\(\\s?['\"]access-control-.*"
              + "|(?:add_header|proxy_set_header|header (?:always )?(?:set|add|append)) ['\"]?access-control-.*"
              + "|['\"]?[\\w.-]{0,40}(?:cors[\\w.-]{0,40}|allow(?:ed)?[_-]?origins?[\\w-]{0,20})['\"]?\\s*(?:=>?|:)\\s*\\S.*"
              + "|['\"]?origins?['\"]?\\s*:\\s*\\[?\\s*['\"](?:https?:|\\*).*"
              + "|<add name=\"access-control-.*)");

  /** A step in a chain of calls that do CORS: {@code // .AllowCredentials()}. */
  private static final Pattern STEP =
      Pattern.compile(
          "(?i)[\\w$]{0,40}\\.(?:allow|with|set|add)[a-z]{0,20}(?:origins?|credentials|headers?|methods?)[a-z]{0,20}\\(.*");

  /** An entry of a list of origins: {@code // "*", // remove this}. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:- )?(['\"])(?:\\*|https?://[^'\"\\s]{1,100})\\1,?(?:\\s*(?://|#|/\\*).*)?");

  /** The proxy of a development server. */
  private static final Pattern PROXY =
      Pattern.compile(
          "(?i)['\"]?proxy['\"]?\\s?:\\s?(?:\\{|['\"]https?:).*"
              + "|(?:\\{ ?context.{1,60})?['\"]?target['\"]?\\s?:\\s?['\"]https?://.*"
              + "|['\"]/[\\w/.*-]{1,60}['\"]\\s?:\\s?(?:['\"]https?://|\\{ ?target\\b).*"
              + "|.{0,40}\\bcreateproxymiddleware\\(.*");

  /** A word with a colon, and words behind it: somebody tells something. */
  private static final Pattern REMARK =
      Pattern.compile(
          "(?i)[\\w.-]{1,40}:\\s(?!https?:|true\\b|false\\b)[a-z]+\\s[^=(\\[{;]*\\s(?:[a-z]{2,}\\s){1,}[a-z]{2,}.*");

  /** Words behind the code say where it stands: it is a caption of what counts. */
  private static final Pattern CAPTION =
      Pattern.compile(
          "(?i).{1,200}[\"'`)\\]};,]\\s{1,4}(?:is |are |stands )?(?:in|from|of|at)\\s(?:the |my |our )?[\\w./-]{1,60}\\.(?:[a-z]{2,5})\\b.*");

  /** A line of a console that somebody has written into a comment. */
  private static final Pattern MESSAGE =
      Pattern.compile("(?i)\\bblocked\\b|access to [a-z]|cors (?:error|policy)|no ['\"]?access-");

  /**
   * Reads a paste.
   *
   * @param text with its lines and its marks
   */
  static CommentedOut of(String text) {
    StringBuilder active = new StringBuilder(text.length());
    List<String> comments = new ArrayList<>();
    Set<Pattern> found = new HashSet<>();
    boolean block = false;
    // The title of a question begins with # as well.
    boolean title = true;
    for (String line : text.split("(?<=\\n)", -1)) {
      Matcher mark = MARK.matcher(line);
      boolean marked = mark.find();
      block |= marked && mark.group(2) != null;
      if (block || marked && mark.group(1) != null && !(title && isTitle(line))) {
        comments.add(line);
        block &= !CLOSES.matcher(line).find();
      } else {
        found.addAll(end(comments, active));
        active.append(line);
      }
      title &= line.isBlank();
    }
    // A block that nothing closes is a path with a *, such as Netlify's.
    if (!block) {
      found.addAll(end(comments, active));
    }
    comments.forEach(active::append);
    String rest = found.isEmpty() ? text : active.toString();
    return new CommentedOut(rest, found.contains(CODE), found.contains(PROXY));
  }

  /** Whether this text has anything of it. */
  boolean isOf(String text) {
    return !active.equals(text);
  }

  /** Lines of comments that follow each other are one piece of code, if any of them is code. */
  private static List<Pattern> end(List<String> comments, StringBuilder active) {
    List<Pattern> found =
        Stream.of(CODE, STEP, ENTRY, PROXY).filter(code -> isIn(comments, code)).toList();
    for (String line : comments) {
      active.append(found.isEmpty() || MESSAGE.matcher(line).find() ? line : "\n");
    }
    comments.clear();
    return found;
  }

  /** Words and no code: what is commented out ends as code does, or assigns. */
  private static boolean isTitle(String line) {
    return line.startsWith("#")
        && !line.contains("=")
        && !line.strip().matches("(?s).*[)\\]};,'\"]");
  }

  private static boolean isIn(List<String> comments, Pattern code) {
    return comments.stream()
        .map(line -> MARK.matcher(line).replaceFirst("").strip())
        .anyMatch(
            line ->
                !MESSAGE.matcher(line).find()
                    && !CAPTION.matcher(line).matches()
                    && !REMARK.matcher(line).matches()
                    && code.matcher(line).matches());
  }
}

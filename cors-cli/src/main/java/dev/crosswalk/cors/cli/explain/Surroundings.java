package dev.crosswalk.cors.cli.explain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the rest of a paste tells of the request that a message complains of: its method and status,
 * the page, and the lists of the server.
 */
final class Surroundings {

  /** A page that is a file, in a stack or in words. */
  private static final Pattern FILE_PAGE =
      Pattern.compile("(?i)file://[^\\s\"'`<>()]{0,300}?(?=[\\s\"'`<>()]|:[0-9]+|$)");

  /** Where somebody says in which page it happens, or pastes the head of the request. */
  private static final Pattern PAGE =
      Pattern.compile(
          "(?i)(?:\\b(?:page|site|website|app|frontend|front-end|client|origin|referer|seite|página"
              + "|pagina|sitio)\\b|страниц|сайт|页面|ページ|페이지)[^\\n:/]{0,40}:?\\s{0,3}"
              + "(https?://[a-z0-9.\\[\\]:-]{1,200})");

  private static final Pattern ALLOWED_NAMES =
      Pattern.compile(
          "(?i)access-control-allow-(headers|methods)['\"]?\\s?[:,=]\\s?['\"]?([^\\n'\")]{1,2000})");

  private Surroundings() {}

  /** Of the status only CORS headers' complaints are certain to be of that response. */
  static Finding told(Finding complaint, Paste paste, List<NetworkLine> lines) {
    String code = complaint.sentence().code();
    boolean preflight = complaint.values().containsKey("preflight") || code.startsWith("PREFLIGHT");
    Map<String, String> told = NetworkLine.about(complaint.get("url"), preflight, lines);
    boolean ofAnswer = code.startsWith("ACA") || code.equals("PREFLIGHT_STATUS");
    String text = paste.cut(0, paste.length());
    Matcher file = FILE_PAGE.matcher(text);
    Finding named =
        complaint
            .filled("method", told.getOrDefault("method", ""))
            .filled("paste", paste.plain())
            .filled("page", file.find() ? file.group() : "")
            .filled("value", allowedNames(text, code, complaint.get("subject")))
            .filled("origin", page(text, complaint));
    return ofAnswer ? named.with("status", told.getOrDefault("status", "")) : named;
  }

  /** A list that is pasted beside a complaint about it; the one that has the name, if one does. */
  private static String allowedNames(String text, String code, String subject) {
    String header =
        switch (code) {
          case "HEADER_NOT_ALLOWED" -> "headers";
          case "METHOD_NOT_ALLOWED" -> "methods";
          default -> "";
        };
    Matcher lists = ALLOWED_NAMES.matcher(text);
    String first = "";
    while (!header.isEmpty() && lists.find()) {
      String list = lists.group(2).strip();
      if (lists.group(1).equalsIgnoreCase(header)) {
        first = first.isEmpty() ? list : first;
        if (List.of(list.toLowerCase(Locale.ROOT).split("[, ]+"))
            .contains(subject.toLowerCase(Locale.ROOT))) {
          return list;
        }
      }
    }
    return first;
  }

  /** The page's origin, where the message does not name it and one other text does. */
  private static String page(String text, Finding complaint) {
    Matcher pages = PAGE.matcher(text);
    while (pages.find()) {
      String origin = Paste.withoutPunctuation(pages.group(1));
      if (!complaint.get("url").startsWith(origin) && !complaint.get("value").equals(origin)) {
        return origin;
      }
    }
    return "";
  }
}

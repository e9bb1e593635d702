package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.spring.CorsLayer.Position;
import dev.crosswalk.cors.cli.explain.spring.Grant.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A class of one's own that writes the headers of CORS.
 *
 * @param name of the class
 * @param layer what its headers allow
 * @param answersOptions whether it has something of its own for preflights
 */
record HandWrittenFilter(String name, CorsLayer layer, boolean answersOptions) {

  private static final Pattern CLASS =
      Pattern.compile(
          "((?:@[\\w.]{2,40}(?:\\([^)\\n]{0,200}\\))?\\s{1,40}){0,6})(?:public\\s|final\\s|open\\s|internal\\s){0,3}class\\s{1,3}(\\w{1,60})[^{;]{0,200}\\b(?:(?:OncePerRequest|Web|Global)?Filter|GenericFilterBean|HandlerInterceptor(?:Adapter)?)\\b[^{;]{0,60}\\{");

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?i)(?:set|add)?(?:header\\w{0,3}|set|add)\\s?\\(\\s{0,9}(?:\"|(?:HttpHeaders\\.)?)Access[-_]Control[-_](Allow|Expose)[-_](Origin|Methods|Headers|Credentials)\"?\\s?,");

  /** Not those that it lists. */
  private static final Pattern OPTIONS =
      Pattern.compile("(?i)\"options\"|HttpMethod\\.OPTIONS|METHOD_OPTIONS|preflight");

  static List<HandWrittenFilter> in(SourceCode code, Configuration configuration) {
    List<HandWrittenFilter> filters = new ArrayList<>();
    Matcher type = CLASS.matcher(code.text());
    while (type.find()) {
      int open = type.end() - 1;
      String body = code.text().substring(open, code.closing(open));
      Grant grant = Grant.UNKNOWN;
      boolean writes = false;
      SourceCode part = SourceCode.of(body);
      Matcher written = WRITTEN.matcher(part.text());
      while (written.find()) {
        int bracket = part.text().indexOf('(', written.start());
        String value =
            part.text().substring(written.end(), Math.max(written.end(), part.closing(bracket)));
        Values read = Values.read(value, code, configuration);
        boolean origin = written.group(2).equalsIgnoreCase("origin");
        writes |= origin;
        Values listed =
            new Values(
                read.items().stream().flatMap(each -> Stream.of(each.split("\\s*,\\s*"))).toList(),
                true,
                read.whole());
        grant =
            grant.with(
                written.group(1).equalsIgnoreCase("expose")
                    ? Setting.EXPOSED
                    : Setting.named(written.group(2).replaceFirst("s$", "")),
                listed);
      }
      if (writes) {
        CorsLayer layer =
            new CorsLayer(
                CorsLayer.Kind.FILTER,
                List.of(),
                grant,
                position(type.group(2), type.group(1), code));
        filters.add(new HandWrittenFilter(type.group(2), layer, OPTIONS.matcher(body).find()));
      }
    }
    return filters;
  }

  private static Position position(String name, String annotations, SourceCode code) {
    if (Order.isFirst(annotations)) {
      return Position.FIRST;
    }
    String variable = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return code.has(
            Pattern.compile(
                "\\baddFilter(?:Before|At|After)\\s?\\([^;]{0,60}\\b(?:"
                    + name
                    + "|"
                    + variable
                    + ")\\b"))
        ? Position.IN_CHAIN
        : Order.ofRegistration(code, name);
  }
}

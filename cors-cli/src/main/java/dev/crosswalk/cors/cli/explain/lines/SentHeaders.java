package dev.crosswalk.cors.cli.explain.lines;

import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The headers of CORS that code or a configuration sends one by one, and what has to change there.
 */
final class SentHeaders {

  private static final class Holder {
    private static final List<Pattern> SENT = HeaderLines.patterns("sent");
    private static final List<Pattern> ENTRY = HeaderLines.patterns("entry");
    private static final List<Pattern> PAGE = HeaderLines.patterns("page");
    private static final List<Pattern> OTHER = HeaderLines.patterns("other");
  }

  private static final List<String> SAFELISTED = List.of("GET", "HEAD", "POST");

  private static final List<String> USUAL_METHODS =
      List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

  private static final List<String> USUAL_HEADERS = List.of("content-type", "authorization");

  /** What may follow on a line of which this is all. */
  private static final Pattern REST =
      Pattern.compile(
          "((?:[\\]);,/>} \\t]|\\b(?:always|early)\\b|\\benv=\\S+|\\bif [^\\n#]*)*)((?:#|//)[^\\n]*)?");

  private static final Pattern REMARK = Pattern.compile("\\s(?:#|//)\\s");

  private static final Pattern ERROR =
      Pattern.compile("(?:ERR_FAILED|https?://\\S{1,300}) [45]\\d\\d\\b");

  private static final Pattern OF_PREFLIGHT = Pattern.compile("(?i)response to preflight");

  /** In front of a header that errors do not get. */
  private static final Pattern NOT_ALWAYS =
      Pattern.compile("(add_header\\s+[\"']?)|Header\\s+(?=(?:set|add|merge|append)\\s)");

  private final String text;
  private final List<SentHeader> all;
  private final ChangedLines changed;

  SentHeaders(String text) {
    this.text = text;
    this.all = all(text);
    this.changed = new ChangedLines(text);
  }

  private static List<SentHeader> all(String text) {
    boolean page = Holder.PAGE.stream().anyMatch(each -> each.matcher(text).find());
    return Stream.concat(
            in(text, Holder.SENT, false), page ? Stream.of() : in(text, Holder.ENTRY, true))
        .collect(Collectors.toMap(SentHeader::name, each -> each, (a, b) -> a))
        .values()
        .stream()
        .sorted(Comparator.comparing(SentHeader::name))
        .toList();
  }

  private static Stream<SentHeader> in(String text, List<Pattern> fronts, boolean entry) {
    return fronts.stream()
        .flatMap(front -> front.matcher(text).results())
        .filter(found -> !isRemark(text, found.start()))
        .map(found -> SentHeader.at(text, found.start(), found.end(), entry))
        .flatMap(Optional::stream);
  }

  /** Whether its line has the mark of a comment before it. */
  private static boolean isRemark(String text, int offset) {
    return WrittenSetting.isComment(text, offset)
        || REMARK.matcher(text.substring(WrittenSetting.lineStart(text, offset), offset)).find();
  }

  private List<SentHeader> of(String kind) {
    return all.stream().filter(each -> each.kind().equals(kind)).toList();
  }

  /** Their lines, as they should be; none if nothing has to change, or if that is not certain. */
  List<String> changed(RequiredGrant grant, String code) {
    boolean certain =
        switch (code) {
          case "HEADER_NOT_ALLOWED" -> lengthened("headers", grant.requestHeaders(), grant);
          case "METHOD_NOT_ALLOWED" -> lengthened("methods", List.of(grant.method()), grant);
          case "ACAO_WILDCARD_CREDENTIALS" -> starless(grant.origin()) && withCredentials();
          case "ACAC_NOT_TRUE" -> starless(grant.origin()) && withCredentials();
          case "ACAO_MISSING", "ACAO_MISMATCH" -> corrected(grant);
          default -> false;
        };
    return certain ? changed.lines(codeStart()).stream().distinct().toList() : List.of();
  }

  /** Behind what somebody says in front of it; an entry has a part of the code in front. */
  private int codeStart() {
    return all.stream().anyMatch(SentHeader::entry)
        ? 0
        : all.stream().mapToInt(SentHeader::start).min().orElse(0);
  }

  /** Each list of a kind with what it lacks, or a list of its own behind each origin. */
  private boolean lengthened(String kind, List<String> needed, RequiredGrant grant) {
    List<SentHeader> lists = of(kind);
    if (!lists.stream().allMatch(SentHeader::isLiteral)) {
      return false;
    }
    for (SentHeader list : lists) {
      List<String> lacking = needed.stream().filter(each -> !list.has(each)).toList();
      if (list.isStar()) {
        starless(list, lacking, grant.credentials());
      } else if (!lacking.isEmpty()) {
        String longer = list.with(String.join(", ", lacking));
        changed.replace(list.value(), list.end(), longer);
      }
    }
    List<String> values = new ArrayList<>(kind.equals("methods") ? SAFELISTED : List.of());
    needed.stream().filter(each -> !values.contains(each)).forEach(values::add);
    return !lists.isEmpty() || behindOrigins(kind, String.join(", ", values));
  }

  /** A star stands for any name but authorization, and with credentials for none. */
  private void starless(SentHeader list, List<String> lacking, boolean credentials) {
    if (credentials) {
      List<String> values =
          new ArrayList<>(list.kind().equals("methods") ? USUAL_METHODS : USUAL_HEADERS);
      lacking.stream().filter(each -> !values.contains(each)).forEach(values::add);
      changed.replace(list.value(), list.end(), String.join(", ", values));
    } else if (lacking.contains("authorization")) {
      changed.replace(list.value(), list.end(), list.with("authorization"));
    }
  }

  /** With credentials, no star stands for anything. */
  private boolean starless(String origin) {
    of("origin").stream()
        .filter(SentHeader::isStar)
        .forEach(each -> changed.replace(each.value(), each.end(), origin));
    Stream.of("methods", "headers")
        .flatMap(kind -> of(kind).stream())
        .filter(SentHeader::isStar)
        .forEach(each -> starless(each, List.of(), true));
    return !of("origin").isEmpty();
  }

  private boolean withCredentials() {
    if (Holder.OTHER.stream().anyMatch(each -> each.matcher(text).find())) {
      return false;
    }
    List<SentHeader> there = of("credentials");
    if (!there.stream().allMatch(SentHeader::isLiteral)) {
      return false;
    }
    there.stream()
        .filter(each -> each.has("false"))
        .forEach(each -> changed.replace(each.value(), each.end(), "true"));
    return !there.isEmpty() || behindOrigins("credentials", "true");
  }

  /** One more header behind each line that sends an origin, in its form. */
  private boolean behindOrigins(String kind, String value) {
    List<SentHeader> origins = of("origin");
    for (SentHeader each : origins) {
      int line = WrittenSetting.lineStart(text, each.start());
      String before = text.substring(line, each.start());
      Matcher rest =
          REST.matcher(text).region(each.close(), ChangedLines.lineEnd(text, each.close()));
      boolean own = before.isBlank() && rest.matches();
      boolean braced = text.substring(each.start(), each.name()).contains("{");
      if (braced && !(own && rest.group(1).contains(","))) {
        return false;
      }
      if (own) {
        boolean comma = each.entry() && !rest.group(1).contains(",");
        if (comma) {
          changed.add(each.close(), ",");
        }
        changed.add(
            ChangedLines.lineEnd(text, each.close()),
            "\n" + before + each.like(kind, value) + rest.group(1).stripTrailing());
      } else if (each.entry()) {
        changed.add(each.close(), ", " + each.like(kind, value));
      } else {
        return false;
      }
    }
    return !origins.isEmpty();
  }

  /** An origin that is meant to be the page's, and the word without which errors have none. */
  private boolean corrected(RequiredGrant grant) {
    List<SentHeader> origins = of("origin");
    for (SentHeader each : origins) {
      if (isMeant(each.written(), grant.origin())) {
        changed.replace(each.value(), each.end(), grant.origin());
        return true;
      }
    }
    boolean granted =
        origins.stream()
            .anyMatch(
                each ->
                    each.isStar() && !grant.credentials() || each.written().equals(grant.origin()));
    if (granted && ERROR.matcher(text).find() && !OF_PREFLIGHT.matcher(text).find()) {
      Stream.of("origin", "credentials").flatMap(kind -> of(kind).stream()).forEach(this::always);
    }
    return true;
  }

  private void always(SentHeader sent) {
    Matcher front = NOT_ALWAYS.matcher(text).region(sent.start(), sent.name());
    Matcher rest = REST.matcher(text).region(sent.close(), text.length());
    if (!front.lookingAt() || !rest.lookingAt() || rest.group(1).contains("always")) {
      return;
    }
    if (front.group(1) == null) {
      changed.add(front.end(), "always ");
    } else {
      changed.add(sent.close(), " always");
    }
  }

  private static boolean isMeant(String written, String origin) {
    String host = origin.substring(origin.indexOf(':') + 1).replaceFirst("^//", "");
    return !written.equals(origin)
        && (written.equals(host) || written.equals(host + "/") || written.startsWith(origin + "/"));
  }
}

package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that a paste names. Where nobody knows the program, its own text usually says where an
 * origin or a host is to be listed.
 *
 * @param name as it is written there
 * @param entries its values, as far as the paste shows them; a sentence tells what to write, and
 *     not what is there
 * @param form how a text lists them
 */
record PastedSetting(String name, List<SettingValue> entries, Form form) {

  /** Codes of errors, headers, variables of CGI and properties of requests are no settings. */
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)access-control|forwarded|http[_.-](?:host|origin)|(?<!cors-)header|invalid|forbidden|denied|mismatch"
              + "|reject|disallow|block|untrusted|fail|error|exception|(?:^|[._-])not[._-]|^(?:cross|same)[._-]?origin"
              + "|^server_?name$|^(?:io|org|com|net|java|node|at|upgrader)\\.|^app\\.(?:use|get|post|add|set|enable|map|run|config|options)"
              + "|^(?:req|request|res|response|window|location|document|self|this|the)[._]|^no-|-not-|withalloworigin");

  private static final int MAX_SHOWN = 3;

  /** How several values are in one text. */
  enum Form {
    USUAL,
    /** Something else than commas stands between them. */
    SPACED,
    /** They are a list of JSON. */
    JSON
  }

  PastedSetting(String name, List<SettingValue> entries) {
    this(name, entries, Form.USUAL);
  }

  /** What a setting lists, or names. */
  enum Kind {
    ORIGINS(
        "(?i).{2,}origins?(?:[_-]?(?:list|urls?|regex(?:es)?|patterns?))?|origins?|--?origins?"
            + "|.*origins?[._-]?allowed.*|.*(?:cors|origins?)[._-]?(?:white|allow)-?_?list|cors"
            + "|.*cors[a-z0-9._-]*(?:ur[li]|domain|host|site|list)s?|.*ur[li]s?[._-]?cors|.*cors-header",
        "(?i).*(?:allow|trust|cors|white|accept|permit)[a-z0-9._-]*(?:domain|url|site)s?"),
    HOSTS(
        "(?i).*(?:allow|trust|white|accept|permit|valid|virtual|known)[a-z0-9._-]*"
            + "(?:host|domain)(?:name)?s?[0-9]?|--?(?:hostnames?|domains?)",
        "(?i).*[._-]hosts"),
    /** Which sites may show a page in a frame. */
    FRAMES(
        "(?i).*frame_?-?ancestors?|.*(?:embed|iframe|frame)[a-z0-9._-]*(?:origin|domain|host|site|url)s?"),
    /** Where the page is that a server is for. */
    PAGE(
        "(?i).*(?:front[-_]?end|client|portal|spa|ui|web(?:site|app)?)[._-]?(?:base)?[._-]?ur[li]s?"),
    /** The program's own address, or that of its page. */
    ADDRESS(
        "(?i).*(?:public|base|app|site|root|external|frontend|client|web|server|portal|home)[._-]?(?:base)?[._-]?ur[li]s?",
        "(?i)(?:.*[._-])?(?:domain|host|server|site|app)[._-]?(?:name|domain|host)|fqdn|(?:.*[._-])?fqdn|virtual_host"),
    /** Called after the program, and so nobody knows what else it may be. */
    CALLED(
        "(?!.*(?:API|HOOK|REDIRECT|CALLBACK|DATABASE|REDIS|BACKEND|IMAGE))[A-Z][A-Z0-9]{2,30}_(?:UR[LI]|HOST)");

    private final List<Pattern> names;

    Kind(String... names) {
      this.names = List.of(names).stream().map(Pattern::compile).toList();
    }
  }

  boolean isOf(Kind kind) {
    return kind.names.stream().anyMatch(each -> each.matcher(name).matches());
  }

  /** Whether it is one at all, and not a word of a sentence, or of a program. */
  boolean isSetting() {
    return !OTHER.matcher(name).find()
        && (name.matches("--?.*|.*[._].*|[a-zA-Z]{0,30}[a-z][A-Z].*")
            || entries.stream().anyMatch(SettingValue::isAddress));
  }

  /** The first pattern that one of them has counts. */
  static Optional<PastedSetting> first(List<PastedSetting> all, Kind kind) {
    return kind.names.stream()
        .flatMap(names -> all.stream().filter(each -> names.matcher(each.name).matches()).limit(1))
        .findFirst();
  }

  /** Whether origins are in it by its name, and not hosts or domains. */
  boolean isOfOrigins() {
    return name.matches("(?i).*(?:origin|cors|url).*");
  }

  /** The XML of S3 takes a * within an origin. */
  boolean isRuleOfBucket() {
    return name.equals("AllowedOrigin");
  }

  boolean has(OriginComparison compared) {
    return entries.stream().anyMatch(entry -> !entry.quoted() && entry.is(compared));
  }

  /** Whether it has that among others in one text, as code does that splits it later. */
  boolean hasWithin(OriginComparison compared) {
    return entries.stream()
        .anyMatch(entry -> List.of(entry.text().split("[,; ]+")).contains(compared.seen()));
  }

  /** Whether it is a method that code calls, which runs if the code does. */
  boolean isCall() {
    return name.matches("(?:.*[.])?(?:add|set)[A-Z].*");
  }

  boolean hasAddress() {
    return entries.stream().anyMatch(SettingValue::isAddress);
  }

  /** Whether all of it is there, and origins alone are. */
  boolean isWhole() {
    return !entries.isEmpty()
        && entries.stream().allMatch(entry -> entry.isAddress() && entry.text().indexOf('*') < 0)
        && entries.stream().anyMatch(entry -> entry.text().contains("://"));
  }

  /** The beginning of a sentence about a value that the paste has for it. */
  String with(String value) {
    return name + " in your paste has " + value;
  }

  /** The values, the first few of them. */
  String shown() {
    return String.join(
            ", ", entries.stream().limit(MAX_SHOWN).map(SettingValue::text).distinct().toList())
        + (entries.size() > MAX_SHOWN ? " and others" : "");
  }

  /** Whether it is called so, and has exactly this among its values. */
  boolean isSetTo(String called, String value) {
    return name.equals(called) && entries.stream().anyMatch(entry -> entry.text().equals(value));
  }
}

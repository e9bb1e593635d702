package dev.crosswalk.cors;

import dev.crosswalk.cors.PolicyProblem.Severity;
import dev.crosswalk.cors.internal.origin.OriginFlaw;
import dev.crosswalk.cors.internal.syntax.Resource;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a policy: <em>invalid</em> by a syntax, <em>forbidden</em> by Fetch. */
public enum ProblemCode {
  /** No origin at all: there is no default policy. */
  ORIGIN_MISSING,
  /** An origin that is null, empty or blank. */
  ORIGIN_EMPTY,
  /** Several origins in one string. */
  ORIGIN_LIST,
  /** A placeholder such as <code>${ORIGIN}</code> that nothing has filled in. */
  ORIGIN_PLACEHOLDER,
  /** Quotation marks in an origin. */
  ORIGIN_QUOTED,
  /** White space or a control character in an origin. */
  ORIGIN_WHITESPACE,
  /** An origin that is too long to come from a browser. */
  ORIGIN_TOO_LONG,
  /** An array of JSON, or a member of one. */
  ORIGIN_JSON,
  /** Spring's brackets around a wildcard, or around ports. */
  ORIGIN_BRACKETS,
  /** The word for the page's own origin. */
  ORIGIN_SELF,
  /** A word that means every origin elsewhere. */
  ORIGIN_WORD_ALL,
  /** {@code true}, which means whatever origin asks elsewhere. */
  ORIGIN_WORD_TRUE,
  /** {@code +}, which means the origins of redirect URLs elsewhere. */
  ORIGIN_WORD_PLUS,
  /** {@code false}, or {@code None}, which means no origin elsewhere. */
  ORIGIN_WORD_NONE,
  /** A regular expression instead of an origin pattern that says the same. */
  ORIGIN_REGULAR_EXPRESSION,
  /** A regular expression for every origin. */
  ORIGIN_REGULAR_EXPRESSION_ANY,
  /** A regular expression that matches an origin by mistake. */
  ORIGIN_REGULAR_EXPRESSION_WIDER,
  /** A regular expression for one label, where a pattern allows more. */
  ORIGIN_REGULAR_EXPRESSION_LABEL,
  /** A regular expression for some texts in a host or port, where a pattern allows any. */
  ORIGIN_REGULAR_EXPRESSION_PART,
  /** A regular expression, and no pattern says the same. */
  ORIGIN_REGULAR_EXPRESSION_ONLY,
  /** {@code *} beside other origins. */
  ORIGIN_ANY_MIXED,
  /** {@code none}, which allows no origin, beside other origins. */
  ORIGIN_NONE_MIXED,
  /** {@code null} outside {@link CorsPolicy.Builder#dangerouslyAllowOrigins(String...)}. */
  ORIGIN_NULL,
  /** A host without a scheme. */
  ORIGIN_SCHEME_MISSING,
  /** A scheme that {@code ://} does not follow. */
  ORIGIN_SCHEME_SEPARATOR,
  /** A scheme that is against the grammar. */
  ORIGIN_SCHEME_INVALID,
  /** A wildcard in the scheme. */
  ORIGIN_SCHEME_WILDCARD,
  /** A scheme such as {@code wss}, which is for sockets and never for pages. */
  ORIGIN_SCHEME_WEBSOCKET,
  /** A scheme such as {@code ftp} over which no browser loads pages. */
  ORIGIN_SCHEME_WITHOUT_PAGES,
  /** A scheme that is a letter away from {@code https} or {@code http}. */
  ORIGIN_SCHEME_DOUBTFUL(Severity.WARNING),
  /** A scheme such as {@code file} whose documents have the null origin. */
  ORIGIN_SCHEME_OPAQUE,
  /** A scheme such as {@code blob} whose documents have the origin of the page that made them. */
  ORIGIN_SCHEME_INHERITED,
  /** A letter in upper case, which browsers never send in an origin. */
  ORIGIN_UPPER_CASE,
  /** A user name or password. */
  ORIGIN_USERINFO,
  /** A trailing slash. */
  ORIGIN_TRAILING_SLASH,
  /** A path. */
  ORIGIN_PATH,
  /** A query. */
  ORIGIN_QUERY,
  /** A fragment. */
  ORIGIN_FRAGMENT,
  /** No host. */
  ORIGIN_HOST_MISSING,
  /** A character that a host cannot have. */
  ORIGIN_HOST_INVALID,
  /** A host with letters beyond ASCII instead of its punycode. */
  ORIGIN_HOST_NOT_ASCII,
  /** A label that starts like punycode and is not. */
  ORIGIN_HOST_PUNYCODE(Severity.WARNING),
  /** A host of more than 253 characters. */
  ORIGIN_HOST_TOO_LONG,
  /** Two dots in a row, or one at the start of the host. */
  ORIGIN_LABEL_EMPTY,
  /** A label of more than 63 characters. */
  ORIGIN_LABEL_TOO_LONG,
  /** A hyphen at an end of a label. */
  ORIGIN_LABEL_HYPHEN,
  /** A dot at the end of the host. */
  ORIGIN_TRAILING_DOT,
  /** An IPv4 address not in the form that browsers send. */
  ORIGIN_IPV4_NOT_CANONICAL,
  /** Brackets around something that is not an IPv6 address. */
  ORIGIN_IPV6_INVALID,
  /** An IPv6 address not in the form that browsers send. */
  ORIGIN_IPV6_NOT_CANONICAL,
  /** An IPv6 address without brackets. */
  ORIGIN_IPV6_BRACKETS,
  /** A zone identifier in an IPv6 address. */
  ORIGIN_IPV6_ZONE,
  /** A colon and no port. */
  ORIGIN_PORT_MISSING,
  /** A port that is not a number. */
  ORIGIN_PORT_INVALID,
  /** A port that is 0 or above 65535. */
  ORIGIN_PORT_OUT_OF_RANGE,
  /** A port with a zero in front. */
  ORIGIN_PORT_LEADING_ZERO,
  /** The default port of the scheme, which browsers leave out. */
  ORIGIN_PORT_DEFAULT,
  /** A port where the scheme or host has none. */
  ORIGIN_PORT_NEVER,
  /** A host that is not the id of an extension. */
  ORIGIN_EXTENSION,
  /** A network instead of an address. */
  ORIGIN_NETWORK,
  /** A wildcard for a part of the port. */
  ORIGIN_PORT_WILDCARD,
  /** A wildcard that is not in the leftmost label. */
  ORIGIN_WILDCARD_POSITION,
  /** More than one wildcard in the host. */
  ORIGIN_WILDCARD_SEVERAL,
  /** A wildcard that is the whole host. */
  ORIGIN_WILDCARD_HOST,
  /** A wildcard in a host of one label. */
  ORIGIN_WILDCARD_TOP_LEVEL,
  /** A wildcard that touches a letter or digit, such as {@code *example.com}. */
  ORIGIN_WILDCARD_TOUCHES,
  /** A wildcard in a label of punycode. */
  ORIGIN_WILDCARD_PUNYCODE,
  /** A wildcard in an IP address. */
  ORIGIN_WILDCARD_IP,
  /** With credentials, an origin that anyone on the network can forge. */
  ORIGIN_INSECURE,
  /** With credentials, a wildcard below a top-level domain, or another name of a registry. */
  ORIGIN_ANY_DOMAIN,
  /** With credentials, a wildcard for names that anyone can get. */
  ORIGIN_PUBLIC_SUFFIX,
  /** With credentials, a wildcard that covers names that anyone can get, and others. */
  ORIGIN_PUBLIC_SUFFIX_PARENT,
  /** With credentials, any extension of a browser. */
  ORIGIN_ANY_EXTENSION,
  /** In production, an origin on the user's own machine. */
  ORIGIN_LOOPBACK_IN_PRODUCTION,
  /** In production, an origin that anyone on the network can forge, even without credentials. */
  ORIGIN_INSECURE_IN_PRODUCTION,
  /** With credentials and without a profile, an origin on the user's own machine. */
  ORIGIN_LOOPBACK_WITHOUT_PROFILE(Severity.WARNING),
  /** Without credentials, a wildcard below a top-level domain, or another name of a registry. */
  ORIGIN_ANY_DOMAIN_WITHOUT_CREDENTIALS(Severity.WARNING),
  /** Without credentials, a wildcard for names that anyone can get, or that covers such names. */
  ORIGIN_PUBLIC_SUFFIX_WITHOUT_CREDENTIALS(Severity.WARNING),
  /** An origin that is listed twice. */
  ORIGIN_DUPLICATE(Severity.WARNING),
  /** An origin that a pattern of the policy covers. */
  ORIGIN_REDUNDANT(Severity.WARNING),

  /** A method that is null or empty. */
  METHOD_EMPTY,
  /** A method that is not a token. */
  METHOD_INVALID,
  /** A method that Fetch forbids to scripts. */
  METHOD_FORBIDDEN,
  /** A method in a case in which browsers never send it. */
  METHOD_NOT_NORMALIZED,
  /** A wildcard for a part of a method, which Fetch does not know. */
  METHOD_WILDCARD,
  /** {@code *} beside other methods. */
  METHOD_ANY_MIXED,
  /** A method such as {@code patch}, though those in use are in upper case. */
  METHOD_CASE(Severity.WARNING),
  /** A method such as {@code ALL} or {@code 'PUT'}: a valid name, and no method has it. */
  METHOD_DOUBTFUL(Severity.WARNING),
  /** {@code OPTIONS}, which preflights do not need. */
  METHOD_OPTIONS(Severity.WARNING),
  /** A method that is listed twice. */
  METHOD_DUPLICATE(Severity.WARNING),

  /** A request header's name that is null or empty. */
  REQUEST_HEADER_EMPTY,
  /** A request header's name that is not a token. */
  REQUEST_HEADER_INVALID,
  /** A request header that Fetch forbids to scripts. */
  REQUEST_HEADER_FORBIDDEN,
  /** The name of a response header among request headers. */
  REQUEST_HEADER_DIRECTION,
  /** The name of a response header of the policy among request headers. */
  REQUEST_HEADER_OF_POLICY,
  /** A wildcard for a part of a request header's name, which Fetch does not know. */
  REQUEST_HEADER_WILDCARD,
  /** {@code *} beside other names than Authorization. */
  REQUEST_HEADER_ANY_MIXED,
  /** A request header that needs nobody's permission, but for unusual values. */
  REQUEST_HEADER_SAFELISTED(Severity.WARNING),
  /** A request header such as {@code all}, or with quotation marks, which are a part of it. */
  REQUEST_HEADER_DOUBTFUL(Severity.WARNING),
  /** A request header that is listed twice. */
  REQUEST_HEADER_DUPLICATE(Severity.WARNING),

  /** A response header's name that is null or empty. */
  RESPONSE_HEADER_EMPTY,
  /** A response header's name that is not a token. */
  RESPONSE_HEADER_INVALID,
  /** A response header that Fetch hides from scripts, whatever a server says. */
  RESPONSE_HEADER_FORBIDDEN,
  /** The name of a request header among response headers. */
  RESPONSE_HEADER_DIRECTION,
  /** The name of a response header of the policy itself. */
  RESPONSE_HEADER_OF_POLICY,
  /** A wildcard for a part of a response header's name, which Fetch does not know. */
  RESPONSE_HEADER_WILDCARD,
  /** {@code *} beside other names. */
  RESPONSE_HEADER_ANY_MIXED,
  /** A response header that every script may read anyway. */
  RESPONSE_HEADER_SAFELISTED(Severity.WARNING),
  /** A response header such as {@code all}, or with quotation marks, which are a part of it. */
  RESPONSE_HEADER_DOUBTFUL(Severity.WARNING),
  /** A response header that is listed twice. */
  RESPONSE_HEADER_DUPLICATE(Severity.WARNING),

  /** A max-age that is null. */
  MAX_AGE_MISSING,
  /** A max-age below zero. */
  MAX_AGE_NEGATIVE,
  /** A max-age above a day. */
  MAX_AGE_TOO_LONG,
  /** A max-age with a fraction of a second. */
  MAX_AGE_FRACTION,
  /** A max-age above what Chromium and Safari keep. */
  MAX_AGE_CAPPED(Severity.WARNING),

  /** Credentials for any origin. */
  CREDENTIALS_ANY_ORIGIN,
  /** Credentials for the null origin. */
  CREDENTIALS_NULL_ORIGIN,
  /** With credentials, a wildcard for the exposed response headers. */
  CREDENTIALS_ANY_RESPONSE_HEADER,
  /** {@code *} or {@code none} among dangerous origins. */
  DANGER_ANY_ORIGIN,
  /** A dangerous origin that is not dangerous. */
  DANGER_UNUSED(Severity.WARNING),

  /** No path at all for a policy that is chosen by path. */
  PATH_MISSING,
  /** A path that is null, empty or blank. */
  PATH_EMPTY,
  /** A path that does not begin with a slash. */
  PATH_RELATIVE,
  /** A URL instead of a path. */
  PATH_URL,
  /** A path with a wildcard at its end. */
  PATH_WILDCARD,
  /** A path with a wildcard or a template's variable inside. */
  PATH_VARIABLE,
  /** A slash at the end of a path. */
  PATH_TRAILING_SLASH,
  /** A path with a segment that is empty, ends in a dot or begins with two. */
  PATH_NOT_NORMAL,
  /** A path with a character that has two spellings. */
  PATH_INVALID,
  /** A path that one policy lists twice. */
  PATH_DUPLICATE,
  /** A path that differs from another one only in upper and lower case. */
  PATH_CASE,
  /** A path that two policies cover. */
  PATH_SHARED,
  /** No host at all for policies that are chosen by host. */
  HOST_MISSING,
  /** A text that is not a host with or without a port. */
  HOST_INVALID,
  /** A host with a wildcard. */
  HOST_WILDCARD,
  /** A host with a port that browsers leave out. */
  HOST_PORT_DEFAULT,
  /** A host that is listed twice, in upper and lower case. */
  HOST_DUPLICATE,
  /** A policy that is to be chosen by what tells the origin. */
  CHOICE_BY_ORIGIN,
  /** A policy that is to be chosen by the header {@code Host}, which {@code Vary} does not name. */
  CHOICE_BY_HOST_HEADER,
  /** A policy that is null. */
  POLICY_MISSING,
  /** A policy that contains what it replaces. */
  POLICY_ITSELF,

  /** Nothing is configured at all. */
  CONFIGURATION_MISSING,
  /** A file that does not exist. */
  CONFIGURATION_FILE_MISSING,
  /** A file that is on the class path more than once. */
  CONFIGURATION_SEVERAL,
  /** A file that cannot be read. */
  CONFIGURATION_UNREADABLE,
  /** A file that is too long. */
  CONFIGURATION_TOO_LONG,
  /** A file that is not UTF-8. */
  CONFIGURATION_ENCODING,
  /** An escape in a file that is against the syntax. */
  CONFIGURATION_SYNTAX,
  /** A line of a file that is an origin, because the line above it does not go on. */
  CONFIGURATION_ORIGIN_LINE,
  /** A file of properties that contains YAML. */
  CONFIGURATION_YAML,
  /** A key that is not a setting, nor like one. */
  CONFIGURATION_UNKNOWN_KEY,
  /** A key that is not a setting, but like one. */
  CONFIGURATION_MISSPELLED_KEY,
  /** A key for access to private networks, about which browsers no longer ask servers. */
  CONFIGURATION_PRIVATE_NETWORK,
  /** A key of policies without a policy's name. */
  CONFIGURATION_POLICY_KEY,
  /** A setting of all policies, such as the guard, with the name of a single one. */
  CONFIGURATION_OF_ALL_POLICIES,
  /** A key that is set twice in one source. */
  CONFIGURATION_DUPLICATE_KEY,
  /** A flag that is neither true nor false. */
  CONFIGURATION_BOOLEAN,
  /** A word that the setting does not take. */
  CONFIGURATION_CHOICE,
  /** A text that is not a duration. */
  CONFIGURATION_DURATION,
  /** A placeholder such as <code>${ORIGIN}</code>, which a file does not fill in. */
  CONFIGURATION_PLACEHOLDER,
  /** A comment behind a value, which makes it a part of the value. */
  CONFIGURATION_COMMENT,
  /** A policy's name with other characters than lower-case letters, digits and hyphens. */
  CONFIGURATION_POLICY_NAME,
  /** A profile's name with other characters than lower-case letters, digits and hyphens. */
  CONFIGURATION_PROFILE_NAME,
  /** A profile without a file. */
  CONFIGURATION_PROFILE_FILE,
  /** A profile that is set in a file. */
  CONFIGURATION_PROFILE_IN_FILE,

  /** A setting of a guard of which nobody has said whether it is enabled. */
  GUARD_NOT_ENABLED,
  /** A guard that trusts every origin. */
  GUARD_TRUSTS_ANY_ORIGIN,
  /** A guard that trusts the null origin. */
  GUARD_TRUSTS_NULL,
  /** In production, a guard that trusts an origin that anyone on the network can forge. */
  GUARD_TRUSTS_INSECURE,
  /** Without a profile, a guard that trusts an origin that anyone on the network can forge. */
  GUARD_TRUSTS_INSECURE_WITHOUT_PROFILE(Severity.WARNING),
  /** A guard that trusts names that anyone can get. */
  GUARD_TRUSTS_ANYONE,
  /** An exempt path with a wildcard at its end: these paths are exact. */
  GUARD_EXEMPTS_WILDCARD,
  /** A guard from which every path is exempt. */
  GUARD_EXEMPTS_EVERYTHING(Severity.WARNING),
  /** A trusted origin or an exempt path that is listed twice. */
  GUARD_DUPLICATE(Severity.WARNING),
  /** A guard that trusts to write whom the policy allows to read. */
  GUARD_TRUSTS_READERS(Severity.WARNING),
  /** A guard that trusts origins with credentials, around a policy that allows none. */
  GUARD_TRUSTS_NOBODY(Severity.WARNING);

  /** What separates a reason from its remedy. */
  private static final String REMEDY = "; ";

  private final Severity severity;

  ProblemCode() {
    this(Severity.ERROR);
  }

  ProblemCode(Severity severity) {
    this.severity = severity;
  }

  /** The code of a flaw in an origin's text has its name, behind {@code ORIGIN_}. */
  static ProblemCode of(OriginFlaw flaw) {
    return valueOf("ORIGIN_" + flaw.name());
  }

  /** {@return how bad a problem of this kind is} */
  public Severity severity() {
    return severity;
  }

  /**
   * States a problem of this kind.
   *
   * @param setting the name of the setting
   * @param value what is written; null if nothing is, or no value is to blame
   * @param index its place among the values of the setting; -1 if it has none
   * @param source where it is written; null if that is in code
   * @param arguments what to fill in, in the order of the numbers
   */
  PolicyProblem at(
      String setting,
      @Nullable String value,
      int index,
      @Nullable String source,
      Object... arguments) {
    String sentence = Sentences.ALL.getProperty(name(), name() + REMEDY);
    int remedy = sentence.indexOf(REMEDY);
    return new PolicyProblem(
        this,
        setting,
        value,
        index,
        filled(sentence.substring(0, remedy), arguments),
        filled(sentence.substring(remedy + REMEDY.length()), arguments),
        source);
  }

  /** In one pass, because what is filled in may look like a number in braces itself. */
  private static String filled(String template, Object... arguments) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int open = template.indexOf('{'); open != -1; open = template.indexOf('{', from)) {
      text.append(template, from, open).append(arguments[template.charAt(open + 1) - '0']);
      from = open + "{0}".length();
    }
    return text.append(template, from, template.length()).toString();
  }

  /** One line for each code, read when the first problem is stated: most policies have none. */
  private static final class Sentences {

    static final Properties ALL = Resource.properties(ProblemCode.class, "problems.properties");
  }
}

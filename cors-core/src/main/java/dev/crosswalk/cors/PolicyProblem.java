package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.origin.OriginFlaw;
import dev.crosswalk.cors.internal.syntax.Text;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a policy, and how to mend it.
 *
 * @param code what is wrong, for programs; stable
 * @param setting the setting that is wrong, by its name in configuration files
 * @param value the offending value as written; null if the setting is missing or no value is to
 *     blame
 * @param index the place of the value among those of its setting, from 0; -1 if it has none
 * @param reason what is wrong, for a person; a clause without a full stop
 * @param remedy how to mend it, in words that can be pasted back; a clause without a full stop
 * @param source where the setting stands: a file and line, or the name of an environment variable
 *     or a system property; null if it does not come from configuration
 */
public record PolicyProblem(
    Code code,
    String setting,
    @Nullable String value,
    int index,
    String reason,
    String remedy,
    @Nullable String source) {

  /** How bad a problem is. */
  public enum Severity {
    /** The policy is refused. */
    ERROR,
    /** The policy does what it says, which is hardly what was meant. */
    WARNING
  }

  /**
   * What is wrong. <em>Invalid</em> is against a syntax, <em>forbidden</em> is against the Fetch
   * standard, <em>prohibited</em> is against the rules of this library.
   */
  public enum Code {
    /** No origin at all: there is no default policy. */
    ORIGIN_MISSING(Severity.ERROR),
    /** An origin that is null, empty or blank. */
    ORIGIN_EMPTY(Severity.ERROR),
    /** Several origins in one string. */
    ORIGIN_LIST(Severity.ERROR),
    /** A placeholder such as <code>${ORIGIN}</code> that nothing has filled. */
    ORIGIN_PLACEHOLDER(Severity.ERROR),
    /** Quotation marks in an origin. */
    ORIGIN_QUOTED(Severity.ERROR),
    /** White space or a control character in an origin. */
    ORIGIN_WHITESPACE(Severity.ERROR),
    /** An origin longer than any that a browser can send. */
    ORIGIN_TOO_LONG(Severity.ERROR),
    /** A regular expression in place of an origin pattern. */
    ORIGIN_REGULAR_EXPRESSION(Severity.ERROR),
    /** {@code *} beside other origins. */
    ORIGIN_ANY_MIXED(Severity.ERROR),
    /** {@code none}, which allows no origin, beside other origins. */
    ORIGIN_NONE_MIXED(Severity.ERROR),
    /** {@code null} without {@link CorsPolicy.Builder#dangerouslyAllowNullOrigin()}. */
    ORIGIN_NULL(Severity.ERROR),
    /** A host without a scheme. */
    ORIGIN_SCHEME_MISSING(Severity.ERROR),
    /** A scheme that is against the grammar. */
    ORIGIN_SCHEME_INVALID(Severity.ERROR),
    /** A wildcard in the scheme. */
    ORIGIN_SCHEME_WILDCARD(Severity.ERROR),
    /** A scheme such as {@code wss} over which no page is loaded. */
    ORIGIN_SCHEME_WITHOUT_PAGES(Severity.ERROR),
    /** A scheme that is a letter away from {@code https} or {@code http}. */
    ORIGIN_SCHEME_DOUBTFUL(Severity.WARNING),
    /** A scheme such as {@code file} whose documents have the null origin. */
    ORIGIN_SCHEME_OPAQUE(Severity.ERROR),
    /** A letter in upper case, which browsers never send in an origin. */
    ORIGIN_UPPER_CASE(Severity.ERROR),
    /** A user name or password. */
    ORIGIN_USERINFO(Severity.ERROR),
    /** A slash behind the origin and nothing more. */
    ORIGIN_TRAILING_SLASH(Severity.ERROR),
    /** A path. */
    ORIGIN_PATH(Severity.ERROR),
    /** A query. */
    ORIGIN_QUERY(Severity.ERROR),
    /** A fragment. */
    ORIGIN_FRAGMENT(Severity.ERROR),
    /** No host. */
    ORIGIN_HOST_MISSING(Severity.ERROR),
    /** A character that a host cannot have. */
    ORIGIN_HOST_INVALID(Severity.ERROR),
    /** A host with letters beyond ASCII instead of its punycode. */
    ORIGIN_HOST_NOT_ASCII(Severity.ERROR),
    /** A label that starts like punycode and is none. */
    ORIGIN_HOST_PUNYCODE(Severity.ERROR),
    /** A host of more than 253 characters. */
    ORIGIN_HOST_TOO_LONG(Severity.ERROR),
    /** Two dots in a row, or one at the start of the host. */
    ORIGIN_LABEL_EMPTY(Severity.ERROR),
    /** A label of more than 63 characters. */
    ORIGIN_LABEL_TOO_LONG(Severity.ERROR),
    /** A hyphen at an end of a label. */
    ORIGIN_LABEL_HYPHEN(Severity.ERROR),
    /** A dot at the end of the host. */
    ORIGIN_TRAILING_DOT(Severity.ERROR),
    /** An IPv4 address not in the form that browsers send. */
    ORIGIN_IPV4_NOT_CANONICAL(Severity.ERROR),
    /** Brackets around something that is no IPv6 address. */
    ORIGIN_IPV6_INVALID(Severity.ERROR),
    /** An IPv6 address not in the form that browsers send. */
    ORIGIN_IPV6_NOT_CANONICAL(Severity.ERROR),
    /** An IPv6 address without brackets. */
    ORIGIN_IPV6_BRACKETS(Severity.ERROR),
    /** A zone identifier in an IPv6 address. */
    ORIGIN_IPV6_ZONE(Severity.ERROR),
    /** A colon and no port. */
    ORIGIN_PORT_MISSING(Severity.ERROR),
    /** A port that is no number. */
    ORIGIN_PORT_INVALID(Severity.ERROR),
    /** A port that is 0 or above 65535. */
    ORIGIN_PORT_OUT_OF_RANGE(Severity.ERROR),
    /** A port with a zero in front. */
    ORIGIN_PORT_LEADING_ZERO(Severity.ERROR),
    /** The default port of the scheme, which browsers leave out. */
    ORIGIN_PORT_DEFAULT(Severity.ERROR),
    /** A wildcard for a part of the port. */
    ORIGIN_PORT_WILDCARD(Severity.ERROR),
    /** A wildcard that is not in the leftmost label. */
    ORIGIN_WILDCARD_POSITION(Severity.ERROR),
    /** More than one wildcard in the host. */
    ORIGIN_WILDCARD_SEVERAL(Severity.ERROR),
    /** A wildcard that stands for the whole host. */
    ORIGIN_WILDCARD_HOST(Severity.ERROR),
    /** A wildcard that touches a letter or digit, such as {@code *example.com}. */
    ORIGIN_WILDCARD_TOUCHES(Severity.ERROR),
    /** A wildcard in a label of punycode. */
    ORIGIN_WILDCARD_PUNYCODE(Severity.ERROR),
    /** A wildcard in an IP address. */
    ORIGIN_WILDCARD_IP(Severity.ERROR),
    /** With credentials, an origin that anybody on the network can forge. */
    ORIGIN_INSECURE(Severity.ERROR),
    /** With credentials, a wildcard for names that anybody can get. */
    ORIGIN_PUBLIC_SUFFIX(Severity.ERROR),
    /** With credentials, a wildcard that covers names that anybody can get, and others. */
    ORIGIN_PUBLIC_SUFFIX_PARENT(Severity.ERROR),
    /** In production, an origin on the user's own machine. */
    ORIGIN_LOOPBACK_IN_PRODUCTION(Severity.ERROR),
    /** In production, an origin that anybody on the network can forge, even without credentials. */
    ORIGIN_INSECURE_IN_PRODUCTION(Severity.ERROR),
    /** An origin that stands in the policy twice. */
    ORIGIN_DUPLICATE(Severity.WARNING),
    /** An origin that a pattern of the policy covers. */
    ORIGIN_REDUNDANT(Severity.WARNING),

    /** A method that is null or empty. */
    METHOD_EMPTY(Severity.ERROR),
    /** A method that is no token. */
    METHOD_INVALID(Severity.ERROR),
    /** A method that Fetch forbids to scripts. */
    METHOD_FORBIDDEN(Severity.ERROR),
    /** A method in a case in which browsers never send it. */
    METHOD_NOT_NORMALIZED(Severity.ERROR),
    /** A wildcard for a part of a method, which Fetch does not know. */
    METHOD_WILDCARD(Severity.ERROR),
    /** {@code *} beside other methods. */
    METHOD_ANY_MIXED(Severity.ERROR),
    /** A method such as {@code patch}, though those in use are in upper case. */
    METHOD_CASE(Severity.WARNING),
    /** A method such as {@code ALL}, which reads like a wildcard and is none. */
    METHOD_DOUBTFUL(Severity.WARNING),
    /** {@code OPTIONS}, which preflights do not need. */
    METHOD_OPTIONS(Severity.WARNING),
    /** A method that stands in the policy twice. */
    METHOD_DUPLICATE(Severity.WARNING),

    /** A request header's name that is null or empty. */
    REQUEST_HEADER_EMPTY(Severity.ERROR),
    /** A request header's name that is no token. */
    REQUEST_HEADER_INVALID(Severity.ERROR),
    /** A request header that Fetch forbids to scripts. */
    REQUEST_HEADER_FORBIDDEN(Severity.ERROR),
    /** The name of a response header among request headers. */
    REQUEST_HEADER_DIRECTION(Severity.ERROR),
    /** A wildcard for a part of a request header's name, which Fetch does not know. */
    REQUEST_HEADER_WILDCARD(Severity.ERROR),
    /** {@code *} beside other names than Authorization. */
    REQUEST_HEADER_ANY_MIXED(Severity.ERROR),
    /** A request header that needs nobody's permission, but for unusual values. */
    REQUEST_HEADER_SAFELISTED(Severity.WARNING),
    /** A request header that stands in the policy twice. */
    REQUEST_HEADER_DUPLICATE(Severity.WARNING),

    /** A response header's name that is null or empty. */
    RESPONSE_HEADER_EMPTY(Severity.ERROR),
    /** A response header's name that is no token. */
    RESPONSE_HEADER_INVALID(Severity.ERROR),
    /** A response header that Fetch hides from scripts, whatever a server says. */
    RESPONSE_HEADER_FORBIDDEN(Severity.ERROR),
    /** The name of a request header among response headers. */
    RESPONSE_HEADER_DIRECTION(Severity.ERROR),
    /** A wildcard for a part of a response header's name, which Fetch does not know. */
    RESPONSE_HEADER_WILDCARD(Severity.ERROR),
    /** {@code *} beside other names. */
    RESPONSE_HEADER_ANY_MIXED(Severity.ERROR),
    /** A response header that every script may read anyway. */
    RESPONSE_HEADER_SAFELISTED(Severity.WARNING),
    /** A response header that stands in the policy twice. */
    RESPONSE_HEADER_DUPLICATE(Severity.WARNING),

    /** A max-age that is null. */
    MAX_AGE_MISSING(Severity.ERROR),
    /** A max-age below zero. */
    MAX_AGE_NEGATIVE(Severity.ERROR),
    /** A max-age above a day. */
    MAX_AGE_TOO_LONG(Severity.ERROR),
    /** A max-age with a fraction of a second. */
    MAX_AGE_FRACTION(Severity.ERROR),
    /** A max-age above what Chromium and Safari keep. */
    MAX_AGE_CAPPED(Severity.WARNING),

    /** Credentials for any origin. */
    CREDENTIALS_ANY_ORIGIN(Severity.ERROR),
    /** Credentials for the null origin. */
    CREDENTIALS_NULL_ORIGIN(Severity.ERROR),
    /** With credentials, a wildcard for the exposed response headers. */
    CREDENTIALS_ANY_RESPONSE_HEADER(Severity.ERROR),
    /** A {@code dangerously…} setting that nothing in the policy needs. */
    DANGER_UNUSED(Severity.WARNING),

    /** No path at all for a policy that is chosen by path. */
    PATH_MISSING(Severity.ERROR),
    /** A path that is null, empty or blank. */
    PATH_EMPTY(Severity.ERROR),
    /** A path that does not begin with a slash. */
    PATH_RELATIVE(Severity.ERROR),
    /** A path with a wildcard or a template's variable. */
    PATH_WILDCARD(Severity.ERROR),
    /** A slash at the end of a path. */
    PATH_TRAILING_SLASH(Severity.ERROR),
    /** A path with empty or dotted segments, or with percent signs in vain. */
    PATH_NOT_NORMAL(Severity.ERROR),
    /** A path with a character that has two spellings. */
    PATH_INVALID(Severity.ERROR),
    /** A path that two policies cover, or one twice. */
    PATH_DUPLICATE(Severity.ERROR),
    /** A policy that is null. */
    POLICY_MISSING(Severity.ERROR),

    /** Nothing is configured at all. */
    CONFIGURATION_MISSING(Severity.ERROR),
    /** A file that is absent, too long, not UTF-8, or cannot be read. */
    CONFIGURATION_UNREADABLE(Severity.ERROR),
    /** An escape in a file that is against the syntax. */
    CONFIGURATION_SYNTAX(Severity.ERROR),
    /** A key that is no setting. */
    CONFIGURATION_UNKNOWN_KEY(Severity.ERROR),
    /** A key that stands in a source twice. */
    CONFIGURATION_DUPLICATE_KEY(Severity.ERROR),
    /** Neither true nor false. */
    CONFIGURATION_BOOLEAN(Severity.ERROR),
    /** No duration. */
    CONFIGURATION_DURATION(Severity.ERROR),
    /** A policy's name with other characters than lower-case letters, digits and hyphens. */
    CONFIGURATION_POLICY_NAME(Severity.ERROR),
    /** A profile without a file, in a file, or with a name that is none. */
    CONFIGURATION_PROFILE(Severity.ERROR),

    /** A guard around nothing. */
    GUARD_WITHOUT_POLICY(Severity.ERROR),
    /** A setting of a guard of which nobody has said whether it is enabled. */
    GUARD_NOT_ENABLED(Severity.ERROR),
    /**
     * A guard that trusts every origin, or the null origin, which every website can take on, or
     * names that anybody can get.
     */
    GUARD_TRUSTS_ANYONE(Severity.ERROR),
    /** A guard that trusts to write whom the policy allows to read. */
    GUARD_TRUSTS_READERS(Severity.WARNING);

    private final Severity severity;

    Code(Severity severity) {
      this.severity = severity;
    }

    /** The code of a flaw in an origin's text has its name, behind {@code ORIGIN_}. */
    static Code of(OriginFlaw flaw) {
      return valueOf("ORIGIN_" + flaw.name());
    }

    /** {@return how bad a problem of this kind is} */
    public Severity severity() {
      return severity;
    }
  }

  /** {@return how bad this is: {@code code().severity()}} */
  public Severity severity() {
    return code.severity();
  }

  /** Returns the problem in one line, as {@link InvalidCorsPolicyException} prints it. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(source == null ? "" : source + ": ").append(setting);
    if (index >= 0) {
      line.append('[').append(index).append(']');
    }
    if (value != null) {
      line.append(' ').append(Text.quote(value));
    }
    line.append(": ").append(reason).append("; ").append(remedy).append('.');
    return Text.oneLine(line.toString());
  }
}

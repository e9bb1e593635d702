package dev.crosswalk.cors.internal.origin;

/** What can be wrong with the text of one origin or pattern. */
public enum OriginFlaw {
  /** An origin that is null, empty or blank. */
  EMPTY,
  /** Several origins in one string. */
  LIST,
  /** A placeholder such as <code>${ORIGIN}</code> that nothing has filled in. */
  PLACEHOLDER,
  /** Quotation marks in an origin. */
  QUOTED,
  /** White space or a control character in an origin. */
  WHITESPACE,
  /** An origin longer than any that a browser can send. */
  TOO_LONG,
  /** An array of JSON, or a member of one. */
  JSON,
  /** Spring's brackets around a wildcard, or around ports. */
  BRACKETS,
  /** The word for the page's own origin. */
  SELF,
  /** A word that means every origin elsewhere. */
  WORD_ALL,
  /** {@code true}, which means whatever origin asks elsewhere. */
  WORD_TRUE,
  /** {@code +}, which means the origins of redirect URLs elsewhere. */
  WORD_PLUS,
  /** A regular expression in place of an origin pattern that says the same. */
  REGULAR_EXPRESSION,
  /** A regular expression for every origin. */
  REGULAR_EXPRESSION_ANY,
  /** A regular expression that matches an origin by mistake. */
  REGULAR_EXPRESSION_WIDER,
  /** A regular expression for one label, where a pattern allows more. */
  REGULAR_EXPRESSION_LABEL,
  /** A regular expression, and no pattern says the same. */
  REGULAR_EXPRESSION_ONLY,
  /** A host without a scheme. */
  SCHEME_MISSING,
  /** A scheme that {@code ://} does not follow. */
  SCHEME_SEPARATOR,
  /** A scheme that is against the grammar. */
  SCHEME_INVALID,
  /** A wildcard in the scheme. */
  SCHEME_WILDCARD,
  /** A scheme such as {@code wss}, which is for sockets and never for pages. */
  SCHEME_WEBSOCKET,
  /** A scheme such as {@code ftp} over which no browser loads pages. */
  SCHEME_WITHOUT_PAGES,
  /** A scheme such as {@code file} whose documents have the null origin. */
  SCHEME_OPAQUE,
  /** A letter in upper case, which browsers never send in an origin. */
  UPPER_CASE,
  /** A user name or password. */
  USERINFO,
  /** A slash behind the origin and nothing more. */
  TRAILING_SLASH,
  /** A path. */
  PATH,
  /** A query. */
  QUERY,
  /** A fragment. */
  FRAGMENT,
  /** No host. */
  HOST_MISSING,
  /** A character that a host cannot have. */
  HOST_INVALID,
  /** A host with letters beyond ASCII instead of its punycode. */
  HOST_NOT_ASCII,
  /** A host of more than 253 characters. */
  HOST_TOO_LONG,
  /** Two dots in a row, or one at the start of the host. */
  LABEL_EMPTY,
  /** A label of more than 63 characters. */
  LABEL_TOO_LONG,
  /** A hyphen at an end of a label. */
  LABEL_HYPHEN,
  /** A dot at the end of the host. */
  TRAILING_DOT,
  /** An IPv4 address not in the form that browsers send. */
  IPV4_NOT_CANONICAL,
  /** Brackets around something that is not an IPv6 address. */
  IPV6_INVALID,
  /** An IPv6 address not in the form that browsers send. */
  IPV6_NOT_CANONICAL,
  /** An IPv6 address without brackets. */
  IPV6_BRACKETS,
  /** A zone identifier in an IPv6 address. */
  IPV6_ZONE,
  /** A colon and no port. */
  PORT_MISSING,
  /** A port that is not a number. */
  PORT_INVALID,
  /** A port that is 0 or above 65535. */
  PORT_OUT_OF_RANGE,
  /** A port with a zero in front. */
  PORT_LEADING_ZERO,
  /** The default port of the scheme, which browsers leave out. */
  PORT_DEFAULT,
  /** A port where the scheme or host has none. */
  PORT_NEVER,
  /** A host that is not the id of an extension. */
  EXTENSION,
  /** A network in place of an address. */
  NETWORK,
  /** A wildcard for a part of the port. */
  PORT_WILDCARD,
  /** A wildcard that is not in the leftmost label. */
  WILDCARD_POSITION,
  /** More than one wildcard in the host. */
  WILDCARD_SEVERAL,
  /** A wildcard that is the whole host. */
  WILDCARD_HOST,
  /** A wildcard in a host of one label. */
  WILDCARD_TOP_LEVEL,
  /** A wildcard that touches a letter or digit, such as {@code *example.com}. */
  WILDCARD_TOUCHES,
  /** A wildcard in a label of punycode. */
  WILDCARD_PUNYCODE,
  /** A wildcard in an IP address. */
  WILDCARD_IP
}

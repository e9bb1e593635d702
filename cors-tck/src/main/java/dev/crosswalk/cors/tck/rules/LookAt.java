package dev.crosswalk.cors.tck.rules;

/** What to look at if a rule fails, where several have the same answer. */
public final class LookAt {

  public static final String COMPARISON =
      "how the origin is compared: byte for byte with the whole of what is allowed; not by prefix,"
          + " suffix, part, regular expression, or after it has been parsed and put together again";
  static final String PATTERNS =
      "how patterns are matched: on the labels of a host that has passed the grammar of origins,"
          + " and never by a regular expression made of the pattern";
  public static final String HOOK =
      "where the headers are written: it must be the last step before the response is committed,"
          + " on every way by which one leaves the server";
  public static final String ERROR_HOOK =
      "whether the headers are written to responses that no handler made: error pages, mapped"
          + " exceptions, answers of the router and of the authentication";
  public static final String EARLY =
      "the order of filters: the preflight must be answered before authentication, routing and"
          + " everything else that can refuse it";
  static final String GUARD =
      "whether every decision that is an answer is answered, whatever the request's method, and"
          + " no request that is to proceed";
  static final String GUARDED_METHODS =
      "whether core gets the method on the wire: GET, HEAD and OPTIONS pass every guard";
  static final String CLASSIFICATION =
      "how a preflight is distinguished from other requests: OPTIONS, with Origin, and with a"
          + " non-empty Access-Control-Request-Method; nothing else";
  public static final String ACTUAL =
      "whether actual requests are refused: they are to proceed, whatever their origin; CORS is"
          + " about reading the response";
  public static final String VARY =
      "whether Vary is added to wherever Access-Control-Allow-Origin depends on the request, also"
          + " where it is absent";
  static final String VARY_MERGE =
      "whether Vary is added to, member by member, instead of set or appended in a second copy";
  public static final String READER =
      "how request headers are read: all field lines of a name, in any case, as one combined value";
  static final String LIST_PARSER =
      "the parser of Access-Control-Request-Headers: any order, any case, white space, empty"
          + " members, doubles, all field lines";
  static final String LIMITS =
      "whether the length of what a client sends is bounded before it is parsed or repeated";
  static final String ECHO =
      "whether anything of the request is repeated in the response without having been checked";
  static final String METHODS =
      "how the requested method is compared: byte for byte, with GET, HEAD and POST always passing";
  static final String WILDCARDS =
      "whether a wildcard is sent where credentials are allowed: there it is a name like any other";
  static final String CREDENTIALS =
      "where Access-Control-Allow-Credentials is written: it is true or absent, and goes with a"
          + " granted origin";
  public static final String OWNER =
      "who owns the headers: what the application or another layer has set must be replaced, or"
          + " removed, by the policy";
  static final String STATE =
      "whether anything is kept between requests: in a field, in the connection, in a thread";
  static final String CONSTANT =
      "whether a response that is the same for everybody is sent to everybody, with or without"
          + " Origin";
  static final String KINDS =
      "which headers are written to preflights, and which to actual responses";
  static final String PREFLIGHT_ANSWER =
      "the answer to a preflight: status 204, the origin, the policy's whole lists, no content";
  static final String MAX_AGE =
      "how the max-age is written: only digits, absent where none is configured";
  static final String EXPOSED =
      "where the exposed names are written: on every shared response that is not a preflight";
  static final String COMMIT =
      "whether the headers are written before the first byte of the body leaves the server";
  static final String REDIRECTS =
      "whether the headers are written to redirects: a browser checks every hop";
  static final String NULL = "whether null is treated as an origin like any other, or as no origin";
  static final String HOST = "whether core gets Host as it came, with its port";
  static final String REFLECTION =
      "whether whatever origin comes is sent back, together with credentials";
  static final String ORIGIN_ALONE =
      "whether anything but Origin is read: Referer, Host or a header of a proxy";
  static final String PATH = "whether core gets the path as the client has sent it";
  static final String BODY = "whether the adapter reads the request's body";

  private LookAt() {}
}

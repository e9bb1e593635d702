package dev.crosswalk.cors.cli.grant;

import java.util.List;

/** The names of the headers by which a response grants something to a page. */
public final class GrantHeaders {

  public static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  public static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";
  public static final String EXPOSE_HEADERS = "Access-Control-Expose-Headers";
  public static final String ALLOW_METHODS = "Access-Control-Allow-Methods";
  public static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";
  public static final String MAX_AGE = "Access-Control-Max-Age";

  /** A policy's: an upstream must not send them too, so that there is one of each. */
  public static final List<String> ALL =
      List.of(
          ALLOW_ORIGIN, ALLOW_CREDENTIALS, EXPOSE_HEADERS, ALLOW_METHODS, ALLOW_HEADERS, MAX_AGE);

  private GrantHeaders() {}
}

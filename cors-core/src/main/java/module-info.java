/**
 * The server's half of the CORS protocol: a policy that decides, and the interfaces by which any
 * framework can ask it. Depends on the JDK alone.
 */
module dev.crosswalk.cors {
  requires static org.jspecify;

  exports dev.crosswalk.cors;
}

/**
 * The server's half of the CORS protocol: a policy that decides, and the interfaces by which any
 * framework can ask it. Depends only on the JDK.
 */
module dev.crosswalk.cors {
  requires static org.jspecify;

  exports dev.crosswalk.cors;
}

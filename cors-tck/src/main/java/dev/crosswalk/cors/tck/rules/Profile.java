package dev.crosswalk.cors.tck.rules;

import java.util.List;
import java.util.Optional;

/**
 * What a server's policy is meant to allow and to refuse, as far as it is known. A rule that needs
 * what is not known does not run.
 *
 * @param everybody whether every origin may read
 * @param allowedOrigins serialized
 * @param refusedOrigins serialized
 * @param credentials whether the allowed origins may include credentials; empty if not known
 * @param methods allowed beyond GET, HEAD and POST
 * @param refusedMethods not allowed
 * @param requestHeaders allowed
 * @param refusedRequestHeaders not allowed
 * @param exposedHeaders that responses expose
 * @param maxAge in seconds; empty if not known
 * @param writes whether requests may be sent that may change something, such as POST
 */
public record Profile(
    boolean everybody,
    List<String> allowedOrigins,
    List<String> refusedOrigins,
    Optional<Boolean> credentials,
    List<String> methods,
    List<String> refusedMethods,
    List<String> requestHeaders,
    List<String> refusedRequestHeaders,
    List<String> exposedHeaders,
    Optional<Long> maxAge,
    boolean writes) {

  public Profile {
    allowedOrigins = List.copyOf(allowedOrigins);
    refusedOrigins = List.copyOf(refusedOrigins);
    methods = List.copyOf(methods);
    refusedMethods = List.copyOf(refusedMethods);
    requestHeaders = List.copyOf(requestHeaders);
    refusedRequestHeaders = List.copyOf(refusedRequestHeaders);
    exposedHeaders = List.copyOf(exposedHeaders);
  }
}

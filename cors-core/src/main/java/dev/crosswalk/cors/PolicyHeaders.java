package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.log.Log;
import dev.crosswalk.cors.internal.syntax.FieldList;
import dev.crosswalk.cors.internal.syntax.TokenList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Every response header that a policy writes, and the values that do not depend on the request.
 * Knows which headers the policy owns, and which ones it shares with the application.
 */
final class PolicyHeaders {

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";
  private static final String EXPOSE_HEADERS = "Access-Control-Expose-Headers";
  private static final String ALLOW_METHODS = "Access-Control-Allow-Methods";
  private static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";
  private static final String MAX_AGE = "Access-Control-Max-Age";
  private static final String TIMING = "Timing-Allow-Origin";
  private static final String RESOURCE_POLICY = "Cross-Origin-Resource-Policy";
  private static final String VARY = "Vary";

  /** Those that a second CORS layer writes. */
  private static final List<String> SHARED =
      List.of(ALLOW_ORIGIN, ALLOW_CREDENTIALS, EXPOSE_HEADERS);

  /** All names that are written. */
  static final List<String> NAMES =
      List.of(
          ALLOW_ORIGIN,
          ALLOW_CREDENTIALS,
          EXPOSE_HEADERS,
          ALLOW_METHODS,
          ALLOW_HEADERS,
          MAX_AGE,
          TIMING,
          RESOURCE_POLICY,
          VARY);

  private static final TokenList ORIGIN = TokenList.of("Origin");
  private static final TokenList PREFLIGHT =
      TokenList.of("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
  private static final TokenList ANY_PREFLIGHT =
      TokenList.of("Access-Control-Request-Method", "Access-Control-Request-Headers");

  /** The values of {@code Vary} that are written if the response has none yet. */
  static final List<String> VARY_VALUES =
      List.of(ORIGIN.joined(), PREFLIGHT.joined(), ANY_PREFLIGHT.joined());

  private static final String EMBEDDABLE = "cross-origin";

  private final @Nullable String allowCredentials;
  private final @Nullable String exposeHeaders;
  private final @Nullable String maxAge;
  private final boolean exposesTiming;
  private final boolean allowsEmbedding;

  /** Whether {@code Access-Control-Allow-Origin} depends on the request's origin. */
  private final boolean varies;

  private final boolean allowsAnyOrigin;
  private final boolean allowsSomeone;
  private final AtomicBoolean warnedOfSecondLayer = new AtomicBoolean();

  /**
   * @param constantOrigin whom every response is shared with; null if that depends on the request
   * @param allowsSomeone whether any response is shared with anyone
   */
  PolicyHeaders(Grants grants, @Nullable String constantOrigin, boolean allowsSomeone) {
    allowCredentials = grants.credentials() ? "true" : null;
    exposeHeaders = grants.responseHeaders().headerValue();
    Duration duration = grants.maxAge();
    maxAge = duration == null ? null : Long.toString(duration.toSeconds());
    exposesTiming = grants.timing();
    allowsEmbedding = grants.embedding();
    varies = constantOrigin == null && allowsSomeone;
    allowsAnyOrigin = grants.anyOrigin();
    this.allowsSomeone = allowsSomeone;
  }

  /** Returns whether the policy replaces or removes what the application sets there. */
  boolean owns(String name) {
    return Argument.name(name).equalsIgnoreCase(ALLOW_ORIGIN)
        || name.equalsIgnoreCase(ALLOW_CREDENTIALS)
        || name.equalsIgnoreCase(EXPOSE_HEADERS)
        || exposesTiming && name.equalsIgnoreCase(TIMING);
  }

  /** Returns whether the policy adds to what the application sets there. */
  boolean merges(String name) {
    return varies && Argument.name(name).equalsIgnoreCase(VARY)
        || allowsEmbedding && name.equalsIgnoreCase(RESOURCE_POLICY);
  }

  /**
   * Writes the headers of a response that is not the answer to a preflight.
   *
   * @param allowOrigin whom the response is shared with; null if with no one
   */
  <S> void writeActual(S response, ResponseWriter<? super S> writer, @Nullable String allowOrigin) {
    boolean shared = allowOrigin != null;
    String presentVary = varies ? writer.get(response, VARY) : null;
    writeOwned(
        response,
        writer,
        allowOrigin,
        shared ? allowCredentials : null,
        shared ? exposeHeaders : null);
    if (exposesTiming) {
      replace(response, writer, TIMING, writer.get(response, TIMING), allowOrigin);
    }
    if (allowsEmbedding) {
      allowEmbedding(response, writer);
    }
    if (varies) {
      addVary(response, writer, presentVary, ORIGIN);
    }
  }

  /**
   * Writes the headers of the answer to a preflight.
   *
   * @param allowOrigin whom the answer is shared with; null if with no one
   * @param granted whether the origin is allowed; otherwise nothing is granted
   */
  <S> void writePreflight(
      S response,
      ResponseWriter<? super S> writer,
      @Nullable String allowOrigin,
      boolean granted,
      @Nullable String allowMethods,
      @Nullable String allowHeaders) {
    String presentVary = allowsSomeone ? writer.get(response, VARY) : null;
    // Fetch gives Access-Control-Expose-Headers a meaning only on other responses.
    writeOwned(response, writer, allowOrigin, granted ? allowCredentials : null, null);
    setOrRemove(response, writer, ALLOW_METHODS, allowMethods);
    setOrRemove(response, writer, ALLOW_HEADERS, allowHeaders);
    setOrRemove(response, writer, MAX_AGE, granted ? maxAge : null);
    // RFC 9110 §9.3.7 keeps caches from storing answers to OPTIONS. Some store them anyway.
    if (allowsAnyOrigin) {
      addVary(response, writer, presentVary, ANY_PREFLIGHT);
    } else if (allowsSomeone) {
      // Even with a single origin: other origins get another status.
      addVary(response, writer, presentVary, PREFLIGHT);
    }
  }

  /**
   * Writes the headers that a second CORS layer may have written, too, and reports one. Reads them
   * all before it writes the first, because most responses have no header yet: a look into an empty
   * response costs next to nothing.
   */
  private <S> void writeOwned(
      S response,
      ResponseWriter<? super S> writer,
      @Nullable String allowOrigin,
      @Nullable String credentials,
      @Nullable String exposed) {
    String presentOrigin = writer.get(response, ALLOW_ORIGIN);
    String presentCredentials = writer.get(response, ALLOW_CREDENTIALS);
    String presentExposed = writer.get(response, EXPOSE_HEADERS);
    boolean otherOrigin = replace(response, writer, ALLOW_ORIGIN, presentOrigin, allowOrigin);
    boolean otherCredentials =
        replace(response, writer, ALLOW_CREDENTIALS, presentCredentials, credentials);
    boolean otherExposed = replace(response, writer, EXPOSE_HEADERS, presentExposed, exposed);
    if (otherOrigin || otherCredentials || otherExposed) {
      warnOfSecondLayer(otherOrigin, otherCredentials, otherExposed);
    }
  }

  /** If the application allows less for a response, it has a reason. */
  private static <S> void allowEmbedding(S response, ResponseWriter<? super S> writer) {
    String present = writer.get(response, RESOURCE_POLICY);
    if (present == null) {
      writer.set(response, RESOURCE_POLICY, EMBEDDABLE);
    } else if (present.startsWith(EMBEDDABLE + ", ")) {
      // It added its value to what was written early. Two values would allow everything.
      writer.set(response, RESOURCE_POLICY, present.substring((EMBEDDABLE + ", ").length()));
    }
  }

  /**
   * Writes a value, or none, unless it is there already: some adapters write twice, and reading is
   * quicker than writing. Returns whether another value was there.
   *
   * @param present the value that the response has now
   */
  private static <S> boolean replace(
      S response,
      ResponseWriter<? super S> writer,
      String name,
      @Nullable String present,
      @Nullable String value) {
    if (present == null ? value == null : present.equals(value)) {
      return false;
    }
    setOrRemove(response, writer, name, value);
    return present != null;
  }

  private static <S> void setOrRemove(
      S response, ResponseWriter<? super S> writer, String name, @Nullable String value) {
    if (value == null) {
      writer.remove(response, name);
    } else {
      writer.set(response, name, value);
    }
  }

  /** Adds the names of the request headers by which a policy was chosen, if any. */
  static <S> void addVary(S response, ResponseWriter<? super S> writer, @Nullable TokenList names) {
    if (names != null) {
      addVary(response, writer, writer.get(response, VARY), names);
    }
  }

  /**
   * Makes sure that {@code Vary} (RFC 9110 §12.5.5) is one line that has the members of {@code
   * fields}, each once, compared in any case. Members that the application or a compressing layer
   * wrote stay. A {@code *} covers everything.
   *
   * @param present the value that the response has now
   */
  private static <S> void addVary(
      S response, ResponseWriter<? super S> writer, @Nullable String present, TokenList fields) {
    if (present == null) {
      writer.set(response, VARY, fields.joined());
    } else if (!present.equals(fields.joined()) && !present.equals("*")) {
      String merged =
          FieldList.hasMember(present, "*") ? "*" : FieldList.add(present, fields.members());
      // Equal values may still be several lines, and one runtime sends only the last line.
      if (!merged.equals(present) || present.contains(",")) {
        writer.set(response, VARY, merged);
      }
    }
  }

  /**
   * Removes the headers by which a CORS layer shares responses. Returns whether there was one. Not
   * a result of {@link #writeOwned}, which reads the same: to hand that on took up to 4 % of a
   * decision, and only adapters that write early ask for it.
   */
  static <S> boolean removeShared(S response, ResponseWriter<? super S> writer) {
    Argument.writer(writer);
    boolean isRemoved = false;
    for (String name : SHARED) {
      if (writer.get(response, name) != null) {
        writer.remove(response, name);
        isRemoved = true;
      }
    }
    return isRemoved;
  }

  /** An adapter has named the second CORS layer. */
  void keepQuietOfLayers() {
    warnedOfSecondLayer.set(true);
  }

  /** Reports a value that was dropped because the policy owns the header. */
  void overrule(@Nullable String allowOrigin, String name, String value) {
    boolean origin =
        Argument.name(name).equalsIgnoreCase(ALLOW_ORIGIN) && !value.equals(allowOrigin);
    boolean credentials =
        name.equalsIgnoreCase(ALLOW_CREDENTIALS) && !value.equals(allowCredentials);
    boolean exposed = name.equalsIgnoreCase(EXPOSE_HEADERS) && !value.equals(exposeHeaders);
    if (origin || credentials || exposed) {
      warnOfSecondLayer(origin, credentials, exposed);
    }
  }

  /**
   * Warns once of a second CORS layer: the framework's own, a forgotten filter, a handler that
   * writes such headers itself. A response object that is used again looks the same. The policy
   * replaces what that layer wrote, so nobody would notice it until it adds headers where the
   * policy does not apply. An equal value is usually the policy's own, because some adapters write
   * twice.
   */
  private void warnOfSecondLayer(boolean origin, boolean credentials, boolean exposed) {
    if (warnedOfSecondLayer.getAndSet(true)) {
      return;
    }
    List<String> names = new ArrayList<>();
    names.addAll(origin ? List.of(ALLOW_ORIGIN) : List.of());
    names.addAll(credentials ? List.of(ALLOW_CREDENTIALS) : List.of());
    names.addAll(exposed ? List.of(EXPOSE_HEADERS) : List.of());
    Log.write(
        System.Logger.Level.WARNING,
        "A response already had CORS headers that the policy did not write: "
            + String.join(", ", names)
            + ". Look for a second CORS layer (the framework's own CORS, a filter, a handler, a"
            + " service behind this gateway) and remove it, or for one response object for several"
            + " requests: build one for each. See docs/observing.md#a-second-cors-layer.",
        null);
  }
}

package dev.crosswalk.cors.cli.remedy.error;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.BodyText;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What frameworks, gateways and services say in the body of an error, and what it means: the file
 * {@code bodies.txt}.
 *
 * @param code of the cause, for programs
 * @param signs any of which is in the body
 * @param beside names of headers, of which one has to be there as well; empty if none has to
 * @param anyStatus whether it is looked for in responses that are not errors, too
 * @param cause a sentence; {@code {1}} is the first part that the sign leaves open
 * @param advice sentences, in the order in which to follow them
 * @param headers whether CORS headers are missing besides
 */
public record KnownBody(
    String code,
    List<Pattern> signs,
    List<String> beside,
    boolean anyStatus,
    String cause,
    List<String> advice,
    boolean headers) {

  private static final class Holder {
    private static final List<KnownBody> ALL =
        Facts.blocks(KnownBody.class, "bodies.txt").stream().map(KnownBody::read).toList();
  }

  private static final int MAX_PART = 120;

  public KnownBody {
    signs = List.copyOf(signs);
    beside = List.copyOf(beside);
    advice = List.copyOf(advice);
  }

  static List<KnownBody> all() {
    return Holder.ALL;
  }

  /** What the body of a response is known to mean, its open parts filled; empty if nothing. */
  public static Optional<KnownBody> of(WireResponse response) {
    if (response.body().length == 0) {
      return Optional.empty();
    }
    String text = new BodyText(response).plain();
    boolean error = response.status() >= 400;
    return all().stream()
        .filter(known -> error || known.anyStatus)
        .filter(
            known ->
                known.beside.isEmpty() || known.beside.stream().anyMatch(response.headers()::has))
        .flatMap(known -> known.in(text).stream())
        .findFirst();
  }

  /** The same of an answer to a preflight, which asks for no login: what answers it does. */
  public static Optional<KnownBody> of(WireResponse response, boolean preflight) {
    return of(response).filter(known -> !preflight || !known.code().equals("LOGIN"));
  }

  private Optional<KnownBody> in(String text) {
    for (Pattern sign : signs) {
      Matcher found = sign.matcher(text);
      if (found.find()) {
        return Optional.of(
            new KnownBody(
                code,
                List.of(),
                beside,
                anyStatus,
                filled(cause, found),
                advice.stream().map(sentence -> filled(sentence, found)).toList(),
                headers));
      }
    }
    return Optional.empty();
  }

  private static String filled(String sentence, Matcher found) {
    String filled = sentence;
    for (int part = 1; part <= found.groupCount(); part++) {
      filled =
          filled.replace("{" + part + "}", Printable.shown(found.group(part).strip(), MAX_PART));
    }
    return filled;
  }

  /** The cause among other sentences about CORS: without saying that it is not CORS. */
  public String asserted() {
    String rest = cause.replaceFirst("^This is not CORS(?: as such)?: ", "");
    return rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1);
  }

  /** The remedy of a response that is refused. */
  public Remedy remedy(RequiredGrant grant) {
    return Remedy.of(
        code, cause, advice, headers ? Optional.of(grant) : Optional.empty(), List.of());
  }

  // ------------------------------------------------------------------------------------- its file

  private static KnownBody read(Facts.Block block) {
    return new KnownBody(
        block.code(),
        block.values("sign").stream().map(KnownBody::pattern).toList(),
        block.values("beside"),
        block.head().contains("any-status"),
        block.value("cause").orElseThrow(),
        block.values("advice"),
        block.head().contains("headers"));
  }

  /** {@code {}} is any text, and not much of it; ^ in front means the beginning of the body. */
  private static Pattern pattern(String sign) {
    boolean first = sign.startsWith("^");
    String open = "(.{1," + MAX_PART + "}?)";
    return Pattern.compile(
        (first ? "^" : "")
            + Stream.of((first ? sign.substring(1) : sign).split("\\{\\}", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(open)));
  }
}

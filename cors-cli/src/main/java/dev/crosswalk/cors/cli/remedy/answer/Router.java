package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/**
 * Who says that nothing answers OPTIONS, by the words of its error, and how OPTIONS gets an answer
 * there: the file {@code routers.txt}.
 *
 * @param signs any of which is in the body of an error
 * @param headers the beginnings of field lines, any of which is there, whatever the status is
 * @param advice a sentence or two
 * @param page words of its pages for errors
 * @param errors how errors keep their headers, in a sentence or two
 */
public record Router(
    List<String> signs,
    List<String> headers,
    String advice,
    Optional<String> page,
    Optional<String> errors) {

  private static final class Holder {
    private static final List<Router> ALL =
        Facts.blocks(Router.class, "routers.txt").stream()
            .map(
                block ->
                    new Router(
                        block.values("sign"),
                        block.values("header").stream().map(Bytes::lowerCase).toList(),
                        block.value("advice").orElseThrow(),
                        block.value("page"),
                        block.value("errors")))
            .toList();
  }

  public Router {
    signs = List.copyOf(signs);
    headers = List.copyOf(headers);
  }

  static List<Router> all() {
    return Holder.ALL;
  }

  /** Who wrote an answer; empty if its words are nobody's. */
  public static Optional<Router> of(WireResponse response) {
    String text = response.hasOkStatus() ? "" : new BodyText(response).plain();
    return all().stream()
        .filter(router -> router.signs().stream().anyMatch(text::contains))
        .findFirst()
        .or(() -> byHeaders(response));
  }

  /** How errors keep their headers, where one is shown by a page of a router that drops them. */
  public static Optional<String> onErrors(WireResponse response) {
    String text = response.hasOkStatus() ? "" : new BodyText(response).plain();
    return all().stream()
        .filter(router -> router.page().filter(text::contains).isPresent())
        .findFirst()
        .flatMap(Router::errors);
  }

  private static Optional<Router> byHeaders(WireResponse response) {
    List<String> lines =
        response.headers().fields().stream()
            .map(field -> Bytes.lowerCase(field.name() + ": " + field.value()))
            .toList();
    return all().stream()
        .filter(
            router ->
                router.headers().stream()
                    .anyMatch(start -> lines.stream().anyMatch(line -> line.startsWith(start))))
        .findFirst();
  }
}

package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/**
 * Who says that nothing answers OPTIONS, by the words of its error, and how OPTIONS gets an answer
 * there: the file {@code routers.txt}.
 *
 * @param signs any of which is in the body
 * @param advice a sentence or two
 */
public record Router(List<String> signs, String advice) {

  private static final class Holder {
    private static final List<Router> ALL =
        Facts.blocks(Router.class, "routers.txt").stream()
            .map(block -> new Router(block.values("sign"), block.value("advice").orElseThrow()))
            .toList();
  }

  public Router {
    signs = List.copyOf(signs);
  }

  static List<Router> all() {
    return Holder.ALL;
  }

  /** Who wrote an error; empty if its words are nobody's. */
  public static Optional<Router> of(WireResponse response) {
    if (response.body().length == 0 || response.hasOkStatus()) {
      return Optional.empty();
    }
    String text = new BodyText(response).plain();
    return all().stream()
        .filter(router -> router.signs().stream().anyMatch(text::contains))
        .findFirst();
  }
}

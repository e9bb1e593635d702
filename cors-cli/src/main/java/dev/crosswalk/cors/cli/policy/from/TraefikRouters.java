package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.cli.document.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The routers of Traefik that are not for every path: their rules, by the middlewares they have.
 */
final class TraefikRouters {

  private final Map<String, Node> rules = new LinkedHashMap<>();

  void read(Node document) {
    document.walk(
        (name, node) -> {
          router(node);
          node.items().forEach(this::router);
        });
  }

  private void router(Node node) {
    Optional<Node> of = node.named("rule").or(() -> node.named("match"));
    Optional<Node> uses = node.named("middlewares");
    if (of.filter(one -> one.text().contains("Path")).isEmpty() || uses.isEmpty()) {
      return;
    }
    for (Node use : uses.get().values()) {
      rules.put(use.text().replaceAll("@.*", ""), of.get());
    }
    for (Node use : uses.get().items()) {
      use.named("name").ifPresent(called -> rules.put(called.text(), of.get()));
    }
  }

  /** The rule of the router that has a middleware; empty if it is for every path. */
  Optional<Node> rule(String middleware) {
    return Optional.ofNullable(rules.get(middleware));
  }
}

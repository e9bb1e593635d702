package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.vertx;

public final class Handler {}

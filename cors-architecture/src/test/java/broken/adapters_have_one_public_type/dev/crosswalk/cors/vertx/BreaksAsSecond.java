package broken.adapters_have_one_public_type.dev.crosswalk.cors.vertx;

public final class BreaksAsSecond {}

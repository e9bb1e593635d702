package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.javalin;

public final class Adapter {}

package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.servlet;

public final class Filter {}

package broken.modules_beside_core_are_strangers.dev.crosswalk.cors.tck;

public final class Kit {}

package broken.kit_knows_no_framework.dev.crosswalk.cors;

public final class Core {}

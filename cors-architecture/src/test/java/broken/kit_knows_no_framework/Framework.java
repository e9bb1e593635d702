package broken.kit_knows_no_framework;

public final class Framework {}

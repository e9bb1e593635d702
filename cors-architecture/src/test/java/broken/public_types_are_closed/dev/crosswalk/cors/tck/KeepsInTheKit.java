package broken.public_types_are_closed.dev.crosswalk.cors.tck;

public abstract class KeepsInTheKit {}

package broken.public_types_are_closed.dev.crosswalk.cors;

public class $KeepsAsGenerated {}

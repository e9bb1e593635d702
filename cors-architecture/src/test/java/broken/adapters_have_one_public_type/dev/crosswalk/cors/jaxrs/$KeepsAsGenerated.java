package broken.adapters_have_one_public_type.dev.crosswalk.cors.jaxrs;

public class $KeepsAsGenerated {}

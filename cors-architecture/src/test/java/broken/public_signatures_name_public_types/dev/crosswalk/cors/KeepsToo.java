package broken.public_signatures_name_public_types.dev.crosswalk.cors;

public final class KeepsToo {}

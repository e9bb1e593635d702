package broken.public_signatures_name_public_types.dev.crosswalk.cors;

class Hidden {}

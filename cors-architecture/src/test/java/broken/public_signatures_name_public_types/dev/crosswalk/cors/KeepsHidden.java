package broken.public_signatures_name_public_types.dev.crosswalk.cors;

final class KeepsHidden {
  public Hidden field;
}

package broken.public_signatures_name_public_types.dev.crosswalk.cors;

public final class Breaks {
  public Hidden result() {
    return null;
  }
}

package broken.public_signatures_name_public_types.dev.crosswalk.cors;

public final class Keeps {
  Hidden field;

  public KeepsToo result() {
    return null;
  }

  static final class Hidden {}
}

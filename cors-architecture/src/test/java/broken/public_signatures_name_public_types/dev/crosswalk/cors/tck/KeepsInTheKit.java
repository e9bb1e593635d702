package broken.public_signatures_name_public_types.dev.crosswalk.cors.tck;

public abstract class KeepsInTheKit {
  public Hidden result() {
    return null;
  }

  static final class Hidden {}
}

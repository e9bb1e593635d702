package broken.public_types_are_closed.dev.crosswalk.cors;

public sealed class Keeps {
  static final class Only extends Keeps {}
}

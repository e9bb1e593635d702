package dev.crosswalk.cors.cli.explain.layer;

import java.util.List;

/** The CORS layers that a paste may have. */
public final class CorsLayers {

  /** Reads one kind of them. */
  @FunctionalInterface
  private interface Reader {
    List<Fault> faults(String text, AskedRequest asked);
  }

  private static final List<Reader> ALL =
      List.of(
          ExpressCode::faults,
          NestCode::faults,
          NodeOptions::faults,
          DjangoSettings::faults,
          StarletteCode::faults,
          FlaskCode::faults,
          AspNetCode::faults,
          LaravelCode::faults,
          NginxConfig::faults,
          ServerSettings::faults);

  private CorsLayers() {}

  /**
   * What is wrong with them.
   *
   * @param text in lower case, as it was pasted
   */
  public static List<Fault> faults(String text, AskedRequest asked) {
    AskedRequest request = asked.inLowerCase();
    return ALL.stream().flatMap(reader -> reader.faults(text, request).stream()).toList();
  }
}

package dev.crosswalk.cors.cli.explain.layer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The CORS layers that a paste may have. Each message of it asks what is wrong with them. */
public final class CorsLayers {

  /** Reads one kind of them. */
  @FunctionalInterface
  private interface Reader {
    List<Fault> faults(String text, AskedRequest asked);
  }

  private static final List<Reader> ALL =
      List.of(
          LayerUse::faults,
          ExpressCode::faults,
          NodeOptions::faults,
          OriginFunction::faults,
          DjangoSettings::faults,
          StarletteCode::faults,
          FlaskCode::faults,
          AspNetCode::faults,
          LaravelCode::faults,
          NginxConfig::faults);

  private final String text;
  private final ServerSettings settings;
  private final Map<AskedRequest, List<Fault>> known = new HashMap<>();

  /**
   * Those in a paste.
   *
   * @param text in lower case, as it was pasted
   */
  public CorsLayers(String text) {
    this.text = text;
    this.settings = ServerSettings.in(text);
  }

  /** What is wrong with them for a request. */
  public List<Fault> faults(AskedRequest asked) {
    AskedRequest request = asked.inLowerCase();
    return known.computeIfAbsent(
        request,
        each ->
            Stream.concat(
                    ALL.stream().flatMap(reader -> reader.faults(text, each).stream()),
                    settings.faults(each).stream())
                .toList());
  }
}

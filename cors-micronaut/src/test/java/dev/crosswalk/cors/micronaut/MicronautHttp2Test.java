package dev.crosswalk.cors.micronaut;

import org.junit.jupiter.api.Tag;

/** The kit on a server that speaks HTTP/2 as well. In each build, IN16 alone asks by HTTP/2. */
@Tag("rare")
class MicronautHttp2Test extends MicronautTest {

  @Override
  protected String httpVersion() {
    return "2.0";
  }
}

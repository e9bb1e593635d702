package dev.crosswalk.cors.micronaut;

/** The kit on a server that speaks HTTP/2 as well. */
class MicronautHttp2Test extends MicronautTest {

  @Override
  protected String httpVersion() {
    return "2.0";
  }
}

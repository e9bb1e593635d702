package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.Cors;
import java.util.Map;

/** Every rule holds for the reference adapter. */
class JdkServerTest extends CorsTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    return new JdkServer(cors, application).underTest();
  }

  @Override
  protected Map<String, String> limitations() {
    String reason = "com.sun.net.httpserver has no WebSockets";
    return Map.of("IN17", reason, "IN22", reason, "GU37", reason);
  }
}

package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.util.Map;

/** Every rule of the protocol, on servlets. */
class ServletTckTest extends CorsTck {

  private final Container container;

  ServletTckTest() throws ReflectiveOperationException {
    container = Container.underTest();
  }

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    return container.start(new TestServlets(cors, application), Map.of());
  }

  @Override
  protected Map<String, String> limitations() {
    return container.limitations();
  }
}

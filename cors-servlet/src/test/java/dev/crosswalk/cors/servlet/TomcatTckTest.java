package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;

/** Every rule of the protocol, on servlets in Tomcat. */
class TomcatTckTest extends CorsTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    TomcatServer tomcat = new TomcatServer(new TestServlets(cors, application));
    return ServerUnderTest.onPort(tomcat.port(), tomcat);
  }
}

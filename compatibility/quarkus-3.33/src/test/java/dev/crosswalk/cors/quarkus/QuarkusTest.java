package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;

/** Every rule of the protocol, in an application with Quarkus' own HTTP security. */
class QuarkusTest extends CorsTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    return BuiltApplication.start(cors, application);
  }

  /** One more application for each policy takes a second. */
  @Override
  protected boolean startsOnce() {
    return true;
  }
}

package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResteasyVertxFilterTest extends CorsPolicyFilterTest {

  /** RESTEasy refuses every interceptor that is not asynchronous, by an interface of its own. */
  @Override
  @Test
  void the_vary_of_an_interceptor_which_comes_later_stays_beside_the_policys() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new Compression());
    assertEquals(500, send("GET", "/books", "Origin", APP).status());
  }

  /** RESTEasy does not look at the root path that SeBootstrap is given. */
  @Override
  @Test
  void policies_go_by_the_whole_path_with_context_and_application() throws Exception {
    server = start("/shop", new Api(new CorsPolicyFilter(POLICY)));
    assertEquals(404, send("GET", "/shop/api/books").status());
    assertEquals(200, send("GET", "/api/books").status());
  }
}

package dev.crosswalk.cors.spring;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.options;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The policy is in the tests that Spring Boot's users write. */
class MvcSliceTest {

  private static final String APP = "https://app.example.com";

  @Nested
  @WebMvcTest(
      controllers = ApplicationTest.Annotated.class,
      properties = "cors.allowed-origins=" + APP)
  class Slice {

    @Autowired private MockMvc mvc;

    @Test
    void has_the_policy() throws Exception {
      checks(mvc);
    }
  }

  @Nested
  @SpringBootTest(
      classes = {SliceApplication.class, ApplicationTest.Annotated.class},
      properties = "cors.allowed-origins=" + APP)
  @AutoConfigureMockMvc
  class Whole {

    @Autowired private MockMvc mvc;

    @Test
    void has_the_policy() throws Exception {
      checks(mvc);
    }
  }

  @Test
  void a_mock_that_is_built_by_hand_is_given_the_filter() throws Exception {
    MockMvc mvc =
        MockMvcBuilders.standaloneSetup(new ApplicationTest.Annotated())
            .addFilters(new CorsPolicyFilter(CorsPolicy.builder().allowOrigins(APP).build()))
            .build();
    checks(mvc);
  }

  static void checks(MockMvc mvc) throws Exception {
    mvc.perform(
            options("/annotated")
                .header("Origin", APP)
                .header("Access-Control-Request-Method", "GET"))
        .andExpect(status().isNoContent())
        .andExpect(header().string("Access-Control-Allow-Origin", APP));
    mvc.perform(get("/annotated").header("Origin", APP))
        .andExpect(header().stringValues("Access-Control-Allow-Origin", APP));
  }
}

package dev.crosswalk.cors.spring;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.options;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;

/**
 * As on Spring Boot 3, where the annotations are in other packages, and what the checks call has
 * other signatures.
 */
class SpringBoot4SliceTest {

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

  private static void checks(MockMvc mvc) throws Exception {
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

package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

class MvcAnswersTest extends AnswersTest {

  MvcAnswersTest() {
    super(More.class);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableMethodSecurity
  @RestController
  static class More {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }

    @Bean
    RouterFunction<ServerResponse> routed() {
      return RouterFunctions.route()
          .GET("/routed", request -> ServerResponse.ok().body("Hello"))
          .GET(
              "/routed-failure",
              request -> {
                throw new SoldOutException();
              })
          .build();
    }

    @GetMapping("/managers")
    @PreAuthorize("hasRole('MANAGER')")
    String managers() {
      return "Hello";
    }

    @GetMapping("/events")
    SseEmitter events() throws IOException {
      SseEmitter events = new SseEmitter();
      events.send("Hello");
      events.complete();
      return events;
    }

    @GetMapping("/stream")
    StreamingResponseBody stream() {
      return out -> out.write("Hello".repeat(10_000).getBytes());
    }

    @GetMapping("/never")
    DeferredResult<String> never() {
      return new DeferredResult<>();
    }

    @GetMapping("/callable")
    Callable<String> callable() {
      return () -> {
        throw new SoldOutException();
      };
    }

    @GetMapping("/send-error")
    void sendError(HttpServletResponse response) throws IOException {
      response.sendError(410);
    }

    @GetMapping("/half")
    void half(HttpServletResponse response) throws IOException {
      response.getWriter().write("Hello");
      response.sendError(502);
    }

    @GetMapping("/failure")
    void failure() throws ServletException {
      throw new ServletException("This failure is part of the test.");
    }

    @PostMapping("/upload")
    String upload(@RequestParam("file") MultipartFile file) {
      return "" + file.getSize();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/events, 200",
    "/stream, 200",
    "/never, 503",
    "/callable, 409",
    "/routed-failure, 409",
    "/send-error, 410",
    "/half, 502",
    "/failure, 500",
  })
  void what_only_MVC_has_is_shared(String path, int status) throws Exception {
    HttpResponse<String> response = send(request("GET", path, "https://app.example.com"));
    assertEquals(status, response.statusCode(), response::body);
    assertShared(response);
  }

  @Test
  void an_upload_that_is_too_large_is_told_so() throws Exception {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
            + "x".repeat(2_000)
            + "\r\n--b--\r\n";
    HttpResponse<String> response =
        send(
            request("POST", "/upload", "https://app.example.com")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "multipart/form-data; boundary=b"));
    assertEquals(413, response.statusCode(), response::body);
    assertShared(response);
  }
}
